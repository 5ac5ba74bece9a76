"""What must hold among all blocks of one surface: unique names, and how many of a kind."""

from collections.abc import Iterable, Iterator

from bot.playground.blocks.checks import Findings
from bot.playground.blocks.elements import CONTROLS
from bot.playground.wire import Object

LONGEST_MARKDOWN = 12_000
MOST_OF_A_KIND = {"table": 1, "data_visualization": 2, "plan": 1}

_NESTS = ("elements", "element", "accessory", "actions", "child_blocks", "tasks")
_DEEPEST = 8
"""Levels of lists and objects. No shape that is allowed goes so deep, and what is hostile could go on for ever."""
Placed = tuple[str, Object]
"""A JSON pointer, and the object there."""


def controls(value: object) -> Iterator[Object]:
    """Every element that a person can work, however deep it stands."""
    return (each for _, each in _placed(value, "") if _kind(each) in CONTROLS)


def holders(blocks: Iterable[Object]) -> Iterator[Object]:
    """The blocks by whose names their controls go: those inside a container rather than the container."""
    for block in blocks:
        if _kind(block) == "container":
            yield from block["child_blocks"]
        else:
            yield block


def check_together(blocks: object, where: str, found: Findings, *, in_view: bool, in_modal: bool) -> None:
    placed = list(_placed(blocks, where))
    _distinct(placed, "block_id", found)
    _distinct([(here, each) for here, each in placed if _kind(each) in CONTROLS], "action_id", found)
    _check_counts(placed, found)
    _check_markdown(placed, found)
    _check_response_urls(placed, found, in_modal=in_modal)
    if in_view:
        _check_focus(placed, found)


def _placed(value: object, where: str, deep: int = 0) -> Iterator[Placed]:
    """Blocks and what is nested in them, in reading order; half-made ones too."""
    if deep == _DEEPEST:
        return
    if isinstance(value, list):
        for position, each in enumerate(value):
            yield from _placed(each, f"{where}/{position}", deep + 1)
    elif isinstance(value, dict):
        yield where, value
        for name in _NESTS:
            yield from _placed(value.get(name), f"{where}/{name}", deep + 1)


def _kind(value: Object) -> str:
    kind = value.get("type")
    return kind if isinstance(kind, str) else ""


def _distinct(placed: Iterable[Placed], name: str, found: Findings) -> None:
    seen: set[str] = set()
    for where, each in placed:
        value = each.get(name)
        if isinstance(value, str) and value in seen:
            found.add(f"{name} `{value}` already exists", f"{where}/{name}")
        elif isinstance(value, str):
            seen.add(value)


def _check_counts(placed: list[Placed], found: Findings) -> None:
    for kind, most in MOST_OF_A_KIND.items():
        places = [where for where, each in placed if _kind(each) == kind]
        for where in places[most:]:
            found.add(f"no more than {most} {kind} block(s) allowed", where)


def _check_markdown(placed: list[Placed], found: Findings) -> None:
    total = 0
    for where, each in placed:
        text = each.get("text") if _kind(each) == "markdown" else None
        total += len(text) if isinstance(text, str) else 0
        if text and total > LONGEST_MARKDOWN:
            found.add(f"markdown blocks must be less than {LONGEST_MARKDOWN + 1} characters together", f"{where}/text")


def _check_response_urls(placed: list[Placed], found: Findings, *, in_modal: bool) -> None:
    """Only a menu in an input of a modal can lead to a response_url."""
    for where, each in placed:
        allowed = in_modal and where.endswith("/element")
        if each.get("response_url_enabled") is True and not allowed:
            found.add("only allowed in input blocks of modals", f"{where}/response_url_enabled")


def _check_focus(placed: list[Placed], found: Findings) -> None:
    places = [where for where, each in placed if each.get("focus_on_load") is True]
    for where in places[1:]:
        found.add("only one element may have focus_on_load", f"{where}/focus_on_load")
