"""Blocks that show figures: tables, data tables, charts."""

from bot.playground.blocks.checks import (
    Check,
    Findings,
    array,
    boolean,
    by_type,
    integer,
    number,
    one_of,
    shape,
    string,
)
from bot.playground.blocks.composition import ID
from bot.playground.blocks.rich_text import RICH_TEXT_CELL
from bot.playground.wire import Object

LONGEST_DATA_TABLE = 10_000


def _no_ragged_rows(table: Object, where: str, found: Findings) -> None:
    width = len(table["rows"][0])
    for position, row in enumerate(table["rows"]):
        if len(row) != width:
            found.add("all rows must have the same number of columns", f"{where}/rows/{position}")


def _within_characters(table: Object, where: str, found: Findings) -> None:
    if sum(_characters(cell) for row in table["rows"] for cell in row) > LONGEST_DATA_TABLE:
        found.add(f"must be less than {LONGEST_DATA_TABLE + 1} characters in all cells", f"{where}/rows")


def _characters(cell: object) -> int:
    """The text that a reader sees in a cell, however deep it is nested."""
    if isinstance(cell, list):
        return sum(map(_characters, cell))
    if not isinstance(cell, dict):
        return 0
    if cell.get("type") == "raw_number":
        return len(str(cell.get("text", cell.get("value"))))
    own = cell.get("text", "")
    return (len(own) if isinstance(own, str) else 0) + _characters(cell.get("elements"))


def _plain_header(table: Object, where: str, found: Findings) -> None:
    for column, cell in enumerate(table["rows"][0]):
        if cell["type"] == "rich_text":
            found.add("rich_text is not allowed in the header row", f"{where}/rows/0/{column}")


def _one_point_per_category(chart: Object, where: str, found: Findings) -> None:
    """Every series has a name of its own and exactly one value for each category."""
    categories = set(chart["axis_config"]["categories"])
    names = [series["name"] for series in chart["series"]]
    for position, series in enumerate(chart["series"]):
        here = f"{where}/series/{position}"
        if series["name"] in names[:position]:
            found.add(f"series name `{series['name']}` is not unique", f"{here}/name")
        labels = [point["label"] for point in series["data"]]
        if len(labels) != len(categories) or set(labels) != categories:
            found.add("must have exactly one data point for each category", f"{here}/data")


def _null_or(check: Check) -> Check:
    def either(value: object, where: str, found: Findings) -> None:
        if value is not None:
            check(value, where, found)

    return either


_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_TABLE_CELL = by_type({"raw_text": shape({"text": string(shortest=0)}, {}), "rich_text": RICH_TEXT_CELL})
TABLE = shape(
    {"rows": array(array(_TABLE_CELL, 20), 100)},
    {"block_id": ID, "column_settings": array(_null_or(_COLUMN), 20, 0)},
    _no_ragged_rows,
)

_DATA_CELL = by_type(
    {
        "raw_text": shape({"text": string()}, {}),
        "raw_number": shape({"value": number()}, {"text": string()}),
        "rich_text": RICH_TEXT_CELL,
    }
)
DATA_TABLE = shape(
    {"caption": string(), "rows": array(array(_DATA_CELL, 20), 101, 2)},
    {"block_id": ID, "page_size": integer(1, 100), "row_header_column_index": integer(0, 19)},
    _no_ragged_rows,
    _plain_header,
    _within_characters,
)

_LABEL = string(20)
_AXES = shape({"categories": array(_LABEL, 20, 0)}, {"x_label": string(50, 0), "y_label": string(50, 0)})
_POINT = shape({"label": _LABEL, "value": number()}, {})
_SERIES = shape(
    {"series": array(shape({"name": _LABEL, "data": array(_POINT, 20)}, {}), 6), "axis_config": _AXES},
    {},
    _one_point_per_category,
)
_SEGMENTS = shape({"segments": array(shape({"label": _LABEL, "value": number(above=0)}, {}), 6)}, {})
DATA_VISUALIZATION = shape(
    {
        "title": string(50),
        "chart": by_type({"line": _SERIES, "bar": _SERIES, "area": _SERIES, "pie": _SEGMENTS}),
    },
    {"block_id": ID},
)
