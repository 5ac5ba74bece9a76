"""Intents found in batches keep their identity, and thresholds follow what people say."""

import numpy as np

from pipeline.areas import areas
from pipeline.discovery import Known, discover
from pipeline.intents import Intent, distinct, usual
from pipeline.matching import MATCH, Judged, calibrated, nearest_intent
from pipeline.neighbours import Vectors
from tests.fakes.clock import MORNING


def around(directions: int, each: int, seed: int = 0) -> Vectors:
    """Unit vectors around so many axes, axis by axis."""
    chance = np.random.default_rng(seed)
    axes = np.repeat(np.eye(directions, 24, dtype=np.float32), each, axis=0)
    made = axes + chance.normal(0, 0.08, axes.shape).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def test_intents_keep_their_identity_when_the_batch_grows() -> None:
    first = discover(around(4, 12), [""] * 48, [])
    assert [(each.id, len(each.members)) for each in first] == [("", 12)] * 4
    known = [Known(f"i{number}", each.centre) for number, each in enumerate(first)]
    before = [next(f"i{n}" for n, each in enumerate(first) if at in each.members) for at in range(48)]
    vectors = np.concatenate([around(4, 12), around(5, 12, seed=1)[48:]])
    again = discover(vectors, [*before, *[""] * 12], known)
    assert {each.id: len(each.members) for each in again} == {"i0": 12, "i1": 12, "i2": 12, "i3": 12, "": 12}


def test_an_intent_without_its_tickets_is_known_by_its_centre() -> None:
    vectors = around(2, 12)
    known = [Known("a", vectors[:12].mean(axis=0) / np.linalg.norm(vectors[:12].mean(axis=0)))]
    assert {each.id for each in discover(vectors, [""] * 24, known)} == {"a", ""}


def test_what_people_merged_stays_one() -> None:
    vectors, known = around(3, 12), [Known("a", around(3, 1)[0], settled=True)]
    again = discover(vectors, ["a"] * 24 + [""] * 12, known)
    assert {each.id: len(each.members) for each in again} == {"a": 24, "": 12}


def test_few_tickets_are_no_intent() -> None:
    assert discover(around(1, 3), [""] * 3, []) == ()
    assert discover(np.zeros((0, 0), np.float32), [], []) == ()


def test_the_threshold_follows_what_people_say_and_is_the_usual_one_while_they_say_nothing() -> None:
    assert calibrated([]) == MATCH
    wrong = [Judged(cosine=0.66, right=False), Judged(cosine=0.68, right=False), Judged(cosine=0.75, right=True)] * 30
    assert 0.67 < calibrated(wrong) <= 0.75
    assert MATCH < calibrated(wrong[:3]) < calibrated(wrong)


def test_the_nearest_intent_is_found_among_some_and_not_among_none() -> None:
    centres = around(3, 1)
    match = nearest_intent(centres[1], centres)
    assert match is not None and match.place == 1 and match.cosine > 0.99
    assert nearest_intent(centres[1], np.zeros((0, 0), np.float32)) is None


def test_names_differ_and_areas_keep_what_people_filed() -> None:
    assert distinct({"a": "Charged twice", "b": "charged twice"}, ["Login"]) == {
        "a": "Charged twice",
        "b": "charged twice (2)",
    }
    assert usual(["b", "a", "", "a"]) == "a" and usual([]) == ""
    tree = [
        Intent(id="a", name="Charged twice", l1="billing", size=9, created_at=MORNING),
        Intent(id="b", name="Refund", l1="billing", size=3, created_at=MORNING),
        Intent(id="c", name="Login", l1="billing", l2="Entry", filed=True, created_at=MORNING),
    ]
    near = np.array([[1, 0, 0], [0.9, 0.43, 0], [0, 0, 1]], np.float32)
    assert areas(tree, near) == {"a": "Charged twice", "b": "Charged twice", "c": "Entry"}
