"""chat.unfurl: what stands under a link that a person posted."""

from urllib.parse import urlsplit

from bot.playground.methods.call import Call, Method
from bot.playground.methods.content import read_attachment, read_blocks
from bot.playground.methods.metadata import read_entities
from bot.playground.shown import by_bot
from bot.playground.wire import Object, Refusal

SOURCES = ("composer", "conversations_history")


def unfurl(call: Call) -> Object:
    """Attachments under the message by its links, and work objects; or an invitation to sign in."""
    message = _message(call)
    unfurls, entities = _unfurls(call), _entities(call)
    if not unfurls and not entities and not _asks_to_sign_in(call):
        raise Refusal("missing_unfurls")
    for url in [*unfurls, *(str(entity.get("app_unfurl_url", entity["url"])) for entity in entities)]:
        _refuse_stranger(call, message, url)
    if _asks_to_sign_in(call):
        _invite(call, message)
    changes: Object = {"attachments": _attachments(call, message, unfurls)} if unfurls else {}
    if entities:
        changes["work_objects"] = entities
    if changes:
        call.playground.messages.change(message["channel"], message["ts"], **changes)
    return {}


def _message(call: Call) -> Object:
    """By channel and timestamp, or by the id and source of the event that told of the links."""
    if call.arguments.values.keys() & {"unfurl_id", "source"}:
        channel_id, ts = _offered(call)
    else:
        channel_id, ts = _placed(call)
    try:
        return call.playground.messages.find(channel_id, ts)
    except Refusal:
        raise Refusal("cannot_find_message") from None


def _placed(call: Call) -> tuple[str, str]:
    for name in ("channel", "ts"):
        if name not in call.arguments:
            raise Refusal(f"missing_{name}")
    try:
        return call.channel().id, call.arguments.text("ts")
    except Refusal:
        raise Refusal("cannot_find_channel") from None


def _offered(call: Call) -> tuple[str, str]:
    for name in ("unfurl_id", "source"):
        if name not in call.arguments:
            raise Refusal(f"missing_{name}")
    if call.arguments.text("source") not in SOURCES:
        raise Refusal("invalid_source")
    return call.playground.unfurls.find(call.arguments.text("unfurl_id"))


def _unfurls(call: Call) -> Object:
    unfurls = call.arguments.json("unfurls", "invalid_unfurls_format")
    if unfurls is None:
        return {}
    if not isinstance(unfurls, dict):
        raise Refusal("invalid_unfurls_format")
    if not all(isinstance(unfurled, dict) for unfurled in unfurls.values()):
        raise Refusal("cannot_parse_attachment")
    return unfurls


def _entities(call: Call) -> list[Object]:
    metadata = call.arguments.json("metadata", "invalid_metadata_format")
    if metadata is None:
        return []
    if not isinstance(metadata, dict):
        raise Refusal("invalid_metadata_format")
    return read_entities(metadata.get("entities"), "invalid_metadata_format")


def _refuse_stranger(call: Call, message: Object, url: str) -> None:
    """Only links in the message, and only of domains that the app's manifest names."""
    if (urlsplit(url).hostname or "") not in call.playground.link_domains:
        raise Refusal("cannot_unfurl_url")
    if url not in message.get("text", ""):
        raise Refusal("cannot_unfurl_message")


def _attachments(call: Call, message: Object, unfurls: Object) -> list[Object]:
    """Those of other links stay; a link that is unfolded again gets the new one."""
    kept = [each for each in message.get("attachments", []) if each.get("from_url") not in unfurls]
    return kept + [_attachment(call, *each, number) for number, each in enumerate(unfurls.items(), len(kept) + 1)]


def _attachment(call: Call, url: str, unfurled: Object, number: int) -> Object:
    marked = {"from_url": url, "original_url": url, "app_unfurl_url": url, "is_app_unfurl": True}
    try:
        return {**read_attachment(call, unfurled, number), **marked, "bot_id": call.playground.team.bot_id}
    except Refusal:
        raise Refusal("cannot_parse_attachment") from None


def _asks_to_sign_in(call: Call) -> bool:
    asking = ("user_auth_message", "user_auth_url", "user_auth_blocks")
    return call.arguments.boolean("user_auth_required") or any(name in call.arguments for name in asking)


def _invite(call: Call, message: Object) -> None:
    """Seen by nobody but the one who posted the link."""
    text = call.arguments.text("user_auth_message") or "Connect your account to see more of this link."
    if url := call.arguments.text("user_auth_url"):
        text = f"{text} <{url}|Connect>"
    said: Object = {"text": text}
    if "user_auth_blocks" in call.arguments:
        said["blocks"] = _blocks(call)
    call.playground.messages.whisper(message["user"], message["channel"], {**by_bot(call.playground.team), **said})


def _blocks(call: Call) -> list[Object]:
    try:
        return read_blocks(call, call.arguments.json("user_auth_blocks", "cannot_parse_attachment"))
    except Refusal as refusal:
        raise Refusal("cannot_parse_attachment", **refusal.more) from None


METHODS = (
    Method(
        "chat.unfurl",
        unfurl,
        (),
        (
            "channel",
            "metadata",
            "source",
            "ts",
            "unfurl_id",
            "unfurls",
            "user_auth_blocks",
            "user_auth_message",
            "user_auth_required",
            "user_auth_url",
        ),
        "links:write",
    ),
)
