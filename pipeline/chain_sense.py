"""What the types of rotations and chains cannot say: people that exist, zones, and no occasion twice."""

from collections.abc import Iterator
from difflib import get_close_matches

from pipeline.chain import Whom
from pipeline.policy import Policy, Team
from pipeline.problem import Path, Problem, is_zone
from pipeline.rotation import WEEKDAYS, Rotation

_WORDS = tuple(word.value for word in Whom)


def senseless_chains(policy: Policy) -> Iterator[Problem]:
    """Yield every mistake in who is on call and in who is called."""
    everybody = {member.name for member in (*policy.leads, *(each for team in policy.teams for each in team.members))}
    leads = {member.name for member in policy.leads}
    for index, team in enumerate(policy.teams):
        at: Path = ("teams", index)
        yield from _rotation((*at, "on_call"), team, leads)
        yield from _chains((*at, "chains"), team, everybody)


def _rotation(at: Path, team: Team, leads: set[str]) -> Iterator[Problem]:
    if (rotation := team.on_call) is None:
        return
    theirs = leads | {member.name for member in team.members}
    for number, name in enumerate(rotation.members):
        if name not in theirs:
            say = f"{name!r} is nobody of this team and none of [[leads]]: write a member's name{_meant(name, theirs)}"
            yield Problem((*at, "members", number), say)
        if name in rotation.members[:number]:
            yield Problem((*at, "members", number), f"{name!r} has two turns: name everybody once")
    yield from _covers((*at, "covers"), rotation, theirs)
    if rotation.weekday not in WEEKDAYS:
        yield Problem((*at, "weekday"), f"weekday {rotation.weekday!r} does not exist: write one like {WEEKDAYS[0]!r}")
    if not is_zone(rotation.zone):
        yield Problem((*at, "zone"), f'zone {rotation.zone!r} is not known: write one like "Europe/Berlin"')


def _covers(at: Path, rotation: Rotation, theirs: set[str]) -> Iterator[Problem]:
    for number, cover in enumerate(rotation.covers):
        if cover.member not in theirs:
            say = f"{cover.member!r} is nobody of this team and none of [[leads]]: write a member's name"
            yield Problem((*at, number, "member"), say + _meant(cover.member, theirs))
        if cover.ends <= cover.begins:
            yield Problem(
                (*at, number, "ends"), f"{cover.member!r} stands in until before it begins: write a later end"
            )
        for other in rotation.covers[:number]:
            if cover.begins < other.ends and other.begins < cover.ends:
                say = f"{cover.member!r} and {other.member!r} stand in at once: let one begin when the other ends"
                yield Problem((*at, number, "begins"), say)


def _chains(at: Path, team: Team, everybody: set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, chain in enumerate(team.chains):
        for place, occasion in enumerate(chain.on):
            if occasion in seen:
                say = f"{occasion.value!r} has a chain of this team already: name each occasion once"
                yield Problem((*at, index, "on", place), say)
            seen.add(occasion)
        for number, step in enumerate(chain.steps):
            if step.call in (Whom.LEAD, Whom.DIRECT) and not team.lead:
                say = f'call = "{step.call}", but the team has no lead: write lead = "…" above, or call somebody else'
                yield Problem((*at, index, "steps", number, "call"), say)
            elif step.call not in _WORDS and step.call not in everybody and not _is_channel(step.call):
                known = ", ".join(f'"{word}"' for word in _WORDS)
                say = f"call = {step.call!r} is nobody: write a member's name, a channel with #, or one of {known}"
                yield Problem((*at, index, "steps", number, "call"), say + _meant(step.call, everybody | set(_WORDS)))


def _is_channel(name: str) -> bool:
    return name.startswith("#") and len(name) > 1


def _meant(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f", such as {near[0]!r}" if near else ""
