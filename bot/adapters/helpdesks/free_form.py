"""Free form: the body of a Zendesk trigger, which an administrator wrote, under whatever names they chose."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bot.adapters.helpdesks.automatic import read_author
from bot.adapters.helpdesks.payloads import clip, clip_line, digest, read_moment, read_tags
from bot.adapters.helpdesks.zendesk_shapes import CHANNELS
from pipeline.errors import BadPayload
from pipeline.ticket import Author, Channel, Customer, Message, Ticket

Fields = Mapping[str, object]

# What people call the parts of a ticket; "ticket_" before a name and nesting are taken off first.
_ID = ("id", "number", "nr", "no", "key")
_SUBJECT = ("title", "subject", "summary")
_TEXT = ("description", "text", "body", "message", "content")
_COMMENT = ("latest_public_comment", "latest_comment", "last_comment", "comment", "comment_body")
_COMMENT_ID = ("latest_comment_id", "comment_id", "latest_public_comment_id")
_WRITER_IS_STAFF = ("comment_author_is_staff", "latest_comment_author_is_staff", "author_is_staff")
_WRITER_ROLE = ("comment_author_role", "latest_comment_author_role", "author_role", "current_user_role")
_WRITER = (
    "comment_author_email",
    "latest_comment_author_email",
    "comment_author",
    "comment_author_name",
    "latest_comment_author_name",
    "current_user_email",
    "current_user_name",
)
_IS_PUBLIC = ("comment_is_public", "latest_comment_is_public", "comment_public", "is_public")
_NAME = ("requester_name", "requester_full_name", "requester", "customer_name", "from_name", "name")
_EMAIL = ("requester_email", "customer_email", "from_email", "email")
_REQUESTER_ID = ("requester_id", "customer_id")
_TIER = ("requester_tier", "customer_tier", "tier", "requester_user_fields_tier", "plan")
_CREATED = ("created_at", "created_at_with_timestamp", "created", "created_at_with_time", "date")
_TAGS = ("tags", "tag_list", "labels")
_CHANNEL = ("via", "channel", "source", "via_channel")
_LANGUAGE = ("requester_language", "language", "requester_locale", "locale")

_DATES = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d")
_TIMES = ("%H:%M", "%I:%M %p", "at %H:%M", "at %I:%M %p")
_DEPTH = 3
_MOST_FIELDS = 500
_STAFF = {"agent", "admin", "administrator", "staff", "light_agent"}


def read_trigger(payload: Fields, base_url: str, now: datetime) -> Ticket:
    """Return the ticket that a trigger tells of. Raises BadPayload with the line to add."""
    fields = dict(_flatten(payload))
    number = _find(fields, _ID).removeprefix("#")
    if not (number.isascii() and number.isdigit() and len(number) <= 20):
        raise _missing('"ticket_id": "{{ticket.id}}"')
    subject = _find(fields, _SUBJECT)
    customer = Customer(
        id=_find(fields, _REQUESTER_ID),
        name=_find(fields, _NAME),
        email=_find(fields, _EMAIL),
        tier=_find(fields, _TIER),
    )
    created = _when(_find(fields, _CREATED), now)
    return Ticket(
        source="zendesk",
        id=number,
        created_at=created,
        subject=subject,
        messages=_messages(fields, subject, customer, created, now),
        channel=_channel(_find(fields, _CHANNEL)),
        customer=customer,
        language=_language(_find(fields, _LANGUAGE)),
        url=f"{base_url}/agent/tickets/{number}",
        tags=_tags(fields),
    )


def _messages(
    fields: Fields, subject: str, customer: Customer, created: datetime, now: datetime
) -> tuple[Message, ...]:
    description = _find_text(fields, _TEXT)
    comment = _find_text(fields, _COMMENT)
    if not (description or comment or subject):
        raise _missing('"ticket_description": "{{ticket.description}}"')
    text = description or ("" if comment else subject)
    asked = Message(id="description", author=read_author(Author.CUSTOMER, subject, text), text=text, at=created)
    if not comment or comment.strip() in description:
        return (asked,)  # at creation the latest comment is the description
    said = Message(
        id=_find(fields, _COMMENT_ID) or f"comment-{digest(comment, length=16)}",
        author=read_author(_writer(fields, customer), "", comment),
        text=comment,
        at=max(now, created),
        public=_find(fields, _IS_PUBLIC).casefold() not in {"false", "0", "no"},
    )
    return (asked, said) if text and said.asks else (said,)


def _writer(fields: Fields, customer: Customer) -> Author:
    """Who wrote the comment. Our own writes fire triggers too, so it is never taken for granted."""
    staff = _find(fields, _WRITER_IS_STAFF).casefold()
    role = _find(fields, _WRITER_ROLE).casefold()
    writer = _find(fields, _WRITER).casefold()
    if staff or role:
        is_staff = staff in {"true", "1", "yes"} or role.replace(" ", "_").replace("-", "_") in _STAFF
        return Author.AGENT if is_staff else Author.CUSTOMER
    if writer:
        known = {customer.email.casefold(), customer.name.casefold()} - {""}
        return Author.CUSTOMER if writer in known else Author.AGENT
    raise _missing('"comment_author_email": "{{ticket.latest_comment.author.email}}"')


def _flatten(payload: Fields, prefix: str = "", depth: int = 1) -> Iterator[tuple[str, object]]:
    """Yield the leaves under one plain name each: {"ticket": {"ID": 1}} and ticketId both become id."""
    for key, value in list(payload.items())[:_MOST_FIELDS]:
        spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key[:100])
        name = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")
        path = f"{prefix}_{name}" if prefix else name
        if isinstance(value, dict):
            if depth < _DEPTH:
                yield from _flatten(value, path, depth + 1)
        else:
            yield path.removeprefix("ticket_"), value


def _find(fields: Fields, names: tuple[str, ...]) -> str:
    return clip_line(_find_text(fields, names))


def _find_text(fields: Fields, names: tuple[str, ...]) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str | int | float) and (text := clip(value)).strip():
            # A placeholder that was not filled in tells nothing; "Test webhook" sends many of them.
            return "" if re.fullmatch(r"\s*\{\{[^{}]*\}\}\s*", text) else text
    return ""


def _tags(fields: Fields) -> tuple[str, ...]:
    found = (fields[name] for name in _TAGS if isinstance(fields.get(name), str | list))
    return read_tags(next(found, []))


def _when(text: str, now: datetime) -> datetime:
    """Return the moment that the text names, in whichever of Zendesk's ways; now when it names none.

    A day without a time is the account's day, not ours: near now it means now, so that no clock starts late.
    """
    try:
        return read_moment(text)
    except ValueError:
        pass
    for date in _DATES:
        for time in ("", *(f"{mark} {each}" for mark in (",", "") for each in _TIMES)):
            try:
                moment = datetime.strptime(text, date + time).replace(tzinfo=UTC)
            except ValueError:
                continue
            near = not time and timedelta(days=-1) <= now - moment <= timedelta(days=2)
            return now if near or moment.year < 1990 or moment.year > 2100 else moment
    return now


def _channel(text: str) -> Channel:
    return CHANNELS.get(re.sub(r"[^a-z]+", "_", text.casefold()).strip("_"), Channel.EMAIL)


def _language(text: str) -> str | None:
    code = re.match(r"^([a-z]{2})(?:[-_][A-Za-z]{2,4})?$", text.strip())
    return code[1] if code else None


def _missing(line: str) -> BadPayload:
    return BadPayload(f"The trigger's body does not tell enough: add {line} to its JSON.")
