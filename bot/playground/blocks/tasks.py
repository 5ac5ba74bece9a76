"""Blocks that show what an agent is doing: single tasks, and plans of several."""

from bot.playground.blocks.checks import Check, Findings, array, by_type, one_of, shape, string
from bot.playground.blocks.composition import ID, URL, plain
from bot.playground.blocks.rich_text import RICH_TEXT

_BLOCK: dict[str, Check] = {"block_id": ID}
_SOURCE = by_type({"url": shape({"url": URL, "text": string()}, {})})
_REQUIRED: dict[str, Check] = {"task_id": string(), "title": string()}
_OPTIONAL: dict[str, Check] = {
    **_BLOCK,
    "details": RICH_TEXT,
    "output": RICH_TEXT,
    "sources": array(_SOURCE, least=0),
    "status": one_of("pending", "in_progress", "complete", "error"),
}
_INLINE = shape(_REQUIRED, {**_OPTIONAL, "type": one_of("task_card")})
_BARE_TITLE, _TITLE_OBJECT = string(), plain(3000)


def _plan_title(value: object, where: str, found: Findings) -> None:
    """A string, or a plain_text object."""
    (_TITLE_OBJECT if isinstance(value, dict) else _BARE_TITLE)(value, where, found)


TASK_CARD = shape(_REQUIRED, _OPTIONAL)
PLAN = shape({"title": _plan_title}, {**_BLOCK, "tasks": array(_INLINE, least=0)})
