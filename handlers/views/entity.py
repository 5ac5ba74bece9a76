"""Entity: a ticket as one of Slack's Work Objects."""

from handlers.views.blocks import Element
from handlers.views.escape import cut, is_safe, one_line, plain
from handlers.views.words import URGENCY, title
from pipeline.case import Case, Status

CLAIM = "entity.claim"
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
        payload["actions"] = {"primary_actions": pressed}
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
    pressed: list[Element] = []
    if case.open and case.claimed_by is None:
        pressed.append({"text": "Claim", "action_id": CLAIM, "value": case.id})
    if card and is_safe(card, loopback=True):
        pressed.append({"text": "Open card", "action_id": "entity.card", "value": case.id, "url": card})
    return pressed
