"""The forms for what counts for everybody: who has which role, and what we assume of a person's time."""

from collections.abc import Iterable, Sequence

from handlers.views.blocks import Element, entry, option, select, words
from handlers.views.policy import Shown
from handlers.views.policy_forms import View, form, listing, text
from pipeline.policy import Member, Policy
from pipeline.policy_lines import number
from pipeline.ports import Block
from pipeline.roles import Role

LOOKS = "looks"
MOST_PEOPLE = 100


def roles_form(shown: Shown) -> View:
    """Who leads, who is an admin, which user groups give a role, and whether every member may look."""
    policy = shown.policy
    looks: Element = {"type": "checkboxes", "action_id": "looks", "options": [option("Every member may", LOOKS)]}
    if policy.everybody_looks:
        looks["initial_options"] = list(looks["options"])
    roles = [option("Lead", "leads"), option("Admin", "admins")]
    parts = [
        _people("leads", "Leads", policy, policy.leads),
        _people("admins", "Admins", policy, policy.admins),
        entry("name", "Somebody new", text("name", "", 80), hint="Who is in no team yet.", optional=True),
        entry("email", "Their e-mail", text("email", "", 200), hint="As Slack has it.", optional=True),
        entry("role", "Their role", select("role", "Choose", roles), optional=True),
        *(_groups(policy, role) for role in Role),
        entry("looks", "Look at tickets without a role", looks, optional=True),
    ]
    return form(shown, "roles", (), "Roles", parts)


def offered(policy: Policy, now: Iterable[Member]) -> tuple[Member, ...]:
    """Return whom a role can be given to, or taken from: each person once, those who have it first."""
    everybody = {member.name: member for member in reversed((*now, *policy.everybody))}
    names = dict.fromkeys(member.name for member in (*now, *policy.everybody))
    return tuple(everybody[name] for name in names if 0 < len(name) <= 100)[:MOST_PEOPLE]


def savings_form(shown: Shown) -> View:
    """What we assume that a person would have taken."""
    known, parts = shown.policy.savings, []
    for name, label in _SAVINGS.items():
        value = getattr(known, name)
        typing = text(name, value if isinstance(value, str) else number(value), 8)
        said = type(known).model_fields[name].description or ""
        parts.append(entry(name, label, typing, hint=f"{said[:1].upper()}{said[1:]}." if said else ""))
    return form(shown, "savings", (), "What is saved", parts)


_SAVINGS = {
    "triage_minutes": "Minutes to triage",
    "approved_minutes": "Minutes for a draft that was sent as it was",
    "edited_minutes": "Minutes for an edited draft",
    "cost_per_hour": "What an hour costs",
    "currency": "Currency",
}


def _people(name: str, label: str, policy: Policy, now: Sequence[Member]) -> Block:
    options = [option(member.name, member.name) for member in offered(policy, now)]
    people: Element = {
        "type": "multi_static_select",
        "action_id": name,
        "placeholder": words("Nobody", 150),
        "options": options or [option("Nobody", "-")],
    }
    theirs = {member.name for member in now}
    if initial := [each for each in options if each["value"] in theirs]:
        people["initial_options"] = initial
    return entry(name, label, people, optional=True)


def _groups(policy: Policy, role: Role) -> Block:
    groups = ", ".join(policy.roles.of(role))
    hint = "Handles or ids of Slack user groups, like @support-leads."
    return listing(role.value, f"User groups whose members are {role.value}s", groups, hint)
