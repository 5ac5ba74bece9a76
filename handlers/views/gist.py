"""Gist: whether a summary tells more than the words that stand right below it."""

import re

SHORT = 320  # characters that are read as fast as their summary
_NEARLY_ALL = 0.6
_WORD = re.compile(r"\w+")


def adds(summary: str, words: str) -> bool:
    """Whether a summary is worth its room: always for a long text, or where it is in other words or languages."""
    told = set(_WORD.findall(summary.casefold()))
    if not told or len(words) > SHORT:
        return bool(told)
    return len(told & set(_WORD.findall(words.casefold()))) < _NEARLY_ALL * len(told)
