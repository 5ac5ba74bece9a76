"""Macros: what a team has at hand, as sources that a draft may rest on."""

import regex

from pipeline.macro import Filling, filled, needs
from pipeline.mask import Masked
from pipeline.passage import Passage, Resolution
from pipeline.policy import Policy, Team

_NAME = regex.compile(r"\[NAME_\d{1,9}\]")


def macro_passages(team: Team, policy: Policy, language: str) -> tuple[Passage, ...]:
    """Return the team's macros as passages, without the customer's name, which the reply's greeting has.

    Their score is that of a suggestion: the text is the team's own, but whether it fits is for a person to say. One
    that needs to know who answers, or the ticket's number, waits for a person to insert it.
    """
    return tuple(
        Passage(
            resolution=Resolution(
                id=f"macro:{team.name}:{macro.name}",
                question=macro.when or macro.name,
                answer=filled(macro, language, Filling()),
                title=macro.name,
                language=language if language[:2] in macro.text else "",
                document=f"macros of {team.name}",
            ),
            score=policy.thresholds.suggestion,
            reasons=("macro",),
        )
        for macro in team.macros
        if not (needs(macro, "agent") or needs(macro, "ticket"))
    )


def customer_name(masked: Masked) -> str:
    """Return the placeholder of the fullest name in the ticket: only the customer's own is ever masked as one."""
    names = [name for name in _NAME.findall(masked.whole) if not masked.unknown(name)]
    return max(names, key=lambda name: len(masked.restore(name)), default="")
