"""Promises: what a sentence commits us to, and whether somebody who may has said so."""

from collections.abc import Iterator
from dataclasses import dataclass

from regex import Pattern

from pipeline.promise_words import (
    ASKING,
    ATTRIBUTED,
    COMMITTING,
    CONDITIONAL,
    DENIED,
    DONE_HERE,
    GRANTING,
    MACHINE,
    MATTERS,
    MOMENT,
    NEUTRAL,
    OFFERED,
    SECRETS,
)
from pipeline.sentences import sentences


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who has spoken of what: the sources that are cited, the customer, and the person whose wish it is."""

    sources: str
    ticket: str
    wish: str


def retells(sentence: str) -> bool:
    """Whether a sentence only says what the customer says, and does not agree to it."""
    return bool(ATTRIBUTED.search(sentence)) and not _grants(sentence)


def unbacked(sentence: str, spoken: Spoken) -> Iterator[str]:
    """Yield what a sentence promises or claims without anybody who may say so."""
    if MACHINE.search(sentence) and not MACHINE.search(spoken.sources):
        yield "speaks of instructions or of a machine"
    if SECRETS.search(sentence) and ASKING.search(sentence) and not _asked_alike(spoken.sources):
        yield "asks the customer for a secret"
    done = DONE_HERE.search(sentence)
    if done and not (CONDITIONAL.search(sentence[: done.start()]) or DONE_HERE.search(f"we have {spoken.wish}")):
        yield "says that something was done for this customer"
    yield from (f"speaks of {matter}" for matter in _matters(sentence, spoken))


def _matters(sentence: str, spoken: Spoken) -> Iterator[str]:
    granted, denied = _grants(sentence), DENIED.search(sentence) is not None
    for matter, words in MATTERS.items():
        if not words.search(sentence) or words.search(spoken.wish):
            continue
        if matter == MOMENT and not COMMITTING.search(sentence):
            continue
        if _affirmed(spoken.sources, words) or (denied and words.search(spoken.sources)):
            continue
        if denied and matter in NEUTRAL and not granted:
            continue
        mentioned = matter in NEUTRAL and words.search(spoken.ticket) and not granted
        told = retells(sentence) and (matter in NEUTRAL or words.search(spoken.ticket))
        if not (mentioned or told):
            yield matter


def _affirmed(text: str, words: Pattern) -> bool:
    """Whether any sentence of a text speaks of the matter without denying it."""
    return any(words.search(each) and not DENIED.search(each) for each in sentences(text))


def _asked_alike(sources: str) -> bool:
    return any(SECRETS.search(each) and ASKING.search(each) for each in sentences(sources))


def _grants(sentence: str) -> bool:
    return GRANTING.search(sentence) is not None or OFFERED.search(sentence) is not None
