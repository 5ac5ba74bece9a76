"""Entity: a ticket as one of Slack's Work Objects."""

from handlers.views.blocks import Element
from handlers.views.buttons import buttons
from handlers.views.escape import cut, is_safe, one_line, plain
from handlers.views.words import URGENCY, title
from pipeline.case import Case, Status

APPROVE, CLAIM, EDIT = "entity.approve", "entity.claim", "entity.edit"
REASSIGN, REOPEN, MORE = "entity.reassign", "entity.reopen", "entity.more"
MOST_FIRST = 2  # buttons that Slack shows on a work object; up to five more are in its menu
_LIKE = {  # a button of the card, the one here, and what is said where it opens a form
    "ticket.approve": (APPROVE, "…"),
    "ticket.edit": (EDIT, "…"),
    "ticket.claim": (CLAIM, ""),
    "ticket.reassign": (REASSIGN, "…"),
    "ticket.reopen": (REOPEN, ""),
}
_TONES = {Status.ANSWERED: "green", Status.CLOSED: "gray", Status.SNOOZED: "blue"}
_ORDER = ("status", "urgency", "team", "due_date", "assignee", "description")


def entity(case: Case, subject: str, url: str, card: str) -> Element:
    """Return the object. `subject` is masked; `card` is where the team decides on it, "" while it has none."""
    payload: Element = {
        "attributes": {
            "title": {"text": plain(subject, 150, "Ticket without a subject")},
            "display_type": "Ticket",
            "display_id": plain(case.ticket.id, 60),
            "product_name": "Triage Desk",
        },
        "fields": _fields(case),
        "custom_fields": _custom(case),
        "display_order": list(_ORDER),
    }
    if pressed := _actions(case, card):
        more = pressed[MOST_FIRST:]
        payload["actions"] = {"primary_actions": pressed[:MOST_FIRST], **({"overflow_actions": more} if more else {})}
    return {
        "app_unfurl_url": url,
        "url": url,
        "external_ref": {"id": case.id, "type": "ticket"},
        "entity_type": "slack#/entities/task",
        "entity_payload": payload,
    }


def _fields(case: Case) -> Element:
    state = case.status.value.capitalize()
    if case.decision is not None:
        state = f"{case.decision.verdict.value.capitalize()} by {one_line(case.decision.by.name)}"
    fields: Element = {"status": {"value": cut(state, 100), "tag_color": _TONES.get(case.status, "yellow")}}
    if case.due_at is not None:
        fields["due_date"] = {"value": int(case.due_at.timestamp()), "type": "slack#/types/timestamp"}
    if who := case.owner:
        fields["assignee"] = {"value": cut(one_line(who), 80), "type": "string"}
    if case.analysis is not None:
        fields["description"] = {"value": plain(case.analysis.classification.summary, 400)}
    return fields


def _custom(case: Case) -> list[Element]:
    urgency = URGENCY[case.analysis.classification.urgency] if case.analysis else "being read"
    told = f"{urgency}, escalated" if case.escalated else urgency
    return [
        {"key": "urgency", "label": "Urgency", "value": told, "type": "string"},
        {"key": "team", "label": "Team", "value": plain(title(case.team), 100, "No team yet"), "type": "string"},
    ]


def _actions(case: Case, card: str) -> list[Element]:
    """Return what the card offers now, the first two in sight. A draft is sent only by who has read it: see approve."""
    draft = case.analysis.draft.text if case.analysis else ""
    row = [element for block in buttons(case, draft) for element in block["elements"] if element["type"] == "button"]
    known = {element["action_id"]: element["text"]["text"] for element in row}
    names = [name for name in _LIKE if name in known]
    if "ticket.approve" in known or "ticket.edit" not in known:
        names.sort(key=lambda name: name == "ticket.edit")
    pressed: list[Element] = [
        {"text": f"{known[name].rstrip('…')}{_LIKE[name][1]}", "action_id": _LIKE[name][0], "value": case.id}
        for name in names
    ]
    if case.open:
        pressed.append({"text": "More…", "action_id": MORE, "value": case.id})
    if card and is_safe(card, loopback=True):
        pressed.append({"text": "Open card", "action_id": "entity.card", "value": case.id, "url": card})
    return pressed
