"""An update of a ticket: checked as Zendesk checks, refused as it refuses, done all at once."""

import json
from datetime import datetime

from bot.playground.wire import Object
from bot.playground.zendesk.desk import Desk, NotThere
from bot.playground.zendesk.records import Audit, Role, Ticket, User

PRIORITIES = ("urgent", "high", "normal", "low")
STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
TYPES = ("problem", "incident", "question", "task")
LARGEST_METADATA = 1024
"""Bytes of custom metadata that one audit takes."""
LONGEST_COMMENT = 65_535

_PLAIN = ("subject", "external_id", "assignee_id", "custom_fields")
_KNOWN = {
    "assignee_email",
    "comment",
    "group_id",
    "metadata",
    "priority",
    "safe_update",
    "status",
    "tags",
    "type",
    "updated_stamp",
}
_COMMENT = {"body", "html_body", "public", "author_id", "uploads"}


class DeskRefusal(Exception):
    """Zendesk says no: an HTTP status and its body."""

    def __init__(self, status: int, body: Object) -> None:
        super().__init__(body.get("error"))
        self.status = status
        self.body = body


def update_ticket(desk: Desk, ticket: Ticket, author: User, asked: Object, *, strict: bool) -> Audit:
    """Check everything, then change everything."""
    asked = _with_assignee(desk, asked)
    _check_fields(desk, ticket, asked, strict)
    comment, said_by = _read_comment(asked.get("comment"), strict), _read_author(desk, asked.get("comment"))
    custom = _read_metadata(asked.get("metadata"))
    _check_stamp(ticket, asked)
    changes = _change(desk, ticket, asked)
    return desk.note(ticket, author, changes, custom, comment, said_by)


def invalid(field: str, said: str) -> DeskRefusal:
    details = {field: [{"description": said, "error": "InvalidValue"}]}
    described = {"error": "RecordInvalid", "description": "Record validation errors", "details": details}
    return DeskRefusal(422, described)


def _check_fields(desk: Desk, ticket: Ticket, asked: Object, strict: bool) -> None:
    if strict and (unknown := sorted(asked.keys() - _KNOWN - {*_PLAIN})):
        raise invalid(unknown[0], f"{unknown[0]} is not a field of a ticket update")
    if ticket.status == "closed":
        raise invalid("status", "Status: closed prevents ticket update")
    for field, allowed in (("priority", PRIORITIES), ("status", STATUSES), ("type", TYPES)):
        if field in asked and asked[field] not in allowed:
            raise invalid(field, f"{field.capitalize()}: {asked[field]} is not included in the list")
    if asked.get("group_id") is not None:
        try:
            desk.group(asked["group_id"])
        except NotThere:
            raise invalid("group_id", "Group is invalid") from None
    tags = asked.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) and tag for tag in tags):
        raise invalid("tags", "Tags: are invalid")


def _read_comment(comment: object, strict: bool) -> tuple[str, bool] | None:
    if comment is None:
        return None
    if not isinstance(comment, dict) or (strict and comment.keys() - _COMMENT):
        raise invalid("comment", "Comment: is invalid")
    body = comment.get("body") or comment.get("html_body")
    if not isinstance(body, str) or not body.strip():
        raise invalid("comment", "Comment: cannot be blank")
    if len(body) > LONGEST_COMMENT:
        raise invalid("comment", "Comment: is too long")
    return body, comment.get("public", True) is not False


def _with_assignee(desk: Desk, asked: Object) -> Object:
    """The same with the assignee's id, be it given by e-mail or by id; only agents are taken."""
    try:
        if email := asked.get("assignee_email"):
            asked = {**asked, "assignee_id": desk.agent(str(email)).id}
        if asked.get("assignee_id") is not None and desk.user(_id(asked["assignee_id"])).role is Role.CUSTOMER:
            raise NotThere
    except NotThere:
        raise invalid("assignee", "Assignee: is invalid") from None
    return asked


def _read_author(desk: Desk, comment: object) -> User | None:
    if not isinstance(comment, dict) or comment.get("author_id") is None:
        return None
    try:
        return desk.user(_id(comment["author_id"]))
    except NotThere:
        raise invalid("author", "Author: is invalid") from None


def _id(value: object) -> int:
    return value if isinstance(value, int) else -1


def _read_metadata(metadata: object) -> Object:
    if metadata is None:
        return {}
    if not isinstance(metadata, dict):
        raise invalid("metadata", "Metadata: is invalid")
    if len(json.dumps(metadata).encode()) > LARGEST_METADATA:
        raise invalid("metadata", "Metadata: is too large")
    return metadata  # what is sent flat is read back as the audit's metadata.custom


def _check_stamp(ticket: Ticket, asked: Object) -> None:
    """`safe_update`: only if nothing happened since the caller looked; to the second, as Zendesk compares."""
    if not asked.get("safe_update"):
        return
    try:
        seen = datetime.fromisoformat(str(asked.get("updated_stamp")))
    except ValueError:
        raise invalid("safe_update", "updated_stamp is required for a safe update") from None
    if seen.replace(tzinfo=None) < datetime.fromisoformat(ticket.updated_at).replace(tzinfo=None):
        said = "Safe Update prevented an update with outdated ticket data. Please fetch it again."
        raise DeskRefusal(409, {"error": "UpdateConflict", "description": said})


def _change(desk: Desk, ticket: Ticket, asked: Object) -> list[Object]:
    """What changes, as audit events; tags are replaced as a whole."""
    changes: list[Object] = []

    def set_field(name: str, old: object, new: object) -> None:
        if old != new:
            changes.append({"type": "Change", "field_name": name, "value": new, "previous_value": old})

    for name in ("priority", "status", "type", *_PLAIN):
        if name in asked:
            set_field(name, getattr(ticket, name), asked[name])
            setattr(ticket, name, asked[name])
    if "group_id" in asked:
        old = ticket.group
        ticket.group = None if asked["group_id"] is None else desk.group(asked["group_id"])
        set_field("group_id", old.id if old else None, ticket.group.id if ticket.group else None)
    if "tags" in asked:
        tags = list(dict.fromkeys(tag.lower() for tag in asked["tags"]))
        set_field("tags", ticket.tags, tags)
        ticket.tags = tags
    return changes
