"""What stands in the forms of roles and savings -> steps, or which input to mend."""

from collections.abc import Callable, Mapping, Sequence

from handlers.slack.policy_inputs import Values, number, one
from handlers.slack.unfit import Unfit
from handlers.views.policy_house_forms import LOOKS, offered
from pipeline.policy import Policy
from pipeline.policy_change import Step
from pipeline.policy_lines import names_of
from pipeline.roles import Role

Reading = Callable[[Policy, Sequence[str], Values], list[Step]]


def _roles(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    groups = [
        Step(path=("roles", role.value), value=list(names_of(one(values, role.value))))
        for role in Role
        if role.value in values
    ]
    looks = Step(path=("everybody_looks",), value=LOOKS in values.get("looks", ()))
    people = [*_people(policy, "leads", values), *_people(policy, "admins", values), *_new(policy, values)]
    if not (values.get("admins") or one(values, Role.ADMIN.value) or one(values, "role") == "admins"):
        raise Unfit("admins", "Somebody has to stay an admin: only an admin can change this back.")
    return [*people, *groups, looks]


def _people(policy: Policy, table: str, values: Values) -> list[Step]:
    """Return who comes and who goes; whom the form could not name stays."""
    now = policy.leads if table == "leads" else policy.admins
    people = {member.name: member for member in offered(policy, now)}
    theirs, chosen = {member.name for member in now}, set(values.get(table, ()))
    comes = [
        Step(path=(table, name), value=people[name].model_dump(mode="json"))
        for name in people
        if name in chosen and name not in theirs
    ]
    goes = [Step(path=(table, name), gone=True) for name in people if name in theirs and name not in chosen]
    return [*comes, *goes]


def _new(policy: Policy, values: Values) -> list[Step]:
    name, email, role = (one(values, block) for block in ("name", "email", "role"))
    if not (name or email):
        return []
    if missing := next((block for block in ("name", "email", "role") if not one(values, block)), ""):
        raise Unfit(missing, "Somebody new needs a name, an e-mail and a role.")
    if name in {member.name for member in policy.everybody}:
        raise Unfit("name", f"{name} is known already: choose them above.")
    return [Step(path=(role, name), value={"name": name, "email": email})]


def _savings(policy: Policy, about: Sequence[str], values: Values) -> list[Step]:
    numbers = ("triage_minutes", "approved_minutes", "edited_minutes", "cost_per_hour")
    steps = [Step(path=("savings", name), value=number(values, name, "5")) for name in numbers]
    return [*steps, Step(path=("savings", "currency"), value=one(values, "currency"))]


HOUSE_FORMS: Mapping[str, Reading] = {"roles": _roles, "savings": _savings}
