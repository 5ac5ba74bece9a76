"""Macro: a text that a team has at hand, with places for who is asked and who answers."""

from dataclasses import dataclass

import regex
from pydantic import Field

from pipeline.value import Value
from pipeline.wording import Wording, in_language

PLACES = ("customer", "agent", "ticket")
PLACE = regex.compile(r"\{([^{}\n]{0,40})\}")
LONGEST = 1500  # characters of a macro's text
MOST = 100  # macros of a team: as many as a Slack select holds
_GAP = regex.compile(r"[ ,]*\{(?:customer|agent|ticket)\}")
_NAME = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'’. -]{0,58}[\p{L}\p{M}.]|\p{L}|\[NAME_\d{1,9}\]")
_NUMBER = regex.compile(r"[\p{L}\p{N}#_-]{1,60}")


class Macro(Value):
    """A text of a team, which a person inserts and a draft may rest on."""

    name: str = Field(min_length=1, max_length=75)
    text: Wording = Field(min_length=1)
    when: str = Field(default="", max_length=300, description="in which case it is meant to be said")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in a macro's places. What is unknown, or could be more than a name, is left out with its comma."""

    customer: str = ""
    agent: str = ""
    ticket: str = ""

    def fill(self, text: str) -> str:
        """Return the text filled in one pass: a customer who is called {agent} stays that."""
        known = {
            "customer": self.customer if _NAME.fullmatch(self.customer) else "",
            "agent": self.agent if _NAME.fullmatch(self.agent) else "",
            "ticket": self.ticket if _NUMBER.fullmatch(self.ticket) else "",
        }
        return str(_GAP.sub(lambda gap: _said(gap[0], known), text)).strip()


def _said(gap: str, known: dict[str, str]) -> str:
    before, _, place = gap.rpartition("{")
    value = known[place.rstrip("}")]
    return before + value if value else ""


def needs(macro: Macro, place: str) -> bool:
    """Whether any of a macro's texts has that place."""
    return any(f"{{{place}}}" in text for text in macro.text.values())


def filled(macro: Macro, language: str, filling: Filling) -> str:
    """Return a macro's text in a language, filled."""
    return filling.fill(in_language(macro.text, language))
