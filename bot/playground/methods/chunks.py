"""The chunks of a streamed message: text, tasks, a plan's title, blocks."""

from bot.playground.methods.call import Call
from bot.playground.methods.content import read_blocks
from bot.playground.wire import Object, Refusal

TASK_STATUSES = ("pending", "in_progress", "complete", "error")


def read_chunks(call: Call) -> list[Object]:
    """What this call adds to the message: `markdown_text` first, then its chunks in their order."""
    text = call.arguments.text("markdown_text")
    said = call.arguments.json("chunks", "invalid_chunks")
    if said is not None and not isinstance(said, list):
        raise Refusal("invalid_chunks")
    written = [{"type": "markdown_text", "text": text}] if text else []
    return [*written, *(_chunk(call, each) for each in said or [])]


def _chunk(call: Call, chunk: object) -> Object:
    if not isinstance(chunk, dict):
        raise Refusal("invalid_chunks")
    kind = chunk.get("type")
    if kind == "blocks":
        return {"type": "blocks", "blocks": read_blocks(call, chunk.get("blocks"), "invalid_blocks")}
    fits = {"markdown_text": _is_text, "task_update": _is_task, "plan_update": _is_title}.get(str(kind))
    if fits is None or not fits(chunk):
        raise Refusal("invalid_chunks")
    return chunk


def _is_text(chunk: Object) -> bool:
    return chunk.keys() == {"type", "text"} and isinstance(chunk["text"], str)


def _is_title(chunk: Object) -> bool:
    return chunk.keys() == {"type", "title"} and isinstance(chunk["title"], str)


def _is_task(chunk: Object) -> bool:
    known = {"type", "id", "title", "status", "details", "output", "sources"}
    words = [chunk.get(key) for key in ("id", "title")] + [chunk.get(key, "") for key in ("details", "output")]
    sources = chunk.get("sources", [])
    return (
        chunk.keys() <= known
        and all(isinstance(word, str) for word in words)
        and chunk.get("status") in TASK_STATUSES
        and isinstance(sources, list)
        and all(_is_source(source) for source in sources)
    )


def _is_source(source: object) -> bool:
    return (
        isinstance(source, dict)
        and source.get("type") == "url"
        and all(isinstance(source.get(key), str) for key in ("url", "text"))
    )
