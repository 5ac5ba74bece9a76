"""Retrieval: recall and MRR of vectors alone, full text alone, and both together, in one run."""

import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bot.adapters.embedder import LocalEmbedder
from bot.wiring import WORKSPACE, SystemClock
from pipeline.mask import Masked, mask_text
from storage.index import HybridIndex
from storage.knowledge import KnowledgeBase
from storage.migrate import migrate
from storage.store import Store
from storage.vectors import Vectors, vectors_at
from tests.bench.product import share_models
from tests.bench.retrieval_sets import Asking, made_up, of_folder

K, DEEPEST = 5, 10

Search = Callable[[Masked], Awaitable[Sequence[str]]]


async def retrieval(_seconds: int, data: Path | None) -> None:
    """Print recall@5 and MRR (of the first ten) for each set: those of a folder where one is named, and our own."""
    with tempfile.TemporaryDirectory() as models:
        share_models(Path(models))
        embedder = LocalEmbedder("", Path(models))
        for asking in (*(of_folder(data) if data else ()), *made_up()):
            with tempfile.TemporaryDirectory() as folder:
                await _measure(asking, embedder, Path(folder))


async def _measure(asking: Asking, embedder: LocalEmbedder, folder: Path) -> None:
    store, vectors = Store(f"sqlite+aiosqlite:///{folder}/bench.db"), vectors_at(folder / "index")
    try:
        await migrate(store)
        knowledge = KnowledgeBase(store, SystemClock())
        index = HybridIndex(knowledge, vectors, embedder, WORKSPACE)
        await knowledge.add(asking.known, WORKSPACE)
        await index.index_waiting()
        sides = _sides(knowledge, vectors, index, embedder)
        figures = {name: await _figures(asking, search) for name, search in sides.items()}
    finally:
        await vectors.close()
        await store.close()
    better = tuple(max(figures[side][place] for side in ("vectors", "words")) for place in (0, 1))
    told = ", ".join(f"{name} {recall:.1f} / {mrr:.1f}" for name, (recall, mrr) in figures.items())
    gained = " / ".join(f"{both - one:+.1f}" for both, one in zip(figures["both"], better, strict=True))
    print(
        f"retrieval [{asking.name}]: {len(asking.queries)} asked of {len(asking.known)}; "
        f"recall@{K} / MRR {told}; both against the better one {gained}"
    )


def _sides(
    knowledge: KnowledgeBase, vectors: Vectors, index: HybridIndex, embedder: LocalEmbedder
) -> dict[str, Search]:
    async def by_vectors(masked: Masked) -> Sequence[str]:
        return tuple(await vectors.nearest(index.collection, (await embedder.embed([masked]))[0], DEEPEST))

    async def by_words(masked: Masked) -> Sequence[str]:
        return (await knowledge.search_words(masked.whole, WORKSPACE, DEEPEST))[1][:DEEPEST]

    async def by_both(masked: Masked) -> Sequence[str]:
        return tuple(passage.resolution.id for passage in await index.search(masked, k=DEEPEST))

    return {"vectors": by_vectors, "words": by_words, "both": by_both}


async def _figures(asking: Asking, search: Search) -> tuple[float, float]:
    """Return recall and MRR in per cent."""
    found, ranks = 0, 0.0
    for text, right in asking.queries:
        ids = await search(mask_text(text))
        place = next((place for place, id_ in enumerate(ids, 1) if id_ in right), 0)
        found += 1 <= place <= K
        ranks += 1 / place if place else 0.0
    return 100 * found / len(asking.queries), 100 * ranks / len(asking.queries)
