"""triage cluster: which tickets are about the same."""

import asyncio
from collections.abc import Callable, Sequence

import numpy as np
from rich.console import Console
from rich.markup import escape

from bot.adapters.embedder import LocalEmbedder
from bot.lines import Complaints, Line, read_lines, write_line
from bot.logs import configure
from bot.progress import progress
from bot.settings import load_settings
from bot.ticket_lines import to_ticket
from pipeline.cluster import cluster, cluster_into
from pipeline.communities import Labels
from pipeline.groups import groups_of
from pipeline.mask import Masked
from pipeline.neighbours import Vectors
from pipeline.ports import Embedder
from pipeline.triage import read, shorten

AT_ONCE = 256  # tickets masked and embedded together
SHOWN = 300  # characters of a ticket


async def cluster_file(source: str, k: int | None, *, summary: bool) -> int:
    """Print the cluster of each ticket, or a summary of the clusters. Returns how many lines were no tickets."""
    settings = load_settings()
    configure(settings.log, quiet=True)
    complaints = Complaints()
    tickets = list(read_lines(source, _ticket, complaints))
    embedder = LocalEmbedder(settings.embedder, settings.kept_dir)
    masked, vectors = await _embedded([lazily for _, lazily in tickets], embedder)
    with progress("clustering", len(tickets)) as done:
        labels = await asyncio.to_thread(_labels, vectors, k, done)
    if summary:
        await asyncio.to_thread(_show, masked, vectors, labels)
    else:
        for (named, _), label in zip(tickets, labels.tolist(), strict=True):
            write_line({"id": named, "cluster": label})
    return complaints.count


def _ticket(line: Line, number: int) -> tuple[object, Callable[[], Masked]]:
    ticket = to_ticket(line, number)
    return line.get("id", number), lambda: read(ticket)[1]


async def _embedded(lazily: Sequence[Callable[[], Masked]], embedder: Embedder) -> tuple[list[Masked], Vectors]:
    masked: list[Masked] = []
    vectors = [np.zeros((0, 0), np.float32)] if not lazily else []
    with progress("reading", len(lazily)) as done:
        for start in range(0, len(lazily), AT_ONCE):
            some = await asyncio.to_thread(_all, lazily[start : start + AT_ONCE])
            vectors.append(await embedder.embed(some))
            masked.extend(some)
            done(len(some))
    return masked, np.concatenate(vectors)


def _all(lazily: Sequence[Callable[[], Masked]]) -> list[Masked]:
    return [make() for make in lazily]


def _labels(vectors: Vectors, k: int | None, done: Callable[[int], object]) -> Labels:
    return cluster(vectors, done) if k is None else cluster_into(vectors, k, done)


def _show(masked: Sequence[Masked], vectors: Vectors, labels: Labels) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for group in groups_of([each.whole for each in masked], vectors, labels):
        words = " ".join(masked[group.medoid].whole.split())
        console.print(f"{group.size:6,} {group.share:6.1%}  [bold]{escape(group.name)}[/]  [dim]({group.label})[/]")
        console.print(f"{'':15}{escape(shorten(words, SHOWN))}", style="dim")
