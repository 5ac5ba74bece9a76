"""Small checks that combine into the shape of a block; each reports what it finds, where."""

import json
import math
import re
from collections.abc import Callable, Mapping

from bot.playground.wire import Object


class Findings:
    """What is wrong with a payload, in Slack's words with a JSON pointer."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def add(self, complaint: str, where: str) -> None:
        self.messages.append(f"{complaint} [json-pointer:{where}]")


Check = Callable[[object, str, Findings], None]
Rule = Callable[[Object, str, Findings], None]
"""What a shape alone cannot say; runs only when the shape is right."""


def string(longest: int | None = None, shortest: int = 1) -> Check:
    """A string; lengths in characters (code points)."""

    def check(value: object, where: str, found: Findings) -> None:
        if not isinstance(value, str):
            found.add("must be a string", where)
        elif len(value) < shortest:
            found.add(f"must be more than {shortest - 1} characters", where)
        elif longest is not None and len(value) > longest:
            found.add(f"must be less than {longest + 1} characters", where)

    return check


def matching(pattern: str, what: str, longest: int | None = None) -> Check:
    compiled, length = re.compile(pattern, re.ASCII), string(longest)

    def check(value: object, where: str, found: Findings) -> None:
        before = len(found.messages)
        length(value, where, found)
        if len(found.messages) == before and not compiled.fullmatch(str(value)):
            found.add(f"must be a valid {what}", where)

    return check


def integer(lowest: int, highest: int | None = None) -> Check:
    """A whole number, written with or without a decimal point."""

    def check(value: object, where: str, found: Findings) -> None:
        if isinstance(value, bool) or not (isinstance(value, int) or (isinstance(value, float) and value.is_integer())):
            found.add("must be an integer", where)
        elif value < lowest:
            found.add(f"must be more than {lowest - 1}", where)
        elif highest is not None and value > highest:
            found.add(f"must be less than {highest + 1}", where)

    return check


def number(above: float | None = None) -> Check:
    def check(value: object, where: str, found: Findings) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            found.add("must be a number", where)
        elif above is not None and value <= above:
            found.add(f"must be more than {above}", where)

    return check


def boolean(value: object, where: str, found: Findings) -> None:
    if not isinstance(value, bool):
        found.add("must be a boolean", where)


def one_of(*allowed: str | int) -> Check:
    """One of these values; `true` is not 1."""

    def check(value: object, where: str, found: Findings) -> None:
        if isinstance(value, bool) or value not in allowed:
            found.add(f"must be one of {', '.join(map(str, allowed))}", where)

    return check


def array(item: Check, most: int | None = None, least: int = 1, *, distinct: bool = False) -> Check:
    def check(value: object, where: str, found: Findings) -> None:
        if not isinstance(value, list):
            found.add("must be an array", where)
            return
        if most is not None and len(value) > most:
            found.add(f"no more than {most} items allowed", where)
        if len(value) < least:
            found.add(f"no fewer than {least} items allowed", where)
        if distinct and len({json.dumps(each, sort_keys=True) for each in value}) < len(value):
            found.add("all items must be unique", where)
        for position, each in enumerate(value[:most]):
            item(each, f"{where}/{position}", found)

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Rule, least: int = 0) -> Check:
    """An object with these fields and no others, `least` of them at the least."""
    known = {**optional, **required}

    def check(value: object, where: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.add("must be an object", where)
            return
        before = len(found.messages)
        if len(value) < least:
            found.add(f"no fewer than {least} properties allowed", where)
        _check_fields(value, where, found, required, known)
        if len(found.messages) == before:
            for rule in rules:
                rule(value, where, found)

    return check


def _check_fields(
    value: Object, where: str, found: Findings, required: Mapping[str, Check], known: Mapping[str, Check]
) -> None:
    for name in sorted(required.keys() - value.keys()):
        found.add(f"missing required field: {name}", where)
    for name, field in value.items():
        if name in known:
            known[name](field, f"{where}/{name}", found)
        else:
            found.add(f"invalid additional property: {name}", where)


def by_type(kinds: Mapping[str, Check]) -> Check:
    """Whichever of these the object's `type` names; the chosen check sees the fields beside it."""

    def check(value: object, where: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.add("must be an object", where)
        elif "type" not in value:
            found.add("missing required field: type", where)
        elif not isinstance(value["type"], str) or value["type"] not in kinds:
            found.add(f"unsupported type: {value['type']}", where)
        else:
            beside = {name: field for name, field in value.items() if name != "type"}
            kinds[value["type"]](beside, where, found)

    return check


def exactly_one(*names: str) -> Rule:
    def rule(value: Object, where: str, found: Findings) -> None:
        if sum(name in value for name in names) != 1:
            found.add(f"must have exactly one of: {', '.join(names)}", where)

    return rule


def at_least_one(*names: str) -> Rule:
    def rule(value: Object, where: str, found: Findings) -> None:
        if not any(name in value for name in names):
            found.add(f"must have at least one of: {', '.join(names)}", where)

    return rule
