"""Charts and tables of figures, in Slack's own blocks."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from handlers.views.blocks import MOST_TEXT, Element, section
from handlers.views.escape import line, plain
from pipeline.ports import Block, Card

MOST_CATEGORIES = 20
MOST_ROWS = 100
_LONGEST_NAME = 20
_LONGEST_CELL = 80
_MOST_CHARACTERS = 10_000  # of all cells of a table

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
    """A table whose first column names the rows; None is shown as a dash. The last rows go where it were too long."""
    cells = [[_cell(each) for each in row] for row in (head, *rows[:MOST_ROWS])]
    sizes = accumulate(sum(map(_size, row)) for row in cells)
    cells = [row for row, size in zip(cells, sizes, strict=True) if size <= _MOST_CHARACTERS]
    return {
        "type": "data_table",
        "block_id": name,
        "caption": plain(caption, 150),
        "row_header_column_index": 0,
        "rows": cells,
    }


def is_native(block: Block) -> bool:
    """Whether a block is one of Slack's own charts or tables, which not every client and workspace takes."""
    return block["type"] in ("data_visualization", "data_table")


def without_charts(card: Card) -> Card:
    """Return the card with its charts and tables in words."""
    return card.model_copy(update={"blocks": tuple(_in_words(block) for block in card.blocks)})


def _in_words(block: Block) -> Block:
    if block["type"] == "data_visualization":
        rows = [(block["title"], *(series["name"] for series in block["chart"]["series"]))]
        drawn = [[point["value"] for point in series["data"]] for series in block["chart"]["series"]]
        labels = block["chart"]["axis_config"]["categories"]
        return _lines(block, [*rows, *zip(labels, *drawn, strict=True)])
    if block["type"] == "data_table":
        return _lines(block, [[cell.get("text", cell.get("value")) for cell in row] for row in block["rows"]])
    return block


def _lines(block: Block, rows: Sequence[Sequence[object]]) -> Block:
    told = [" · ".join(line(str(each), _LONGEST_CELL) for each in row) for row in rows]
    kept = list(accumulate(told, lambda before, each: f"{before}\n{each}"))
    return section(str(block["block_id"]), next(text for text in reversed(kept) if len(text) <= MOST_TEXT))


def _cell(value: Cell) -> Element:
    if isinstance(value, int | float):
        return {"type": "raw_number", "value": value}
    return {"type": "raw_text", "text": plain(value or "-", _LONGEST_CELL)}


def _size(cell: Element) -> int:
    return len(str(cell.get("text", cell.get("value"))))
