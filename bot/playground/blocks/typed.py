"""Elements in which one types: text, addresses, numbers."""

from bot.playground.blocks.checks import Check, Findings, array, boolean, integer, matching, one_of, shape, string
from bot.playground.blocks.composition import ID, PLACEHOLDER
from bot.playground.blocks.rich_text import RICH_TEXT
from bot.playground.wire import Object

LONGEST = 3000

_DISPATCH = shape(
    {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2, distinct=True)}, {}
)
_COMMON: dict[str, Check] = {
    "action_id": ID,
    "placeholder": PLACEHOLDER,
    "focus_on_load": boolean,
    "dispatch_action_config": _DISPATCH,
}
_TEXT = string(LONGEST, 0)
_NUMERAL = matching(r"-?\d+(\.\d+)?", "number")


def _fitting_value(element: Object, where: str, found: Findings) -> None:
    """A prefilled text must itself be allowed, else the form opens broken."""
    longest = element.get("max_length", LONGEST)
    if len(element.get("initial_value", "")) > longest:
        found.add(f"must be less than {longest + 1} characters", f"{where}/initial_value")
    if element.get("min_length", 0) > longest:
        found.add("must not be more than max_length", f"{where}/min_length")


def _fitting_bounds(element: Object, where: str, found: Findings) -> None:
    """The least is no more than the most, and whole where decimals are not allowed."""
    if float(element.get("min_value", "-inf")) > float(element.get("max_value", "inf")):
        found.add("must not be more than max_value", f"{where}/min_value")
    for name in ("initial_value", "min_value", "max_value"):
        if not element["is_decimal_allowed"] and not float(element.get(name, "0")).is_integer():
            found.add("must be an integer", f"{where}/{name}")


TYPED: dict[str, Check] = {
    "plain_text_input": shape(
        {},
        {
            **_COMMON,
            "initial_value": _TEXT,
            "multiline": boolean,
            "min_length": integer(0, LONGEST),
            "max_length": integer(1, LONGEST),
        },
        _fitting_value,
    ),
    "email_text_input": shape({}, {**_COMMON, "initial_value": _TEXT}),
    "url_text_input": shape({}, {**_COMMON, "initial_value": _TEXT}),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        {**_COMMON, "initial_value": _NUMERAL, "min_value": _NUMERAL, "max_value": _NUMERAL},
        _fitting_bounds,
    ),
    "rich_text_input": shape({"action_id": ID}, {**_COMMON, "initial_value": RICH_TEXT}),
}
