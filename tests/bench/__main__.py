"""Runs the benchmarks: python -m tests.bench [NAME]... [--seconds N] [--tickets FILE] [--data DIR] [--rows N]."""

import argparse
import asyncio
from functools import partial
from pathlib import Path

from tests.bench.acks import acks
from tests.bench.clusters import clusters
from tests.bench.delivery import delivery
from tests.bench.embedding import embedding
from tests.bench.engine import engine
from tests.bench.intents import intents
from tests.bench.learning import learning
from tests.bench.likenesses import likenesses
from tests.bench.masking import masking
from tests.bench.model import model
from tests.bench.page import page
from tests.bench.retrieval import retrieval
from tests.bench.scale import scale
from tests.bench.sla import sla
from tests.bench.stats import stats


def main() -> None:
    benches = {"acks": acks, "embedding": embedding, "engine": engine, "masking": masking, "model": model, "page": page}
    on_data = {"clusters": clusters, "intents": intents, "learning": learning, "likenesses": likenesses}
    long = {"delivery": delivery, "retrieval": retrieval, "scale": scale, "sla": sla, "stats": stats}
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument(
        "which", nargs="*", choices=[[], *benches, *on_data, *long], help="all but the last seven when none is named"
    )
    parser.add_argument("--seconds", type=int, default=60, help="how long each load lasts")
    parser.add_argument("--tickets", type=Path, help="JSON Lines that the page is fed, else the samples")
    parser.add_argument("--data", type=Path, help="a folder of labelled sets, for those that measure on public ones")
    parser.add_argument("--rows", type=int, help="resolutions at scale (100,000), or tickets of stats (1,000,000)")
    asked = parser.parse_args()
    if not asked.data and set(asked.which) & set(on_data):
        parser.error("clusters, intents, learning and likenesses need --data")
    benches["page"] = partial(page, tickets=asked.tickets)
    long = {
        "delivery": delivery,
        "retrieval": partial(retrieval, data=asked.data),
        "scale": partial(scale, tickets=asked.rows or 100_000),
        "sla": sla,
        "stats": partial(stats, tickets=asked.rows or 1_000_000),
    }
    every = benches | long | {name: partial(run, data=asked.data) for name, run in on_data.items()}
    for name in asked.which or benches:
        asyncio.run(every[name](asked.seconds))


main()
