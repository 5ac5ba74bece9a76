"""Every block, by its type, and which of them each surface takes.

Where a block may stand follows the list of blocks in Slack's reference (docs.slack.dev/blocks.json).
"""

from bot.playground.blocks.checks import (
    Check,
    Findings,
    array,
    at_least_one,
    boolean,
    by_type,
    integer,
    one_of,
    shape,
    string,
)
from bot.playground.blocks.composition import (
    HTTPS,
    ID,
    IMAGE,
    IMAGE_BLOCK,
    IMAGE_ELEMENT,
    URL,
    plain,
    text,
    texts,
)
from bot.playground.blocks.data import DATA_TABLE, DATA_VISUALIZATION, TABLE
from bot.playground.blocks.elements import (
    BUTTON,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_MODAL_INPUT,
    IN_SECTION,
)
from bot.playground.blocks.rich_text import RICH_TEXT, RICH_TEXT_BLOCK
from bot.playground.blocks.tasks import PLAN, TASK_CARD
from bot.playground.wire import Object

_BLOCK: dict[str, Check] = {"block_id": ID}
_LONGEST_ALERT = 200


def _no_dispatch_for_files(block: Object, where: str, found: Findings) -> None:
    if block["element"]["type"] == "file_input" and block.get("dispatch_action"):
        found.add("dispatch_action is not supported for file_input", f"{where}/dispatch_action")


def _collapsed_only_if_collapsible(block: Object, where: str, found: Findings) -> None:
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        found.add("default_collapsed needs is_collapsible", f"{where}/default_collapsed")


def _input(elements: dict[str, Check]) -> Check:
    return shape(
        {"label": plain(2000), "element": by_type(elements)},
        {**_BLOCK, "dispatch_action": boolean, "hint": plain(2000), "optional": boolean},
        _no_dispatch_for_files,
    )


_EVERYWHERE: dict[str, Check] = {
    "actions": shape({"elements": array(by_type(IN_ACTIONS), 25)}, _BLOCK),
    "context": shape({"elements": array(by_type({**texts(3000), "image": IMAGE_ELEMENT}), 10)}, _BLOCK),
    "divider": shape({}, _BLOCK),
    "header": shape({"text": plain(150)}, {**_BLOCK, "level": integer(1, 4)}),
    "image": IMAGE_BLOCK,
    "input": _input(IN_INPUT),
    "rich_text": RICH_TEXT_BLOCK,
    "section": shape(
        {},
        {
            **_BLOCK,
            "text": text(3000),
            "fields": array(text(2000), 10),
            "accessory": by_type(IN_SECTION),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "video": shape(
        {"alt_text": string(), "title": plain(199), "thumbnail_url": URL, "video_url": HTTPS},
        {
            **_BLOCK,
            "author_name": string(49, 0),
            "description": plain(199),
            "provider_icon_url": URL,
            "provider_name": string(),
            "title_url": HTTPS,
        },
    ),
}
_FILE: dict[str, Check] = {"file": shape({"external_id": string(), "source": one_of("remote")}, _BLOCK)}
_CARD: dict[str, Check] = {
    "card": shape(
        {},
        {
            **_BLOCK,
            "hero_image": IMAGE,
            "icon": IMAGE,
            "title": text(150),
            "subtitle": text(150),
            "body": text(200),
            "actions": array(by_type(BUTTON), 2),
        },
        at_least_one("hero_image", "title", "actions", "body"),
    )
}
_CAROUSEL: dict[str, Check] = {"carousel": shape({"elements": array(by_type(_CARD), 10)}, _BLOCK)}
_CONTAINER = shape(
    {"child_blocks": array(by_type({**_EVERYWHERE, **_FILE, "table": TABLE}), 10)},
    {
        **_BLOCK,
        "title": plain(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "icon": IMAGE,
        "width": one_of("narrow", "standard", "wide", "full"),
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    at_least_one("title", "rich_text_title"),
    _collapsed_only_if_collapsible,
)

IN_MESSAGE: dict[str, Check] = {
    **_EVERYWHERE,
    **_FILE,
    **_CARD,
    **_CAROUSEL,
    "container": _CONTAINER,
    "context_actions": shape({"elements": array(by_type(IN_CONTEXT_ACTIONS), 5)}, _BLOCK),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": shape({"text": string(12_000)}, _BLOCK),
    "plan": PLAN,
    "table": TABLE,
    "task_card": TASK_CARD,
}
IN_HOME: dict[str, Check] = {**_EVERYWHERE, **_CARD, **_CAROUSEL, "data_table": DATA_TABLE, "table": TABLE}
IN_MODAL: dict[str, Check] = {
    **_EVERYWHERE,
    **_CARD,
    "alert": shape(
        {"text": text(_LONGEST_ALERT)},
        {**_BLOCK, "level": one_of("default", "info", "warning", "error", "success")},
    ),
    "input": _input(IN_MODAL_INPUT),
}
