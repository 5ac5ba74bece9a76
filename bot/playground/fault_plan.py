"""Fault plans as they are written: in JSON, in a file, or in words on the command line."""

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from bot.playground.fault import Fault, FaultKind, is_delivery
from bot.playground.wire import Object

DEFAULT_SECONDS = {
    FaultKind.SLOW: 2.0,
    FaultKind.RATELIMITED: 1.0,
    FaultKind.EXECUTE_THEN_TIMEOUT: 30.0,
    FaultKind.LAGGING_LOOKUP: 5.0,
}
ON_DELIVERIES = frozenset(
    {
        FaultKind.SLOW,
        FaultKind.DROP,
        FaultKind.RESET,
        FaultKind.EXECUTE_THEN_TIMEOUT,
        FaultKind.REDELIVERY,
        FaultKind.OK,
    }
)
_FIELDS = {"method", "kind", "probability", "times", "seconds", "script"}
_STEP_FIELDS = {"kind", "seconds"}
_STEP = re.compile(r"(?P<kind>[a-z0-9_]+(:[a-z][a-z0-9_]*)?)(:(?P<probability>[\d.]+))?(@(?P<seconds>[\d.]+))?")
_WORDS = re.compile(_STEP.pattern + r"(\*(?P<times>\d+))?")


class BadPlan(ValueError):
    """This fault plan cannot be followed."""


def read_plan(lines: Iterable[Object]) -> tuple[Fault, ...]:
    """Raises BadPlan with the line's number and what is wrong with it."""
    return tuple(_numbered(number, line) for number, line in enumerate(lines, start=1))


def read_file(path: Path) -> list[Object]:
    """The lines of a JSON file (a list, or an object with `faults`) or a TOML file (`[[faults]]`)."""
    try:
        text = path.read_text(encoding="utf-8")
        held = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (OSError, ValueError) as error:
        raise BadPlan(f"{path}: {error}") from error
    lines = held.get("faults") if isinstance(held, dict) else held
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise BadPlan(f"{path}: expected a list of faults, or an object with `faults`")
    return lines


def read_words(words: str) -> Object:
    """A line from `METHOD=KIND[:CODE][:PROBABILITY][@SECONDS][*TIMES]`, or a script: `METHOD=KIND,KIND,…`."""
    method, equals, rest = words.partition("=")
    if not (method and equals and rest):
        raise BadPlan(f"{words}: expected METHOD=KIND")
    if "," in rest:
        return {"method": method, "script": rest.split(",")}
    found = _WORDS.fullmatch(rest)
    if found is None:
        raise BadPlan(f"{words}: expected METHOD=KIND[:CODE][:PROBABILITY][@SECONDS][*TIMES]")
    return {"method": method, **{name: value for name, value in found.groupdict().items() if value is not None}}


def _numbered(number: int, line: Object) -> Fault:
    try:
        return _read(line)
    except BadPlan as bad:
        raise BadPlan(f"fault {number}: {bad}") from bad


def _read(line: Object) -> Fault:
    _refuse_strange(line, _FIELDS)
    method = str(line.get("method", "*"))
    if script := line.get("script"):
        return _read_script(method, line, script)
    return _fault(method, str(line.get("kind", "")), line)


def _read_script(method: str, line: Object, steps: object) -> Fault:
    if not isinstance(steps, list) or line.keys() - {"method", "script"}:
        raise BadPlan("a script is a list of steps and stands with `method` alone")
    return Fault(method, FaultKind.OK, script=tuple(_read_step(method, step) for step in steps))


def _read_step(method: str, step: object) -> Fault:
    """`"error500"`, `"slow@2"`, or `{"kind": "slow", "seconds": 2}`."""
    if isinstance(step, str) and (found := _STEP.fullmatch(step)) and not found["probability"]:
        step = {"kind": found["kind"], "seconds": found["seconds"]}
    if not isinstance(step, dict):
        raise BadPlan(f"expected a step such as error500 or slow@2: {step}")
    _refuse_strange(step, _STEP_FIELDS)
    return _fault(method, str(step.get("kind", "")), step)


def _fault(method: str, named: str, line: Object) -> Fault:
    name, _, code = named.partition(":")
    if name not in set(FaultKind) or (name == FaultKind.ERROR) is not bool(code):
        raise BadPlan(f"unknown kind of fault: {named}. Known: {', '.join(FaultKind)} (error:CODE)")
    kind = FaultKind(name)
    _refuse_misplaced(method, kind)
    probability = _number(line, "probability", 1.0)
    if not 0 <= probability <= 1:
        raise BadPlan(f"probability must be between 0 and 1: {probability}")
    times = line.get("times")
    return Fault(
        method=method,
        kind=kind,
        code=code,
        probability=probability,
        times=None if times is None else int(_number(line, "times", 0)),
        seconds=_number(line, "seconds", 0.0) or DEFAULT_SECONDS.get(kind, 0.0),
    )


def _refuse_misplaced(method: str, kind: FaultKind) -> None:
    if is_delivery(method) and kind not in ON_DELIVERIES:
        raise BadPlan(f"{kind} befalls requests, and {method} is a delivery. Known: {', '.join(sorted(ON_DELIVERIES))}")
    if not is_delivery(method) and kind is FaultKind.REDELIVERY:
        raise BadPlan(f'redelivery befalls deliveries such as "event message" or "delivery *", and not {method}')


def _number(line: Object, name: str, default: float) -> float:
    value = line.get(name)
    try:
        number = default if value is None else float(value)
    except (TypeError, ValueError):
        raise BadPlan(f"{name} must be a number: {value}") from None
    if number < 0:
        raise BadPlan(f"{name} must not be negative: {value}")
    return number


def _refuse_strange(line: Object, known: set[str]) -> None:
    if strange := sorted(line.keys() - known):
        raise BadPlan(f"unknown field {', '.join(strange)}. Known: {', '.join(sorted(known))}")
