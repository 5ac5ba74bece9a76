"""Runs the benchmarks: python -m tests.bench [NAME]... [--seconds N] [--tickets FILE]."""

import argparse
import asyncio
from functools import partial
from pathlib import Path

from tests.bench.acks import acks
from tests.bench.embedding import embedding
from tests.bench.engine import engine
from tests.bench.masking import masking
from tests.bench.model import model
from tests.bench.page import page


def main() -> None:
    benches = {"acks": acks, "embedding": embedding, "engine": engine, "masking": masking, "model": model, "page": page}
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("which", nargs="*", choices=[[], *benches], help="all of them when none is named")
    parser.add_argument("--seconds", type=int, default=60, help="how long each load lasts")
    parser.add_argument("--tickets", type=Path, help="JSON Lines that the page is fed, else the samples")
    asked = parser.parse_args()
    benches["page"] = partial(page, tickets=asked.tickets)
    for name in asked.which or benches:
        asyncio.run(benches[name](asked.seconds))


main()
