"""The knowledge base at size: import by tickets a second; search, memory and disk on each database."""

import os
import random
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg
import numpy as np
from numpy.typing import NDArray

from bot.adapters.embedder import LocalEmbedder
from bot.history import bring_up_index, take_in
from bot.knowing import Knowing
from bot.solved_lines import to_solved
from bot.wiring import WORKSPACE, SystemClock
from pipeline.mask import Masked, mask_text
from pipeline.passage import Resolution
from pipeline.ports import Embedder
from pipeline.words import written
from storage.index import HybridIndex
from storage.knowledge import KnowledgeBase
from storage.migrate import migrate
from storage.store import Store
from storage.twins import Sketch
from storage.vectors import FolderVectors
from tests.bench.histories import CODES_EVERY, code_of, histories, retold
from tests.bench.product import share_models
from tests.conftest import POSTGRES

SEARCHES = 300
IMPORTED = 2_000  # lines, for the rate: the real embedder takes its time
AT_ONCE = 5_000
DIMENSIONS = 384


class HashedWords:
    """Vectors from the hashes of words, thousands a second: the index does not care what they mean."""

    name, dimensions, languages = "hashed-words", DIMENSIONS, frozenset({"en"})

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}

    async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]:
        return self.of([text.whole for text in texts])

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.stack([np.sum([self._word(word) for word in ("", *written(text))], axis=0) for text in texts])
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def _word(self, word: str) -> NDArray[np.float32]:
        if word not in self._known:
            made = np.random.default_rng(list(word.encode())).standard_normal(DIMENSIONS)
            self._known[word] = np.asarray(made, np.float32)
        return self._known[word]


class Timed:
    """Another embedder, and the seconds that it took."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dimensions, self.languages = embedder.name, embedder.dimensions, embedder.languages
        self.seconds = 0.0

    async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]:
        began = time.perf_counter()
        vectors = await self._embedder.embed(texts)
        self.seconds += time.perf_counter() - began
        return vectors


async def scale(_seconds: int, tickets: int) -> None:
    """Import with the real embedder; then fill the knowledge base of each database, and search it as it grows."""
    with tempfile.TemporaryDirectory() as folder:
        share_models(Path(folder))
        await _import(LocalEmbedder("", Path(folder)), Path(folder), min(tickets, IMPORTED))
    async with _databases() as urls:
        with tempfile.TemporaryDirectory() as folder:
            await _grow((f"sqlite+aiosqlite:///{folder}/bench.db", *urls), Path(folder), tickets)


async def _import(embedder: LocalEmbedder, folder: Path, tickets: int) -> None:
    await embedder.warm()
    timed, store, vectors = Timed(embedder), Store(f"sqlite+aiosqlite:///{folder}/bench.db"), FolderVectors(folder)
    await migrate(store)
    knowledge = KnowledgeBase(store, SystemClock())
    it = Knowing(store, knowledge, HybridIndex(knowledge, vectors, timed, WORKSPACE), WORKSPACE, free=True)
    lines = (to_solved(line, number) for number, line in enumerate(histories(tickets)))
    began = time.perf_counter()
    added = await take_in(it, lines, lambda *_: None, lambda _: None)
    between = time.perf_counter()
    await bring_up_index(it)
    whole, reading = time.perf_counter() - began, between - began
    print(
        f"import: {tickets} lines, {added} added, {tickets / whole:.0f} a second; read, masked, compared and stored "
        f"{tickets / reading:.0f} a second; the embedder's share {timed.seconds / whole:.0%} of {whole:.0f} s; "
        f"{_load()}"
    )
    await vectors.close()
    await store.close()


async def _grow(urls: Sequence[str], folder: Path, tickets: int) -> None:
    """Put resolutions straight into databases and index, and search at a quarter, at half, and at the end."""
    stores, vectors, embedder, before = [Store(url) for url in urls], FolderVectors(folder / "index"), HashedWords(), 0
    known = [KnowledgeBase(store, SystemClock()) for store in stores]
    indexes = [HybridIndex(knowledge, vectors, embedder, WORKSPACE) for knowledge in known]
    for store in stores:
        await migrate(store)
    empty, made = _memory(), (_resolution(line) for line in histories(tickets))
    for size in (tickets // 4, tickets // 2, tickets):
        began = time.perf_counter()
        while part := list(islice(made, min(AT_ONCE, size - before))):
            before += len(part)
            for knowledge in known:
                await _put(knowledge, part)
            texts = [f"{each.title} {each.question}" for each in part]
            await vectors.upsert(indexes[0].collection, [each.id for each in part], embedder.of(texts))
        print(
            f"scale: {[await knowledge.count(WORKSPACE) for knowledge in known]} resolutions, "
            f"{await indexes[0].count()} vectors, {time.perf_counter() - began:.0f} s later; "
            f"memory {empty:.0f} -> {_memory():.0f} MB, disk {_disk(folder)}; {_load()}"
        )
        for store, index in zip(stores, indexes, strict=True):
            await _search(store.dialect, index, size)
    await vectors.close()
    for store in stores:
        await store.close()


async def _put(knowledge: KnowledgeBase, part: Sequence[Resolution]) -> None:
    """Add them with a mark each of no meaning: near-duplicates play no part in searching."""
    await knowledge.add(part, WORKSPACE, sketches=[Sketch(each.id, frozenset(), frozenset(), ()) for each in part])
    await knowledge.mark_indexed([each.id for each in part], HashedWords.name)


def _resolution(line: dict[str, Any]) -> Resolution:
    asked = datetime.fromisoformat(line["created_at"])
    known = {name: line[name] for name in ("id", "answer", "category", "language", "csat")}
    return Resolution(**known, title=line["subject"], question=line["text"], solved_at=asked)


async def _search(database: str, index: HybridIndex, size: int) -> None:
    """Ask by tickets of other customers that name a code, one after the other; the first ones warm the caches."""
    r = random.Random(3)
    numbers = [CODES_EVERY * r.randrange(size // CODES_EVERY) for _ in range(SEARCHES)]
    for name, asked in (("a code in a ticket", retold), ("the code alone", code_of)):
        took, worked, right = [], time.process_time(), 0
        for number in numbers:
            text = mask_text(asked(number))
            began = time.perf_counter()
            found = await index.search(text, category="billing")
            took.append(1000 * (time.perf_counter() - began))
            right += any(passage.resolution.id == f"h{number}" for passage in found)
        worked = 1000 * (time.process_time() - worked) / SEARCHES
        took.sort()
        print(
            f"search [{database}, {name}]: {size} resolutions, p50 {took[SEARCHES // 2]:.1f} ms, "
            f"p95 {took[int(0.95 * SEARCHES)]:.1f} ms, of processor {worked:.1f} ms; "
            f"what holds it is among the first five in {right} of {SEARCHES}; {_load()}"
        )


def _load() -> str:
    """Say how busy this machine is, without which no time means much."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def _memory() -> float:
    """Return this process's resident memory in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _disk(folder: Path) -> str:
    sizes = {
        name: sum(each.stat().st_size for each in files if each.is_file())
        for name, files in (("database", folder.glob("*.db*")), ("vectors", (folder / "index").rglob("*")))
    }
    return ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in sizes.items() if size)


@asynccontextmanager
async def _databases() -> AsyncIterator[Sequence[str]]:
    """Yield the URL of a PostgreSQL database of our own for as long, or nothing where no server answers."""
    name = f"triage_bench_{uuid.uuid4().hex[:12]}"
    try:
        server = await asyncpg.connect(f"{POSTGRES}/postgres", timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        print(f"scale: no PostgreSQL at {POSTGRES}")
        yield ()
        return
    await server.execute(f"CREATE DATABASE {name}")
    try:
        yield (f"{POSTGRES.replace('postgresql://', 'postgresql+asyncpg://')}/{name}",)
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()
