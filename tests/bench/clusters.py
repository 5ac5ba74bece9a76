"""Clusters: ours, which is not told how many there are, against methods that are, and against others that are not."""

import gzip
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.metrics import adjusted_rand_score, confusion_matrix, normalized_mutual_info_score

from bot.adapters.embedder import LocalEmbedder
from pipeline.cluster import cluster, unit
from pipeline.mask import mask_text
from pipeline.neighbours import Vectors
from tests.bench.product import share_models

SETS = {
    "banking77": ("banking77/dev.jsonl.gz", "category"),
    "clinc150": ("clinc150/val.jsonl.gz", "category"),
    "natcs": ("natcs/banking.jsonl", "category"),
    "bitext": ("bitext/dev.jsonl.gz", "intent"),
}
NOT_TOLD = "ours"
MONTH, APART = 50_000, 0.35  # tickets, and the length of the noise that tells them from those they are made of

Labels = NDArray[np.int64]


async def clusters(_seconds: int, data: Path) -> None:
    """Print clusters and ARI / NMI / ACC of each method on each set, then time and memory of a month's tickets."""
    found: dict[str, tuple[Vectors, Labels]] = {}
    with tempfile.TemporaryDirectory() as models:
        share_models(Path(models))
        embedder = LocalEmbedder("", Path(models))
        for name, (file, column) in SETS.items():
            rows = [row for row in _rows(data / file) if row[column] != "oos"]
            vectors = await embedder.embed([mask_text(row["text"]) for row in rows])
            found[name] = vectors, np.unique([row[column] for row in rows], return_inverse=True)[1]
    _month(np.concatenate([vectors for vectors, _ in found.values()]))
    for name, (vectors, right) in found.items():
        print(f"clusters [{name}]: {len(right)} tickets of {right.max() + 1} intents; clusters, ARI / NMI / ACC")
        for method, labels in _methods(right.max() + 1).items():
            _tell(method, right, labels(vectors))


def _methods(k: int) -> Mapping[str, Callable[[Vectors], Labels]]:
    return {
        NOT_TOLD: cluster,
        "k-means, told": KMeans(k, n_init=5, random_state=0).fit_predict,
        "Ward, told": AgglomerativeClustering(k).fit_predict,
        "HDBSCAN": HDBSCAN(min_cluster_size=5, copy=True).fit_predict,
        "average cosine": AgglomerativeClustering(
            None, metric="cosine", linkage="average", distance_threshold=0.45
        ).fit_predict,
    }


def _tell(method: str, right: Labels, labels: Labels) -> None:
    table = confusion_matrix(right, labels)
    accuracy = table[linear_sum_assignment(-table)].sum() / len(right)
    figures = (adjusted_rand_score(right, labels), normalized_mutual_info_score(right, labels), accuracy)
    print(f"  {method:16} {len(set(labels.tolist())):4}  {' / '.join(f'{100 * figure:.1f}' for figure in figures)}")


def _month(vectors: Vectors) -> None:
    chance = np.random.default_rng(0)
    some = vectors[chance.integers(0, len(vectors), MONTH)]
    noise = chance.normal(0, APART / np.sqrt(some.shape[1]), some.shape).astype(np.float32)
    month = unit(some + noise)
    began = time.perf_counter()
    labels = cluster(month)
    taken, peak = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"clusters: {MONTH:,} tickets in {taken:.0f} s, {labels.max() + 1} clusters, {peak:.2f} GiB at most")


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
