"""What a message says: text, markdown, blocks and attachments, each held to its limit."""

from bot.playground.blocks import Surface, check_blocks
from bot.playground.methods.call import Call
from bot.playground.methods.formatting import format_text
from bot.playground.methods.metadata import read_metadata
from bot.playground.wire import Object, Refusal

LONGEST_TEXT = 40_000
LONGEST_MARKDOWN = 12_000
"""Of one markdown_text, and of all markdown that a message gathers while it streams."""
MOST_ATTACHMENTS = 100

CONTENT = ("text", "blocks", "attachments", "markdown_text", "metadata")
SAYING = ("text", "blocks", "attachments", "files")
"""Parts that a reader sees: a message needs one of them."""


def read_content(call: Call, longest: int | None = LONGEST_TEXT) -> Object:
    """Whatever the call says; parts that it leaves out are absent."""
    arguments = call.arguments
    content: Object = {}
    if "markdown_text" in arguments:
        if "text" in arguments or "blocks" in arguments:
            raise Refusal("markdown_text_conflict")
        content |= _markdown(call, arguments.text("markdown_text"))
    if "text" in arguments:
        content["text"] = format_text(call, arguments.text("text"))
        if longest is not None and len(content["text"]) > longest:
            raise Refusal("msg_too_long")
    if "blocks" in arguments:
        content["blocks"] = read_blocks(call, arguments.json("blocks", "invalid_blocks_format"))
    if "attachments" in arguments:
        content["attachments"] = _attachments(call, arguments.json("attachments", "invalid_attachments"))
    if "metadata" in arguments:
        if call.by_person:
            raise Refusal("metadata_must_be_sent_from_app")
        content["metadata"] = read_metadata(arguments.json("metadata", "invalid_metadata_format"))
    return content


def require_saying(content: Object) -> None:
    if not any(content.get(part) for part in SAYING):
        raise Refusal("no_text")


def read_blocks(call: Call, blocks: object, no_list: str = "invalid_blocks_format") -> list[Object]:
    """The blocks of a message, with names for those that have none; `no_list` is the error for what are no blocks."""
    if not isinstance(blocks, list):
        raise Refusal(no_list)
    if complaints := check_blocks(blocks, Surface.MESSAGE):
        said = [f"[ERROR] {complaint}" for complaint in complaints]
        raise Refusal("invalid_blocks", errors=complaints, response_metadata={"messages": said})
    return call.playground.identifiers.name_blocks(blocks)


def _markdown(call: Call, text: str) -> Object:
    if len(text) > LONGEST_MARKDOWN:
        raise Refusal("msg_too_long")
    return {"text": text, "blocks": read_blocks(call, [{"type": "markdown", "text": text}]) if text else []}


def _attachments(call: Call, attachments: object) -> list[Object]:
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise Refusal("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refusal("too_many_attachments")
    return [read_attachment(call, each, number) for number, each in enumerate(attachments, start=1)]


def read_attachment(call: Call, attachment: Object, number: int) -> Object:
    """Numbered, as Slack returns it; blocks in it must be as right as those of the message."""
    numbered = {"id": number, "fallback": "[no preview available]", **attachment}
    if "blocks" not in attachment:
        return numbered
    try:
        return {**numbered, "blocks": read_blocks(call, attachment["blocks"])}
    except Refusal as refusal:
        raise Refusal("invalid_attachments", **refusal.more) from None
