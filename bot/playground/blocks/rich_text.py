"""Rich text: sections, lists, quotes and what stands in them."""

from bot.playground.blocks.checks import (
    Check,
    array,
    boolean,
    by_type,
    integer,
    matching,
    one_of,
    shape,
    string,
)
from bot.playground.blocks.composition import CHANNEL, ID, URL, USER

_STYLE = shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"), boolean
    ),
    least=1,
)
_STYLED = {"style": _STYLE}
_BORDER = one_of(0, 1)

_LEAVES: dict[str, Check] = {
    "text": shape({"text": string(shortest=0)}, _STYLED),
    "link": shape({"url": URL}, {"text": string(shortest=0), "unsafe": boolean, **_STYLED}),
    "user": shape({"user_id": USER}, _STYLED),
    "usergroup": shape({"usergroup_id": matching(r"S[A-Z0-9]+", "user group id")}, _STYLED),
    "channel": shape({"channel_id": CHANNEL}, _STYLED),
    "emoji": shape({"name": string()}, {"skin_tone": integer(1, 6), "unicode": string(), **_STYLED}),
    "team": shape({"team_id": matching(r"T[A-Z0-9]+", "team id")}, _STYLED),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
    "color": shape({"value": matching(r"#?[0-9a-fA-F]{6}", "colour")}, _STYLED),
    "date": shape(
        {"timestamp": integer(0), "format": string()},
        {"url": URL, "fallback": string(shortest=0), **_STYLED},
    ),
}
_INLINE = array(by_type(_LEAVES), least=0)
_SECTION = shape({"elements": _INLINE}, {})

CONTAINERS = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": shape(
            {
                "style": one_of("bullet", "ordered"),
                "elements": array(by_type({"rich_text_section": _SECTION})),
            },
            {"indent": integer(0), "offset": integer(0), "border": _BORDER},
        ),
        "rich_text_preformatted": shape({"elements": _INLINE}, {"border": _BORDER, "language": string()}),
        "rich_text_quote": shape({"elements": _INLINE}, {"border": _BORDER}),
    }
)
RICH_TEXT_BLOCK = shape({"elements": array(CONTAINERS, least=0)}, {"block_id": ID})
RICH_TEXT = by_type({"rich_text": RICH_TEXT_BLOCK})
RICH_TEXT_CELL = shape({"elements": array(CONTAINERS, least=0)}, {})
