"""Reuse: an old answer, without what belonged to the customer it was written for."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from pipeline.check_draft import HTML, IMAGE, LIVE
from pipeline.former import Mine
from pipeline.language import language_of
from pipeline.mask import detached
from pipeline.old_words import CLOSER, DONE, GREETING, HEADER, NO_NAMES, ONCE, PLEASANTRY, SIGNED
from pipeline.passage import Resolution

LONGEST_ANSWER = 8_000  # characters that are looked at; a reply has fewer
_TAG = regex.compile(r"<[A-Za-z/!?][^<>]{0,2000}>")
_MARKDOWN_IMAGE = regex.compile(r"!\[[^\]]{0,500}\]\s*(?:\([^)]{0,2000}\)|\[[^\]]{0,200}\])")
_UNSEEN = regex.compile(r"[\p{Cf}\p{Cc}--[\n\t]]+", regex.VERSION1)
_PLACEHOLDER = regex.compile(r"\[[A-Z]{2,12}(?:_\d{1,9})?\]")
# A full stop after a title or an initial ends no sentence.
_SENTENCE = regex.compile(
    r"(?<=[.!?…。！？])(?<!\b(?:Mr|Mrs|Ms|Dr|Prof|Sr|Sra|Srta|Sig|Dhr|Mme|St|No|Nr|\p{Lu})\.)[ \t]+(?=\S)"
)
_BLOCK = regex.compile(r"\n[ \t]*\n\s*")
_FEW, _SHORT = 3, 50  # lines of an address, and characters of each
_BLANKS = regex.compile(r"\n[ \t]*\n\s*")
_SAYS = regex.compile(r"\p{Ll}{4,}[.!?](?:\s|$)")  # ends a sentence, which no signature does
_TELLING = 300  # characters that say in which language an answer is written
_TAIL = 300  # characters after a closing formula that still are a signature


@dataclass(frozen=True, slots=True)
class Reused:
    """What may be said again. `whole` is false when statements had to go; `doubtful` words may name somebody."""

    text: str
    whole: bool
    doubtful: tuple[str, ...] = ()


def reuse(resolution: Resolution, asked: str, allowed: Sequence[str], public: str = "") -> Reused:
    """Return the answer without greeting, signature and whatever only concerned the former customer.

    `asked` is the ticket's masked text: an identifier that stands in it may stand in its answer. `public` are
    words that name nobody, such as our product.
    """
    text = _without_header(_plain(detached(resolution.answer[:LONGEST_ANSWER])))
    text, greeted = _without_greeting(text)
    text, signed = _without_signature(text)
    names = _names(f"{greeted} {signed}")
    mine = mine_of(resolution, asked, allowed, public)
    said, whole = _said(text, mine, names)
    return Reused(said, whole, mine.doubtful(said))


def impersonal(text: str, mine: Mine) -> str:
    """Return a former customer's own words, such as a title or a question, without what was theirs alone."""
    return _said(
        _without_signature(_without_greeting(_plain(detached(text[:LONGEST_ANSWER])))[0])[0], mine, frozenset()
    )[0]


def mine_of(resolution: Resolution, asked: str, allowed: Sequence[str], public: str = "") -> Mine:
    """Return what of a resolution may be said to whoever asked."""
    return Mine(
        asked=asked,
        urls=(resolution.url,),
        allowed=tuple(allowed),
        language=resolution.language or language_of(resolution.answer[:_TELLING]),
        public=public,
        theirs=resolution.question,
        published=bool(resolution.document),
    )


def _said(text: str, mine: Mine, names: frozenset[str]) -> tuple[str, bool]:
    """Return the sentences that may be said, and whether these are all."""
    kept_blocks = [block for block in _BLOCK.split(text) if not _is_address(block, mine)]
    lines, whole = [], len(kept_blocks) == len(_BLOCK.split(text))
    for line in "\n\n".join(kept_blocks).split("\n"):
        sentences = [each for each in _SENTENCE.split(line) if not PLEASANTRY.match(each)]
        kept = [sentence for sentence in sentences if _may_say(sentence, mine, names)]
        whole = whole and len(kept) == len(sentences)
        if any(map(str.strip, kept)) or not line.strip():
            lines.append(" ".join(kept).rstrip())
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip(), whole


def _is_address(block: str, mine: Mine) -> bool:
    """Whether short lines stand together of which one is somebody's: the others are that person's, too."""
    lines = block.split("\n")
    if len(lines) < _FEW or any(len(line) > _SHORT or line.rstrip().endswith((".", "!", "?", ":")) for line in lines):
        return False
    return any(next(mine.belonging_to_others(line), None) for line in lines)


def _may_say(sentence: str, mine: Mine, names: frozenset[str]) -> bool:
    strange = (_PLACEHOLDER, LIVE, HTML, IMAGE, *(() if mine.published else (DONE, ONCE)))
    if any(pattern.search(sentence) for pattern in strange):
        return False
    if names & set(regex.findall(r"\p{L}{2,}", sentence)):
        return False
    return next(mine.belonging_to_others(sentence), None) is None


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
    if found := SIGNED.search(text):
        return text[: found.start()], found[0]
    return text, ""


def _names(people: str) -> frozenset[str]:
    """Capitalised words beside a greeting or a closing formula."""
    found = regex.findall(r"\b\p{Lu}\p{Ll}{2,}\b", people)
    return frozenset(found) - NO_NAMES
