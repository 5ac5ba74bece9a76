"""Which form of the policy somebody asks for: one of its own, or that of a part of what another form is about."""

from collections.abc import Sequence

from handlers.slack.actions import OldButton
from handlers.views import policy_forms as forms
from handlers.views.blocks import Element
from handlers.views.policy import Shown
from handlers.views.policy_house_forms import roles_form, savings_form
from handlers.views.policy_team_forms import chains_form, macro_form, open_form, rota_form


def form_of(shown: Shown, kind: str, name: str) -> Element:
    """Return the form that an option of the list under the policy leads to. Raises OldButton."""
    policy = shown.policy
    if kind == "team" and name in {team.name for team in policy.teams}:
        return forms.team_form(shown, policy.team(name))
    if kind == "hours" and name in {category.name for category in policy.categories}:
        return forms.hours_form(shown, name)
    match kind:
        case "thresholds":
            return forms.thresholds_form(shown)
        case "rules" if policy.rules:
            return forms.rules_form(shown)
        case "rule":
            return forms.rule_form(shown)
        case "roles":
            return roles_form(shown)
        case "savings":
            return savings_form(shown)
    raise OldButton


def part_of(shown: Shown, about: Sequence[str], kind: str, name: str) -> Element:
    """Return the form for a part of a team, or for one of the rules. Raises OldButton."""
    rule = next((rule for rule in shown.policy.rules if rule.id == name), None)
    team = next((team for team in shown.policy.teams if team.name in about[:1]), None)
    if kind == "rule" and rule is not None:
        return forms.rule_form(shown, rule)
    if team is None:
        raise OldButton
    macro = next((macro for macro in team.macros if macro.name == name), None)
    if kind == "macro" and (macro is not None or not name):
        return macro_form(shown, team, macro)
    if (make := {"chains": chains_form, "rota": rota_form, "open": open_form}.get(kind)) is None:
        raise OldButton
    return make(shown, team)
