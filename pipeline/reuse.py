"""Reuse: an old answer, without what belonged to the customer it was written for."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.addresses import addresses, covered
from pipeline.check_draft import HTML, IMAGE, LIVE
from pipeline.mask import detached
from pipeline.old_words import CLOSER, DONE, GREETING, HEADER, NO_NAMES, PERSON, PLEASANTRY, PUBLIC, REFERENCE
from pipeline.passage import Resolution

LONGEST_ANSWER = 20_000  # characters that are looked at
_TAG = regex.compile(r"<[A-Za-z/!?][^<>]{0,2000}>")
_MARKDOWN_IMAGE = regex.compile(r"!\[[^\]]{0,500}\]\s*(?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])")
_UNSEEN = regex.compile(r"[\p{Cf}\p{Cc}--[\n\t]]+", regex.VERSION1)
_PLACEHOLDER = regex.compile(r"\[[A-Z]{2,12}(?:_\d{1,9})?\]")
_SENTENCE = regex.compile(r"(?<=[.!?…。！？])[ \t]+(?=\S)")
_TOKEN = regex.compile(r"[\p{L}\p{N}_#/-]{4,}")
_SPACED = regex.compile(r"\d(?:[-. /]?\d){6,}")  # a telephone number, a date, a number in groups
_BLANKS = regex.compile(r"\n[ \t]*\n\s*")
_SAYS = regex.compile(r"\p{Ll}{4,}[.!?](?:\s|$)")  # ends a sentence, which no signature does
_TAIL = 300  # characters after a closing formula that still are a signature


@dataclass(frozen=True, slots=True)
class Reused:
    """What may be said again. `whole` is false when statements had to go."""

    text: str
    whole: bool


def reuse(resolution: Resolution, asked: str, allowed: Sequence[str]) -> Reused:
    """Return the answer without greeting, signature and whatever only concerned the former customer.

    `asked` is the ticket's masked text: an identifier that stands in it may stand in its answer.
    """
    text = _without_header(_plain(detached(resolution.answer[:LONGEST_ANSWER])))
    text, greeted = _without_greeting(text)
    text, signed = _without_signature(text)
    names = _names(f"{greeted} {signed}")
    own = _Own(asked.casefold(), resolution.url, tuple(allowed), names)
    lines, whole = [], True
    for line in text.split("\n"):
        sentences = [each for each in _SENTENCE.split(line) if not PLEASANTRY.match(each)]
        kept = [sentence for sentence in sentences if own.may_say(sentence)]
        whole = whole and len(kept) == len(sentences)
        if any(map(str.strip, kept)) or not line.strip():
            lines.append(" ".join(kept).rstrip())
    return Reused(_BLANKS.sub("\n\n", "\n".join(lines)).strip(), whole)


@dataclass(frozen=True, slots=True)
class _Own:
    """What tells this ticket's facts from those of the former one."""

    asked: str
    url: str
    allowed: tuple[str, ...]
    names: frozenset[str]

    def may_say(self, sentence: str) -> bool:
        strange = (_PLACEHOLDER, LIVE, HTML, IMAGE, DONE, PERSON, REFERENCE)
        if any(pattern.search(sentence) for pattern in strange):
            return False
        if self.names & set(regex.findall(r"\p{L}{2,}", sentence)):
            return False
        return all(found.casefold() in self.asked for found in self._identifiers(sentence))

    def _identifiers(self, sentence: str) -> list[str]:
        """Numbers in an address of the help centre are its own; every other long number is somebody's."""
        for address in addresses(sentence):
            if address == self.url or covered(address, self.allowed):
                sentence = sentence.replace(address, " ")
        sentence = PUBLIC.sub(" ", sentence)
        return [*_SPACED.findall(sentence), *filter(_identifies, _TOKEN.findall(sentence))]


def _identifies(token: str) -> bool:
    """Whether a token is somebody's number: five digits, or four beside a capital, as in ORD-8821."""
    digits = sum(letter.isdigit() for letter in token)
    return digits >= 5 or (digits == 4 and any(letter.isupper() for letter in token))


def _plain(text: str) -> str:
    """Return the text without images, tags and characters that nobody sees."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _TAG.sub("", _MARKDOWN_IMAGE.sub("", text))
    return str(HTML.sub("< ", text))


def _without_header(text: str) -> str:
    found = HEADER.match(text)
    return text[found.end() :] if found else text


def _without_greeting(text: str) -> tuple[str, str]:
    if found := GREETING.match(text):
        rest = text[found.end() :].lstrip()
        return rest[:1].upper() + rest[1:], found["whom"]
    return text, ""


def _without_signature(text: str) -> tuple[str, str]:
    for found in CLOSER.finditer(text):
        after = text[found.end() :]
        if found.start() and len(after) <= _TAIL and not _SAYS.search(after):
            return text[: found.start()].rstrip(), after
    return text, ""


def _names(people: str) -> frozenset[str]:
    """Capitalised words beside a greeting or a closing formula."""
    found = regex.findall(r"\b\p{Lu}\p{Ll}{2,}\b", people)
    return frozenset(found) - NO_NAMES
