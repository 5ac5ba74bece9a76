"""Choose how to learn one column: by what predicts rows best that were held out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar  # type: ignore[import-untyped]  # comes with scikit-learn, without types

from pipeline.linear import learn_linear
from pipeline.nearness import gather, owned_by, parts
from pipeline.splits import Split, splits

Numbers = NDArray[np.float32]
Places = NDArray[np.intp]
Groups = NDArray[np.int32]

FEW = 2_000  # rows up to which one split says too little about what the linear part needs
FADING, SLOWER = 2.0, 1.0  # of scores far from examples, for even labels and for others; quicker costs certainty
LARGE = 200_000  # rows times labels beyond which one split decides, and only what costs little is tried


@dataclass(frozen=True, slots=True)
class Choice:
    """How one column is learnt."""

    strength: float = 10.0
    word_weight: float = 0.5
    nearness: float = 0.5
    sharpness: float = 20.0
    temperature: float = 1.0
    fading: float = 0.0  # how quickly scores lose worth with distance from the examples


@dataclass(frozen=True, slots=True)
class Search:
    """What there is to choose from, for rows that are like the tickets to come."""

    strengths: tuple[float, ...] = (3.0, 10.0, 40.0)  # how closely the linear part may follow its examples
    word_weights: tuple[float, ...] = (0.5, 1.0)  # words beside a sentence vector of length one
    nearness: tuple[float, ...] = (0.25, 0.5, 1.0)  # the votes' weight; some, for they hold when tickets change
    sharpness: tuple[float, ...] = (10.0, 20.0, 40.0)  # how quickly an example's vote fades with distance


@dataclass(frozen=True, slots=True)
class Task:
    """The rows of one column: vectors, condensed words, the place of each row's label, and which are copies."""

    vectors: Numbers
    words: Numbers
    labels: Places
    groups: Groups
    count: int
    even: bool
    search: Search

    @property
    def usual(self) -> Choice:
        """What is good for most columns.

        Far from all examples any of even labels may be meant; a false alarm is nearly as rare there as anywhere.
        """
        return Choice(fading=FADING if self.even else SLOWER)

    @property
    def large(self) -> bool:
        """Whether learning takes so long that little can be tried."""
        return len(self.labels) * self.count > LARGE

    def features(self, word_weight: float) -> Numbers:
        """Return what the linear part learns from, of shape (rows, dimensions + topics)."""
        return np.hstack([self.vectors, word_weight * self.words])


def choose(task: Task) -> Choice:
    """Return the choice under which held out rows are likeliest.

    The first split chooses what the linear part needs, or all of them when the rows are few; all of them,
    unless that takes long, choose the rest.
    """
    held = splits(task.groups, task.labels)
    if not held:
        return task.usual
    if task.large:
        return _mix(task, replace(task.usual, strength=20.0), held[:1])
    tried: list[tuple[float, float, float]] = []
    looked_at = held if len(task.labels) <= FEW else held[:1]
    for choice in _candidates(tried, task):
        loss, _ = _tempered(*_held_out(task, choice, looked_at))
        tried.append((loss, choice.word_weight, choice.strength))
    _, weight, strength = min(tried)
    return _mix(task, replace(task.usual, strength=strength, word_weight=weight), held)


def _candidates(tried: Sequence[tuple[float, float, float]], task: Task) -> Iterator[Choice]:
    """Yield word weights at the usual strength, then other strengths at the weight that did best."""
    usual, others = task.usual, task.search.strengths
    yield from (replace(usual, word_weight=weight) for weight in task.search.word_weights)
    best = min(tried)[1]
    yield from (replace(usual, strength=other, word_weight=best) for other in others if other != usual.strength)


def _mix(task: Task, choice: Choice, held: Sequence[Split]) -> Choice:
    """Return the choice with the votes' weight and sharpness, and the temperature, that do best."""
    linear = _linear(task, choice, held)
    weights, truth = _weights(task), np.concatenate([task.labels[unseen] for _, unseen in held])
    counted = weights[np.concatenate([unseen for _, unseen in held])]
    votes_by_sharpness, known = _heard(task, held, task.search.sharpness)
    tried: list[tuple[float, float, float, float]] = []
    for sharpness, votes in zip(task.search.sharpness, votes_by_sharpness, strict=True):
        for nearness in task.search.nearness:
            loss, temperature = _tempered(known * (linear + nearness * votes), truth, counted)
            tried.append((loss, nearness, sharpness, temperature))
    _, nearness, sharpness, temperature = min(tried)
    return replace(choice, nearness=nearness, sharpness=sharpness, temperature=temperature)


def _held_out(task: Task, choice: Choice, held: Sequence[Split]) -> tuple[Numbers, Places, Numbers]:
    """Return the scores, labels and weights of the rows held out."""
    unseen = np.concatenate([rows for _, rows in held])
    [votes], known = _heard(task, held, (choice.sharpness,))
    scores = _linear(task, choice, held) + choice.nearness * votes
    return known * scores, task.labels[unseen], _weights(task)[unseen]


def _linear(task: Task, choice: Choice, held: Sequence[Split]) -> Numbers:
    features = task.features(choice.word_weight)
    return np.vstack(
        [
            learn_linear(features[seen], task.labels[seen], task.count, choice.strength, even=task.even).scores(
                features[unseen]
            )
            for seen, unseen in held
        ]
    )


def _heard(task: Task, held: Sequence[Split], sharpnesses: Sequence[float]) -> tuple[list[Numbers], Numbers]:
    """Return the votes for the rows held out, at each sharpness, and how familiar those rows are."""
    votes: list[list[Numbers]] = [[] for _ in sharpnesses]
    known: list[Numbers] = []
    for seen, unseen in held:
        examples = gather(task.vectors[seen])
        owners = owned_by(task.labels[seen], task.count, even=task.even)
        for part in parts(len(unseen)):
            near = examples.near(task.vectors[unseen[part]])
            known.append(owners.familiarity(near, task.usual.fading))
            for sharpness, found in zip(sharpnesses, votes, strict=True):
                found.append(owners.votes(near, sharpness))
    return [np.vstack(found) for found in votes], np.vstack(known)


def _weights(task: Task) -> Numbers:
    """Return what each row counts: as much as any other, or its label as much as any other."""
    if not task.even:
        return np.ones(len(task.labels), np.float32)
    return np.asarray(1 / np.bincount(task.labels, minlength=task.count)[task.labels], np.float32)


def _tempered(scores: Numbers, truth: Places, weights: Numbers) -> tuple[float, float]:
    """Return the least loss that a temperature can give, and that temperature."""
    found = minimize_scalar(
        lambda power: _loss(scores * np.float32(np.exp(-power)), truth, weights),
        bounds=(-2.5, 2.5),
        method="bounded",
        options={"xatol": 0.01},
    )
    return float(found.fun), float(np.exp(found.x))


def _loss(scores: Numbers, truth: Places, weights: Numbers) -> float:
    highest = scores.max(axis=1)
    whole = highest + np.log(np.exp(scores - highest[:, None]).sum(axis=1))
    return float(np.average(whole - scores[np.arange(len(truth)), truth], weights=weights))
