"""The embedded embedder: any SentenceTransformer, by default the one that comes as a package."""

import asyncio
import hashlib
import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import structlog
from numpy.typing import NDArray

from bot.adapters.batching import Batcher
from bot.adapters.packaged_model import DIMENSIONS, NAME, packaged_model
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

    tokenizer: "Tokenizer"
    max_seq_length: int

    def encode(self, inputs: list[str], **options: object) -> Vectors: ...
    def get_embedding_dimension(self) -> int | None: ...


class Tokenizer(Protocol):
    """What we use of its tokenizer."""

    def __call__(self, texts: list[str], **options: object) -> dict[str, list[list[Span]]]: ...


class LocalEmbedder:
    """Runs a SentenceTransformer on this machine, off the event loop; implements the Embedder door.

    The model is loaded once, at the first use or by `warm`. Callers at the same time share a batch. A text
    beyond the model's window is split into windows of about equal length, and their vectors are averaged
    by their number of tokens, so that no part of it is ignored (see windows.py for the utmost length).
    """

    def __init__(self, name_or_path: str = "") -> None:
        self._chosen = name_or_path
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

    async def warm(self) -> None:
        """Load the model once. Raises Unavailable when it is missing, and Refused when it was changed."""
        async with self._loading:
            if self._model is None:
                began = time.monotonic()
                self._model = await asyncio.to_thread(load, self._chosen)
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


def load(name_or_path: str) -> Transformer:
    """Load a model. Only a name that is no folder may go to the network, and only to fetch the model."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # torch uses the cores already
    here = not name_or_path or Path(name_or_path).is_dir()
    if here:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    source = name_or_path or str(packaged_model())
    try:
        import torch  # both take seconds to import, which nobody shall wait for who does not embed
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the package types most of itself
        torch.set_num_threads(os.cpu_count() or 1)
        return cast(Transformer, SentenceTransformer(source, device="cpu", local_files_only=here))
    except (ImportError, OSError, ValueError) as error:
        raise Unavailable(f"the embedding model {source!r} cannot be loaded: {error}") from error


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
