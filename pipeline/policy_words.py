"""What a change to the policy says, in a line for each step of it."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from pipeline.policy_change import PolicyChange, Step

LONGEST = 80  # characters of a value


def told(change: PolicyChange) -> tuple[str, ...]:
    """Return what a change did, in plain text: whose place, what it was, what it is."""
    if change.undoes is not None:
        return (f"took back change {change.undoes}",)
    return tuple(map(_told, change.steps))


def _told(step: Step) -> str:
    place = " › ".join(step.path)
    if step.gone:
        return f"{place}: removed"
    if step.was is None:
        return f"{place}: {_value(step.value)} (new)" if not isinstance(step.value, Mapping) else f"{place}: new"
    if isinstance(step.value, Mapping) and isinstance(step.was, Mapping):
        changed = [name for name in step.value if step.value[name] != step.was.get(name)]
        return f"{place}: {', '.join(changed)} changed"
    return f"{place}: {_value(step.was)} → {_value(step.value)}"


def _value(value: JsonValue) -> str:
    match value:
        case bool():
            said = "yes" if value else "no"
        case str():
            said = value or "nothing"
        case list():
            said = ", ".join(_value(each) for each in value) or "nothing"
        case _:
            said = json.dumps(value, ensure_ascii=False)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
