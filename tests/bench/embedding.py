"""Embedding: the translated model against the original, and reading a ticket against embedding it, in one run."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from bot.adapters.classifier import LocalClassifier
from bot.adapters.embedder import LocalEmbedder, load
from bot.adapters.shipped import shipped_rows
from pipeline.mask import mask_text
from tests.bench.engine import default_policy

TEXTS = 64
ROUNDS = 4
BATCHES = (1, 8, 32)
SHORT, LONG = 120, 400  # characters: at most, and at least


async def embedding(_seconds: int) -> None:
    """Print texts per second of both, for short and long texts, and a ticket's latency on top of its vector's."""
    rows = [row.text for row in shipped_rows()]
    kinds = {
        "short": [text for text in rows if len(text) <= SHORT][:TEXTS],
        "long": [text for text in rows if len(text) >= LONG][:TEXTS],
    }
    with tempfile.TemporaryDirectory() as folder:
        models = {"torch": load(""), "onnxruntime": load("", Path(folder))}
        for kind, texts in kinds.items():
            for batch in BATCHES:
                rates = dict.fromkeys(models, 0.0)
                for _ in range(ROUNDS):  # taking turns, so that whatever else runs here slows both
                    for name, model in models.items():
                        rates[name] = max(rates[name], _rate(texts, batch, model.encode))
                told = ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items())
                print(
                    f"embedding: {kind} texts, {batch} a call: {told} texts/s, "
                    f"ratio {rates['onnxruntime'] / rates['torch']:.1f}"
                )
        await _latencies(rows[: 4 * TEXTS], Path(folder))


def _rate(texts: Sequence[str], batch: int, encode: Callable[..., object]) -> float:
    began = time.perf_counter()
    for start in range(0, len(texts), batch):
        encode(list(texts[start : start + batch]), batch_size=batch, normalize_embeddings=True, show_progress_bar=False)
    return len(texts) / (time.perf_counter() - began)


async def _latencies(texts: Sequence[str], folder: Path) -> None:
    embedder, policy = LocalEmbedder("", folder), default_policy()
    classifier = LocalClassifier(embedder, folder)
    await classifier.warm()
    await classifier.classify(mask_text("The first one describes the categories."), policy)
    alone, whole = [], []
    for number, text in enumerate(texts):
        began = time.perf_counter()
        await embedder.embed([mask_text(f"{text} {number} alone")])
        between = time.perf_counter()
        await classifier.classify(mask_text(f"{text} {number} read"), policy)
        alone.append(between - began)
        whole.append(time.perf_counter() - between)
    print(f"classification, one at a time: {_told(whole)}; embedder alone {_told(alone)} ({len(texts)} tickets)")


def _told(seconds: Sequence[float]) -> str:
    return f"p50 {1000 * median(seconds):.1f} ms, p95 {1000 * quantiles(seconds, n=20)[-1]:.1f} ms"
