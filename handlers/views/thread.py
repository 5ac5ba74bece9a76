"""The thread: the history of a case, one line for each thing that happened."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from handlers.views import blocks
from handlers.views.escape import date, escaped, line, quoted
from handlers.views.overflow import Piece, in_pieces
from handlers.views.words import URGENCY, title
from pipeline.case import Actor, Case
from pipeline.ports import Card
from pipeline.ticket import SLACK
from pipeline.timer import Aim


class Happened(Protocol):
    """An event of a case, as it is kept."""

    @property
    def kind(self) -> str: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def detail(self) -> Mapping[str, str]: ...
    @property
    def number(self) -> int: ...
    @property
    def at(self) -> datetime | None: ...


def thread_line(event: Happened, case: Case) -> Card | None:
    """Return the line that tells of an event, or None for one that the card itself tells."""
    if (tell := _TOLD.get(event.kind)) is None or (told := tell(event, case)) is None:
        return None
    when = f" · {date(event.at)}" if event.at else ""
    happened, *quote = told.split("\n", 1)
    return Card(text=told, blocks=(blocks.section("event", "\n".join([happened + when, *quote])),))


def rest_of_line(event: Happened) -> tuple[Piece, ...]:
    """Return in full, as pieces, the words that the line of an event had to shorten."""
    name, most = _SHORTENED.get(event.kind, ("", 0))
    text = event.detail.get(name, "")
    if not text or quoted(text, most) == quoted(text, _ROOM * (len(text) + 1)):
        return ()
    return tuple(in_pieces("The whole of it", str(event.number), text))


def _who(event: Happened) -> str:
    return line(event.actor.name, 80)


def _wrote(event: Happened, case: Case) -> str:
    excerpt = case.analysis.excerpt if case.analysis else ""
    fresh = case.analysis is not None and case.analysis.read_until == case.ticket.last_asked
    return "✉️ The customer wrote again" + (f"\n{quoted(excerpt, 1500)}" if excerpt and fresh else "")


def _answered_there(event: Happened, case: Case) -> str:
    return "✉️ Somebody answered " + ("in its thread in Slack" if case.ticket.source == SLACK else "in the helpdesk")


def _read(event: Happened, case: Case) -> str | None:
    if event.number <= 1 or case.analysis is None:
        return None  # the card has just appeared with it
    read = case.analysis.classification
    return f"🔎 Read again: {line(title(read.category), 100)}, {URGENCY[read.urgency]}"


def _reassigned(event: Happened, case: Case) -> str:
    agent = event.detail.get("agent", "")
    to = line(title(event.detail.get("team", "")), 100) + (f", {line(agent, 80)}" if agent else "")
    reason = event.detail.get("reason", "")
    return f"➡️ {_who(event)} reassigned it to {to}" + (f": {escaped(reason, 800)}" if reason.strip() else "")


def _chosen(event: Happened, case: Case) -> str:
    return f"🏷️ {_who(event)} says it is {line(title(event.detail.get('category', '')), 100)}"


def _rated(event: Happened, case: Case) -> str:
    good = event.detail.get("rating") == "up"
    return f"👍 {_who(event)} finds the draft good" if good else f"👎 {_who(event)} finds the draft poor"


def _kept(event: Happened, case: Case) -> str:
    worth = event.detail.get("worth", "")
    said = {"gold": "⭐ {who} marked it as a gold answer", "poor": "🚫 {who} marked it as a poor answer"}
    return said.get(worth, "↩️ {who} marked it as an answer like others").format(who=_who(event))


def _absorbed(event: Happened, case: Case) -> str:
    other = next((each for each in case.absorbed if each.case == event.detail.get("other")), None)
    if other is None:
        return f"🔗 {_who(event)} merged another ticket into this one"
    named = f"ticket {line(other.ticket, 100)}, {line(other.subject, 200, '(no subject)')}"
    quote = f"\n{quoted(other.excerpt, 1000)}" if other.excerpt.strip() else ""
    return f"🔗 {_who(event)} merged {named} into this one{quote}"


def _repeated(event: Happened, case: Case) -> str:
    named = line(event.detail.get("ticket", ""), 100, "another one")
    return f"🔗 {_who(event)} marked ticket {named} as a duplicate of this one"


def _snoozed(event: Happened, case: Case) -> str:
    return f"💤 {_who(event)} snoozed it until {_moment(event)}"


def _asked_anew(event: Happened, case: Case) -> str:
    return f"✏️ {_who(event)} asked for another draft: “{line(event.detail.get('instruction', ''), 300)}”"


def _written_anew(event: Happened, case: Case) -> str:
    if event.detail.get("unmet"):
        return "⚠️ Without a language model I cannot write that: nothing that we know says it. The draft is as it was"
    return "✏️ The draft was written anew"


def _untriaged(event: Happened, case: Case) -> str:
    reason = event.detail.get("reason", "")
    return "⚠️ It could not be read" + (f": {line(reason, 500)}" if reason else "")


def _refused(event: Happened, case: Case) -> str:
    return f"⚠️ The helpdesk did not take the reply: {line(event.detail.get('reason', ''), 500)}"


def _holding_refused(event: Happened, case: Case) -> str:
    return f"⚠️ The acknowledgement was not sent: {line(event.detail.get('reason', ''), 500)}"


def _noted(event: Happened, case: Case) -> str:
    return f"📝 {_who(event)} keeps a note in the helpdesk\n{quoted(event.detail.get('text', ''), 1500)}"


def _note_refused(event: Happened, case: Case) -> str:
    return f"⚠️ The helpdesk took no note: {line(event.detail.get('reason', ''), 500)}"


_AIM = {Aim.FIRST: "a first response", Aim.ANSWER: "an answer", Aim.RESOLUTION: "the resolution"}


def _late(event: Happened, case: Case) -> str:
    percent, said = event.detail.get("percent", ""), event.detail.get("aim", "")
    aim = Aim(said) if said in set(Aim) else Aim.FIRST
    if percent.isdigit() and int(percent) < 100:
        return f"⏰ {percent}% of the time for {_AIM[aim]} is gone"
    return f"⏰ The {aim} is overdue"


def _called(event: Happened, case: Case) -> str | None:
    who, how = line(event.detail.get("who", ""), 160), event.detail.get("how", "")
    if how == "thread":
        return None  # the call itself stands here
    return f"📣 Called {who} by direct message" if how == "direct" else f"📣 Called {who}"


def _held(event: Happened, case: Case) -> str:
    who, reason = line(event.detail.get("who", ""), 160), line(event.detail.get("reason", ""), 300)
    return f"🌙 {who} {reason}: called {_moment(event)}, when that ends"


def _passed(event: Happened, case: Case) -> str:
    who, reason = line(event.detail.get("who", ""), 160), line(event.detail.get("reason", ""), 300)
    return f"⤵️ Not called: {who} {reason}"


def _moment(event: Happened) -> str:
    try:
        return date(datetime.fromisoformat(event.detail.get("until", "")))
    except ValueError:
        return "later"


def _assigned_there(event: Happened, case: Case) -> str | None:
    agent, name = event.detail.get("agent", ""), event.detail.get("name", "")
    if name:
        return f"➡️ {line(name, 80)} has it in the helpdesk, whom the policy maps to nobody here"
    if agent:
        return f"➡️ It was given to {line(agent, 80)} in the helpdesk"
    return "👐 Nobody has it in the helpdesk any more" if "agent" in event.detail else None


def _unmapped(event: Happened, case: Case) -> str:
    who, desk = line(event.detail.get("who", ""), 80), line(title(event.detail.get("desk", "")), 60)
    return (
        f"🪪 {who} is nobody in {desk} by the policy, so who has the ticket there was left as it is. "
        "A lead adds it under `/triage policy`, in the form of the person"
    )


def _not_assigned(event: Happened, case: Case) -> str:
    who, reason = line(event.detail.get("who", ""), 80, "nobody"), line(event.detail.get("reason", ""), 500)
    return f"⚠️ The helpdesk did not give the ticket to {who}: {reason}"


def _plainly(said: str) -> Callable[[Happened, Case], str]:
    return lambda event, case: said.format(who=_who(event))


_ROOM = 8  # what one character can become, once it is dead and quoted
_SHORTENED = {
    "case.reassigned": ("reason", 800),
    "case.untriaged": ("reason", 500),
    "draft.asked_anew": ("instruction", 300),
    "reply.refused": ("reason", 500),
    "holding.refused": ("reason", 500),
    "note.refused": ("reason", 500),
    "assignee.refused": ("reason", 500),
    "note.kept": ("text", 1500),
}
_TOLD: Mapping[str, Callable[[Happened, Case], str | None]] = {
    "customer.wrote": _wrote,
    "agent.wrote": _answered_there,
    "case.analysed": _read,
    "case.untriaged": _untriaged,
    "case.approved": _plainly("✅ {who} approved the draft"),
    "case.holding": _plainly("📨 {who} acknowledged it to the customer; the answer is still owed"),
    "case.edited": _plainly("✅ {who} edited the draft and sent it"),
    "case.reassigned": _reassigned,
    "case.category_chosen": _chosen,
    "case.claimed": _plainly("✋ {who} works on it"),
    "case.released": _plainly("👐 {who} released it"),
    "case.dismissed": _plainly("☑️ {who} marked it as not a request"),
    "case.marked_duplicate": _plainly("☑️ {who} marked it as a duplicate"),
    "case.repeated": _repeated,
    "case.resolved": _plainly("✅ {who} resolved it without a further reply"),
    "case.merged": _plainly("🔗 {who} merged it into another ticket"),
    "case.absorbed": _absorbed,
    "case.parted": _plainly("✂️ {who} took the merged ticket out again"),
    "note.refused": _note_refused,
    "case.assigned_there": _assigned_there,
    "assignee.unmapped": _unmapped,
    "assignee.refused": _not_assigned,
    "customer.edited": _plainly("✏️ The customer edited what they wrote"),
    "customer.deleted": _plainly("🗑️ The customer deleted something that they had written"),
    "ticket.solved_there": _plainly("✅ It was solved in the helpdesk"),
    "ticket.deleted_there": _plainly("🗑️ It was deleted in the helpdesk"),
    "ticket.open_there": _plainly("↩️ It was opened again in the helpdesk"),
    "note.kept": _noted,
    "case.followed_up": _plainly("✉️ {who} wrote to the customer again"),
    "case.snoozed": _snoozed,
    "case.woken": _plainly("⏰ Its snooze is over"),
    "case.reopened": _plainly("↩️ {who} reopened it"),
    "case.escalated": _plainly("🚨 {who} escalated it"),
    "case.called_off": _plainly("🔕 {who} says that it is not an escalation"),
    "case.acknowledged": _plainly("👂 {who} has heard the call and looks"),
    "case.unacknowledged": _plainly("📣 {who} took that back: others are called again"),
    "call.made": _called,
    "call.held": _held,
    "call.passed": _passed,
    "draft.rated": _rated,
    "answer.kept": _kept,
    "case.expired": _plainly("⌛ The draft was too old, so it is written anew"),
    "draft.asked_anew": _asked_anew,
    "draft.written_anew": _written_anew,
    "reply.sent": _plainly("📨 The reply reached the helpdesk"),
    "reply.refused": _refused,
    "holding.sent": _plainly("📨 The acknowledgement reached the helpdesk"),
    "holding.refused": _holding_refused,
    "holding.dropped": _plainly("↩️ The acknowledgement was not sent: something else came first"),
    "sla.warned": _late,
}
