"""Labelled ticket lines: tickets with what a person says of them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.lines import BadLine, Complaints, Line, read_lines
from bot.ticket_lines import to_ticket
from pipeline.ticket import Ticket

COLUMNS = ("category", "urgency", "sentiment", "escalation")
LONGEST_LABEL = 200
_FLAGS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


class Labelled(NamedTuple):
    """A ticket and its labels by column; columns without one are left out."""

    ticket: Ticket
    labels: Mapping[str, str]


def read_labelled(source: str, complain: Complaints) -> Iterator[Labelled]:
    """Yield the tickets of a file, labelled or not. Lines that cannot be taken are complained of."""
    return read_lines(source, _labelled, complain)


def _labelled(line: Line, number: int) -> Labelled:
    labels = {column: _label(column, line.get(column)) for column in COLUMNS}
    return Labelled(to_ticket(line, number), {column: label for column, label in labels.items() if label})


def _label(column: str, written: object) -> str:
    if written is None:
        return ""
    if not isinstance(written, str | int | float):
        raise BadLine(f"{column} is a label, not a list or an object")
    label = str(written).strip()
    if len(label) > LONGEST_LABEL:
        raise BadLine(f"{column} is longer than {LONGEST_LABEL} characters, so it is no label")
    if column != "escalation" or not label:
        return label
    if label.casefold() not in _FLAGS:
        raise BadLine("escalation is true or false")
    return _FLAGS[label.casefold()]
