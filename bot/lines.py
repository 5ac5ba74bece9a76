"""Lines in and JSON lines out. A line that cannot be taken is named on standard error, and the others go on."""

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, TextIO, TypeVar, cast

from pipeline.errors import TriageError

Line = Mapping[str, Any]  # a JSON object as somebody wrote it, or a row of a table
Reading = Callable[[], Line]  # raises BadLine
Taken = TypeVar("Taken")


class Unreadable(TriageError):
    """The file cannot be read."""


class BadLine(TriageError):
    """A line cannot be taken as it is."""


class Complaints:
    """Tells people what is wrong with lines, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, number: int, problem: BadLine) -> None:
        self.count += 1
        sys.stderr.write(f"line {number}: {problem}\n")


def read_lines(source: str, take: Callable[[Line, int], Taken], complain: Complaints) -> Iterator[Taken]:
    """Yield what `take` makes of each line and its number. `source` is a file's name, or - for standard input.

    A name that ends in .csv is a table, one that ends in .gz is compressed.

    `take` raises BadLine where it cannot. Raises Unreadable when there is nothing to read at all.
    """
    with _opened(source) as file:
        table = source.casefold().removesuffix(".gz").endswith(".csv")
        for number, read in _rows(file) if table else _objects(file):
            try:
                taken = take(read(), number)
            except BadLine as problem:
                complain(number, problem)
            else:
                yield taken


def write_line(value: Line) -> None:
    """Print one JSON object on standard output."""
    said = json.dumps(value, ensure_ascii=False)
    try:
        said.encode(sys.stdout.encoding)
    except UnicodeEncodeError:  # half a surrogate pair, or a terminal that knows few letters
        said = json.dumps(value)
    sys.stdout.write(said + "\n")


def _objects(file: TextIO) -> Iterator[tuple[int, Reading]]:
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield number, partial(_object, line)


def _object(line: str) -> Line:
    try:
        value = json.loads(_utf8(line), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadLine("this is not JSON") from None
    if not isinstance(value, dict):
        raise BadLine("this is not a JSON object")
    return value


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity: whoever reads our lines would choke on them


def _rows(file: TextIO) -> Iterator[tuple[int, Reading]]:
    """Yield each row of a table under the number of its first line; a cell may hold several lines."""
    rows = csv.reader(file)
    names = next(rows, [])
    while True:
        number = rows.line_num + 1
        try:
            if row := next(rows):
                yield number, partial(_row, names, row)
        except csv.Error as error:
            yield number, partial(_no_row, error)
        except StopIteration:
            return


def _row(names: list[str], row: list[str]) -> Line:
    if len(row) > len(names):
        raise BadLine(f"this has {len(row)} columns, and the first line names {len(names)}")
    return dict(zip(names, map(_utf8, row), strict=False))


def _no_row(error: csv.Error) -> Line:
    raise BadLine(f"this is not CSV: {error}")


def _utf8(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # `_opened` marks bytes that are no UTF-8 in a way that cannot be encoded
        raise BadLine("this is not UTF-8: save the file as UTF-8") from None
    return text


@contextmanager
def _opened(source: str) -> Iterator[TextIO]:
    if source == "-":
        text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="surrogateescape", newline="")
        try:
            yield text
        finally:
            text.detach()
        return
    compressed = source.casefold().endswith(".gz")
    try:
        with (gzip.open if compressed else open)(
            source, "rt", encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as file:
            yield cast(TextIO, file)
    except (OSError, EOFError) as error:
        raise Unreadable(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}") from None
