"""What stands in the forms of a team's calls, rotation, hours and macros -> steps, or which input to mend."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import JsonValue

from handlers.slack.policy_inputs import Values, kept, leaves, number, one
from handlers.slack.unfit import Unfit
from handlers.views.policy_team_forms import last_block, text_block
from pipeline.chain import Occasion
from pipeline.policy import Policy
from pipeline.policy_change import Step
from pipeline.policy_lines import (
    Mistyped,
    chain_of,
    chains_typed,
    covers_typed,
    lines_of,
    names_of,
    shifts_typed,
    step_lines,
)
from pipeline.rotation import WEEKDAYS, Rotation

Reading = Callable[[Policy, Sequence[str], Values], list[Step]]


def occasion_block(values: Values, place: int) -> str:
    """Return the input of the chain at a place: chains are written in the order of their inputs."""
    typed = [occasion.value for occasion in Occasion if one(values, occasion.value)]
    return typed[place] if place < len(typed) else ""


def _chains(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    chains = policy.team(about[0]).chains
    typed = {}
    for occasion in Occasion:
        known = chain_of(chains, occasion)
        hidden = occasion.value not in values and known is not None
        typed[occasion] = step_lines(known.steps) if hidden and known else one(values, occasion.value)
    lasts = {each: number(values, last_block(each), "15") for each in Occasion if last_block(each) in values}
    for occasion, text in typed.items():
        try:
            chains_typed({occasion: text}, lasts, ())
        except Mistyped as mistyped:
            raise Unfit(occasion.value, str(mistyped)) from mistyped
    return [Step(path=("teams", about[0], "chains"), value=chains_typed(typed, lasts, chains))]


def _rota(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    known, zone = policy.team(about[0]).on_call, one(values, "zone")
    members = lines_of(one(values, "members"))
    if "members" not in values and known is not None:
        members = list(known.members)
    made: JsonValue = None
    if members:
        made = {
            "members": list(members),
            "shift": one(values, "shift"),
            "weekday": one(values, "weekday"),
            "at": one(values, "at"),
            "zone": zone,
            "since": one(values, "since"),
            "covers": _covers(values, zone, known),
        }
    elif one(values, "covers"):
        raise Unfit("members", "Write who takes turns, or nobody can stand in for them.")
    return [Step(path=("teams", about[0], "on_call"), value=made)]


def _covers(values: Values, zone: str, known: Rotation | None) -> list[JsonValue]:
    if "covers" not in values and known is not None:
        return [each.model_dump(mode="json") for each in known.covers]
    try:
        return covers_typed(one(values, "covers"), zone, known)
    except Mistyped as mistyped:
        raise Unfit("covers", str(mistyped)) from mistyped


def _open(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    known = policy.team(about[0]).hours
    said = known.model_dump(mode="json") if known else {}
    shifts = shifts_typed({day: one(values, day) for day in WEEKDAYS})
    typed: dict[str, JsonValue] = {
        **{day: shifts[day] for day in WEEKDAYS},
        "holidays": list(names_of(one(values, "holidays"))),
        "closed": list(names_of(one(values, "closed"))),
    }
    meant = {name: said.get(name, []) if name not in values else value for name, value in typed.items()}
    made = {"zone": one(values, "zone"), **meant} if any(meant.values()) else None
    return [Step(path=("teams", about[0], "hours"), value=made)]


def _macro(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    team, shown = about[0], next(iter(about[1:]), "")
    name = shown or " ".join(one(values, "name").split())
    at = ("teams", team, "macros", name)
    if leaves(values):
        return [Step(path=at, gone=True)]
    known = next((macro for macro in policy.team(team).macros if macro.name == name), None)
    if known is not None and not shown:
        raise Unfit("name", f"There is a macro {name} already: choose it in the team's form, or write another name.")
    texts = _texts(values, known.text if known else {"": ""})
    made: dict[str, JsonValue] = {
        "name": name,
        "text": texts,
        "when": kept(one(values, "when"), known.when if known else ""),
    }
    return [Step(path=at, value=made)]


def _texts(values: Values, known: Mapping[str, str]) -> dict[str, JsonValue]:
    texts: dict[str, JsonValue] = {}
    for code, said in known.items():
        typed = kept(one(values, text_block(code)), said) if text_block(code) in values else said
        if typed.strip():
            texts[code] = typed
    code, more = one(values, "language").casefold(), one(values, "more")
    if bool(code) != bool(more):
        raise Unfit("more" if code else "language", "Write both: a language's code and the text in it.")
    if code in texts and code:
        raise Unfit("language", "Its text stands above: change it there.")
    return {**texts, code: more} if code else texts


TEAM_FORMS: Mapping[str, Reading] = {"chains": _chains, "rota": _rota, "open": _open, "macro": _macro}
