"""Wording: one text, or the same in several languages, as a policy says it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

ANY = ""  # the language of a text that is said in all of them


def _by_language(given: object) -> object:
    return {ANY: given} if isinstance(given, str) else given


Wording = Annotated[dict[str, str], BeforeValidator(_by_language)]
"""Texts by ISO 639-1 code. One text alone stands for all languages."""


def in_language(wording: Mapping[str, str], language: str) -> str:
    """Return the text for a language, else the English one, else the first; "" where there is none."""
    code = language[:2].lower()
    return next((wording[name] for name in (code, ANY, "en") if name in wording), next(iter(wording.values()), ""))
