"""A ticket line -> a ticket, or a sentence on what is wrong with it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import ValidationError

from bot.lines import BadLine, Line
from pipeline.ticket import Author, Channel, Customer, Message, Ticket


def to_ticket(line: Line, number: int) -> Ticket:
    """Return the ticket of a line; without an id it is named for its number. Raises BadLine."""
    created = moment_of(line, "created_at") or datetime.now(UTC)
    try:
        return Ticket(
            source="file",
            id=str(line.get("id") or number),
            created_at=created,
            subject=str(line.get("subject") or ""),
            messages=(Message(id="1", author=Author.CUSTOMER, text=text_of(line), at=created),),
            channel=_channel(line.get("channel")),
            customer=_customer(line.get("customer")),
            language=line.get("language") or None,
        )
    except ValidationError as error:
        name = error.errors(include_url=False, include_input=False)[0]["loc"][0]
        raise BadLine(f"{name} is not what a ticket has there") from None


def text_of(line: Line) -> str:
    """Return the text, which a line must have. Raises BadLine."""
    text = line.get("text")
    if not isinstance(text, str):
        raise BadLine("a ticket needs a text" if text is None else "the text of a ticket is a string")
    return text


def moment_of(line: Line, name: str) -> datetime | None:
    """Return a moment that a line may give; one without an offset is in UTC. Raises BadLine."""
    if not (written := line.get(name)):
        return None
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        raise BadLine(f'{name} is no time: write it like "2026-03-02T09:00:00Z"') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _channel(written: object) -> Channel:
    try:
        return Channel(str(written or Channel.EMAIL))
    except ValueError:
        raise BadLine(f"channel is none of {', '.join(Channel)}") from None


def _customer(known: object) -> Customer:
    if not known:
        return Customer()
    if not isinstance(known, Mapping):
        raise BadLine("customer is not an object with id, name, email and tier")
    return Customer(**{name: str(known.get(name) or "") for name in ("id", "name", "email", "tier")})
