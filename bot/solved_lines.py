"""A line of solved history -> a resolution, cleaned and masked, or a sentence on what is wrong with it."""

from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.lines import BadLine, Line
from bot.ticket_lines import moment_of, to_ticket
from pipeline.mask import mask
from pipeline.normalise import normalise
from pipeline.passage import Resolution
from pipeline.ticket import Author, Message, Ticket
from pipeline.triage import read

LONGEST_ID = 60  # characters; a longer one is replaced by its digest
LONGEST = 50_000  # characters of a question or an answer that are kept
POOR = 2  # of 5: an answer that its customer rated so is no example to follow
ANSWERS = ("answer", "resolution", "reply")
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})


class Solved(NamedTuple):
    """A line of history, not read yet: reading it costs milliseconds, and it may be known already."""

    number: int  # of its line
    id: str
    ticket: Ticket
    answer: str
    category: str
    url: str
    gold: bool
    csat: int | None
    solved_at: datetime | None
    dated: bool  # the line says when it was asked


def to_solved(line: Line, number: int) -> Solved:
    """Take a line: `text` (or `question`), `answer` (or `resolution`, `reply`), and whatever else is known.

    Raises BadLine.
    """
    asked = line.get("text") or line.get("question")
    answer = next((str(line[name]) for name in ANSWERS if line.get(name)), "").strip()
    if not answer:
        raise BadLine("a solved ticket needs an answer: what was sent to the customer")
    if not isinstance(asked, str) or not asked.strip():
        raise BadLine("a solved ticket needs a text: what the customer asked")
    ticket = to_ticket({**line, "text": asked[:LONGEST], "subject": line.get("subject") or line.get("title")}, number)
    return Solved(
        number=number,
        id=_id(str(line.get("id") or ""), f"{ticket.subject}\0{asked}\0{answer}"),
        ticket=ticket,
        answer=answer[:LONGEST],
        category=str(line.get("category") or "").strip()[:64],
        url=_url(line.get("url")),
        gold=_flag(line.get("gold")),
        csat=_csat(line.get("csat")),
        solved_at=moment_of(line, "solved_at"),
        dated=bool(line.get("created_at")),
    )


def resolution(solved: Solved) -> Resolution:
    """Clean and mask question and answer as a ticket is read. Costs milliseconds: call it in a thread."""
    ticket = solved.ticket
    _, masked, language = read(ticket)
    sent = Message(id="2", author=Author.CUSTOMER, text=solved.answer, at=ticket.created_at)  # cleaned like a question
    answer = mask(normalise(ticket.model_copy(update={"subject": "", "messages": (sent,)})), ticket.customer)
    return Resolution(
        id=solved.id,
        question=masked.text or masked.subject,
        answer=answer.text,
        title=masked.subject[:200],
        url=solved.url,
        category=solved.category,
        language=language,
        gold=solved.gold,
        solved_at=solved.solved_at,
        minutes=_minutes(ticket.created_at, solved.solved_at) if solved.dated else None,
        csat=solved.csat,
    )


def _minutes(asked: datetime, solved: datetime | None) -> int | None:
    return int((solved - asked).total_seconds() // 60) if solved and solved >= asked else None


def _id(given: str, content: str) -> str:
    if given and len(given) <= LONGEST_ID:
        return given
    return blake2b((given or content).encode(errors="replace"), digest_size=16).hexdigest()


def _url(written: object) -> str:
    if not written:
        return ""
    parts = urlsplit(str(written)) if len(str(written)) <= 2_000 else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadLine("url is no web address: write it like https://help.example.com/articles/1, or leave it out")
    return str(written)


def _flag(written: object) -> bool:
    said = str(written if written is not None else "").strip().casefold()
    if said not in _YES | _NO:
        raise BadLine("gold is true or false")
    return said in _YES


def _csat(written: object) -> int | None:
    if written is None or str(written).strip() == "":
        return None
    try:
        rated = float(str(written))
    except ValueError:
        rated = 0.0
    if not 1 <= rated <= 5:
        raise BadLine("csat is a number from 1 to 5")
    return round(rated)
