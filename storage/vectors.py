"""Vectors: ChromaDB in a folder of this process, or behind a server. We supply the vectors ourselves."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import Unavailable

LARGEST_BATCH = 100  # vectors; Chroma holds the interpreter's lock while it takes them
SECONDS = 10.0  # that a server may take
_COSINE: Mapping[str, Any] = {"hnsw": {"space": "cosine"}}  # Chroma would compare by distance otherwise

Matrix = NDArray[np.float32]
Answer = TypeVar("Answer")


class Vectors(Protocol):
    """Unit vectors by id, in named collections that appear with their first use.

    Every method raises Unavailable when Chroma fails.
    """

    async def upsert(self, collection: str, ids: Sequence[str], vectors: Matrix) -> None:
        """Store vectors; an id that is there already gets the new one."""

    async def nearest(self, collection: str, vector: Matrix, k: int) -> dict[str, float]:
        """Return the ids of the k nearest with their cosine, nearest first."""

    async def cosines(self, collection: str, vector: Matrix, ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of those ids that the collection holds."""

    async def count(self, collection: str) -> int:
        """Return how many vectors the collection holds."""

    async def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Remove those ids that are there."""

    async def drop(self, collection: str) -> None:
        """Remove the whole collection, if it is there."""

    async def close(self) -> None:
        """Let go of files and connections."""


class FolderVectors:
    """Chroma in a folder. Only one process may use a folder at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._client: Any = None
        self._opening = asyncio.Lock()

    async def upsert(self, collection: str, ids: Sequence[str], vectors: Matrix) -> None:
        """Store vectors; an id that is there already gets the new one."""
        for at in range(0, len(ids), LARGEST_BATCH):
            await self._in(collection, _upserting(ids[at : at + LARGEST_BATCH], vectors[at : at + LARGEST_BATCH]))

    async def nearest(self, collection: str, vector: Matrix, k: int) -> dict[str, float]:
        """Return the ids of the k nearest with their cosine, nearest first."""
        return _nearest(await self._in(collection, lambda it: it.query(**_query(vector, k))))

    async def cosines(self, collection: str, vector: Matrix, ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of those ids that the collection holds."""
        if not ids:
            return {}
        return _cosines(await self._in(collection, lambda it: it.get(**_by_id(ids))), vector)

    async def count(self, collection: str) -> int:
        """Return how many vectors the collection holds."""
        return int(await self._in(collection, lambda it: it.count()))

    async def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Remove those ids that are there."""
        if ids:
            await self._in(collection, lambda it: it.delete(ids=list(ids)))

    async def drop(self, collection: str) -> None:
        """Remove the whole collection, if it is there."""
        client = await self._open()
        await self._in(collection, lambda _: client.delete_collection(collection))

    async def close(self) -> None:
        """Let go of the folder."""
        client, self._client = self._client, None
        if client is not None:
            await asyncio.to_thread(client.close)

    async def _in(self, collection: str, use: Callable[[Any], Answer]) -> Answer:
        client = await self._open()

        def used() -> Answer:
            with _refusals():
                return use(client.get_or_create_collection(collection, embedding_function=None, configuration=_COSINE))

        return await asyncio.to_thread(used)

    async def _open(self) -> Any:
        async with self._opening:
            if self._client is None:
                self._client = await asyncio.to_thread(_folder_client, self._folder)
            return self._client


class VectorsInUse:
    """A folder that another process works on: a second one would read or write nonsense there."""

    async def _refuse(self, *_: object) -> Any:
        raise Unavailable("another process uses the vectors in this folder")

    upsert = nearest = cosines = count = delete = drop = _refuse

    async def close(self) -> None:
        """Nothing is held."""


class ServerVectors:
    """Chroma behind a server, for several processes."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._ssl = parts.scheme == "https"
        self._host, self._port = parts.hostname or "localhost", parts.port or (443 if self._ssl else 8000)
        self._client: Any = None
        self._opening = asyncio.Lock()

    async def upsert(self, collection: str, ids: Sequence[str], vectors: Matrix) -> None:
        """Store vectors; an id that is there already gets the new one."""
        for at in range(0, len(ids), LARGEST_BATCH):
            batch = slice(at, at + LARGEST_BATCH)
            async with _answering():
                it = await self._get(collection)
                await it.upsert(ids=list(ids[batch]), embeddings=vectors[batch])

    async def nearest(self, collection: str, vector: Matrix, k: int) -> dict[str, float]:
        """Return the ids of the k nearest with their cosine, nearest first."""
        async with _answering():
            return _nearest(await (await self._get(collection)).query(**_query(vector, k)))

    async def cosines(self, collection: str, vector: Matrix, ids: Sequence[str]) -> dict[str, float]:
        """Return the cosine of those ids that the collection holds."""
        if not ids:
            return {}
        async with _answering():
            return _cosines(await (await self._get(collection)).get(**_by_id(ids)), vector)

    async def count(self, collection: str) -> int:
        """Return how many vectors the collection holds."""
        async with _answering():
            return int(await (await self._get(collection)).count())

    async def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Remove those ids that are there."""
        if ids:
            async with _answering():
                await (await self._get(collection)).delete(ids=list(ids))

    async def drop(self, collection: str) -> None:
        """Remove the whole collection, if it is there."""
        async with _answering():
            await self._get(collection)
            await self._client.delete_collection(collection)

    async def close(self) -> None:
        """Close the connections, which Chroma's client itself cannot do."""
        client, self._client = self._client, None
        if client is not None:
            await client._server._cleanup()

    async def _get(self, collection: str) -> Any:
        async with self._opening:
            if self._client is None:
                self._client = await self._connect()
        return await self._client.get_or_create_collection(collection, embedding_function=None, configuration=_COSINE)

    async def _connect(self) -> Any:
        chromadb = _chromadb()  # _answering() has paid for the import already
        settings = chromadb.config.Settings(anonymized_telemetry=False)
        return await chromadb.AsyncHttpClient(self._host, self._port, self._ssl, settings=settings)


def vectors_at(folder: Path, url: str = "") -> Vectors:
    """Return the server's vectors when there is a URL, else those in the folder."""
    return ServerVectors(url) if url else FolderVectors(folder)


def _chromadb() -> Any:
    import chromadb  # takes half a second or more, which a command that does not search shall not pay
    import chromadb.config

    return chromadb


def _folder_client(folder: Path) -> Any:
    chromadb = _chromadb()
    with _refusals():
        folder.mkdir(parents=True, exist_ok=True)
        settings = chromadb.config.Settings(anonymized_telemetry=False)
        return chromadb.PersistentClient(str(folder), settings=settings)


@asynccontextmanager
async def _answering() -> AsyncIterator[None]:
    """Bound a server's time, since its client would wait for ever, and name its failures."""
    await asyncio.to_thread(_chromadb)
    with _refusals():
        async with asyncio.timeout(SECONDS):
            yield


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn whatever Chroma raises into Unavailable: the index can be rebuilt, and words still find."""
    import chromadb.errors
    import httpx

    try:
        yield
    except (chromadb.errors.ChromaError, httpx.HTTPError, OSError, ValueError, RuntimeError) as error:
        raise Unavailable(f"the vector index failed: {type(error).__name__}") from error


def _upserting(ids: Sequence[str], vectors: Matrix) -> Callable[[Any], object]:
    return lambda collection: collection.upsert(ids=list(ids), embeddings=vectors)


def _query(vector: Matrix, k: int) -> dict[str, Any]:
    return {"query_embeddings": vector.reshape(1, -1), "n_results": k, "include": ["distances"]}


def _by_id(ids: Sequence[str]) -> dict[str, Any]:
    return {"ids": list(ids), "include": ["embeddings"]}


def _nearest(answer: Mapping[str, Any]) -> dict[str, float]:
    pairs = zip(answer["ids"][0], answer["distances"][0], strict=True)
    return {str(id_): _bounded(1.0 - float(distance)) for id_, distance in pairs}


def _cosines(answer: Mapping[str, Any], vector: Matrix) -> dict[str, float]:
    if not answer["ids"]:
        return {}
    products = np.asarray(answer["embeddings"], np.float32) @ vector.reshape(-1)
    return {str(id_): _bounded(float(one)) for id_, one in zip(answer["ids"], products, strict=True)}


def _bounded(cosine: float) -> float:
    return min(1.0, max(-1.0, cosine))  # rounding can lead a hair's breadth outside
