"""A message that grows: what its chunks add up to, as text and as blocks."""

from collections.abc import Iterable

from bot.playground.wire import Object

TIMELINE, PLAN = "timeline", "plan"
MODES = (TIMELINE, PLAN)


def grow(parts: list[Object], chunks: Iterable[Object]) -> list[Object]:
    """The parts with these chunks in them: text runs on, a task known by its id goes on where it stands."""
    grown = list(parts)
    for chunk in chunks:
        at = _continues(grown, chunk)
        if at is None:
            grown.append(chunk)
        else:
            grown[at] = _merge(grown[at], chunk)
    return grown


def text_of(parts: list[Object]) -> str:
    return "".join(part["text"] for part in parts if part["type"] == "markdown_text")


def render(parts: list[Object], mode: str) -> list[Object]:
    """The blocks that stand for these parts; a plan stands where its first task does."""
    tasks = [_task_card(part) for part in parts if part["type"] == "task_update"]
    blocks: list[Object] = []
    for part in parts:
        match part["type"]:
            case "markdown_text":
                blocks.append({"type": "markdown", "text": part["text"]})
            case "blocks":
                blocks.extend(part["blocks"])
            case "task_update" if mode == TIMELINE:
                blocks.append(_task_card(part))
            case "task_update" if not any(block["type"] == "plan" for block in blocks):
                blocks.append({"type": "plan", "title": _plan_title(parts), "tasks": tasks})
    return blocks


def _continues(parts: list[Object], chunk: Object) -> int | None:
    """Which part this chunk goes on with."""
    kind = chunk["type"]
    if kind == "markdown_text":
        return len(parts) - 1 if parts and parts[-1]["type"] == kind else None
    for position, part in enumerate(parts):
        if part["type"] == kind and kind in {"task_update", "plan_update"} and part.get("id") == chunk.get("id"):
            return position
    return None


def _merge(part: Object, chunk: Object) -> Object:
    """Text, details and output are added to; all else is replaced."""
    added = {key: part[key] + chunk[key] for key in ("text", "details", "output") if part.get(key) and chunk.get(key)}
    return {**part, **chunk, **added}


def _plan_title(parts: list[Object]) -> str:
    return next((str(part["title"]) for part in parts if part["type"] == "plan_update"), "Plan")


def _task_card(task: Object) -> Object:
    card = {"type": "task_card", "task_id": task["id"], "title": task["title"], "status": task["status"]}
    card |= {key: _rich(task[key]) for key in ("details", "output") if task.get(key)}
    return {**card, "sources": task["sources"]} if task.get("sources") else card


def _rich(text: str) -> Object:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
