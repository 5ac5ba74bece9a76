"""Made-up history: solved tickets of any number, out of the sentences that ship; some hold a code of their own."""

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from bot.adapters.shipped import Row, shipped_rows
from bot.playground.feed import solved
from pipeline.sentences import sentences

CODES_EVERY = 20  # lines from one error code to the next
_SYLLABLES = ("ba", "del", "fi", "gor", "ka", "lu", "men", "no", "pra", "qui", "ros", "sta", "tem", "ul", "vex", "zi")
_FORMS = ("ERR-{}", "TD_{}", "0x80{}", "E{}", "INC{}", "SKU-{}-A")
_OPENING = ("Thanks for writing to us.", "Sorry for the trouble.", "We looked into this.", "Good question.")


def histories(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield lines as `triage import` takes them; every CODES_EVERYth of them holds a code."""
    r = random.Random(seed)
    for number in range(count):
        row, other = r.choice(_rows()), r.choice(_rows())
        code = code_of(number)
        yield {
            "id": f"h{number}",
            "subject": _name(r).capitalize(),
            "text": f"{row.text} {other.text} It is about {_name(r)}.{f' It says {code}.' if code else ''}",
            "answer": " ".join((r.choice(_OPENING), *r.sample(_steps(), 3), f"It concerns {_name(r)}.")),
            "category": row.category,
            "language": row.language,
            "created_at": f"20{r.randrange(20, 26)}-{r.randrange(1, 13):02}-{r.randrange(1, 29):02}T08:00:00Z",
            "csat": r.choice((3, 4, 5)),
        }


def code_of(number: int) -> str:
    """Return the code that this line of the history holds, or "" for most."""
    return "" if number % CODES_EVERY else _FORMS[number // CODES_EVERY % len(_FORMS)].format(10_007 + 37 * number)


def retold(number: int, seed: int = 2) -> str:
    """Return another customer's ticket, long, with the code of that line."""
    r = random.Random(f"{seed}.{number}")
    return f"{r.choice(_rows()).text} {code_of(number).lower()} came up at {_name(r)}. {r.choice(_rows()).text}"


def _name(r: random.Random) -> str:
    return "".join(r.choices(_SYLLABLES, k=4))


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(row for row in shipped_rows() if row.language == "en")


@cache
def _steps() -> tuple[str, ...]:
    return tuple(step for line in solved() for step in sentences(str(line["answer"])) if len(step) > 20)
