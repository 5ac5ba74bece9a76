"""Intent: what tickets of a kind ask for, with its place in a tree of three tiers (category, area, intent)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from pydantic import AwareDatetime, Field

from pipeline.value import Value

LONGEST_NAME = 80
LONGEST_WORDS = 300  # characters of a ticket that stand for it


class Standing(StrEnum):
    """Whether an intent takes tickets."""

    ACTIVE = "active"
    MERGED = "merged"  # its tickets went to another by a person's word
    RETIRED = "retired"  # a later batch found it in others


class By(StrEnum):
    """Who put a ticket where it is."""

    MATCH = "match"  # as it came, by its likeness
    BATCH = "batch"
    PERSON = "person"  # which no batch changes


class Intent(Value):
    """An intent. Where a person named, filed or shaped it, no batch changes that."""

    id: str
    name: str = Field(max_length=LONGEST_NAME)
    l1: str = Field(default="", max_length=LONGEST_NAME, description="the category of most of its tickets")
    l2: str = Field(default="", max_length=LONGEST_NAME, description="an area within it")
    medoid: str = Field(default="", description="the case that is most like all of it")
    words: str = Field(default="", description="that ticket's own, masked")
    size: int = 0
    standing: Standing = Standing.ACTIVE
    into: str = Field(default="", description="where its tickets went")
    named: bool = False
    filed: bool = False
    settled: bool = False
    created_at: AwareDatetime
    version: int = 0


class TicketIntent(Value):
    """Where a ticket is. An empty intent says that it waits as new; `known`, that an answer to it was known."""

    case_id: str
    intent: str = ""
    cosine: float = 0.0
    by: By = By.MATCH
    words: str = ""
    known: bool = False
    at: AwareDatetime


def usual(names: Sequence[str], otherwise: str = "") -> str:
    """Return what most say; of two as frequent the first in the alphabet."""
    counts = Counter(name for name in names if name)
    return min(counts, key=lambda name: (-counts[name], name)) if counts else otherwise


def distinct(wanted: Mapping[str, str], taken: Sequence[str]) -> dict[str, str]:
    """Return a name for each that no other has: a number is added where two would be called the same."""
    given: dict[str, str] = {}
    used = {name.casefold() for name in taken}
    for id_, name in wanted.items():
        name = name.strip()[: LONGEST_NAME - 5] or "Unnamed"
        chosen, number = name, 2
        while chosen.casefold() in used:
            chosen, number = f"{name} ({number})", number + 1
        used.add(chosen.casefold())
        given[id_] = chosen
    return given
