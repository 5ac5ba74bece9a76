"""Figures that a person can check by hand."""

import pytest

from pipeline.escalation import Layer
from pipeline.evaluate import Judged, calibration_error, evaluate, evaluate_escalation

JUDGED = (
    Judged("billing", "billing", 0.9),
    Judged("billing", "technical", 0.6),
    Judged("technical", "technical", 0.8),
    Judged("account", "technical", 0.3),
)


def test_accuracy_f1_and_confusion_count_what_a_person_would_count() -> None:
    found = evaluate(JUDGED)
    assert found.labels == ("account", "billing", "technical")
    assert found.confusion == ((0, 0, 1), (0, 1, 1), (0, 0, 1))
    assert found.accuracy == 0.5
    assert found.per_class["technical"].precision == pytest.approx(1 / 3)
    assert found.per_class["billing"].recall == 0.5
    assert found.macro_f1 == pytest.approx((0 + 2 / 3 + 1 / 2) / 3)


def test_a_label_that_only_we_used_counts_against_us_and_not_into_the_average() -> None:
    found = evaluate([Judged("billing", "general", 0.5), Judged("billing", "billing", 0.5)])
    assert found.macro_f1 == pytest.approx(2 / 3)
    assert found.per_class["general"].support == 0


def test_calibration_compares_confidence_with_what_came_true() -> None:
    assert calibration_error([Judged("a", "a", 1.0), Judged("a", "a", 1.0)]) == 0
    assert calibration_error([Judged("a", "b", 1.0), Judged("a", "a", 1.0)]) == pytest.approx(0.5)
    mixed = [Judged("a", "a", 0.95), Judged("a", "b", 0.95), Judged("a", "a", 0.5), Judged("a", "b", 0.5)]
    assert calibration_error(mixed) == pytest.approx(0.5 * 0.45)


def test_abstaining_answers_fewer_tickets_and_more_of_them_rightly() -> None:
    curve = {round(point.threshold, 2): point for point in evaluate(JUDGED).abstention}
    assert (curve[0.0].coverage, curve[0.0].accuracy) == (1.0, 0.5)
    assert (curve[0.7].coverage, curve[0.7].accuracy) == (0.5, 1.0)
    assert (curve[0.95].coverage, curve[0.95].accuracy) == (0.0, None)


def test_nothing_to_evaluate_is_said() -> None:
    with pytest.raises(ValueError, match="nothing to evaluate"):
        evaluate([])


def test_any_layer_suffices_and_each_is_counted_alone() -> None:
    rule, mood, none = frozenset({Layer.RULE}), frozenset({Layer.SENTIMENT, Layer.RULE}), frozenset[Layer]()
    found = evaluate_escalation([True, True, True, False], [rule, mood, none, rule])
    assert (found.together.recall, found.together.precision) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert found.layers[Layer.SENTIMENT].recall == pytest.approx(1 / 3)
    assert found.layers[Layer.SENTIMENT].precision == 1
    assert found.layers[Layer.MODEL].precision is None
