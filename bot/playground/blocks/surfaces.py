"""Whole messages and views: how many blocks, and which."""

from enum import StrEnum

from bot.playground.blocks.checks import Check, Findings, array, boolean, by_type, shape, string
from bot.playground.blocks.composition import plain
from bot.playground.blocks.kinds import IN_HOME, IN_MESSAGE, IN_MODAL
from bot.playground.blocks.together import check_together
from bot.playground.wire import Object


class Surface(StrEnum):
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


MOST_BLOCKS = {Surface.MESSAGE: 50, Surface.MODAL: 100, Surface.HOME: 100}

_KINDS = {
    Surface.MESSAGE: by_type(IN_MESSAGE),
    Surface.MODAL: by_type(IN_MODAL),
    Surface.HOME: by_type(IN_HOME),
}
_NAMED: dict[str, Check] = {
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
    "private_metadata": string(3000, 0),
}


def check_blocks(blocks: object, surface: Surface, where: str = "/blocks") -> list[str]:
    """What is wrong with these blocks, as Slack would say it; empty when nothing is."""
    found = Findings()
    _check_list(surface)(blocks, where, found)
    check_together(blocks, where, found, in_view=surface is not Surface.MESSAGE, in_modal=surface is Surface.MODAL)
    return found.messages


def check_view(view: object) -> list[str]:
    """What is wrong with a modal or a Home."""
    found = Findings()
    by_type({"modal": _MODAL, "home": _HOME})(view, "/view", found)
    if isinstance(view, dict):
        in_modal = view.get("type") == Surface.MODAL
        check_together(view.get("blocks"), "/view/blocks", found, in_view=True, in_modal=in_modal)
    return found.messages


def _check_list(surface: Surface) -> Check:
    return array(_KINDS[surface], MOST_BLOCKS[surface], 0 if surface is Surface.MESSAGE else 1)


def _submit_with_inputs(view: Object, where: str, found: Findings) -> None:
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
        found.add("missing required field: submit, for there are input blocks", where)


_MODAL = shape(
    {"title": plain(24), "blocks": _check_list(Surface.MODAL)},
    {
        **_NAMED,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
    _submit_with_inputs,
)
_HOME = shape({"blocks": _check_list(Surface.HOME)}, _NAMED)
