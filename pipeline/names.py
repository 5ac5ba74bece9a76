"""Names: the people whom a text speaks of, as far as its words give them away."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from pipeline.given_names import GIVEN_NAMES
from pipeline.name_words import (
    AFTER,
    BEFORE,
    BEGINNING,
    CALLED,
    MENU_NOUN,
    NO_PERSON,
    PRESSED,
    THING,
    TITLED,
    WORDS_TOO,
)

_WORD = regex.compile(r"(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}'’]*\p{Ll}[\p{L}\p{M}'’]*(?:-\p{Lu}\p{Ll}+)*")
_PLAIN = r"\p{Lu}\p{Ll}[\p{L}'’]*(?:-\p{Lu}\p{Ll}+)?"
_PARTICLE = r"(?:(?:van|von|de|der|den|da|dos|del|della|di|la|le|el|al|bin|ibn|zu|ter|ten|y|e)[ ]){0,3}"
_PAIR = regex.compile(
    rf"(?<![\w-])(?<![>›→/] ?)(?P<first>{_PLAIN}) (?:\p{{Lu}}\. )?{_PARTICLE}(?P<last>{_PLAIN})(?![\w-])"
)
_BEGINS = regex.compile(r"(?:^|[.!?:;…>›→|•*(\n“„«\"‘-]|\d[.)])\s*[“„«\"'‘(]*$")
_QUOTED = regex.compile(r"[“„«\"‘'][^“”„«»\"\n]{0,80}$")
_CAMEL = regex.compile(r"\p{Ll}\p{Lu}")  # as in PostgreSQL
_MOST = 5
_SMALL = regex.compile(r"(?<![\w./@-])\p{Ll}{5,}(?![\w/@-]|\.\w)")
_SMALL_NAMES = frozenset(name.lower() for name in GIVEN_NAMES if len(name) >= 5) - WORDS_TOO


@dataclass(frozen=True, slots=True)
class People:
    """`sure` are names of people, `doubtful` are capitalised words that may be."""

    sure: tuple[str, ...]
    doubtful: tuple[str, ...]


def people(text: str, known: str, language: str) -> People:
    """Return whom the text names besides those in `known`, a text whose words are nobody else's.

    A capital says little in German, and nothing in scripts that have none: there only words around it tell.
    """
    own = known.casefold()
    sure = [name for name in _named(text) if not _within(name.casefold(), own)]
    pairs = [match[0] for match in _PAIR.finditer(text) if _is_pair(text, match, own)]
    alone = (
        [] if language[:2].lower() == "de" else [word for word in _lonely(text) if not _within(word.casefold(), own)]
    )
    doubtful = [word for word in alone if not any(word in name for name in (*sure, *pairs))]
    return People(tuple(dict.fromkeys((*sure, *pairs)))[:_MOST], tuple(dict.fromkeys(doubtful))[:_MOST])


def _named(text: str) -> Iterator[str]:
    """Yield given names, and whoever is called by a title or does what only people do."""
    for match in _WORD.finditer(text):
        if match[0].removesuffix("'s").removesuffix("’s").split("-")[0] in GIVEN_NAMES and not _in_path(text, match):
            yield match[0]
    small = [word for word in _SMALL.findall(text) if word in _SMALL_NAMES]
    yield from small
    for pattern in (TITLED, BEFORE, AFTER, CALLED):
        for match in pattern.finditer(text):
            if match["who"] not in NO_PERSON and not _in_path(text, match):
                yield match["who"]


def _is_pair(text: str, match: regex.Match[str], own: str) -> bool:
    """Whether two capitalised words are a name rather than a product, a menu or the beginning of a sentence."""
    words = (match["first"], match["last"])
    if any(word in NO_PERSON or _within(word.casefold(), own) for word in words) or _on_screen(text, match, PRESSED):
        return False
    if _begins(text, match) and (
        match["first"] in BEGINNING or match["first"].endswith(("ed", "ing", "ly", "en", "ez"))
    ):
        return False
    return not _small_elsewhere(text, words)


def _lonely(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        public = (
            match[0] in NO_PERSON or _CAMEL.search(match[0]) or _begins(text, match) or _on_screen(text, match, THING)
        )
        if not (public or _small_elsewhere(text, (match[0],))):
            yield match[0].removesuffix("'s").removesuffix("’s")


def _begins(text: str, match: regex.Match[str]) -> bool:
    return _BEGINS.search(_before(text, match)) is not None


def _on_screen(text: str, match: regex.Match[str], leading: regex.Pattern[str]) -> bool:
    """Whether a word is what stands on a screen: in a path, in quotation marks, or beside the word for it."""
    before, after = _before(text, match), text[match.end() : match.end() + 30]
    beside = leading.search(before) or MENU_NOUN.match(after) or _QUOTED.search(before)
    return beside is not None or _in_path(text, match)


def _in_path(text: str, match: regex.Match[str]) -> bool:
    before, after = _before(text, match).rstrip(), text[match.end() : match.end() + 3].lstrip()
    return before.endswith((">", "›", "→", "/")) or after.startswith((">", "›", "→"))


def _before(text: str, match: regex.Match[str]) -> str:
    return text[max(0, match.start() - 80) : match.start()]


def _small_elsewhere(text: str, words: tuple[str, ...]) -> bool:
    """Whether the text also writes one of the words small, as nobody writes a name."""
    return any(_within(word.lower(), text) for word in words)


def _within(name: str, own: str) -> bool:
    return regex.search(rf"(?<!\w){regex.escape(name)}(?!\w)", own) is not None
