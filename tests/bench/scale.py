"""The knowledge base at size: import by tickets a second; search, memory and disk on each database."""

import os
import random
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
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
from storage.vectors import Vectors, vectors_at
from tests.bench.histories import CODES_EVERY, code_of, histories, retold
from tests.bench.product import share_models
from tests.conftest import POSTGRES

SEARCHES = 300
IMPORTED = 2_000  # lines, for the rate: the real embedder takes its time
AT_ONCE = 500
DIMENSIONS = 384


class HashedWords:
    """Vectors from the hashes of words, thousands a second: the index does not care what they mean."""

    name, dimensions, languages = "hashed-words", DIMENSIONS, frozenset({"en"})

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}

    async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]:
        vectors = np.stack([sum((self._of(word) for word in written(text.whole)), self._of("")) for text in texts])
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)

    def _of(self, word: str) -> NDArray[np.float32]:
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


@dataclass(frozen=True)
class Bench:
    """What is filled and searched."""

    knowing: Knowing
    vectors: Vectors
    embedder: Timed


async def scale(_seconds: int, tickets: int) -> None:
    """Import with the real embedder; then fill the knowledge base, on each database, and search it."""
    with tempfile.TemporaryDirectory() as folder:
        share_models(Path(folder))
        real = LocalEmbedder("", Path(folder))
        await real.warm()
        async with _opened(f"sqlite+aiosqlite:///{folder}/bench.db", Path(folder), real) as it:
            await _import(it, min(tickets, IMPORTED))
    with tempfile.TemporaryDirectory() as folder:
        async with _opened(f"sqlite+aiosqlite:///{folder}/bench.db", Path(folder), HashedWords()) as it:
            await _fill_and_search(it, Path(folder), tickets)
    async with _postgres() as url:
        if url:
            with tempfile.TemporaryDirectory() as folder:
                async with _opened(url, Path(folder), HashedWords()) as it:
                    await _fill_and_search(it, Path(folder), tickets)


@asynccontextmanager
async def _opened(url: str, folder: Path, embedder: Embedder) -> AsyncIterator[Bench]:
    store, timed, vectors = Store(url), Timed(embedder), vectors_at(folder / "index")
    await migrate(store)
    knowledge = KnowledgeBase(store, SystemClock())
    index = HybridIndex(knowledge, vectors, timed, WORKSPACE)
    try:
        yield Bench(Knowing(store, knowledge, index, WORKSPACE, free=True), vectors, timed)
    finally:
        await vectors.close()
        await store.close()


async def _import(it: Bench, tickets: int) -> None:
    lines = (to_solved(line, number) for number, line in enumerate(histories(tickets)))
    began = time.perf_counter()
    added = await take_in(it.knowing, lines, lambda *_: None, lambda _: None)
    between = time.perf_counter()
    await bring_up_index(it.knowing)
    whole, reading = time.perf_counter() - began, between - began
    print(
        f"import: {tickets} lines, {added} added, {tickets / whole:.0f} a second; read, masked, compared and stored "
        f"{tickets / reading:.0f} a second; the embedder's share {it.embedder.seconds / whole:.0%} of {whole:.0f} s; "
        f"{_load()}"
    )


async def _fill_and_search(it: Bench, folder: Path, tickets: int) -> None:
    """Put resolutions straight into database and index: what is measured is the search among them."""
    knowing, before = it.knowing, _memory()
    made = (_resolution(line) for line in histories(tickets))
    began = time.perf_counter()
    while part := list(islice(made, AT_ONCE)):
        ids = [each.id for each in part]
        await knowing.knowledge.add(part, WORKSPACE)
        vectors = await it.embedder.embed([mask_text(f"{each.title} {each.question}") for each in part])
        await it.vectors.upsert(knowing.index.collection, ids, vectors)
        await knowing.knowledge.mark_indexed(ids, it.embedder.name)
    print(
        f"scale [{knowing.store.dialect}]: {await knowing.knowledge.count(WORKSPACE)} resolutions, "
        f"{await knowing.index.count()} vectors in {time.perf_counter() - began:.0f} s; "
        f"memory {before:.0f} -> {_memory():.0f} MB, disk {_disk(folder)}; {_load()}"
    )
    await _search(knowing, tickets)


def _resolution(line: dict[str, Any]) -> Resolution:
    asked = datetime.fromisoformat(line["created_at"])
    known = {name: line[name] for name in ("id", "answer", "category", "language", "csat")}
    return Resolution(**known, title=line["subject"], question=line["text"], solved_at=asked)


async def _search(it: Knowing, tickets: int) -> None:
    """Ask by tickets of other customers that name a code, one after the other; the first ones warm the caches."""
    r = random.Random(3)
    numbers = [CODES_EVERY * r.randrange(tickets // CODES_EVERY) for _ in range(SEARCHES)]
    for name, asked in (("a code in a ticket", retold), ("the code alone", code_of)):
        took, right = [], 0
        for number in numbers:
            text = mask_text(asked(number))
            began = time.perf_counter()
            found = await it.index.search(text, category="billing")
            took.append(1000 * (time.perf_counter() - began))
            right += any(passage.resolution.id == f"h{number}" for passage in found)
        took.sort()
        print(
            f"search [{it.store.dialect}, {name}]: {tickets} resolutions, p50 {took[SEARCHES // 2]:.1f} ms, "
            f"p95 {took[int(0.95 * SEARCHES)]:.1f} ms, max {took[-1]:.1f} ms; the ticket that holds it is among "
            f"the first five in {right} of {SEARCHES}; memory {_memory():.0f} MB; {_load()}"
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
async def _postgres() -> AsyncIterator[str]:
    """Yield the URL of a database of our own for as long, or "" where no server answers."""
    name = f"triage_bench_{uuid.uuid4().hex[:12]}"
    try:
        server = await asyncpg.connect(f"{POSTGRES}/postgres", timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        print(f"scale: no PostgreSQL at {POSTGRES}")
        yield ""
        return
    await server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{POSTGRES.replace('postgresql://', 'postgresql+asyncpg://')}/{name}"
    finally:
        await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await server.close()
