"""Ground: whether what a model wrote stands in the sources that it cites, paragraph by paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from pipeline.addresses import addresses, untrusted
from pipeline.courtesy import courtesy, stems
from pipeline.echo import Echo
from pipeline.language import UNKNOWN, language_of
from pipeline.mask import Masked
from pipeline.names import people
from pipeline.old_data import ADDRESS, EMAIL, FORM
from pipeline.passage import Passage
from pipeline.policy import Policy
from pipeline.promises import Spoken, retells, unbacked
from pipeline.quantities import Quantity, carried, known, quantities
from pipeline.sentences import sentences
from pipeline.sources import public_words

MOST = 6  # failures that are named
_SHOWN = 60
_SOURCED, _UNSOURCED = 0.35, 0.5  # share of a paragraph's words that its sources have, or that need none
_FEW = 4  # words from which a share says something
_QUOTED = regex.compile(r"[“„«\"]([^“”„«»\"\n]{3,60})[”“»\"]")
_PATH = regex.compile(r"\p{Lu}[\p{L}\d &/-]{1,40}(?: ?[>›→] ?\p{Lu}[\p{L}\d &/-]{1,40}?)+(?=[.,;:!?)\n]|$| \p{Ll})")


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of a reply with the sources that it cites."""

    text: str
    cited: tuple[Passage, ...]


@dataclass(frozen=True)
class Ticket:
    """For whom a reply is written: the ticket, the wish of whoever sends it, and the policy."""

    masked: Masked
    policy: Policy
    language: str
    wish: str = ""

    @cached_property
    def echo(self) -> Echo:
        return Echo(self.masked.whole)

    @cached_property
    def public(self) -> str:
        return public_words(self.policy)


def ungrounded(paragraphs: Sequence[Said], ticket: Ticket) -> tuple[str, ...]:
    """Say what no cited source carries, a sentence each; none: all of it is grounded.

    What only the ticket says may be told as the customer's words, and not as ours. Promises may also come from the
    wish of a person, and numbers where it names them.
    """
    failures = dict.fromkeys(failure for said in paragraphs for failure in _failures(said, ticket))
    return tuple(failures)[:MOST]


def _failures(said: Said, ticket: Ticket) -> Iterator[str]:
    source = _text(said.cited)
    spoken = Spoken(source, ticket.masked.whole, ticket.wish)
    for sentence in sentences(said.text):
        for claim in unbacked(sentence, spoken):
            yield f"“{_short(sentence)}” {claim}, which no cited source carries."
        yield from _numbers(sentence, spoken)
        if ticket.echo.copied(sentence) or (not retells(sentence) and ticket.echo.repeats(sentence, source)):
            yield f"“{_short(sentence)}” repeats the ticket's words as ours."
    if planted := ticket.echo.obeyed(said.text, f"{source} {ticket.wish}"):
        yield f"“{_short(planted)}” is what the ticket told you to say."
    yield from _marks(said.text, source, ticket)
    yield from _names(said.text, source, ticket)
    if not _supported(said, source, ticket):
        yield f"“{_short(said.text)}” says what no cited source says."


def _numbers(sentence: str, spoken: Spoken) -> Iterator[str]:
    told, asked = known(f"{spoken.sources}\n{spoken.wish}"), known(spoken.ticket)
    for quantity in quantities(_PLACEHOLDER.sub(" ", sentence)):
        if carried(quantity, told):
            continue
        if not carried(quantity, asked):
            yield f"“{_short(quantity.shown)}” stands in no source that the paragraph cites."
        elif not _may_repeat(quantity, sentence):
            yield f"“{_short(quantity.shown)}” stands in the ticket alone: say that the customer writes so."


def _may_repeat(quantity: Quantity, sentence: str) -> bool:
    return retells(sentence) or (quantity.identifies and quantity.unit == "")


def _marks(text: str, source: str, ticket: Ticket) -> Iterator[str]:
    """Addresses, and what is quoted as standing on a screen."""
    whole = f"{source} {ticket.wish}"
    for address in untrusted(text, [whole], ticket.policy.allowed_urls):
        yield f"The address {_short(address)} stands in no source that the paragraph cites."
    for match in EMAIL.finditer(text):
        if match[0].casefold() not in whole.casefold() and not any(match[0] in each for each in addresses(whole)):
            yield f"The address {_short(match[0])} stands in no source that the paragraph cites."
    yield from (f"{_short(found[0])} was not filled in." for found in FORM.finditer(_PLACEHOLDER.sub(" ", text)))
    if source and _same_language(source, ticket.language):
        shown = list(_QUOTED.findall(text))
        shown += [step for path in _PATH.findall(text) for step in _steps(path)]
        for name in shown:
            if not stems(name) <= stems(f"{whole} {ticket.masked.whole}"):
                yield f"“{_short(name)}” stands in no source that the paragraph cites."


def _steps(path: str) -> Iterator[str]:
    """Yield the names in a path; of the words before and behind it only those that touch it."""
    first, *between, last = regex.split(r" ?[>›→] ?", path)
    yield from (first.split()[-1], *between, last.split()[0])


def _names(text: str, source: str, ticket: Ticket) -> Iterator[str]:
    own = f"{source} {ticket.wish} {ticket.masked.whole} {ticket.public}"
    found = [*people(text, own, ticket.language).sure, *(match[0] for match in ADDRESS.finditer(text))]
    yield from (
        f"“{_short(name)}” stands in no cited source." for name in found if name.casefold() not in own.casefold()
    )


def _supported(said: Said, source: str, ticket: Ticket) -> bool:
    """Whether enough of the words come from the cited sources, or need none: thanks, regret, a question."""
    polite = courtesy(ticket.language)
    if polite is None or (source and not _same_language(source, ticket.language)):
        return True
    told = " ".join(each for each in sentences(said.text) if not each.endswith("?"))
    words = stems(_PLACEHOLDER.sub(" ", told))
    allowed = polite | stems(f"{source} {ticket.wish} {ticket.public} {ticket.echo.telling}")
    least = _SOURCED if source else _UNSOURCED
    return len(words) < _FEW or len(words & allowed) >= least * len(words)


def _same_language(source: str, language: str) -> bool:
    written = language_of(source)
    return UNKNOWN in (written, language) or written[:2] == language[:2].lower()


def _text(cited: Sequence[Passage]) -> str:
    parts = (part for p in cited for part in (p.resolution.title, p.resolution.answer, p.resolution.url))
    return "\n".join(part for part in parts if part)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


_PLACEHOLDER = regex.compile(r"\[[A-Z]{2,12}_\d{1,9}\]")
