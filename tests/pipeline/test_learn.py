"""Heads learn any labels from vectors and words, in the same way each time."""

import numpy as np
import pytest

from pipeline.features import learn_words
from pipeline.learn import Numbers, fit

TOPICS = {
    "cats": ["my cat purrs", "the cat sleeps", "a kitten and a cat", "cats eat fish"],
    "cars": ["my car stalls", "the car brakes", "an engine and a car", "cars need oil"],
    "tea": ["green tea please", "the tea is hot", "a cup of tea", "tea with milk"],
}
TEXTS = [f"{text} {ending}" for texts in TOPICS.values() for text in texts for ending in ("today", "now", "")]
LABELS = [name for name, texts in TOPICS.items() for _ in texts for _ in range(3)]


def vectors(texts: list[str]) -> Numbers:
    """Vectors that know a little: whether a text is about an animal."""
    rows = np.array([[1.0, 0.2] if "cat" in text else [0.2, 1.0] for text in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_words_tell_apart_what_vectors_do_not() -> None:
    model = fit(TEXTS, vectors(TEXTS), {"topic": LABELS})
    unseen = ["the car is old", "tea for two", "a cat on a tree"]
    chances = model.predict(unseen, vectors(unseen))["topic"]
    named = [model.heads["topic"].labels[row.argmax()] for row in chances]
    assert named == ["cars", "tea", "cats"]


def test_probabilities_sum_to_one_and_do_not_depend_on_company() -> None:
    model = fit(TEXTS, vectors(TEXTS), {"topic": LABELS})
    together = model.predict(TEXTS, vectors(TEXTS))["topic"]
    alone = model.predict(TEXTS[:1], vectors(TEXTS[:1]))["topic"]
    assert together.sum(axis=1) == pytest.approx(1, abs=1e-3)
    assert np.abs(together[0] - alone[0]).max() <= 2e-5


def test_the_same_rows_give_the_same_model() -> None:
    first, second = (fit(TEXTS, vectors(TEXTS), {"topic": LABELS}).heads["topic"] for _ in range(2))
    assert np.array_equal(first.from_vector, second.from_vector)
    assert np.array_equal(first.from_words, second.from_words)
    assert first.choice == second.choice


def test_rows_without_a_label_in_a_column_are_left_out_of_it() -> None:
    some: list[str | None] = [None if label == "tea" else label for label in LABELS]
    model = fit(TEXTS, vectors(TEXTS), {"topic": LABELS, "vehicle": some})
    assert model.heads["vehicle"].labels == ("cars", "cats")
    assert model.heads["topic"].labels == ("cars", "cats", "tea")


def test_one_label_alone_is_certain() -> None:
    model = fit(TEXTS, vectors(TEXTS), {"kind": ["all"] * len(TEXTS)})
    assert model.predict(["anything"], vectors(["anything"]))["kind"].tolist() == [[1.0]]


def test_a_column_without_labels_is_an_error() -> None:
    with pytest.raises(ValueError, match="no row has a label"):
        fit(TEXTS, vectors(TEXTS), {"empty": [None] * len(TEXTS)})


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_handful_of_rows_is_enough_to_begin(count: int) -> None:
    texts, labels = (
        ["a cat", "a car", "cat food", "car wash", "black cat"][:count],
        ["x", "y", "x", "y", "x"][:count],
    )
    model = fit(texts, vectors(texts), {"label": labels})
    assert model.predict(["the cat"], vectors(["the cat"]))["label"].shape == (1, 2)


def test_labels_that_cannot_be_told_apart_are_not_believed() -> None:
    """Calibrated: noise in, doubt out."""
    noise = [str(n % 2) for n in range(len(TEXTS))]
    chances = fit(TEXTS, vectors(TEXTS), {"noise": noise}).predict(TEXTS[:3], vectors(TEXTS[:3]))["noise"]
    assert chances.max() < 0.95


def test_placeholders_of_masked_data_are_no_words() -> None:
    words = learn_words(["call [EMAIL_1] now", "ask [EMAIL_1] now"])
    assert (words.matrix(["[EMAIL_1]"]).nnz, words.matrix(["now"]).nnz > 0) == (0, True)
    assert words.matrix(["", "completely different"]).shape[0] == 2


def test_a_rare_topic_is_as_likely_beforehand_as_a_frequent_one() -> None:
    """Where the text says nothing, a category is not guessed from how often it came; an urgency is."""
    rows = [(text, label) for text, label in zip(TEXTS, LABELS, strict=True) if label != "cars"]
    rows += [(f"{text} again {n}", "cars") for n in range(5) for text in TOPICS["cars"]]
    texts, labels = [text for text, _ in rows], [label for _, label in rows]
    model = fit(texts, vectors(texts), {"category": labels, "urgency": labels})
    unseen = ["zzz qqq"]
    even, counted = (model.predict(unseen, vectors(unseen))[column][0] for column in ("category", "urgency"))
    assert even[0] < counted[0]
