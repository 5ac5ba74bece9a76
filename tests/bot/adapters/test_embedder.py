"""The embedder batches, remembers, reads long texts whole, and checks what it loads."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from bot.adapters.embedder import LocalEmbedder, encode
from bot.adapters.packaged_model import check_weights
from bot.adapters.windows import LONGEST, cut, windows
from pipeline.errors import Refused, Unavailable
from pipeline.mask import mask_text


class LetterCounts:
    """A model whose vectors count letters, and whose tokens are words."""

    max_seq_length = 24  # of which windows use 8

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    @staticmethod
    def tokenizer(texts: list[str], **options: object) -> dict[str, list[list[tuple[int, int]]]]:
        return {"offset_mapping": [words(text) for text in texts]}

    def encode(self, inputs: list[str], **options: object) -> np.ndarray:
        self.calls.append(inputs)
        counts = np.array([[text.count(letter) for letter in "abcdef"] for text in inputs], np.float32)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)

    def get_embedding_dimension(self) -> int | None:
        return 6


def words(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        spans.append((start, start + len(word)))
        start += len(word)
    return spans


def test_a_long_text_is_read_to_its_end() -> None:
    model = LetterCounts()
    [vector] = encode(model, ["a " * 20 + "b " * 20])
    assert len(model.calls[0]) == 5
    assert vector[0] == pytest.approx(vector[1], abs=0.05)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_each_text_gets_its_own_vector_whatever_their_lengths() -> None:
    texts = ["a", "b " * 30, "c", "", "d d"]
    vectors = encode(LetterCounts(), texts)
    assert [int(row.argmax()) for row in vectors[[0, 1, 2, 4]]] == [0, 1, 2, 3]
    assert not vectors[3].any()


def test_windows_cover_every_token_and_stay_within_their_size() -> None:
    text = " ".join(f"w{n}" for n in range(100))
    pieces = windows(text, words(text), 30)
    assert " ".join(piece for piece, _ in pieces) == text
    assert sum(tokens for _, tokens in pieces) == 100
    assert max(tokens for _, tokens in pieces) <= 30


def test_of_an_endless_text_the_beginning_and_the_end_are_read() -> None:
    text = "start " + "x" * 1_000_000 + " end"
    assert len(cut(text)) == LONGEST + 1
    assert cut(text).startswith("start ")
    assert cut(text).endswith(" end")


def test_weights_that_nobody_knows_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(Refused, match="not the model that we know"):
        check_weights(tmp_path / "model.safetensors", "0" * 64)


def test_missing_weights_are_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="reinstall"):
        check_weights(tmp_path / "model.safetensors", "0" * 64)


async def test_a_folder_without_a_model_is_unavailable(tmp_path: Path) -> None:
    embedder = LocalEmbedder(str(tmp_path))
    with pytest.raises(Unavailable, match="cannot be loaded"):
        await embedder.warm()
    with pytest.raises(Unavailable, match="not loaded"):
        _ = embedder.dimensions


async def test_the_packaged_model_tells_meanings_apart_and_repeats_itself() -> None:
    """Loads the real model: alone or in company, at once or later, a text has one vector."""
    embedder = LocalEmbedder()
    assert embedder.dimensions == 384
    texts = [mask_text(text) for text in ("I was charged twice", "You billed my card two times", "It rains")]
    together = await embedder.embed(texts)
    assert together.dtype == np.float32
    assert together.shape == (3, 384)
    assert together[0] @ together[1] > together[0] @ together[2] + 0.3
    [alone] = await LocalEmbedder().embed(texts[:1])
    assert np.abs(alone - together[0]).max() < 5e-6
    many = await asyncio.gather(*(embedder.embed([text]) for text in texts * 5))
    assert all(np.array_equal(rows[0], together[n % 3]) for n, rows in enumerate(many))
    long = await embedder.embed([mask_text("The weather is fine today. " * 120 + "I was charged twice!")])
    assert long[0] @ together[0] > (await embedder.embed([mask_text("The weather is fine today.")]))[0] @ together[0]


async def test_no_texts_give_no_vectors() -> None:
    assert (await LocalEmbedder().embed([])).shape == (0, 384)
