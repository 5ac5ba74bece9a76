"""What stands in the inputs of a form of the policy."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from handlers.slack.unfit import Unfit
from handlers.views.policy_forms import LEAVES
from pipeline.errors import BadPayload

Values = Mapping[str, tuple[str, ...]]  # by block: what was typed, or every option that was chosen


def read_values(view: Mapping[str, Any]) -> Values:
    """Return what stands in a view's inputs. Raises BadPayload."""
    try:
        return {block: _chosen(next(iter(named.values()), {})) for block, named in view["state"]["values"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise BadPayload("This form is not one of mine.") from error


def _chosen(state: Mapping[str, Any]) -> tuple[str, ...]:
    if "selected_options" in state:
        return tuple(str(each["value"]) for each in state["selected_options"] or ())
    chosen = state.get("selected_option") or {}
    one = chosen.get("value") or state.get("selected_user") or state.get("value")
    return (str(one).strip(),) if one and str(one).strip() else ()


def one(values: Values, block: str) -> str:
    return next(iter(values.get(block, ())), "")


def number(values: Values, block: str, example: str) -> float:
    try:
        return float(one(values, block).replace(",", "."))
    except ValueError:
        raise Unfit(block, f"Write a number, such as {example}.") from None


def lines(values: Values, block: str) -> list[JsonValue]:
    return [line.strip() for line in one(values, block).splitlines() if line.strip()]


def kept(typed: str, known: str) -> str:
    """Return what was typed; what merely repeats a known text comes back with the spaces around it."""
    return known if typed == known.strip() else typed


def leaves(values: Values) -> bool:
    """Whether what a form is about shall be taken away."""
    return LEAVES in values.get("leaves", ())
