"""The embedded embedder: any SentenceTransformer, by default the one that comes as a package."""

import asyncio
import hashlib
import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import structlog
from numpy.typing import NDArray

from bot.adapters.batching import Batcher
from bot.adapters.onnx_export import export, onnx_file, without_progress_bars
from bot.adapters.onnx_model import TOKENIZER, OnnxTransformer
from bot.adapters.packaged_model import DIMENSIONS, LANGUAGES, NAME, packaged_model
from bot.adapters.windows import Span, cut, windows
from pipeline.errors import Unavailable
from pipeline.mask import Masked

Vectors = NDArray[np.float32]
LARGEST_BATCH = 64  # texts a call: longer batches gain no speed on a CPU and make the next caller wait
REMEMBERED = 4096  # vectors; 6 MB at 384 dimensions
DIGITS = 6  # what padding leaves of a text's vector when its neighbours in the batch change
SPARE = 16  # tokens left free in a window: the model's own, and words that a cut tears apart


class Transformer(Protocol):
    """What we use of a SentenceTransformer."""

    max_seq_length: int

    @property
    def tokenizer(self) -> "Tokenizer": ...
    def encode(self, inputs: list[str], *, batch_size: int, **options: object) -> Vectors: ...
    def get_embedding_dimension(self) -> int | None: ...


class Tokenizer(Protocol):
    """What we use of its tokenizer."""

    def __call__(self, texts: list[str], **options: object) -> dict[str, list[list[Span]]]: ...


class LocalEmbedder:
    """Runs a SentenceTransformer on this machine, off the event loop; implements the Embedder door.

    The model is loaded once, at the first use or by `warm`; the packaged one, where `folder` may keep its
    translation, for onnxruntime. Callers at the same time share a batch. A text
    beyond the model's window is split into windows of about equal length, and their vectors are averaged
    by their number of tokens, so that no part of it is ignored (see windows.py for the utmost length).
    """

    def __init__(self, name_or_path: str = "", folder: Path | None = None) -> None:
        self._chosen = name_or_path
        self._folder = folder / "models" if folder else None
        self._model: Transformer | None = None
        self._loading = asyncio.Lock()
        self._batcher = Batcher(self._embed_texts, LARGEST_BATCH, at_once=1)
        self._remembered: OrderedDict[bytes, Vectors] = OrderedDict()

    @property
    def name(self) -> str:
        """The model's name, by which vectors are told apart from those of other models."""
        return self._chosen or NAME

    @property
    def dimensions(self) -> int:
        """The length of a vector. Raises Unavailable for a chosen model that was not warmed yet."""
        if not self._chosen:
            return DIMENSIONS
        if self._model is None:
            raise Unavailable(f"{self._chosen} is not loaded yet: its dimensions are not known")
        return self._model.get_embedding_dimension() or DIMENSIONS

    @property
    def languages(self) -> frozenset[str]:
        """The languages that the packaged model knows; a chosen one is taken at its owner's word for any."""
        return frozenset() if self._chosen else LANGUAGES

    async def warm(self) -> None:
        """Load the model once. Raises Unavailable when it is missing, and Refused when it was changed."""
        async with self._loading:
            if self._model is None:
                began = time.monotonic()
                self._model = await asyncio.to_thread(load, self._chosen, self._folder)
                structlog.get_logger().info(
                    "embedder.loaded", model=self.name, seconds=round(time.monotonic() - began, 1)
                )

    async def embed(self, texts: Sequence[Masked]) -> Vectors:
        """Return unit vectors of shape (texts, dimensions)."""
        await self.warm()
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack(await asyncio.gather(*(self._embed(text.whole) for text in texts)))

    async def _embed(self, text: str) -> Vectors:
        key = hashlib.blake2b(text.encode(errors="replace"), digest_size=16).digest()
        if (vector := self._remembered.get(key)) is None:
            vector = await self._batcher.ask(text)
            self._remembered[key] = vector
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        self._remembered.move_to_end(key)
        return vector

    async def _embed_texts(self, texts: Sequence[str]) -> Sequence[Vectors]:
        if self._model is None:
            raise Unavailable("the embedding model is not loaded")
        return list(await asyncio.to_thread(encode, self._model, texts))


def load(name_or_path: str, folder: Path | None = None) -> Transformer:
    """Load a model. Only a name that is no folder may go to the network, and only to fetch the model."""
    if name_or_path:
        return _load_any(name_or_path)
    source = packaged_model()
    return (folder and _load_translated(source, onnx_file(folder))) or _load_any(str(source))


def _load_translated(source: Path, graph: Path) -> Transformer | None:
    """Return the packaged model on onnxruntime, translated first if need be; None where that does not work."""
    try:
        if graph.exists():
            with suppress(Exception):  # damaged: translate it again
                return OnnxTransformer(graph, source / TOKENIZER)
        export(source, graph)
        return OnnxTransformer(graph, source / TOKENIZER)
    except Exception as error:  # noqa: BLE001 - three packages take part, and torch does the same work
        structlog.get_logger().warning("embedder.not_translated", error=type(error).__name__, reason=str(error)[:300])
        return None


def _load_any(name_or_path: str) -> Transformer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # torch uses the cores already
    here = Path(name_or_path).is_dir()
    if here:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        import torch  # both take seconds to import, which nobody shall wait for who does not embed
        from sentence_transformers import SentenceTransformer

        without_progress_bars()
        torch.set_num_threads(os.cpu_count() or 1)
        return cast(Transformer, SentenceTransformer(name_or_path, device="cpu", local_files_only=here))
    except (ImportError, OSError, ValueError) as error:
        raise Unavailable(f"the embedding model {name_or_path!r} cannot be loaded: {error}") from error


def encode(model: Transformer, texts: Sequence[str]) -> Vectors:
    """Return one unit vector per text: the mean of its windows' vectors, weighted by their tokens."""
    short = [cut(text) for text in texts]
    spans = model.tokenizer(
        short, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
    )["offset_mapping"]
    pieces = [windows(text, tokens, model.max_seq_length - SPARE) for text, tokens in zip(short, spans, strict=True)]
    flat = [piece for several in pieces for piece in several]
    vectors = model.encode(
        [text for text, _ in flat],
        batch_size=LARGEST_BATCH,
        normalize_embeddings=True,
        show_progress_bar=False,
    )
    weighted = vectors * np.array([[tokens] for _, tokens in flat], np.float32)
    starts = np.cumsum([0, *(len(several) for several in pieces)])[:-1]
    return normalised(np.add.reduceat(weighted, starts))


def normalised(vectors: Vectors) -> Vectors:
    """Return rows of length one, rounded so that the same text gives the same vector in any batch."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    rounded: Vectors = np.round(vectors / np.maximum(lengths, 1e-9), DIGITS).astype(np.float32)
    return rounded
