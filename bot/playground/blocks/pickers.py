"""Elements in which one chooses: checkboxes, selects, dates, people, channels."""

from bot.playground.blocks.checks import Check, array, boolean, exactly_one, integer, matching, one_of, shape, string
from bot.playground.blocks.composition import CHANNEL, CONFIRM, ID, OPTION, PLACEHOLDER, RICH_OPTION, USER
from bot.playground.blocks.options import initial_among_options, option_groups, options

_CHOICE: dict[str, Check] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
_SELECT: dict[str, Check] = {**_CHOICE, "placeholder": PLACEHOLDER}
_MULTI: dict[str, Check] = {**_SELECT, "max_selected_items": integer(1)}
_OFFERED: dict[str, Check] = {"options": options(OPTION, 100), "option_groups": option_groups}
_SEARCHED: dict[str, Check] = {"min_query_length": integer(0)}
_FILTER = shape(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), distinct=True),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    least=1,
)
_CONVERSATIONS: dict[str, Check] = {"default_to_current_conversation": boolean, "filter": _FILTER}
_DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "date")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "time")
_NAME = string()

PICKERS: dict[str, Check] = {
    "checkboxes": shape(
        {"options": options(RICH_OPTION, 10)},
        {**_CHOICE, "initial_options": array(RICH_OPTION)},
        initial_among_options,
    ),
    "radio_buttons": shape(
        {"options": options(RICH_OPTION, 10)},
        {**_CHOICE, "initial_option": RICH_OPTION},
        initial_among_options,
    ),
    "datepicker": shape({}, {**_SELECT, "initial_date": _DATE}),
    "timepicker": shape({}, {**_SELECT, "initial_time": _TIME, "timezone": _NAME}),
    "static_select": shape(
        {},
        {**_SELECT, **_OFFERED, "initial_option": OPTION},
        exactly_one("options", "option_groups"),
        initial_among_options,
    ),
    "multi_static_select": shape(
        {},
        {**_MULTI, **_OFFERED, "initial_options": array(OPTION)},
        exactly_one("options", "option_groups"),
        initial_among_options,
    ),
    "external_select": shape({}, {**_SELECT, **_SEARCHED, "initial_option": OPTION}),
    "multi_external_select": shape({}, {**_MULTI, **_SEARCHED, "initial_options": array(OPTION)}),
    "users_select": shape({}, {**_SELECT, "initial_user": USER}),
    "multi_users_select": shape({}, {**_MULTI, "initial_users": array(USER)}),
    "channels_select": shape({}, {**_SELECT, "initial_channel": CHANNEL, "response_url_enabled": boolean}),
    "multi_channels_select": shape({}, {**_MULTI, "initial_channels": array(CHANNEL)}),
    "conversations_select": shape(
        {}, {**_SELECT, **_CONVERSATIONS, "initial_conversation": _NAME, "response_url_enabled": boolean}
    ),
    "multi_conversations_select": shape({}, {**_MULTI, **_CONVERSATIONS, "initial_conversations": array(_NAME)}),
}
DATETIME: dict[str, Check] = {
    "datetimepicker": shape({}, {**_CHOICE, "initial_date_time": integer(0, 9_999_999_999)}),
}
