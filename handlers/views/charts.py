"""Charts and tables of figures, in Slack's own blocks."""

from collections.abc import Mapping, Sequence

from handlers.views.blocks import Element
from handlers.views.escape import plain
from pipeline.ports import Block

MOST_CATEGORIES = 20
MOST_ROWS = 100
_LONGEST_NAME = 20
_LONGEST_CELL = 80

Cell = str | float | None


def bars(name: str, title: str, categories: Sequence[str], series: Mapping[str, Sequence[float]]) -> Block:
    """A bar chart: for each of up to six series one value per category. Labels must differ from each other."""
    labels = [plain(category, _LONGEST_NAME) for category in categories[:MOST_CATEGORIES]]
    assert len(set(labels)) == len(labels), "two bars with one label cannot be told apart"
    drawn = [
        {
            "name": plain(called, _LONGEST_NAME),
            "data": [{"label": label, "value": value} for label, value in zip(labels, values, strict=False)],
        }
        for called, values in series.items()
    ]
    chart = {"type": "bar", "series": drawn, "axis_config": {"categories": labels}}
    return {"type": "data_visualization", "block_id": name, "title": plain(title, 50), "chart": chart}


def data_table(name: str, caption: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Block:
    """A table whose first column names the rows; None is shown as a dash."""
    cells = [[_cell(each) for each in row] for row in (head, *rows[:MOST_ROWS])]
    return {
        "type": "data_table",
        "block_id": name,
        "caption": plain(caption, 150),
        "row_header_column_index": 0,
        "rows": cells,
    }


def _cell(value: Cell) -> Element:
    if isinstance(value, int | float):
        return {"type": "raw_number", "value": value}
    return {"type": "raw_text", "text": plain(value or "-", _LONGEST_CELL)}
