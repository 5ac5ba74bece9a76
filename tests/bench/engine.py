"""Local triage, all stages, against the embedder alone: tickets per second in one run."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.classifier import LocalClassifier
from bot.adapters.embedder import LocalEmbedder
from bot.adapters.shipped import shipped_rows
from bot.policy_file import default_policy
from bot.wiring import WORKSPACE, SystemClock
from pipeline.mask import mask_text
from pipeline.route import Roster
from pipeline.ticket import Author, Message, Ticket
from pipeline.triage import Minds, triage
from storage.index import HybridIndex
from storage.knowledge import KnowledgeBase
from storage.migrate import migrate
from storage.store import Store
from storage.vectors import vectors_at

TICKETS = 400
AT_ONCE = 16


async def engine(_seconds: int) -> None:
    """Read the same texts by the embedder alone, and through every stage."""
    texts = [f"{row.text} ({number})" for number, row in enumerate(shipped_rows()[:TICKETS])]
    policy = default_policy()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite+aiosqlite:///{folder}/bench.db")
        await migrate(store)
        embedder = LocalEmbedder("", Path(folder))
        classifier = LocalClassifier(embedder, Path(folder))
        await classifier.warm()
        knowledge = KnowledgeBase(store, SystemClock())
        minds = Minds(classifier, HybridIndex(knowledge, vectors_at(Path(folder)), embedder, WORKSPACE), None)

        async def embed(text: str) -> None:
            await embedder.embed([mask_text(f"{text} alone")])

        async def read(text: str) -> None:
            await triage(_ticket(text), policy, minds, Roster(), datetime.now(UTC))

        alone = await _rate(texts, embed)
        whole = await _rate(texts, read)
        await store.close()
    print(
        f"engine: embedder alone {alone:.1f} texts/s, whole triage {whole:.1f} tickets/s, ratio {whole / alone:.2f} "
        f"({TICKETS} tickets, {AT_ONCE} at once)"
    )


async def _rate(texts: Sequence[str], act: Callable[[str], Awaitable[None]]) -> float:
    waiting = iter(texts)

    async def work() -> None:
        for text in waiting:
            await act(text)

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return len(texts) / (time.perf_counter() - began)


def _ticket(text: str) -> Ticket:
    now = datetime.now(UTC)
    message = Message(id="1", author=Author.CUSTOMER, text=text, at=now)
    return Ticket(source="plain", id="1", created_at=now, messages=(message,))
