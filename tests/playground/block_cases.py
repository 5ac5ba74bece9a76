"""Blocks to build cases from, and blocks that Slack takes."""

from typing import Any

Block = dict[str, Any]


def plain(text: str = "Text") -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Text") -> Block:
    return {"type": "mrkdwn", "text": text}


def button(name: str = "press", **more: object) -> Block:
    return {"type": "button", "action_id": name, "text": plain("Press"), **more}


def option(value: str = "a", text: str = "A", **more: object) -> Block:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Block]:
    return [option(str(n), f"Option {n}") for n in range(count)]


def section(**more: object) -> Block:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def entry(**more: object) -> Block:
    element = {"type": "plain_text_input", "action_id": "text", **more}
    return {"type": "input", "label": plain(), "element": element}


def select(**more: object) -> Block:
    return {"type": "static_select", "action_id": "pick", "options": options(2), **more}


def confirm(**more: object) -> Block:
    asked = {"title": plain(), "text": plain(), "confirm": plain("Yes"), "deny": plain("No"), **more}
    return actions(button(confirm=asked))


def table(*rows: int) -> Block:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * width for width in rows]}


def data_table(*rows: int, text: str = "x") -> Block:
    cells = [[{"type": "raw_text", "text": text}] * width for width in rows]
    return {"type": "data_table", "caption": "Figures", "rows": cells}


def chart(count: int = 1, title: str = "Tickets", label: str = "Mon") -> Block:
    series = [{"name": f"S{n}", "data": [{"label": label, "value": n}]} for n in range(count)]
    bars = {"type": "bar", "series": series, "axis_config": {"categories": [label]}}
    return {"type": "data_visualization", "title": title, "chart": bars}


def pie(*values: float) -> Block:
    segments = [{"label": f"S{n}", "value": value} for n, value in enumerate(values)]
    return {"type": "data_visualization", "title": "Share", "chart": {"type": "pie", "segments": segments}}


def card(**more: object) -> Block:
    return {"type": "card", "title": plain(), **more}


def feedback() -> Block:
    sides = {side: {"text": plain(side), "value": side} for side in ("positive", "negative")}
    buttons = {f"{side}_button": value for side, value in sides.items()}
    return {
        "type": "context_actions",
        "elements": [{"type": "feedback_buttons", "action_id": "rate", **buttons}],
    }


def container(*blocks: Block, **more: object) -> Block:
    return {"type": "container", "title": plain(), "child_blocks": list(blocks), **more}


def video(**more: object) -> Block:
    where = {"thumbnail_url": "https://example.com/a.png", "video_url": "https://example.com/a"}
    return {"type": "video", "title": plain(), "alt_text": "A film", **where, **more}


def task(**more: object) -> Block:
    return {"type": "task_card", "task_id": "1", "title": "Read", **more}


def rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def rich_list(*elements: Block) -> Block:
    return {"type": "rich_text_list", "style": "bullet", "elements": list(elements)}


def words(**more: object) -> Block:
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi", **more}]}


def pick(kind: str, **more: object) -> Block:
    return {"type": kind, "action_id": "pick", **more}


def grouped(*options: Block) -> Block:
    """A select with each option in a group of its own."""
    return pick("static_select", option_groups=[{"label": plain(), "options": [each]} for each in options])


def asked(kind: str, **more: object) -> Block:
    return {"type": "input", "label": plain(), "element": {"type": kind, **more}}


def figure(**more: object) -> Block:
    return asked("number_input", is_decimal_allowed=False, **more)


def image(**more: object) -> Block:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A picture", **more}


def modal(*blocks: Block, **more: object) -> Block:
    return {"type": "modal", "title": plain("Edit"), "blocks": list(blocks) or [section()], **more}


def home(*blocks: Block, **more: object) -> Block:
    return {"type": "home", "blocks": list(blocks), **more}


LONG = {length: "x" * (length + 1) for length in (20, 24, 30, 50, 75, 100, 150, 200, 255, 300, 2000, 3000, 12_000)}

VALID: dict[str, list[Block]] = {
    "a card as the product shows it": [
        {"type": "header", "text": plain("P1 · Outage")},
        section(fields=[mrkdwn("*Customer*\nMaria"), mrkdwn("*Due*\n<!date^1795238455^{time}|10:42>")]),
        {"type": "markdown", "text": "**Draft** with [a link](https://example.com)"},
        {"type": "context", "elements": [mrkdwn("Cited: LB-1013"), image()]},
        actions(
            button("ticket.approve", style="primary", value="7", accessibility_label="Approve the reply"),
            button("ticket.edit", value="7"),
            {"type": "overflow", "action_id": "ticket.more", "options": options(5)},
        ),
        feedback(),
    ],
    "limits reached exactly": [
        section(text=mrkdwn("x" * 3000), fields=[mrkdwn("x" * 2000)] * 10),
        {"type": "header", "text": plain("x" * 150)},
        actions(*(button(f"b{n}", text=plain("x" * 75), value="x" * 2000) for n in range(25))),
        actions(select(options=options(100), placeholder=plain("x" * 150))),
    ],
    "characters are not bytes": [{"type": "header", "text": plain("ü" * 150)}],
    "an initial option that is offered": [actions(select(initial_option=option("1", "Option 1")))],
    "two selects may offer the same values": [actions(select(), select(action_id="other"))],
    "figures": [data_table(3, 3, 3), chart(6), pie(1, 2.5), table(3, 3)],
    "an input with all it may have": [entry(initial_value="x" * 3000, max_length=3000, multiline=True)],
    "rich text": [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "Hi ", "style": {"bold": True}},
                        {"type": "user", "user_id": "U0ANA"},
                        {"type": "link", "url": "https://example.com", "text": "here"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
                },
            ],
        }
    ],
    "cards": [
        card(body=mrkdwn(), actions=[button("a"), button("b")]),
        {"type": "carousel", "elements": [card()]},
    ],
    "dates and people": [
        actions(
            {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-21"},
            {"type": "timepicker", "action_id": "t", "initial_time": "23:59"},
            {"type": "users_select", "action_id": "u", "initial_user": "U0ANA"},
            {"type": "channels_select", "action_id": "c", "initial_channel": "C0TECH"},
        )
    ],
}
