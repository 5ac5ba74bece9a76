"""Modals: the forms behind Edit, Reassign, merge and snooze."""

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
        warnings.append(_missing(draft))
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
    shown += [about(case), *_macros(macros)]
    shown += [entry("reply", "Reply to the customer", typing, hint=_SENT_AS_IS)]
    return form("edit.submit", "Edit reply", "Send", case, shown, channel, ts)


def _missing(draft: str) -> str:
    """Say what a form had no room for, and where all of it stands."""
    return (
        f"The draft has {len(draft):,} characters, and a form of Slack's has room for {LONGEST:,}: its end is missing "
        "here and would not be sent. The card has all of it, or its thread where the card has no room either. To send "
        "it whole, close this and press Approve."
    )


def closed_modal(name: str, notice: str) -> View:
    """What a form becomes for a person who may no longer fill it in: why, and nothing of the case."""
    shown = [blocks.section("notice", f"⚠️ {notice}")]
    return {"type": "modal", "title": words(name, 24), "close": words("Close", 24), "blocks": shown}


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
        about(case),
        entry("team", "Team", select("team", "Choose a team", teams, here)),
        entry("agent", "Person", select("agent", "Nobody in particular", people), optional=True),
        entry("reason", "Reason", reason, hint="The new team reads it in the card's thread.", optional=True),
    ]
    return form("reassign.submit", "Reassign", "Reassign", case, shown, channel, ts)


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
        about(case),
        entry("usual", "Make it", select("usual", "Choose", options), optional=True),
        entry("instruction", "Or say it in your words", saying, hint=_STILL_CHECKED, optional=True),
    ]
    return form("regenerate.submit", "Regenerate draft", "Regenerate", case, shown, channel, ts)


def more_modal(case: Case, *, channel: str = "", ts: str = "") -> View:
    """The rarer acts; what needs a further word asks for it next."""
    asked = [blocks.radio_option(label, value, says) for value, label, says in RARER]
    shown = [about(case), entry("rarer", "What is to be done?", blocks.radio("rarer", asked))]
    return form("more.submit", "More", "Go on", case, shown, channel, ts)


def merge_modal(case: Case, candidates: Sequence[Case], *, channel: str = "", ts: str = "") -> View:
    """Which case goes on with this one; without another of its customer there is nothing to send."""
    if not candidates:
        nothing = [blocks.section("nothing", _NOT_MERGED)]
        return form("merge.submit", "Merge", "", case, nothing, channel, ts)
    options = [option(_named(other), other.id) for other in candidates[:100]]
    chosen = select("into", "Choose the other ticket", options)
    shown = [about(case), entry("into", "Go on in", chosen, hint=_GOES_ON)]
    return form("merge.submit", "Merge", "Merge", case, shown, channel, ts)


def snooze_modal(case: Case, zone: str = "UTC", *, channel: str = "", ts: str = "") -> View:
    """Until when to put a case away."""
    options = [option(label, value) for value, label in SNOOZES]
    chosen = select("until", "Choose when", options, options[0])
    picking: Element = {"type": "datetimepicker", "action_id": "at"}
    typing: Element = {
        "type": "plain_text_input",
        "action_id": "words",
        "max_length": 60,
        "placeholder": words("Monday 14:30", 150),
    }
    shown = [
        about(case),
        entry("until", "Bring it back", chosen, hint=f"Mornings are meant in {zone}."),
        entry("at", "Or on a day of your choice", picking, optional=True),
        entry("words", "Or say when", typing, hint=f"3h, 2d, tomorrow 15:00, next week; in {zone}.", optional=True),
    ]
    return form("snooze.submit", "Snooze", "Snooze", case, shown, channel, ts)


RARER = (
    ("merge", "Merge into another ticket…", "Of the same customer: one answer for both, and this one closes."),
    ("duplicate", "Mark as duplicate…", "Somebody else's ticket is about the same thing."),
    ("say", "Write, or keep a note…", "To the customer in your words, or into the helpdesk for colleagues."),
    ("dismiss", "Not a request", "Nobody has to answer it: spam, thanks, an automatic reply."),
)
_GOES_ON = "Its card shows what the customer wrote here, and it is read anew. Reopen takes this one out again."
_NOT_MERGED = (
    "This customer has no other undecided ticket. Tickets of two customers are not merged, since one would read "
    "what the other wrote: mark this one as a duplicate instead."
)
_STILL_CHECKED = "The new draft still says only what our answers and your words carry. Nothing is sent."
_SENT_AS_IS = "The customer gets these words as they stand here, once you press Send."


def about(case: Case) -> Block:
    """Say which ticket a form is about."""
    subject = line(case.ticket.subject, 300, "(no subject)")
    by = line(case.ticket.customer.name, 100, "an unknown customer")
    said = escaped(visible(case.analysis.excerpt), 700) if case.analysis else ""
    quote = "\n" + "\n".join(f"> {each}" for each in said.splitlines()[:20]) if said else ""
    return blocks.section("about", f"*{subject}* from {by}{quote}")


def _named(case: Case) -> str:
    """Begin with the number: two tickets of one customer often have one subject."""
    who = cut(one_line(case.ticket.customer.name), 20)
    subject = cut(one_line(case.ticket.subject[:200]), 36)
    return f"#{cut(one_line(case.ticket.id[:60]), 14)} {subject or case.id}" + (f" ({who})" if who else "")


def _fits(name: str) -> bool:
    return 0 < len(name) <= MOST_NAME


def form(callback: str, name: str, submit: str, case: Case, shown: list[Block], channel: str, ts: str) -> View:
    """Return a form that remembers which card it was opened on, and what that showed."""
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
