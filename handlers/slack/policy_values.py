"""What stands in a form of the policy -> steps, or which input to mend and what to write."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from pydantic import JsonValue

from handlers.slack.policy_house_values import HOUSE_FORMS
from handlers.slack.policy_inputs import Values, kept, leaves, lines, number, one
from handlers.slack.policy_team_values import TEAM_FORMS, occasion_block
from handlers.slack.unfit import Unfit
from handlers.views.policy_forms import MOST_PARTS, NOBODY, examples_fit, pattern_block, pattern_parts, solved_block
from handlers.views.policy_team_forms import text_block
from pipeline.classify import Urgency
from pipeline.errors import BadPayload, PolicyError
from pipeline.policy import Policy, Thresholds
from pipeline.policy_change import Path, Step
from pipeline.policy_check import Senseless
from pipeline.policy_people import DESKS, places_of

Reading = Callable[[Policy, Sequence[str], Values], list[Step]]


def steps_of(form: str, about: Sequence[str], values: Values, policy: Policy) -> list[Step]:
    """Return what a form asks for. Raises Unfit, with the input that is to be mended."""
    if (reading := _FORMS.get(form)) is None:
        raise BadPayload("This form is not one of mine.")
    named = {team.name for team in policy.teams} if form in TEAM_FORMS else {each.name for each in policy.categories}
    if (form in TEAM_FORMS or form == "hours") and not (about and about[0] in named):
        raise Unfit(next(iter(values), "why"), "What this form is about is no longer in the policy.")
    return reading(policy, about, values)


def mistakes(error: PolicyError, values: Values, form: str = "") -> dict[str, str]:
    """Return for each input what is wrong with it; what no input is to blame for stands at the first."""
    first = next(iter(values), "why")
    if not isinstance(error, Senseless):
        return {first: str(error)[:300]}
    said: dict[str, str] = {}
    for problem in error.problems:
        named = [part for part in reversed(problem.path) if isinstance(part, str) and part in values]
        blamed = [block for block in _blamed(form, problem.path, values) if block in values]
        rule = ["pattern"] if problem.path[:1] == ("rules",) and "pattern" in values else []
        said.setdefault([*blamed, *named, *rule, first][0], problem.say[:300])
    return said


def _blamed(form: str, path: tuple[str | int, ...], values: Values) -> Iterator[str]:
    """Yield the inputs to blame whose names are not those of the place."""
    match form, path:
        case "hours", (*_, "resolution_hours", urgency):
            yield solved_block(str(urgency))
        case "macro", (*_, "text", str(code)):
            yield text_block(code)
            yield "more"
        case "macro", (*_, "text"):
            yield from (block for block in values if block.startswith(text_block("")))
        case "chains", (_, _, "chains", int(place), *_):
            yield occasion_block(values, place)


def _team(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    at: Path = ("teams", about[0])
    lead = one(values, "lead")
    return [
        Step(path=(*at, "channel"), value=one(values, "channel").removeprefix("#")),
        Step(path=(*at, "lead"), value="" if lead == NOBODY else lead),
    ]


def _member(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    team, known = about
    at: Path = ("teams", team, "members", known or one(values, "name"))
    if leaves(values):
        return [Step(path=at, gone=True)]
    capacity = number(values, "capacity", "20")
    fields: dict[str, JsonValue] = {
        "email": one(values, "email"),
        "slack": one(values, "slack"),
        "skills": list(values.get("skills", ())),
        "hours": one(values, "hours").replace(" ", ""),
        "zone": one(values, "zone"),
        "capacity": int(capacity) if capacity.is_integer() else capacity,
    }
    if known:
        named = [Step(path=(*at, name), value=value) for name, value in fields.items()]
        return [*named, *_identities(policy, at, values)]
    if at[-1] in {member.name for each in policy.teams if each.name == team for member in each.members}:
        raise Unfit("name", f"{at[-1]} is in this team already: choose them in its form, or write another name.")
    if not (fields["email"] or fields["slack"]):
        raise Unfit("email", "Write an e-mail, or choose the person in Slack below.")
    there: JsonValue = {desk: one(values, desk) for desk in DESKS if one(values, desk)}
    return [Step(path=at, value={"name": at[-1], **fields, "helpdesk": there})]


def _identities(policy: Policy, at: Path, values: Values) -> Iterator[Step]:
    """Yield the steps by which a person gets or loses a name in a helpdesk, wherever the policy has them."""
    name = at[-1]
    for desk in DESKS:
        said, known = one(values, desk), policy.identity(name, desk)
        if desk not in values or said == known:
            continue
        places = [path for path, member in places_of(policy, name) if desk in member.helpdesk] or [at]
        for place in places if said else [path for path in places if known]:
            yield Step(path=(*place, "helpdesk", desk), value=said or None, gone=not said)


def _thresholds(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    return [Step(path=("thresholds", name), value=number(values, name, "0.55")) for name in Thresholds.model_fields]


def _hours(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    at: Path = ("categories", about[0])
    first = [
        Step(path=(*at, "sla_hours", each.value), value=number(values, each.value, "0.5 or 24")) for each in Urgency
    ]
    known = policy.category(about[0]).resolution_hours
    solved = []
    for each in Urgency:
        path, block = (*at, "resolution_hours", each.value), solved_block(each)
        if one(values, block):
            solved.append(Step(path=path, value=number(values, block, "8 or 72")))
        elif each in known:
            solved.append(Step(path=path, gone=True))
    return [*first, *solved]


def _rules(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    off = set(values.get("off", ()))
    return [Step(path=("rules", rule.id, "off"), value=rule.id in off) for rule in policy.rules]


def _rule(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    said: dict[str, JsonValue] = {
        "pattern": "\n".join(
            one(values, block) for block in map(pattern_block, range(MOST_PARTS)) if one(values, block)
        ),
        "why": one(values, "reason"),
        "level": one(values, "level"),
        "positive": lines(values, "positive"),
        "negative": lines(values, "negative"),
    }
    if about:
        return _known_rule(policy, about[0], said, values)
    name = "_".join(one(values, "id").split())
    if name in {rule.id for rule in policy.rules}:
        raise Unfit("id", f"There is a rule {name} already: choose another name.")
    return [Step(path=("rules", name), value={"id": name, **said})]


def _known_rule(policy: Policy, name: str, said: Mapping[str, JsonValue], values: Values) -> list[Step]:
    """Return the steps for a rule that there is; what was too long to be shown stays."""
    at: Path = ("rules", name)
    if leaves(values):
        return [Step(path=at, gone=True)]
    known = next((rule for rule in policy.rules if rule.id == name), None)
    if known is None:
        raise Unfit("reason", "This rule is no longer in the policy.")
    now = {**said, "pattern": kept(str(said["pattern"]), known.pattern), "why": kept(str(said["why"]), known.why)}
    shown = {"pattern": bool(pattern_parts(known.pattern)), "why": True, "level": True,
             "positive": examples_fit(known.positive), "negative": examples_fit(known.negative)}  # fmt: skip
    return [Step(path=(*at, field), value=now[field]) for field in now if shown[field]]


_FORMS: dict[str, Reading] = {
    "team": _team,
    "member": _member,
    "thresholds": _thresholds,
    "hours": _hours,
    "rules": _rules,
    "rule": _rule,
    **TEAM_FORMS,
    **HOUSE_FORMS,
}
