"""One of every block and element, to draw them all at once."""

from collections.abc import Iterator
from typing import Any

from tests.playground.browser.shapes import Object, asked, line, mrkdwn, option, plain, rich, words

NOT_DRAWN = {"plain_text", "mrkdwn", "modal", "home"}
"""Types of the schema that are not blocks or elements."""
PICTURE: Object = {"type": "image", "image_url": "https://cdn.example.com/a.png", "alt_text": "A chart of refunds"}
VIDEO = "https://example.com/v.mp4"
OPTIONS = [option("Red"), option("Blue")]

RICH = rich(
    line(
        words("bold", bold=True),
        words("italic", italic=True),
        words("struck", strike=True),
        words("under", underline=True),
        words("bright", highlight=True),
        words("code", code=True),
        {"type": "link", "url": "https://example.com", "text": "link"},
        {"type": "user", "user_id": "U0ANA"},
        {"type": "usergroup", "usergroup_id": "S0BILLING"},
        {"type": "channel", "channel_id": "C0TECH"},
        {"type": "emoji", "name": "eyes"},
        {"type": "team", "team_id": "T0LUMEN"},
        {"type": "broadcast", "range": "here"},
        {"type": "color", "value": "#3b6fd4"},
        {"type": "date", "timestamp": 1_790_000_000, "format": "{date_num}"},
    ),
    {"type": "rich_text_list", "style": "bullet", "elements": [line(words("one")), line(words("two"))]},
    {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [line(words("inner"))]},
    {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [line(words("three"))]},
    {"type": "rich_text_quote", "elements": [words("quoted")]},
    {"type": "rich_text_preformatted", "language": "python", "elements": [words("return 1")]},
)


def _button(action_id: str) -> Object:
    return {"type": "button", "action_id": action_id, "text": plain("Go")}


def _card(action_id: str) -> Object:
    return {
        "type": "card",
        "title": plain("Policy"),
        "icon": PICTURE,
        "hero_image": PICTURE,
        "actions": [_button(action_id)],
    }


def _raw(*texts: str) -> list[Object]:
    return [{"type": "raw_text", "text": text} for text in texts]


def data_table(*rows: tuple[str, int]) -> Object:
    body = [[{"type": "raw_text", "text": name}, {"type": "raw_number", "value": value}] for name, value in rows]
    more = {"caption": "Open tickets", "page_size": 2, "row_header_column_index": 0}
    return {"type": "data_table", **more, "rows": [_raw("Team", "Open"), *body]}


def _series(name: str, *values: int) -> Object:
    return {
        "name": name,
        "data": [{"label": day, "value": value} for day, value in zip(("Mon", "Tue"), values, strict=True)],
    }


def _chart(kind: str) -> Object:
    axes = {"categories": ["Mon", "Tue"], "x_label": "Day", "y_label": "Tickets"}
    drawn = {"type": kind, "series": [_series("Billing", 4, 9), _series("Tech", 7, -2)], "axis_config": axes}
    return {"type": "data_visualization", "title": "Tickets", "chart": drawn}


_PIE = {"type": "pie", "segments": [{"label": "Billing", "value": 30}, {"label": "Tech", "value": 10}]}
CHARTS = [_chart("bar"), {"type": "data_visualization", "title": "Share", "chart": _PIE}]
FIGURES = [data_table(("Billing", 4), ("Tech", 12)), _chart("line"), _chart("area")]
_SOURCE = {"type": "url", "url": "https://example.com", "text": "Ticket 17"}
PLAN: Object = {
    "type": "plan",
    "title": "Answering",
    "tasks": [
        {"task_id": "1", "title": "Read", "status": "complete"},
        {
            "task_id": "2",
            "title": "Search",
            "status": "in_progress",
            "details": rich(line(words("Looking for refunds"))),
        },
    ],
}
_SELECTS: list[Object] = [
    {"type": "static_select", "options": OPTIONS},
    {"type": "external_select"},
    {"type": "users_select"},
    {"type": "conversations_select"},
    {"type": "channels_select"},
]
_PICKERS: list[Object] = [
    *_SELECTS,
    *({**select, "type": f"multi_{select['type']}"} for select in _SELECTS),
    {"type": "radio_buttons", "options": OPTIONS},
    {"type": "checkboxes", "options": OPTIONS},
    {"type": "datepicker"},
    {"type": "timepicker"},
    {"type": "datetimepicker"},
    {"type": "overflow", "options": OPTIONS},
    {"type": "workflow_button", "text": plain("Run"), "workflow": {"trigger": {"url": "https://slack.com/x"}}},
]
_THUMB = {"text": plain("Good"), "value": "up"}
_UNDER_AN_ANSWER: list[Object] = [
    {"type": "feedback_buttons", "positive_button": _THUMB, "negative_button": _THUMB},
    {"type": "icon_button", "icon": "trash", "text": plain("Delete")},
]
_INSIDE = {"type": "section", "text": plain("Inside the frame"), "accessory": _button("in-container")}
MESSAGE: list[Object] = [
    {"type": "header", "text": plain("P2 · Charged twice")},
    {"type": "section", "text": mrkdwn("*Team*"), "accessory": PICTURE},
    {"type": "divider"},
    {"type": "context", "elements": [PICTURE, mrkdwn("_small_")]},
    {"type": "actions", "elements": [{**each, "action_id": f"act-{n}"} for n, each in enumerate(_PICKERS)]},
    {
        "type": "context_actions",
        "elements": [{**each, "action_id": f"ca-{n}"} for n, each in enumerate(_UNDER_AN_ANSWER)],
    },
    {"type": "image", "title": plain("Refunds in May"), **{key: PICTURE[key] for key in ("image_url", "alt_text")}},
    {"type": "image", "slack_file": {"id": "F123"}, "alt_text": "A file"},
    {
        "type": "video",
        "title": plain("How to refund"),
        "alt_text": "A tour",
        "thumbnail_url": "https://cdn.example.com/a.png",
        "video_url": VIDEO,
    },
    {"type": "file", "external_id": "report-2026", "source": "remote"},
    RICH,
    {"type": "markdown", "text": "**strong**"},
    {"type": "table", "rows": [_raw("Team"), _raw("Billing")]},
    _card("in-card"),
    {"type": "carousel", "elements": [_card("in-carousel-0"), _card("in-carousel-1")]},
    {
        "type": "container",
        "title": plain("History"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [_INSIDE],
    },
    {"type": "task_card", "task_id": "t", "title": "Reading", "status": "complete", "sources": [_SOURCE]},
    PLAN,
    asked("line", {"type": "plain_text_input"}),
]
INPUTS: list[Object] = [
    asked("mail", {"type": "email_text_input"}),
    asked("address", {"type": "url_text_input"}),
    asked("count", {"type": "number_input", "is_decimal_allowed": True}),
    asked("note", {"type": "rich_text_input"}),
    asked("files", {"type": "file_input"}),
    {"type": "alert", "text": plain("Look out"), "level": "warning"},
]


def types_in(value: Any) -> set[str]:
    """Every `type` that stands somewhere in there."""
    return set(_types(value))


def _types(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value["type"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _types(each)
