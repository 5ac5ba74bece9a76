"""What stands in a form of the policy -> steps, or which input to mend and what to write."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from handlers.slack.unfit import Unfit
from handlers.views.policy_forms import LEAVES, NOBODY
from pipeline.classify import Urgency
from pipeline.errors import BadPayload, PolicyError
from pipeline.policy import Policy, Thresholds
from pipeline.policy_change import Path, Step
from pipeline.policy_check import Senseless
from pipeline.policy_people import DESKS, places_of

Values = Mapping[str, tuple[str, ...]]  # by block: what was typed, or every option that was chosen
Reading = Callable[[Policy, Sequence[str], Values], list[Step]]


def read_values(view: Mapping[str, Any]) -> Values:
    """Return what stands in a view's inputs. Raises BadPayload."""
    try:
        return {block: _chosen(next(iter(named.values()), {})) for block, named in view["state"]["values"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise BadPayload("This form is not one of mine.") from error


def steps_of(form: str, about: Sequence[str], values: Values, policy: Policy) -> list[Step]:
    """Return what a form asks for. Raises Unfit, with the input that is to be mended."""
    if (reading := _FORMS.get(form)) is None:
        raise BadPayload("This form is not one of mine.")
    return reading(policy, about, values)


def mistakes(error: PolicyError, values: Values) -> dict[str, str]:
    """Return for each input what is wrong with it; what no input is to blame for stands at the first."""
    first = next(iter(values), "why")
    if not isinstance(error, Senseless):
        return {first: str(error)[:300]}
    said: dict[str, str] = {}
    for problem in error.problems:
        named = [part for part in reversed(problem.path) if isinstance(part, str) and part in values]
        rule = ["pattern"] if problem.path[:1] == ("rules",) and "pattern" in values else []
        said.setdefault([*named, *rule, first][0], problem.say[:300])
    return said


def _chosen(state: Mapping[str, Any]) -> tuple[str, ...]:
    if "selected_options" in state:
        return tuple(str(each["value"]) for each in state["selected_options"] or ())
    chosen = state.get("selected_option") or {}
    one = chosen.get("value") or state.get("selected_user") or state.get("value")
    return (str(one).strip(),) if one and str(one).strip() else ()


def _one(values: Values, block: str) -> str:
    return next(iter(values.get(block, ())), "")


def _number(values: Values, block: str, example: str) -> float:
    try:
        return float(_one(values, block).replace(",", "."))
    except ValueError:
        raise Unfit(block, f"Write a number, such as {example}.") from None


def _lines(values: Values, block: str) -> list[JsonValue]:
    return [line.strip() for line in _one(values, block).splitlines() if line.strip()]


def _team(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    at: Path = ("teams", about[0])
    lead = _one(values, "lead")
    return [
        Step(path=(*at, "channel"), value=_one(values, "channel").removeprefix("#")),
        Step(path=(*at, "lead"), value="" if lead == NOBODY else lead),
    ]


def _member(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    team, known = about
    at: Path = ("teams", team, "members", known or _one(values, "name"))
    if LEAVES in values.get("leaves", ()):
        return [Step(path=at, gone=True)]
    capacity = _number(values, "capacity", "20")
    fields: dict[str, JsonValue] = {
        "email": _one(values, "email"),
        "slack": _one(values, "slack"),
        "skills": list(values.get("skills", ())),
        "hours": _one(values, "hours").replace(" ", ""),
        "zone": _one(values, "zone"),
        "capacity": int(capacity) if capacity.is_integer() else capacity,
    }
    if known:
        named = [Step(path=(*at, name), value=value) for name, value in fields.items()]
        return [*named, *_identities(policy, at, values)]
    if at[-1] in {member.name for each in policy.teams if each.name == team for member in each.members}:
        raise Unfit("name", f"{at[-1]} is in this team already: choose them in its form, or write another name.")
    if not (fields["email"] or fields["slack"]):
        raise Unfit("email", "Write an e-mail, or choose the person in Slack below.")
    there: JsonValue = {desk: _one(values, desk) for desk in DESKS if _one(values, desk)}
    return [Step(path=at, value={"name": at[-1], **fields, "helpdesk": there})]


def _identities(policy: Policy, at: Path, values: Values) -> Iterator[Step]:
    """Yield the steps by which a person gets or loses a name in a helpdesk, wherever the policy has them."""
    name = at[-1]
    for desk in DESKS:
        said, known = _one(values, desk), policy.identity(name, desk)
        if desk not in values or said == known:
            continue
        places = [path for path, member in places_of(policy, name) if desk in member.helpdesk] or [at]
        for place in places if said else [path for path in places if known]:
            yield Step(path=(*place, "helpdesk", desk), value=said or None, gone=not said)


def _thresholds(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    return [Step(path=("thresholds", name), value=_number(values, name, "0.55")) for name in Thresholds.model_fields]


def _hours(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    at: Path = ("categories", about[0], "sla_hours")
    return [Step(path=(*at, each.value), value=_number(values, each.value, "0.5 or 24")) for each in Urgency]


def _rules(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    off = set(values.get("off", ()))
    return [Step(path=("rules", rule.id, "off"), value=rule.id in off) for rule in policy.rules]


def _rule(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    name = "_".join(_one(values, "id").split())
    if name in {rule.id for rule in policy.rules}:
        raise Unfit("id", f"There is a rule {name} already: choose another name.")
    made: dict[str, JsonValue] = {
        "id": name,
        "pattern": _one(values, "pattern"),
        "why": _one(values, "reason"),
        "level": _one(values, "level"),
        "positive": _lines(values, "positive"),
        "negative": _lines(values, "negative"),
    }
    return [Step(path=("rules", name), value=made)]


_FORMS: dict[str, Reading] = {
    "team": _team,
    "member": _member,
    "thresholds": _thresholds,
    "hours": _hours,
    "rules": _rules,
    "rule": _rule,
}
