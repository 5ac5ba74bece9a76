"""Tables and charts that Slack would not take, one fault each."""

from tests.playground.block_cases import LONG, Block, chart, container, data_table, pie, table
from tests.playground.invalid.case import Cases


def drawn(series: list[tuple[str, list[str]]], categories: list[str], **axes: object) -> Block:
    """A chart of named series with points at these labels."""
    points = [{"name": name, "data": [{"label": label, "value": 1} for label in labels]} for name, labels in series]
    bars = {"type": "bar", "series": points, "axis_config": {"categories": categories, **axes}}
    return {"type": "data_visualization", "title": "Tickets", "chart": bars}


CASES: Cases = {
    "two tables": ("/1", [table(1), table(1)]),
    "101 rows": ("/0/rows", [table(*[1] * 101)]),
    "21 columns": ("/0/rows/0", [table(21)]),
    "ragged table": ("/0/rows/1", [table(2, 3)]),
    "data table of a header only": ("/0/rows", [data_table(2)]),
    "data table of 102 rows": ("/0/rows", [data_table(*[1] * 102)]),
    "ragged data table": ("/0/rows/1", [data_table(2, 1)]),
    "data table of too many characters": ("/0/rows", [data_table(3, 3, text="x" * 1_700)]),
    "7 series": ("/0/chart/series", [chart(7)]),
    "chart title too long": ("/0/title", [chart(title=LONG[50])]),
    "chart label too long": ("/0/chart/series/0/data/0/label", [chart(label=LONG[20])]),
    "3 charts": ("/2", [chart(), chart(), chart()]),
    "7 segments": ("/0/chart/segments", [pie(*[1.0] * 7)]),
    "a segment of nothing": ("/0/chart/segments/0/value", [pie(0)]),
    "table of none": ("/0/rows", [table()]),
    "table with an empty row": ("/0/rows/0", [table(0)]),
    "table with a bare cell": ("/0/rows/0/0", [{"type": "table", "rows": [["x"]]}]),
    "table with a number": ("/0/rows/0/0", [{"type": "table", "rows": [[{"type": "raw_number", "value": 1}]]}]),
    "table aligned oddly": ("/0/column_settings/0/align", [{**table(1), "column_settings": [{"align": "middle"}]}]),
    "21 column settings": ("/0/column_settings", [{**table(1), "column_settings": [None] * 21}]),
    "a table and another inside": ("/1/child_blocks/0", [table(1), container(table(1))]),
    "data table without caption": ("/0", [{"type": "data_table", "rows": data_table(1, 1)["rows"]}]),
    "data table of 21 columns": ("/0/rows/0", [data_table(21, 21)]),
    "data table cell empty": ("/0/rows/0/0/text", [data_table(1, 1, text="")]),
    "data table number in words": (
        "/0/rows/1/0/value",
        [{**data_table(1), "rows": [*data_table(1)["rows"], [{"type": "raw_number", "value": "7"}]]}],
    ),
    "data table with a rich header": (
        "/0/rows/0/0",
        [{**data_table(1), "rows": [[{"type": "rich_text", "elements": []}], *data_table(1)["rows"]]}],
    ),
    "data table by no rows": ("/0/page_size", [{**data_table(1, 1), "page_size": 0}]),
    "data table by 101 rows": ("/0/page_size", [{**data_table(1, 1), "page_size": 101}]),
    "data table named by column 21": (
        "/0/row_header_column_index",
        [{**data_table(1, 1), "row_header_column_index": 20}],
    ),
    "chart of unknown kind": ("/0/chart", [{**chart(), "chart": {**chart()["chart"], "type": "radar"}}]),
    "chart without axes": ("/0/chart", [{**chart(), "chart": {"type": "bar", "series": chart()["chart"]["series"]}}]),
    "chart of no series": ("/0/chart/series", [chart(0)]),
    "chart axis label too long": (
        "/0/chart/axis_config/x_label",
        [drawn([("S", ["Mon"])], ["Mon"], x_label=LONG[50])],
    ),
    "chart of 21 points": (
        "/0/chart/series/0/data",
        [drawn([("S", [str(n) for n in range(21)])], [str(n) for n in range(20)])],
    ),
    "chart with one name twice": ("/0/chart/series/1/name", [drawn([("S", ["Mon"]), ("S", ["Mon"])], ["Mon"])]),
    "chart point of no category": ("/0/chart/series/0/data", [drawn([("S", ["Mon", "Tue"])], ["Mon"])]),
    "chart category without point": ("/0/chart/series/0/data", [drawn([("S", ["Mon"])], ["Mon", "Tue"])]),
    "chart with two points of a category": ("/0/chart/series/0/data", [drawn([("S", ["Mon", "Mon"])], ["Mon"])]),
    "pie of none": ("/0/chart/segments", [pie()]),
    "pie with axes": ("/0/chart", [{**pie(1), "chart": {**pie(1)["chart"], "axis_config": {"categories": []}}}]),
}
