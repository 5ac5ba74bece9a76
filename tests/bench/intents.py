"""Intents: a stream of tickets in time order, matched as they come, with a batch each night and when enough wait."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.metrics import confusion_matrix, normalized_mutual_info_score

from bot.adapters.embedder import LocalEmbedder
from handlers.placing import ENOUGH, FIRST, YOUNG
from pipeline.discovery import Known, discover
from pipeline.mask import mask_text
from pipeline.matching import MATCH, nearest_intent
from pipeline.neighbours import Vectors
from tests.bench.bursts import burst, quiet_hours
from tests.bench.clusters import Labels, _rows
from tests.bench.product import share_models

SETS = {
    "banking77": ("banking77/train.jsonl.gz", "banking77/dev.jsonl.gz"),
    "clinc150": ("clinc150/train.jsonl.gz", "clinc150/val.jsonl.gz"),
}
STREAM = 10_000
NIGHT = 1_000  # tickets a day
TOLD_AT = (500, 1_000, 2_000, 5_000, STREAM)


@dataclass
class Stream:
    """Intents as they are known by now, and where each ticket is."""

    vectors: Vectors
    where: list[str] = field(default_factory=list)
    known: dict[str, Vectors] = field(default_factory=dict)
    centres: Vectors = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    waiting: int = 0
    last: int = 0
    made: int = 0
    batches: int = 0
    matching: float = 0.0
    kept: list[float] = field(default_factory=list)  # of each batch: the share of placed tickets that it left alone

    def come(self) -> None:
        """Take the next ticket in, and hold a batch when one is due."""
        vector, began = self.vectors[len(self.where)], time.perf_counter()
        match = nearest_intent(vector, self.centres)
        self.matching += time.perf_counter() - began
        matched = match is not None and match.cosine >= MATCH
        self.where.append(list(self.known)[match.place] if match and matched else "")
        self.waiting += not matched
        if len(self.where) % NIGHT == 0 or (not matched and self._due()):
            self._batch()

    def _due(self) -> bool:
        if not self.batches:
            return self.waiting >= FIRST
        came = len(self.where) - self.last
        waits = self.where.count("")
        return (came >= ENOUGH and waits >= ENOUGH) or (self.last < YOUNG and came >= max(FIRST, self.last))

    def _batch(self) -> None:
        count, before = len(self.where), self.where
        found = discover(self.vectors[:count], before, [Known(id_, centre) for id_, centre in self.known.items()])
        self.where, self.known = [""] * count, {}
        for each in found:
            self.made += not each.id
            id_ = each.id or f"i{self.made}"
            self.known[id_] = each.centre
            for member in each.members.tolist():
                self.where[member] = id_
        self.centres = np.array(list(self.known.values()), np.float32)
        stayed = [now == then for now, then in zip(self.where, before, strict=True) if then]
        self.kept.append(sum(stayed) / len(stayed) if stayed else 1.0)
        self.waiting, self.last, self.batches = 0, count, self.batches + 1


async def intents(_seconds: int, data: Path) -> None:
    """Print purity and number of intents as tickets arrive, the time of a match, and how bursts are found."""
    with tempfile.TemporaryDirectory() as models:
        share_models(Path(models))
        embedder = LocalEmbedder("", Path(models))
        for name, files in SETS.items():
            rows = [row for file in files for row in _rows(data / file) if row["category"] != "oos"]
            order = np.random.default_rng(0).permutation(len(rows))[:STREAM]
            chosen = [rows[number] for number in order]
            vectors = await embedder.embed([mask_text(row["text"]) for row in chosen])
            right = np.unique([row["category"] for row in chosen], return_inverse=True)[1]
            report(name, vectors, right)


def report(name: str, vectors: Vectors, right: Labels) -> None:
    """Print everything of one set."""
    stream = Stream(vectors)
    print(f"intents [{name}]: tickets, intents (truly), purity of those placed, placed, NMI")
    for number in range(1, len(vectors) + 1):
        stream.come()
        if number in TOLD_AT:
            _tell(stream, right[:number])
    micros, kept = 1e6 * stream.matching / len(vectors), np.median(stream.kept)
    print(
        f"  a match takes {micros:.0f} µs; {stream.batches} batches, which left {kept:.0%} of tickets where they were"
    )
    burst(name, vectors, right)
    quiet_hours(name, vectors, right)


def _tell(stream: Stream, right: Labels) -> None:
    placed = [number for number, id_ in enumerate(stream.where) if id_]
    if not placed:
        return
    truth, found = right[placed], np.unique([stream.where[number] for number in placed], return_inverse=True)[1]
    purity, nmi = _purity(truth, found), normalized_mutual_info_score(truth, found)
    share, true = len(placed) / len(right), len(np.unique(right))
    print(f"  {len(right):6,} {len(stream.known):4} ({true}) {purity:.1%} {share:.0%} {nmi:.3f}")


def _purity(truth: Sequence[int] | Labels, found: Labels) -> float:
    return float(confusion_matrix(truth, found).max(axis=0).sum() / len(found))
