"""Ticket -> Plain: what the customer wrote, without markup, quotes, signatures and footers."""

from collections.abc import Iterable

from pipeline.footers import without_footers
from pipeline.markup import looks_like_markup, read_markup
from pipeline.quotes import without_quotes
from pipeline.signatures import without_signature
from pipeline.ticket import Message, Ticket
from pipeline.tidy import tidied
from pipeline.value import Value

LONGEST = 20_000  # characters of the text; longer ones lose their middle
LONGEST_READ = 150_000  # characters of one message that are looked at
LONGEST_SUBJECT = 500
_CUT = "\n\n[…]\n\n"
_TELLING_SUBJECT = 20  # characters, from which a text that begins with its subject repeats it
_MOST_ROUNDS = 8


class Plain(Value):
    """The customer's own words, still with personal data in them."""

    subject: str
    text: str


def normalise(ticket: Ticket) -> Plain:
    """Return what the customer asked, oldest message first and every text once. Pure; takes milliseconds."""
    subject = " ".join(tidied(ticket.subject[: 4 * LONGEST_SUBJECT]).split())[:LONGEST_SUBJECT]
    text = _shortened("\n\n".join(_once(map(_cleaned, ticket.asked)).values()))
    return Plain(subject="" if _repeats(text, subject) else subject, text=text)


def in_full(ticket: Ticket) -> tuple[tuple[Message, str], ...]:
    """Return each message with its writer's own words, every text once and none without its middle."""
    asked = ticket.asked
    texts = _once(_cleaned(message, LONGEST_READ) for message in asked)
    return tuple((asked[place], text) for place, text in texts.items())


def _cleaned(message: Message, longest: int = LONGEST) -> str:
    text = message.text
    if message.html or looks_like_markup(text):
        text = read_markup(text)
    text = tidied(_shortened(text, LONGEST_READ))
    return _own_words(_shortened(without_quotes(text) or text, longest))


def _own_words(text: str) -> str:
    """Peel off what is not the customer's own; a step that would leave nothing leaves everything."""
    for _ in range(_MOST_ROUNDS):
        before = text
        for step in (without_quotes, without_footers, without_signature, tidied):
            text = step(text) or text
        if text == before:
            break
    return text


def _once(texts: Iterable[str]) -> dict[int, str]:
    """Return each text once, by its place, however it is spaced: a helpdesk repeats the first comment."""
    known: dict[str, tuple[int, str]] = {}
    for place, text in enumerate(texts):
        known.setdefault(_essence(text), (place, text))
    return {place: text for place, text in known.values() if text}


def _repeats(text: str, subject: str) -> bool:
    """Whether the text says all that the subject says, so that the subject would only say it twice."""
    begun, said = _essence(text[: 2 * LONGEST_SUBJECT]), _essence(subject).rstrip(".… ")
    first_line = _essence(text.split("\n", 1)[0]).rstrip(".… ")
    return bool(said) and (first_line == said or (len(said) >= _TELLING_SUBJECT and begun.startswith(said)))


def _essence(text: str) -> str:
    return " ".join(text.casefold().split())


def _shortened(text: str, longest: int = LONGEST) -> str:
    """Drop the middle of a long text: a request stands at its beginning, and what is new at its end."""
    if len(text) <= longest:
        return text
    head = longest * 3 // 4
    return text[:head].rstrip() + _CUT + text[len(text) - (longest - head - len(_CUT)) :].lstrip()
