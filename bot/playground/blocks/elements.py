"""Interactive elements that are pressed or rated, and which elements stand where."""

from bot.playground.blocks.checks import Check, Findings, array, integer, one_of, shape, string
from bot.playground.blocks.composition import (
    CONFIRM,
    ID,
    IMAGE_ELEMENT,
    LINK,
    OVERFLOW_OPTION,
    STYLE,
    URL,
    USER,
    plain,
)
from bot.playground.blocks.options import options
from bot.playground.blocks.pickers import DATETIME, PICKERS
from bot.playground.blocks.typed import TYPED

_COMMON: dict[str, Check] = {"action_id": ID}
_LABEL = string(75)


def _anything(value: object, where: str, found: Findings) -> None:
    """A workflow's own input: any value is one."""


_INPUT_PARAMETERS = array(shape({"name": string(), "value": _anything}, {}), least=0)
_WORKFLOW = shape({"trigger": shape({"url": URL}, {"customizable_input_parameters": _INPUT_PARAMETERS})}, {})
_BUTTON = shape(
    {"text": plain(75)},
    {
        **_COMMON,
        "value": string(2000),
        "url": LINK,
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": _LABEL,
    },
)
_FEEDBACK = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": _LABEL})
_PRESSED: dict[str, Check] = {
    "button": _BUTTON,
    "overflow": shape({"options": options(OVERFLOW_OPTION, 5)}, {**_COMMON, "confirm": CONFIRM}),
    "workflow_button": shape(
        {"text": plain(75), "workflow": _WORKFLOW, "action_id": ID},
        {"style": STYLE, "accessibility_label": _LABEL},
    ),
}

BUTTON: dict[str, Check] = {"button": _BUTTON}
IN_ACTIONS: dict[str, Check] = {**_PRESSED, **PICKERS, **DATETIME}
IN_SECTION: dict[str, Check] = {**_PRESSED, **PICKERS, "image": IMAGE_ELEMENT}
IN_CONTEXT_ACTIONS: dict[str, Check] = {
    "feedback_buttons": shape({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _COMMON),
    "icon_button": shape(
        {"icon": one_of("trash"), "text": plain(75)},
        {
            **_COMMON,
            "value": string(2000),
            "confirm": CONFIRM,
            "accessibility_label": _LABEL,
            "visible_to_user_ids": array(USER, least=0),
        },
    ),
}
IN_INPUT: dict[str, Check] = {**PICKERS, **DATETIME, **TYPED}
IN_MODAL_INPUT: dict[str, Check] = {
    **IN_INPUT,
    "file_input": shape({}, {**_COMMON, "filetypes": array(string()), "max_files": integer(1, 10)}),
}
CONTROLS = (IN_ACTIONS.keys() | IN_MODAL_INPUT.keys() | IN_CONTEXT_ACTIONS.keys()) - {"image"}
"""Types of elements that a person can work."""
