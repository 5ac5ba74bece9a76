"""CSV that a spreadsheet reads as data: no cell of it is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV Injection

Cell = str | float | None


def as_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV (RFC 4180). A text that would start a formula gets an apostrophe before it; None is empty."""
    written = io.StringIO()
    csv.writer(written).writerows([_guarded(cell) for cell in row] for row in rows)
    return written.getvalue()


def _guarded(cell: Cell) -> str | float:
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return f"'{cell}" if cell.lstrip(" \n").startswith(_STARTS_A_FORMULA) else cell
