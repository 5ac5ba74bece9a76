"""Names in a question: which team, category or person of the policy is meant."""

from collections.abc import Iterable

import regex

from pipeline.policy import Policy
from pipeline.readable import folded

# What colleagues call the categories that ship, beside their names; a policy without one of these has no use for it.
_CALLED = {
    "billing": r"abrechnung\w*|rechnung\w*|invoic\w*|zahlung\w*|payments?|refunds?|erstattung\w*",
    "technical": r"tech|technik\w*|technisch\w*|engineering",
    "account": r"accounts|konto\w*|konten|login\w*|zugang\w*",
    "feature_request": r"features?|wunsche?\w*|feature ?wunsch\w*|feedback",
    "general": r"allgemein\w*",
}
_SLACK = regex.compile(r"<@([UW]\w+)(?:\|[^>]*)?>")
_ME = regex.compile(r"\b(?:i|me|my|mine|myself|ich|mir|mich|mein(?:e[rnsm]?)?)\b", regex.IGNORECASE)
_BEFORE = r"\b(?:for|of|on|by|with|at|to|has|have|does|did|is|bei|auf|für|fuer|von|hat|macht|an) "


def team_in(words: str, policy: Policy) -> str:
    """Return the team that folded words name, by its name or channel."""
    spaced = _spaced(words)
    named = ((team.name, form) for team in policy.teams for form in (_spaced(team.name), _spaced(team.channel)))
    return _longest((name, form) for name, form in named if _has(spaced, form))


def category_in(words: str, policy: Policy) -> str:
    """Return the category that folded words name, or call by one of its usual names."""
    spaced = _spaced(words)
    names = [category.name for category in policy.categories]
    if named := _longest((name, name) for name in names if _has(spaced, _spaced(name))):
        return named
    called = ((name, regex.search(rf"\b(?:{_CALLED[name]})\b", spaced)) for name in names if name in _CALLED)
    return _longest((name, found[0]) for name, found in called if found)


def person_in(said: str, policy: Policy, asker: str) -> str:
    """Return who is meant: a Slack user id, or the name of a member, by their whole or first name."""
    if mentioned := _SLACK.search(said):
        return str(mentioned[1])
    members = (*policy.leads, *(member for team in policy.teams for member in team.members))
    for name in dict.fromkeys(member.name for member in members):
        if _is_named(name, said) or _is_named(name.split()[0], said):
            return name
    return asker if _ME.search(said) else ""


def _is_named(name: str, said: str) -> bool:
    """With its capital anywhere; in small letters, as "dev" and "mark" may be words, only after "for" and its like."""
    written = regex.escape(name)
    whole = rf"{written}(?:['’]?s)?\b"
    return regex.search(rf"\b{whole}|{_BEFORE}(?i:{whole})", said) is not None


def _longest(named: Iterable[tuple[str, str]]) -> str:
    return max(named, key=lambda pair: len(pair[1]), default=("", ""))[0]


def _spaced(name: str) -> str:
    return folded(name).casefold().replace("_", " ").replace("-", " ").replace("#", " ")


def _has(spaced: str, form: str) -> bool:
    return regex.search(rf"\b{regex.escape(form)}\b", spaced) is not None
