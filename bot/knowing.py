"""The knowledge base and its index, opened for one command."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.adapters.embedder import LocalEmbedder
from bot.database import bring_up, make_folder
from bot.settings import Settings
from bot.sole import sole_process
from bot.wiring import WORKSPACE, SystemClock
from storage.index import HybridIndex
from storage.knowledge import KnowledgeBase
from storage.store import Store
from storage.vectors import VectorsInUse, vectors_at


@dataclass(frozen=True, slots=True)
class Knowing:
    """What a command works on. `free`: no other process uses the index, which takes one at a time in a folder."""

    store: Store
    knowledge: KnowledgeBase
    index: HybridIndex
    workspace: str
    free: bool


@asynccontextmanager
async def knowing(settings: Settings) -> AsyncGenerator[Knowing]:
    """Open the database and the index that the settings name. Raises NoFolder or NoDatabase."""
    make_folder(settings.data_dir)
    store, clock = Store(settings.store_url), SystemClock()
    knowledge, embedder = KnowledgeBase(store, clock), LocalEmbedder(settings.embedder, settings.kept_dir)
    try:
        await bring_up(store)
        with sole_process(settings.data_dir) as alone:
            free = alone or bool(settings.chroma_url)
            vectors = vectors_at(settings.data_dir / "index", settings.chroma_url) if free else VectorsInUse()
            try:
                index = HybridIndex(knowledge, vectors, embedder, WORKSPACE)
                yield Knowing(store, knowledge, index, WORKSPACE, free=free)
            finally:
                await vectors.close()
    finally:
        await store.close()
