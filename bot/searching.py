"""triage search: what retrieval finds for a text, and why."""

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from bot.knowing import knowing
from bot.lines import write_line
from bot.logs import configure
from bot.settings import load_settings
from pipeline.mask import mask_text
from pipeline.passage import Passage
from pipeline.triage import shorten

SHOWN = 300  # characters of an answer on a terminal


async def search(text: str, k: int, *, as_json: bool) -> None:
    """Print the k best passages for a text, best first, each with its score and how it was reached."""
    settings = load_settings()
    configure(settings.log, quiet=True)
    async with knowing(settings) as it:
        found = await it.index.search(mask_text(text), k=k)
    if not it.free:
        sys.stderr.write("another process has the index, so this went by words alone\n")
    if not found:
        sys.stderr.write("nothing in the knowledge base is like it\n")
    (_write_json if as_json else _show)(found)


def _write_json(found: Iterable[Passage]) -> None:
    for passage in found:
        write_line({"score": passage.score, "reasons": passage.reasons} | passage.resolution.model_dump(mode="json"))


def _show(found: Iterable[Passage]) -> None:
    console = Console(highlight=False)
    for passage in found:
        solved = passage.resolution
        console.print(f"[bold]{passage.score:.2f}[/]  {escape(solved.title or shorten(solved.question, 80))}")
        console.print(f"      {escape(', '.join(passage.reasons))}", style="dim")
        console.print(f"      {escape(shorten(solved.answer, SHOWN))}", soft_wrap=True)
        console.print(
            f"      {escape(' · '.join(filter(None, (solved.id, solved.category, solved.url))))}\n", style="dim"
        )
