"""The parts that blocks are made of: texts, options, confirm dialogs, pictures."""

from bot.playground.blocks.checks import (
    Check,
    boolean,
    by_type,
    exactly_one,
    matching,
    one_of,
    shape,
    string,
)

ID = string(255)
STYLE = one_of("primary", "danger")
_URL = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"
URL = matching(_URL, "URL")
LINK = matching(_URL, "URL", 3000)
HTTPS = matching(r"https://\S+", "https URL")
USER = matching(r"[UW][A-Z0-9]+", "user id")
CHANNEL = matching(r"[CG][A-Z0-9]+", "channel id")


def _plain(longest: int) -> Check:
    return shape({"text": string(longest)}, {"emoji": boolean})


def _mrkdwn(longest: int) -> Check:
    return shape({"text": string(longest)}, {"verbatim": boolean})


def plain(longest: int) -> Check:
    """A plain_text object."""
    return by_type({"plain_text": _plain(longest)})


def texts(longest: int) -> dict[str, Check]:
    """Both kinds of text object, by type."""
    return {"plain_text": _plain(longest), "mrkdwn": _mrkdwn(longest)}


def text(longest: int) -> Check:
    """A plain_text or mrkdwn object."""
    return by_type(texts(longest))


PLACEHOLDER = plain(150)
CONFIRM = shape({"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, {"style": STYLE})
OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
OVERFLOW_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": LINK})
RICH_OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})

_SLACK_FILE = shape({}, {"id": string(), "url": URL}, exactly_one("id", "url"))
IMAGE_ELEMENT = shape(
    {"alt_text": string(2000)},
    {"image_url": LINK, "slack_file": _SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
IMAGE = by_type({"image": IMAGE_ELEMENT})
IMAGE_BLOCK = shape(
    {"alt_text": string(2000)},
    {"block_id": ID, "title": plain(2000), "image_url": LINK, "slack_file": _SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
