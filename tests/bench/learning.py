"""What the engine learns from corrections: accuracy after so many, and with one in ten wrong.

Each set's labels are adopted with a description alone, so at first the engine knows no ticket of theirs. Then
six people file tickets as the set says, in random order; what contradicts many goes to quarantine as it does in
the product, and the rest is learnt, tried and adopted by the product's own learner. Held-out tickets are judged.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.adapters.amendments import unpack
from bot.adapters.classifier import LocalClassifier
from bot.adapters.embedder import LocalEmbedder
from bot.adapters.learner import LocalLearner
from bot.policy_file import default_policy
from pipeline.adopt import adopt
from pipeline.feedback import Standing
from pipeline.lesson import Lesson
from pipeline.mask import Masked, mask_text
from pipeline.policy import Policy
from pipeline.quarantine import NEAR, Neighbour, agreeing, contradicts
from pipeline.read_local import Reading, rank
from tests.shared import MODELS

STEPS = (50, 200, 1000)
DRAWS = 3
PEOPLE = 6
WRONG = 0.1
KINDS = ("right", "careless", "one person")


@dataclass(frozen=True)
class Labelled:
    """A set: tickets to learn from and tickets to judge by, with their labels."""

    name: str
    seen: Sequence[tuple[Masked, str]]
    held_out: Sequence[tuple[Masked, str]]

    @property
    def labels(self) -> list[str]:
        return sorted({label for _, label in (*self.seen, *self.held_out)})


async def learning(_seconds: int, data: Path) -> None:
    """Print one line for each set and kind: the accuracy at first and after each step, mean of the draws."""
    embedder = Remembering(LocalEmbedder("", MODELS))
    classifier = LocalClassifier(embedder, MODELS)
    bench = Bench(classifier, LocalLearner(classifier, embedder), embedder)
    for each in _sets(data):
        await bench.run(each)


class Remembering:
    """An embedder that embeds each text once: the same tickets are learnt and judged again and again."""

    def __init__(self, embedder: LocalEmbedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}
        self.name, self.languages = embedder.name, embedder.languages

    @property
    def dimensions(self) -> int:
        return self._embedder.dimensions

    async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]:
        new = list({text.whole: text for text in texts if text.whole not in self._known}.values())
        self._known |= zip((text.whole for text in new), await self._embedder.embed(new), strict=True)
        return np.array([self._known[text.whole] for text in texts], np.float32).reshape(-1, self.dimensions)


class Bench:
    """The engine, and who teaches it."""

    def __init__(self, classifier: LocalClassifier, learner: LocalLearner, embedder: Remembering) -> None:
        self._classifier, self._learner, self._embedder = classifier, learner, embedder
        self._plain: tuple[NDArray[np.float32], list[Reading]]

    async def run(self, of: Labelled) -> None:
        policy = adopt(default_policy(), of.labels)
        self._plain = await self._classifier.read_plainly([masked for masked, _ in of.held_out], policy)
        first = self._accuracy(of, policy, b"")
        print(
            f"learning: {of.name}, {len(of.held_out)} held out, {len(of.labels)} categories; at first {first:.1f} %",
            flush=True,
        )
        right: NDArray[np.float64] | None = None
        for kind in KINDS:
            curves = np.array([await self._curve(of, policy, kind, draw) for draw in range(DRAWS)])
            mean, held = curves[:, :, 0].mean(axis=0), curves[:, :, 1].mean(axis=0)
            right = mean if right is None else right
            told = ", ".join(
                f"{step}: {accuracy:.1f} % ({accuracy - best:+.1f}, {waiting:.0f} in quarantine)"
                for step, accuracy, best, waiting in zip(STEPS, mean, right, held, strict=True)
            )
            print(f"learning: {of.name}, {kind:10} after {told}", flush=True)

    async def _curve(self, of: Labelled, policy: Policy, kind: str, draw: int) -> list[tuple[float, float]]:
        """Return the accuracy and the number in quarantine after each step of one draw."""
        random = np.random.default_rng(draw)
        order = random.permutation(len(of.seen))[: STEPS[-1]]
        said = [of.seen[row] for row in order]
        people = [f"U{random.integers(PEOPLE)}" for _ in said]
        labels, who = _spoilt([label for _, label in said], people, of.labels, kind, draw)
        vectors = await self._embedder.embed([masked for masked, _ in said])
        found, known, in_force = [], 0, b""
        for step in STEPS:
            standing = _standings(vectors[:step], labels, who)
            lessons = [
                Lesson(said[row][0], who[row], {"category": labels[row]}, present=row < known)
                for row in range(step)
                if standing[row] is not Standing.QUARANTINED
            ]
            learnt = await self._learner.learn(lessons, policy)
            if learnt.no_worse:
                known, in_force = step, learnt.content
            found.append((self._accuracy(of, policy, in_force), float(standing.count(Standing.QUARANTINED))))
        return found

    def _accuracy(self, of: Labelled, policy: Policy, in_force: bytes) -> float:
        """Return how many of a hundred held-out tickets are read as the set says; read plainly once for all."""
        vectors, readings = self._plain
        if in_force:
            amendments = unpack(in_force, embedder=self._embedder.name, dimensions=self._embedder.dimensions)
            added = amendments.scores([masked.whole for masked, _ in of.held_out], vectors)["category"]
            readings = [replace(each, added={"category": row}) for each, row in zip(readings, added, strict=True)]
        chosen = [rank(reading, policy.categories)[0][0] for reading in readings]
        return 100 * float(np.mean([said == label for said, (_, label) in zip(chosen, of.held_out, strict=True)]))


def _spoilt(
    labels: Sequence[str], people: Sequence[str], every: Sequence[str], kind: str, draw: int
) -> tuple[list[str], list[str]]:
    """Return labels and people with one in ten wrong: anything by anybody, or always the same by one person."""
    random, said, who = np.random.default_rng(draw), list(labels), list(people)
    count = round(WRONG * len(said))
    if kind == "careless":
        for row in random.choice(len(said), count, replace=False):
            said[row] = str(random.choice([label for label in every if label != said[row]]))
    if kind == "one person":
        usual = max(every, key=said.count)
        other = every[(every.index(usual) + 1) % len(every)]
        for row in random.permutation([row for row, label in enumerate(said) if label == usual])[:count]:
            said[row], who[row] = other, "U-wrong"
    return said, who


def _standings(vectors: NDArray[np.float32], labels: Sequence[str], people: Sequence[str]) -> list[Standing]:
    """Return each word's standing when they were said one after the other."""
    found: list[Standing] = []
    for row, vector in enumerate(vectors):
        cosines = vectors[:row] @ vector
        near = [
            Neighbour(str(other), labels[other], people[other], float(cosines[other]), found[other])
            for other in np.flatnonzero(cosines >= NEAR)
        ]
        seconded = agreeing(labels[row], people[row], near)
        for other in seconded:
            found[int(other)] = Standing.TRUSTED
        alone = not seconded and contradicts(labels[row], people[row], near)
        found.append(Standing.QUARANTINED if alone else Standing.TRUSTED if seconded else Standing.COUNTED)
    return found


def _sets(data: Path) -> Iterator[Labelled]:
    """Yield questions to a shop (11 categories), and complaints about banks (5)."""
    shop = _rows(data / "bitext" / "dev.jsonl.gz")
    order = np.random.default_rng(7).permutation(len(shop))
    yield Labelled("bitext", [shop[row] for row in order[1000:]], [shop[row] for row in order[:1000]])
    complaints = (_rows(data / "complaints" / f"{part}.jsonl.gz") for part in ("train", "dev"))
    yield Labelled("complaints", *complaints)


def _rows(path: Path) -> list[tuple[Masked, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(mask_text(row["text"]), row["category"]) for row in rows]
