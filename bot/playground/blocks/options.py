"""Lists of options: their values differ, and what is chosen at first is among them."""

from collections.abc import Iterator

from bot.playground.blocks.checks import Check, Findings, array, shape
from bot.playground.blocks.composition import OPTION, plain
from bot.playground.wire import Object


def options(option: Check, most: int) -> Check:
    """A list of options whose values differ."""
    shaped = array(option, most)

    def check(value: object, where: str, found: Findings) -> None:
        shaped(value, where, found)
        _distinct(_placed(value, where), found)

    return check


def option_groups(value: object, where: str, found: Findings) -> None:
    """Groups of options whose values differ, within a group and across them."""
    _GROUPS(value, where, found)
    groups = value if isinstance(value, list) else []
    placed = [_placed(group.get("options"), f"{where}/{n}/options") for n, group in enumerate(_objects(groups))]
    _distinct((option for group in placed for option in group), found)


def initial_among_options(element: Object, where: str, found: Findings) -> None:
    """What is chosen at first must be on offer, exactly as it is offered."""
    offered = [*element.get("options", [])]
    for group in element.get("option_groups", []):
        offered += group["options"]
    name = "initial_option" if "initial_option" in element else "initial_options"
    chosen = element.get(name, [])
    if any(_same(choice) not in map(_same, offered) for choice in (chosen if isinstance(chosen, list) else [chosen])):
        found.add("initial option(s) must match one of the options provided", f"{where}/{name}")


_GROUPS = array(shape({"label": plain(75), "options": array(OPTION, 100)}, {}), 100)


def _objects(values: list[object]) -> list[Object]:
    return [each if isinstance(each, dict) else {} for each in values]


def _placed(values: object, where: str) -> Iterator[tuple[str, Object]]:
    """Each option with its place."""
    for position, option in enumerate(_objects(values) if isinstance(values, list) else []):
        yield f"{where}/{position}", option


def _distinct(placed: Iterator[tuple[str, Object]], found: Findings) -> None:
    seen: set[str] = set()
    for where, option in placed:
        value = option.get("value")
        if isinstance(value, str) and value in seen:
            found.add(f"option value `{value}` is not unique", f"{where}/value")
        elif isinstance(value, str):
            seen.add(value)


def _same(option: Object) -> tuple[object, object]:
    return option["value"], option["text"]["text"]
