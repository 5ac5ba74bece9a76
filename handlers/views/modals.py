"""Modals: the forms behind Edit, Reassign, duplicate and snooze."""

import hashlib
import json
from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.blocks import Element, entry, option, select, words
from handlers.views.escape import cut, escaped, line, one_line, visible
from handlers.views.words import title
from pipeline.case import Case
from pipeline.draft import LONGEST
from pipeline.macro import Macro
from pipeline.policy import Policy
from pipeline.ports import Block

NOBODY = "-"
MOST_NAME = 150  # characters of an option's value
SNOOZES = (("1h", "In 1 hour"), ("4h", "In 4 hours"), ("tomorrow", "Tomorrow, 9:00"), ("monday", "Next Monday, 9:00"))
WISHES = (
    ("shorter", "Shorter"),
    ("more formal", "More formal"),
    ("friendlier", "Friendlier"),
    ("more detail", "More detail"),
)
LONGEST_INSTRUCTION = 200

View = Element


def edit_modal(
    case: Case,
    draft: str,
    notice: str = "",
    *,
    channel: str = "",
    ts: str = "",
    macros: Sequence[Macro] = (),
    anew: bool = False,
) -> View:
    """The reply, prefilled with the draft and bound to what the customer had said by then.

    Slack keeps what stands in an input that it knows, so a form whose text was changed says so with `anew`.
    """
    filled = cut(draft, LONGEST)
    warnings = [notice] if notice else []
    if filled != draft:
        warnings.append("The draft was longer than Slack's forms allow, so its end is missing here.")
    typing: Element = {
        "type": "plain_text_input",
        "action_id": f"text.{_digest(filled)}" if anew else "text",
        "multiline": True,
        "max_length": LONGEST,
        "focus_on_load": True,
    }
    if filled:
        typing["initial_value"] = filled
    shown = [blocks.section(f"notice{number}", f"⚠️ {text}") for number, text in enumerate(warnings)]
    shown += [_about(case), *_macros(macros)]
    shown += [entry("reply", "Reply to the customer", typing, hint=_SENT_AS_IS)]
    return _modal("edit.submit", "Edit reply", "Send", case, shown, channel, ts)


def _macros(macros: Sequence[Macro]) -> list[Block]:
    if not macros:
        return []
    options = [option(macro.name, macro.name) for macro in macros]
    return [blocks.actions("macros", select("edit.macro", "Insert macro", options))]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def reassign_modal(case: Case, policy: Policy, *, channel: str = "", ts: str = "") -> View:
    """Another team or person, and why."""
    teams = [option(title(team.name), team.name) for team in policy.teams if _fits(team.name)]
    here = next((each for each in teams if each["value"] == case.team), None)
    names = dict.fromkeys(member.name for team in policy.teams for member in team.members if _fits(member.name))
    people = [option("Nobody in particular", NOBODY), *(option(name, name) for name in list(names)[:99])]
    reason: Element = {
        "type": "plain_text_input",
        "action_id": "reason",
        "max_length": 500,
        "multiline": True,
    }
    shown = [
        _about(case),
        entry("team", "Team", select("team", "Choose a team", teams, here)),
        entry("agent", "Person", select("agent", "Nobody in particular", people), optional=True),
        entry("reason", "Reason", reason, hint="The new team reads it in the card's thread.", optional=True),
    ]
    return _modal("reassign.submit", "Reassign", "Reassign", case, shown, channel, ts)


def regenerate_modal(case: Case, *, channel: str = "", ts: str = "") -> View:
    """How the draft shall be written anew."""
    options = [option(label, value) for value, label in WISHES]
    saying: Element = {
        "type": "plain_text_input",
        "action_id": "instruction",
        "max_length": LONGEST_INSTRUCTION,
        "placeholder": words("offer a refund", 150),
    }
    shown = [
        _about(case),
        entry("usual", "Make it", select("usual", "Choose", options), optional=True),
        entry("instruction", "Or say it in your words", saying, hint=_STILL_CHECKED, optional=True),
    ]
    return _modal("regenerate.submit", "Regenerate draft", "Regenerate", case, shown, channel, ts)


def duplicate_modal(case: Case, candidates: Sequence[Case], *, channel: str = "", ts: str = "") -> View:
    """Which case this one repeats; without any other case there is nothing to send."""
    if not candidates:
        nothing = [blocks.section("nothing", "There is no other undecided ticket that this could repeat.")]
        return _modal("duplicate.submit", "Mark as duplicate", "", case, nothing, channel, ts)
    options = [option(_named(other), other.id) for other in candidates[:100]]
    chosen = select("of", "Choose the other ticket", options)
    shown = [_about(case), entry("of", "It is about the same thing as", chosen)]
    return _modal("duplicate.submit", "Mark as duplicate", "Mark", case, shown, channel, ts)


def snooze_modal(case: Case, zone: str = "UTC", *, channel: str = "", ts: str = "") -> View:
    """Until when to put a case away."""
    options = [option(label, value) for value, label in SNOOZES]
    chosen = select("until", "Choose when", options, options[0])
    shown = [_about(case), entry("until", "Bring it back", chosen, hint=f"Mornings are meant in {zone}.")]
    return _modal("snooze.submit", "Snooze", "Snooze", case, shown, channel, ts)


_STILL_CHECKED = "The new draft still says only what our answers and your words carry. Nothing is sent."
_SENT_AS_IS = "The customer gets these words as they stand here, once you press Send."


def _about(case: Case) -> Block:
    subject = line(case.ticket.subject, 300, "(no subject)")
    by = line(case.ticket.customer.name, 100, "an unknown customer")
    said = escaped(visible(case.analysis.excerpt), 700) if case.analysis else ""
    quote = "\n" + "\n".join(f"> {each}" for each in said.splitlines()[:20]) if said else ""
    return blocks.section("about", f"*{subject}* from {by}{quote}")


def _named(case: Case) -> str:
    who = one_line(case.ticket.customer.name[:40])
    return f"{one_line(case.ticket.subject[:200]) or case.id} ({who or case.ticket.id[:20]})"


def _fits(name: str) -> bool:
    return 0 < len(name) <= MOST_NAME


def _modal(callback: str, name: str, submit: str, case: Case, shown: list[Block], channel: str, ts: str) -> View:
    meta = {"case": case.id, "shown": case.shown, "channel": channel, "ts": ts}
    view: View = {
        "type": "modal",
        "callback_id": callback,
        "title": words(name, 24),
        "close": words("Cancel" if submit else "Close", 24),
        "private_metadata": json.dumps(meta),
        "blocks": shown,
    }
    return {**view, "submit": words(submit, 24)} if submit else view
