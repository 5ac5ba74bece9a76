"""The forms in which a lead changes the policy; each can be saved, or simulated first."""

import json
from collections.abc import Mapping, Sequence

from handlers.views import blocks
from handlers.views.blocks import Element, entry, option, select, words
from handlers.views.escape import cut
from handlers.views.policy import Shown, change_lines
from handlers.views.words import language as language_name
from handlers.views.words import title
from pipeline.classify import Urgency
from pipeline.escalation import Level
from pipeline.policy import Member, Policy, Rule, Team
from pipeline.policy_change import PolicyChange
from pipeline.policy_lines import number
from pipeline.ports import Block

SAVE, SIMULATE, MEMBER, PART = "policy.save", "policy.simulate", "policy.member", "policy.part"
NOBODY, NEW, LEAVES = "-", "+", "leaves"
LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "sv", "zh")
LONGEST_IDENTITY = 320
MOST_INPUT = 2900  # characters of one input; Slack takes 3,000
MOST_PARTS = 6  # inputs that one rule's words are shown in

View = Element


def team_form(shown: Shown, team: Team) -> View:
    """A team's channel and lead, and the way to its people."""
    leads = [member.name for member in (*shown.policy.leads, *team.members)]
    options = [option("Nobody", NOBODY), *(option(name, name) for name in dict.fromkeys(leads) if _fits(name))]
    chosen = next((each for each in options if each["value"] == team.lead), options[0])
    people = [option("Somebody new", NEW), *(option(each.name, each.name) for each in team.members if _fits(each.name))]
    parts = [
        entry("channel", "Channel", text("channel", team.channel, 80), hint="Its name without #, or its id."),
        entry("lead", "Lead", select("lead", "Choose", options, chosen), hint="Takes what nobody else is free for."),
        blocks.actions("people", select(MEMBER, "A person of this team…", people)),
        blocks.actions("parts", select(PART, "Calls, on call, hours, macros…", part_options(team))),
    ]
    return form(shown, "team", (team.name,), f"Team {title(team.name)}", parts)


def member_form(shown: Shown, team: Team, member: Member | None) -> View:
    """A person: who they are, what they know, when they work, how much they can hold, and whether they leave."""
    known = member or Member(name="New", email="new@example.com")
    name = [] if member else [entry("name", "Name", text("name", "", 80), hint="Tickets are assigned by it.")]
    email = entry("email", "E-mail", text("email", member.email if member else "", 200), optional=True,
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
        entry("hours", "Hours", text("hours", known.hours, 11), optional=True, hint="Like 09:00-17:30; empty: always."),
        entry("zone", "Time zone of the hours", text("zone", known.zone, 60), hint="Like Europe/Berlin."),
        entry("capacity", "Open tickets at most", text("capacity", str(known.capacity), 4)),
        *(_identity(shown.policy, known, desk) for desk in shown.desks),
    ]
    if member:
        parts.append(leaving(f"Leaves {title(team.name)}"))
    return form(shown, "member", (team.name, member.name if member else ""), known.name, parts)


def thresholds_form(shown: Shown) -> View:
    """Every threshold with what it means."""
    values = shown.policy.thresholds
    parts = [
        entry(
            name,
            name.capitalize(),
            text(name, f"{getattr(values, name):g}", 8),
            hint=_sentence(field.description or ""),
        )
        for name, field in type(values).model_fields.items()
    ]
    return form(shown, "thresholds", (), "Thresholds", parts)


def part_options(team: Team) -> list[Element]:
    """Return what of a team has a form of its own."""
    macros = [option(f"Macro: {macro.name}", f"macro:{macro.name}") for macro in team.macros]
    fitting = [each for each in macros if len(each["value"]) <= 100]
    parts = [option("Who is called, and whom next", "chains:"), option("Who is on call", "rota:")]
    return [*parts, option("When it is open", "open:"), option("A new macro", "macro:"), *fitting[:90]]


def hours_form(shown: Shown, category: str) -> View:
    """How many hours each urgency of a category allows, to the first response and until it is solved."""
    known = shown.policy.category(category)
    first = [
        entry(
            each.value, f"{each.value}: hours to the first response", text(each.value, _hours(known.sla_hours, each), 8)
        )
        for each in Urgency
    ]
    solved = [
        entry(
            name := solved_block(each),
            f"{each.value}: hours until it is solved",
            text(name, _hours(known.resolution_hours, each), 8),
            hint="Empty: no target." if each is Urgency.P1 else "",
            optional=True,
        )
        for each in Urgency
    ]
    return form(shown, "hours", (category,), f"Hours: {title(category)}", [*first, *solved])


def solved_block(urgency: str) -> str:
    """Return the name of the input that has the hours until a ticket is solved."""
    return f"solved_{urgency}"


def rules_form(shown: Shown) -> View:
    """Which rules are off, and the way to each of them."""
    known = [(rule, option(rule.id, rule.id)) for rule in shown.policy.rules if _fits(rule.id)][:100]
    off: Element = {
        "type": "multi_static_select",
        "action_id": "off",
        "placeholder": words("All are on", 150),
        "options": [each for _, each in known],
    }
    if initial := [each for rule, each in known if rule.off]:
        off["initial_options"] = initial
    one = [option(rule.id, f"rule:{rule.id}") for rule, _ in known if len(rule.id) <= 90]
    change = [blocks.actions("parts", select(PART, "Change a rule…", one))] if one else []
    return form(shown, "rules", (), "Rules", [entry("off", "Switched off", off, optional=True), *change])


def rule_form(shown: Shown, rule: Rule | None = None) -> View:
    """A rule, with the examples that it is tried on before it is saved."""
    levels = [option(level.value.capitalize(), level.value) for level in Level]
    level = next(each for each in levels if each["value"] == (rule.level if rule else Level.HIGH).value)
    pattern = [
        entry(name, "Words" if not place else "More words", text(name, said, MOST_INPUT, several=True),
              hint=_PATTERN if not place else "", optional=bool(place))
        for place, said in enumerate(pattern_parts(rule.pattern if rule else ""))
        for name in [pattern_block(place)]
    ]  # fmt: skip
    parts = [
        *([] if rule else [entry("id", "Name", text("id", "", 40), hint="Short, like legal_threat.")]),
        entry(
            "reason",
            "Why it must not wait",
            text("reason", rule.why if rule else "", MOST_INPUT),
            hint="The card says this.",
        ),
        entry("level", "How loud", select("level", "Choose", levels, level), hint="High and critical escalate."),
        *pattern,
        _examples("positive", "It must fire on", rule.positive if rule else ()),
        _examples("negative", "It must not fire on", rule.negative if rule else ()),
        *([leaving("Remove this rule")] if rule else []),
    ]
    return form(shown, "rule", (rule.id,) if rule else (), rule.id if rule else "A new rule", parts)


def pattern_parts(pattern: str) -> list[str]:
    """Split a rule's words over inputs, by whole lines. What does not fit is in none: then they stay as they are."""
    parts = [""]
    for said in pattern.strip().splitlines():
        if len(parts[-1]) + len(said) + 1 > MOST_INPUT:
            parts.append("")
        parts[-1] = f"{parts[-1]}\n{said}" if parts[-1] else said
    return parts if len(parts) <= MOST_PARTS and all(len(part) <= MOST_INPUT for part in parts) else []


def examples_fit(examples: Sequence[str]) -> bool:
    """Whether examples can be shown one a line."""
    said = "\n".join(examples)
    return len(said) <= MOST_INPUT and said.count("\n") == max(0, len(examples) - 1)


def pattern_block(place: int) -> str:
    """Return the name of an input that has some of a rule's words."""
    return f"pattern_{place}" if place else "pattern"


def listing(name: str, label: str, value: str, hint: str = "") -> Block:
    """Return an input for lines. What is too long for one stays as it is, and the form says so."""
    if len(value) > MOST_INPUT:
        return blocks.context(name, f"{label}: too long to be changed here, so it stays.")
    return entry(name, label, text(name, value, MOST_INPUT, several=True), hint=hint, optional=True)


def _examples(name: str, label: str, examples: Sequence[str]) -> Block:
    if not examples_fit(examples):
        return blocks.context(name, f"{label}: {len(examples)} examples, too long to be changed here.")
    return entry(name, label, text(name, "\n".join(examples), MOST_INPUT, several=True), hint=_EACH)


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


def form(shown: Shown, kind: str, about: Sequence[str], name: str, parts: Sequence[Block]) -> View:
    """Return a form that is saved or simulated. `kind` and `about` say what its inputs mean."""
    meta = {"form": kind, "about": list(about), "seen": shown.number, "last": shown.last}
    why = entry("why", "Why", text("why", "", 300), optional=True, hint="Whoever reads the history will know.")
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


def leaving(label: str) -> Block:
    """Return the input that takes away what a form is about."""
    box = {"type": "checkboxes", "action_id": "leaves", "options": [option(label, LEAVES)]}
    return entry("leaves", "Or", box, optional=True)


def text(action: str, value: str, longest: int, *, several: bool = False) -> Element:
    """Return an input for text; what stands in it is shown whole where it fits."""
    typing: Element = {"type": "plain_text_input", "action_id": action, "max_length": longest, "multiline": several}
    return {**typing, "initial_value": cut(value, longest)} if value else typing


def _identity(policy: Policy, member: Member, desk: str) -> Block:
    there = member.helpdesk.get(desk) or policy.identity(member.name, desk)
    typed = text(desk, there, LONGEST_IDENTITY)
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


def _hours(hours: Mapping[Urgency, float], urgency: Urgency) -> str:
    return number(hours[urgency]) if urgency in hours else ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _fits(name: str) -> bool:
    return 0 < len(name) <= 100
