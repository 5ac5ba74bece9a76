"""The forms in which a lead changes the policy; each can be saved, or simulated first."""

import json
from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.blocks import Element, entry, option, select, words
from handlers.views.escape import cut
from handlers.views.policy import Shown, change_lines
from handlers.views.words import language as language_name
from handlers.views.words import title
from pipeline.classify import Urgency
from pipeline.escalation import Level
from pipeline.policy import Member, Policy, Team
from pipeline.policy_change import PolicyChange
from pipeline.ports import Block

SAVE, SIMULATE, MEMBER = "policy.save", "policy.simulate", "policy.member"
NOBODY, NEW, LEAVES = "-", "+", "leaves"
LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "sv", "zh")
LONGEST_PATTERN, LONGEST_EXAMPLES = 800, 600
LONGEST_IDENTITY = 320

View = Element


def team_form(shown: Shown, team: Team) -> View:
    """A team's channel and lead, and the way to its people."""
    leads = [member.name for member in (*shown.policy.leads, *team.members)]
    options = [option("Nobody", NOBODY), *(option(name, name) for name in dict.fromkeys(leads) if _fits(name))]
    chosen = next((each for each in options if each["value"] == team.lead), options[0])
    people = [option("Somebody new", NEW), *(option(each.name, each.name) for each in team.members if _fits(each.name))]
    parts = [
        entry("channel", "Channel", _text("channel", team.channel, 80), hint="Its name without #, or its id."),
        entry("lead", "Lead", select("lead", "Choose", options, chosen), hint="Takes what nobody else is free for."),
        blocks.actions("people", select(MEMBER, "A person of this team…", people)),
    ]
    return _form(shown, "team", (team.name,), f"Team {title(team.name)}", parts)


def member_form(shown: Shown, team: Team, member: Member | None) -> View:
    """A person: who they are, what they know, when they work, how much they can hold, and whether they leave."""
    known = member or Member(name="New", email="new@example.com")
    name = [] if member else [entry("name", "Name", _text("name", "", 80), hint="Tickets are assigned by it.")]
    email = entry("email", "E-mail", _text("email", member.email if member else "", 200), optional=True,
                  hint="As Slack has it. It, or the person below, tells who they are.")  # fmt: skip
    person: Element = {"type": "users_select", "action_id": "slack", "placeholder": words("Choose", 150)}
    if known.slack:
        person["initial_user"] = known.slack
    parts = [
        *name,
        email,
        entry("slack", "Person in Slack", person, optional=True),
        entry(
            "skills", "Knows", _skills(shown.policy, known), optional=True, hint="Whoever knows most is asked first."
        ),
        entry(
            "hours", "Hours", _text("hours", known.hours, 11), optional=True, hint="Like 09:00-17:30; empty: always."
        ),
        entry("zone", "Time zone of the hours", _text("zone", known.zone, 60), hint="Like Europe/Berlin."),
        entry("capacity", "Open tickets at most", _text("capacity", str(known.capacity), 4)),
        *(_identity(shown.policy, known, desk) for desk in shown.desks),
    ]
    if member:
        leaving = {
            "type": "checkboxes",
            "action_id": "leaves",
            "options": [option(f"Leaves {title(team.name)}", LEAVES)],
        }
        parts.append(entry("leaves", "Or", leaving, optional=True))
    return _form(shown, "member", (team.name, member.name if member else ""), known.name, parts)


def thresholds_form(shown: Shown) -> View:
    """Every threshold with what it means."""
    values = shown.policy.thresholds
    parts = [
        entry(
            name,
            name.capitalize(),
            _text(name, f"{getattr(values, name):g}", 8),
            hint=_sentence(field.description or ""),
        )
        for name, field in type(values).model_fields.items()
    ]
    return _form(shown, "thresholds", (), "Thresholds", parts)


def hours_form(shown: Shown, category: str) -> View:
    """How many hours each urgency of a category allows."""
    hours = shown.policy.category(category).sla_hours
    parts = [
        entry(each.value, f"{each.value}: hours to the first response", _text(each.value, f"{hours[each]:g}", 8))
        for each in Urgency
    ]
    return _form(shown, "hours", (category,), f"Hours: {title(category)}", parts)


def rules_form(shown: Shown) -> View:
    """Which rules are off."""
    known = [(rule, option(rule.id, rule.id)) for rule in shown.policy.rules if _fits(rule.id)][:100]
    off: Element = {
        "type": "multi_static_select",
        "action_id": "off",
        "placeholder": words("All are on", 150),
        "options": [each for _, each in known],
    }
    if initial := [each for rule, each in known if rule.off]:
        off["initial_options"] = initial
    return _form(shown, "rules", (), "Rules", [entry("off", "Switched off", off, optional=True)])


def rule_form(shown: Shown) -> View:
    """A new rule, with the examples that it is tried on before it is saved."""
    levels = [option(level.value.capitalize(), level.value) for level in Level]
    high = next(each for each in levels if each["value"] == Level.HIGH.value)
    parts = [
        entry("id", "Name", _text("id", "", 40), hint="Short, like legal_threat."),
        entry("reason", "Why it must not wait", _text("reason", "", 150), hint="The card says this."),
        entry("level", "How loud", select("level", "Choose", levels, high), hint="High and critical escalate."),
        entry("pattern", "Words", _text("pattern", "", LONGEST_PATTERN, several=True), hint=_PATTERN),
        entry("positive", "It must fire on", _text("positive", "", LONGEST_EXAMPLES, several=True), hint=_EACH),
        entry("negative", "It must not fire on", _text("negative", "", LONGEST_EXAMPLES, several=True), hint=_EACH),
    ]
    return _form(shown, "rule", (), "A new rule", parts)


def saved_view(change: PolicyChange) -> View:
    """Say what was changed."""
    told = f"✅ Saved as change {change.number}, and in force now. `/triage policy` shows it and can take it back."
    return notice_view("Saved", told + "\n" + change_lines(change))


def notice_view(name: str, text: str) -> View:
    """Say one thing."""
    close = words("Close", 24)
    return {"type": "modal", "title": words(name, 24), "close": close, "blocks": [blocks.section("notice", text)]}


_PATTERN = "A regular expression for each way to say it, one a line. … stands for a few words between."
_EACH = "One example a line. It is tried before it is saved."


def _form(shown: Shown, form: str, about: Sequence[str], name: str, parts: Sequence[Block]) -> View:
    meta = {"form": form, "about": list(about), "seen": shown.number, "last": shown.last}
    why = entry("why", "Why", _text("why", "", 300), optional=True, hint="Whoever reads the history will know.")
    label = f"Simulate on {shown.last:,} tickets"
    trying = blocks.actions("trying", blocks.button(SIMULATE, label, "try", says="Replay the newest tickets first"))
    return {
        "type": "modal",
        "callback_id": SAVE,
        "title": words(name, 24),
        "submit": words("Save", 24),
        "close": words("Cancel", 24),
        "private_metadata": json.dumps(meta),
        "blocks": [*parts, why, trying],
    }


def _text(action: str, value: str, longest: int, *, several: bool = False) -> Element:
    typing: Element = {"type": "plain_text_input", "action_id": action, "max_length": longest, "multiline": several}
    return {**typing, "initial_value": cut(value, longest)} if value else typing


def _identity(policy: Policy, member: Member, desk: str) -> Block:
    there = member.helpdesk.get(desk) or policy.identity(member.name, desk)
    typed = _text(desk, there, LONGEST_IDENTITY)
    return entry(desk, f"In {title(desk)}", typed, optional=True, hint="Their e-mail or id there; empty: not known.")


def _skills(policy: Policy, member: Member) -> Element:
    categories = [category.name for category in policy.categories]
    finer = [each.name for category in policy.categories for each in category.subcategories]
    names = dict.fromkeys((*member.skills, *categories, *finer, *LANGUAGES))
    options = [option(language_name(name) if name in LANGUAGES else title(name), name) for name in names if _fits(name)]
    skills: Element = {
        "type": "multi_static_select",
        "action_id": "skills",
        "placeholder": words("Anything", 150),
        "options": options[:100],
    }
    if initial := [each for each in options[:100] if each["value"] in member.skills]:
        skills["initial_options"] = initial
    return skills


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _fits(name: str) -> bool:
    return 0 < len(name) <= 100
