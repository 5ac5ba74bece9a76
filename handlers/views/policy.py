"""The policy as people see it: teams, thresholds, rules, hours, and who changed what."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.blocks import Element, option, select, words
from handlers.views.escape import date, line
from handlers.views.words import title
from pipeline.hours import Hours
from pipeline.policy import Category, Member, Policy, Rule, Team
from pipeline.policy_change import Misfit, PolicyChange
from pipeline.policy_words import told
from pipeline.ports import Block, Card
from pipeline.rotation import WEEKDAYS
from pipeline.value import Value

CHANGE, UNDO = "policy.change", "policy.undo"
MOST_TEAMS = 20
MOST_CATEGORIES = 15
MOST_MEMBERS = 40
MOST_RULES = 60
MOST_CHANGES = 12
MOST_STEPS = 6


class Shown(Value):
    """What one person gets to see of the policy. `last`: how many tickets a simulation takes."""

    policy: Policy
    number: int
    changes: tuple[PolicyChange, ...] = ()  # newest first
    stands: int = 0  # the newest that stands, which can be taken back; 0 for none
    misfits: tuple[Misfit, ...] = ()
    leads: bool = False
    last: int = 200
    desks: tuple[str, ...] = ()  # helpdesks in which people have a name of their own


def policy_card(shown: Shown) -> Card:
    """Show all of it in short; for a lead with the way to change it."""
    policy = shown.policy
    heading = f"The policy: {len(policy.teams)} teams, {len(policy.categories)} categories, {len(policy.rules)} rules"
    teams = [blocks.section(f"team.{number}", _team(team)) for number, team in enumerate(policy.teams[:MOST_TEAMS])]
    parts = [
        blocks.header("head", "Policy"),
        *teams,
        blocks.section("hours", "*Hours to answer*\n" + "\n".join(map(_hours, policy.categories[:MOST_CATEGORIES]))),
        blocks.section("thresholds", "*Thresholds*\n" + "\n".join(_thresholds(policy))),
        blocks.section("rules", _rules_in_short(policy)),
        *_changes(shown, 3),
        *_misfits(shown),
        blocks.context("how", _HOW),
        *_ways(shown),
    ]
    return Card(text=heading, blocks=tuple(parts))


def simulate_card(shown: Shown) -> Card:
    """Ask what would be changed, before it is tried on the newest tickets."""
    asks = (
        f"What would you change? Press *Simulate* in the form: the newest {shown.last:,} tickets are replayed as they "
        "were read, and nothing changes before you apply it."
    )
    ways = [block for block in _ways(shown) if block["block_id"] != "undo"]
    return Card(text="Simulate a change of the policy", blocks=(blocks.section("simulate", asks), *ways))


def team_card(team: Team) -> Card:
    """Show one team with its people."""
    people = [blocks.section(f"member.{n}", _member(each)) for n, each in enumerate(team.members[:MOST_MEMBERS])]
    return Card(text=f"Team {line(title(team.name), 100)}", blocks=(blocks.section("team", _team(team)), *people))


def rules_card(policy: Policy) -> Card:
    """Show every rule: how loud it is, what for, and whether it is off."""
    lines = [_rule(policy, number) for number in range(min(len(policy.rules), MOST_RULES))]
    parts = [blocks.section(f"rules.{n}", "\n".join(lines[n : n + 10])) for n in range(0, len(lines), 10)]
    return Card(text="Escalation rules", blocks=tuple(parts) or (blocks.section("rules", "There is no rule."),))


def changes_card(shown: Shown) -> Card:
    """Show who changed what, when and why."""
    parts = _changes(shown, MOST_CHANGES) or [blocks.section("changes", "Nothing was changed over the file yet.")]
    return Card(text="Changes to the policy", blocks=(*parts, *_misfits(shown)))


def change_lines(change: PolicyChange) -> str:
    """Return what a change did, a line for each step."""
    steps = told(change)
    more = [f"• and {len(steps) - MOST_STEPS} more"] if len(steps) > MOST_STEPS else []
    return "\n".join([*(f"• {line(each, 220)}" for each in steps[:MOST_STEPS]), *more])


_HOW = "`/triage policy billing_support`, `rules` or `changes` shows more; `/triage simulate` tries a change first."


def _ways(shown: Shown) -> list[Block]:
    if not shown.leads:
        return [blocks.context("ways", "Leads change it here. Ask one of yours.")]
    teams = [option(f"Team: {title(team.name)}", f"team:{team.name}") for team in shown.policy.teams]
    hours = [option(f"Hours: {title(each.name)}", f"hours:{each.name}") for each in shown.policy.categories]
    switches = [option("Rules: off and on, or changed", "rules:")] if shown.policy.rules else []
    house = [option("Roles", "roles:"), option("What is saved", "savings:")]
    others = [option("Thresholds", "thresholds:"), *switches, option("A new rule", "rule:"), *house]
    fitting = [each for each in (*others, *teams, *hours) if len(each["value"]) <= 100]
    ways = [blocks.actions(f"ways:{shown.last}", select(CHANGE, "Change…", fitting))]
    if shown.stands:
        ways.append(blocks.actions("undo", _undo(shown)))
    return ways


def _undo(shown: Shown) -> Element:
    change = next(each for each in shown.changes if each.number == shown.stands)
    what = line("; ".join(told(change)), 200)
    button = blocks.button(UNDO, f"Undo change {change.number}", str(change.number), says="Take the last change back")
    confirm = {
        "title": words(f"Undo change {change.number}?", 100),
        "text": blocks.mrkdwn(f"{what}, by {line(change.by.name, 60)}", 300),
        "confirm": words("Undo", 30),
        "deny": words("Keep", 30),
    }
    return {**button, "confirm": confirm}


def _team(team: Team) -> str:
    people = ", ".join(line(member.name, 60) for member in team.members[:15]) or "nobody yet"
    more = f" and {len(team.members) - 15} more" if len(team.members) > 15 else ""
    lead = line(team.lead, 60) if team.lead else "none"
    name, hours = line(title(team.name), 80), _open(team.hours) if team.hours else ""
    return f"*{name}* in #{line(team.channel, 80)} · lead: {lead}{hours}\n{people}{more}"


def _open(hours: Hours) -> str:
    week = [(day[:3].capitalize(), hours.shifts(number)) for number, day in enumerate(WEEKDAYS)]
    days = ", ".join(f"{day} {' and '.join(shifts[:4])}" for day, shifts in week if shifts)
    off = f", closed on holidays of {line(', '.join(hours.holidays), 60)}" if hours.holidays else ""
    return f" · open {days} ({line(hours.zone, 40)}){off}"


def _member(member: Member) -> str:
    known = f"<@{member.slack}>" if _is_id(member.slack) else line(member.email, 100)
    skills = ", ".join(line(skill, 40) for skill in member.skills[:20]) or "nothing in particular"
    hours = f"{member.hours} {line(member.zone, 40)}" if member.hours else "at any time"
    return f"*{line(member.name, 60)}* ({known})\nknows {skills} · works {hours} · holds {member.capacity} at most"


def _is_id(user: str) -> bool:
    return user.isascii() and user.isalnum() and user[:1] in ("U", "W")


def _hours(category: Category) -> str:
    hours = ", ".join(f"{urgency.value} {hours:g} h" for urgency, hours in sorted(category.sla_hours.items()))
    solved = ", ".join(f"{urgency.value} {hours:g} h" for urgency, hours in sorted(category.resolution_hours.items()))
    told = f"{line(title(category.name), 60)} ({line(title(category.team), 60)}): {hours}"
    return f"{told}; solved in {solved}" if solved else told


def _thresholds(policy: Policy) -> list[str]:
    values = policy.thresholds
    return [
        f"`{name}` {getattr(values, name):g}: {line(field.description or '', 120)}"
        for name, field in type(values).model_fields.items()
    ]


def _rules_in_short(policy: Policy) -> str:
    off = [rule for rule in policy.rules if rule.off]
    told_ = f"*Escalation rules*\n{_named([rule for rule in policy.rules if not rule.off], 45)}"
    return told_ + (f"\nSwitched off: {_named(off, 15)}" if off else "")


def _named(rules: Sequence[Rule], most: int) -> str:
    more = f" and {len(rules) - most} more" if len(rules) > most else ""
    return (", ".join(line(rule.id, 40) for rule in rules[:most]) or "none") + more


def _rule(policy: Policy, number: int) -> str:
    rule = policy.rules[number]
    named = f"~{line(rule.id, 40)}~ off" if rule.off else f"*{line(rule.id, 40)}*"
    return f"• {named} ({rule.level.value}): {line(rule.why, 180)}"


def _changes(shown: Shown, most: int) -> list[Block]:
    if not shown.changes:
        return []
    lines = [_change(change) for change in shown.changes[:most]]
    return [blocks.section(f"changes.{n}", each) for n, each in enumerate(lines)]


def _change(change: PolicyChange) -> str:
    why = f"\n> {line(change.why, 300)}" if change.why else ""
    return f"*Change {change.number}* by {line(change.by.name, 80)}, {date(change.at)}\n{change_lines(change)}{why}"


def _misfits(shown: Shown) -> list[Block]:
    if not shown.misfits:
        return []
    lines = [f"• Change {each.change.number}: {line(each.say, 250)}" for each in shown.misfits[:8]]
    return [blocks.section("misfits", "⚠️ *Waiting, since the file has no place for it*\n" + "\n".join(lines))]
