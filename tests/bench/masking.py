"""Masking on one core: milliseconds per 2 kB of ticket text, dense with personal data and without any."""

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.adapters.shipped import shipped_rows
from pipeline.mask import mask_text
from pipeline.ticket import Author, Message, Ticket
from pipeline.triage import read
from tests.pipeline import personal
from tests.pipeline.lookalikes import LOOKALIKES

SIZE = 2048  # characters of one text
WARM, TEXTS = 200, 1000  # the first ones load the language model and the numbering plans
PLANTED = (personal.email, personal.card, personal.iban, personal.ssn, personal.e164, personal.ip, personal.secret)
MEGABYTE = 1_000_000


async def masking(_seconds: int) -> None:
    """Mask texts of three kinds, then read one message of a megabyte."""
    r = random.Random(1)
    rows = [row.text for row in shipped_rows()]
    for _ in range(WARM):
        mask_text(_text(r, rows, 1.0))
    for name, often in (("nothing personal", 0.0), ("a few values", 0.1), ("a value in every line", 1.0)):
        took, worked = zip(*(_timed(_text(r, rows, often)) for _ in range(TEXTS)), strict=True)
        print(
            f"masking [{name}]: {TEXTS} texts of 2 kB, p50 {_at(took, 0.5):.1f} ms, p99 {_at(took, 0.99):.1f} ms; "
            f"of processor p50 {_at(worked, 0.5):.1f} ms, p99 {_at(worked, 0.99):.1f} ms"
        )
    began = time.perf_counter()
    read(_ticket("\n".join(_text(r, rows, 1.0) for _ in range(MEGABYTE // SIZE))))
    print(f"masking [1 MB message]: cleaned, masked and its language found in {time.perf_counter() - began:.2f} s")


def _timed(text: str) -> tuple[float, float]:
    """Return milliseconds by the clock and of the processor: others may be at work on this machine."""
    began, idle = time.perf_counter(), time.thread_time()
    mask_text(text)
    return (time.perf_counter() - began) * 1000, (time.thread_time() - idle) * 1000


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


def _text(r: random.Random, rows: list[str], often: float) -> str:
    """Return lines of shipped tickets, with a value and something that looks like one behind that share of them."""
    lines: list[str] = []
    while sum(map(len, lines)) < SIZE:
        line = r.choice(rows)
        if r.random() < often:
            line = f"{line} {r.choice(PLANTED)(r)}, {r.choice(LOOKALIKES)(r)}"
        lines.append(line)
    return "\n".join(lines)[:SIZE]


def _ticket(text: str) -> Ticket:
    now = datetime.now(UTC)
    message = Message(id="1", author=Author.CUSTOMER, text=text, at=now)
    return Ticket(source="plain", id="1", created_at=now, messages=(message,))
