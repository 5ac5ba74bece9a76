"""Rules: where the words of an escalation rule stand in a ticket, in bounded time."""

from contextlib import suppress
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import regex

from pipeline.denial import Denials
from pipeline.errors import PolicyError
from pipeline.policy import Rule
from pipeline.readable import folded, readable

# Seconds by the clock, try by try: a machine that was busy elsewhere is no slow rule.
_PATIENCE = (0.5, 3.0)  # that one rule may take on one text
_TRIAL = (0.1,) * 5  # that one rule may take on a text made to slow it down
_TRIAL_LENGTH = 500  # characters; backtracking without bound shows here already
_ANYTHING, _GAP = regex.compile(r"\s*…\s*"), r"\\b[^.!?\\n]{0,40}?\\b"
_MATCHES = 20  # of one rule in one text; one that counts suffices


class TooSlow(Exception):
    """The rule used up its time on this text."""


class Searched(NamedTuple):
    """Where the words that count begin and end, and how many stood before them that do not."""

    words: tuple[int, int] | None
    denied: int


def find_words(rule: Rule, text: str) -> tuple[int, int] | None:
    """Return where the words that count begin and end in a text that `readable` returned. Raises TooSlow."""
    return search_words(rule, text).words


def search_words(rule: Rule, text: str) -> Searched:
    """Look for the words of a rule in a text that `readable` returned.

    Words that are denied ("no need to escalate"), reported ("your agent wrote: …") or part of a footer do
    not count, except inside a group named `always`. Raises TooSlow.
    """
    for patience in _PATIENCE:
        with suppress(TimeoutError):
            return _searched(rule, text, patience)
    raise TooSlow


def _searched(rule: Rule, text: str, patience: float) -> Searched:
    denials, denied = Denials(text), 0
    matches = _compiled(rule.pattern).finditer(folded(text), timeout=patience)
    for match, _ in zip(matches, range(_MATCHES), strict=False):
        always = match.groupdict().get("always") is not None
        if match.group() and (always or not denials.cover(match.start(), match.end())):
            return Searched((match.start(), match.end()), denied)
        denied += bool(match.group())
    return Searched(None, denied)


def check_rule(rule: Rule) -> None:
    """Try a rule on its own examples. Raises PolicyError with the rule's id and what is wrong."""
    try:
        _compiled(rule.pattern)
    except regex.error as error:
        raise PolicyError(f"rule {rule.id!r}: the pattern is not valid: {error.msg}") from error
    if _compiled(rule.pattern).search(""):
        raise PolicyError(f"rule {rule.id!r}: the pattern fires on an empty text: it needs words")
    try:
        _try_examples(rule)
    except TooSlow as error:
        raise PolicyError(
            f"rule {rule.id!r}: the pattern is too slow: bound what repeats, as in [^.!?]{{0,40}}"
        ) from error
    _try_patience(rule)


def _try_examples(rule: Rule) -> None:
    for example in rule.positive:
        if find_words(rule, readable(example)) is None:
            raise PolicyError(f"rule {rule.id!r} must fire on its positive example {example!r:.200}, and does not")
    for example in rule.negative:
        if find_words(rule, readable(example)) is not None:
            raise PolicyError(f"rule {rule.id!r} must not fire on its negative example {example!r:.200}, and does")


def _try_patience(rule: Rule) -> None:
    """Repeat what the rule looks for: a pattern that backtracks without bound is slow on that."""
    words = chain.from_iterable(readable(example).split() for example in rule.positive)
    letters = sorted({letter for example in rule.positive for letter in example.lower()})
    for piece in (*letters, *dict.fromkeys(f"{word} " for word in words)):
        probe = (piece * _TRIAL_LENGTH)[:_TRIAL_LENGTH] + "\0"
        if not _ends(rule, folded(probe)):
            raise PolicyError(
                f"rule {rule.id!r}: the pattern is too slow on {piece!r} repeated: bound what repeats, "
                "as in [^.!?]{0,40}"
            )


def _ends(rule: Rule, probe: str) -> bool:
    for patience in _TRIAL:
        with suppress(TimeoutError):
            _compiled(rule.pattern).search(probe, timeout=patience)
            return True
    return False


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> "regex.Pattern[str]":
    """Compile a pattern so that it begins and ends at the edge of a word, whatever its case and accents.

    The edges keep "sue" out of "issue". Each line is an alternative, a line that begins with # a comment,
    and … stands for anything up to 40 characters within the sentence.
    """
    lines = [line.strip() for line in pattern.splitlines()]
    alternatives = [_ANYTHING.sub(_GAP, folded(line)) for line in lines if line and not line.startswith("#")]
    body = "|".join(f"(?:{line})" for line in alternatives)
    return regex.compile(rf"(?<!\w)(?:{body})(?!\w)", regex.IGNORECASE)
