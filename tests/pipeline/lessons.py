"""Rows that people labelled, drawn from a small world of directions and words."""

import numpy as np
from numpy.typing import NDArray

from pipeline.relearn import Column, Rows
from pipeline.trial import Choosing

LABELS = ("billing", "technical", "account")
WORDS = ("invoice refund charge", "crash error screen", "password login profile")
SIZE = 12


def world(count: int, seed: int = 0, noise: float = 0.25) -> tuple[list[str], NDArray[np.float32], NDArray[np.intp]]:
    """Texts, unit vectors and the places of the labels that they should have."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, len(LABELS), count)
    centres = np.eye(SIZE, dtype=np.float32)[: len(LABELS)]
    vectors = centres[truth] + noise * random.standard_normal((count, SIZE)).astype(np.float32)
    texts = [f"{random.choice(WORDS[place].split())} number{random.integers(99)}" for place in truth]
    return texts, np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32), truth


def rows(texts: list[str], vectors: NDArray[np.float32], **more: object) -> Rows:
    """As many people as five in turn, nothing in force, nobody trusted."""
    nothing = np.zeros(len(texts), bool)
    usual = {
        "people": [f"U{number % 5}" for number in range(len(texts))],
        "present": nothing,
        "trusted": nothing,
    }
    return Rows(texts, vectors, **(usual | more))  # type: ignore[arg-type]


def column(said: NDArray[np.intp], read: NDArray[np.float32] | None = None) -> Column:
    """What people said, of tickets that were read as anything alike."""
    chances = np.full((len(said), len(LABELS)), 1 / len(LABELS), np.float32) if read is None else read
    return Column(Choosing(LABELS), chances, [LABELS[place] for place in said])
