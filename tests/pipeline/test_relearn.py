"""What people say is added to how tickets are read: it helps where it was wrong, and harms nowhere."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.amend import amended
from pipeline.relearn import FEWEST, Relearnt, relearn
from tests.pipeline.lessons import LABELS, column, rows, world

EVEN = dict.fromkeys(LABELS, 1 / 3)


def accuracy(learnt: Relearnt, seed: int = 99) -> float:
    """How often tickets that nobody has seen are read rightly, which without amendments is left to chance."""
    texts, vectors, truth = world(300, seed)
    chosen = [amended(EVEN, added) for added in learnt.amendments.scores(texts, vectors)["category"]]
    said = [max(one, key=lambda name: one[name]) for one in chosen]
    return float(np.mean([one == LABELS[place] for one, place in zip(said, truth, strict=True)]))


def test_sixty_tickets_teach_what_nothing_else_told() -> None:
    texts, vectors, truth = world(60)
    found = relearn(rows(texts, vectors), {"category": column(truth)})
    assert accuracy(found) > 0.9
    trial = found.trials["category"]
    assert trial.after.share > 0.85 > trial.before.share
    assert trial.better - trial.worse == trial.after.hits - trial.before.hits
    assert trial.chance < 0.001
    assert sum(total for total, _, _ in trial.by_label.values()) == 60


def test_the_same_rows_always_teach_the_same() -> None:
    texts, vectors, truth = world(60)
    one, other = (relearn(rows(texts, vectors), {"category": column(truth)}) for _ in range(2))
    for part in ("from_vector", "from_words", "bias"):
        same = [getattr(each.amendments.columns["category"], part) for each in (one, other)]
        np.testing.assert_array_equal(*same)


def test_few_words_teach_nothing() -> None:
    texts, vectors, truth = world(FEWEST - 1)
    assert relearn(rows(texts, vectors), {"category": column(truth)}).amendments.columns == {}


def test_a_label_that_the_column_does_not_have_is_left_out() -> None:
    texts, vectors, truth = world(80)
    said = column(truth)
    strange = [*said.said[:40], *["retired"] * 40]
    found = relearn(rows(texts, vectors), {"category": type(said)(said.how, said.read, strange)})
    assert found.trials["category"].after.total == 40


def test_who_moves_everything_wrongly_is_contradicted_by_the_others() -> None:
    texts, vectors, truth = world(200)
    said, people = truth.copy(), [f"U{number % 5}" for number in range(200)]
    wrong = np.flatnonzero(truth == 0)[:20]
    said[wrong] = 1
    for row in wrong:
        people[row] = "Umean"
    found = relearn(rows(texts, vectors, people=people), {"category": column(said)})
    assert set(found.doubted["category"]) >= set(wrong.tolist()[:15])
    assert len(set(found.doubted["category"]) - set(wrong.tolist())) <= 5
    clean = relearn(rows(texts, vectors), {"category": column(truth)})
    assert accuracy(found) >= accuracy(clean) - 0.01


def test_a_row_that_is_trusted_is_never_doubted() -> None:
    texts, vectors, truth = world(200)
    said, people = truth.copy(), ["U1" if number % 2 else "U2" for number in range(200)]
    wrong = np.flatnonzero(truth == 0)[:10]
    said[wrong] = 1
    trusted = np.zeros(200, bool)
    trusted[wrong] = True
    found = relearn(rows(texts, vectors, people=people, trusted=trusted), {"category": column(said)})
    assert not set(found.doubted["category"]) & set(wrong.tolist())


def test_who_alone_knows_a_kind_of_ticket_is_believed() -> None:
    texts, vectors, truth = world(120, noise=0.05)
    people = ["U1" if place == 1 else "U2" for place in truth]
    sure = np.tile(np.array([0.98, 0.01, 0.01], np.float32), (120, 1))
    found = relearn(rows(texts, vectors, people=people), {"category": column(truth, sure)})
    assert found.doubted["category"] == ()


def test_a_column_that_new_rows_make_worse_keeps_to_the_old_ones() -> None:
    texts, vectors, truth = world(160)
    said = np.concatenate([truth[:80], (truth[80:] + np.random.default_rng(1).integers(0, 3, 80)) % 3])
    present = np.arange(160) < 80
    found = relearn(rows(texts, vectors, present=present, people=["U1"] * 160), {"category": column(said)})
    alone = relearn(rows(texts[:80], vectors[:80], people=["U1"] * 80), {"category": column(truth[:80])})
    assert not found.trials["category"].no_worse
    assert accuracy(found) == accuracy(alone)


@given(
    st.dictionaries(st.sampled_from("abcd"), st.floats(0, 1), min_size=1),
    st.dictionaries(st.sampled_from("abcd"), st.floats(-20, 20)),
)
def test_chances_stay_chances(chances: dict[str, float], added: dict[str, float]) -> None:
    found = amended(chances, added)
    assert found.keys() == chances.keys()
    assert abs(sum(found.values()) - sum(chances.values())) < 1e-6
    assert all(chance >= 0 for chance in found.values())


def test_nothing_said_changes_nothing() -> None:
    assert amended({"billing": 0.7, "account": 0.3}, {}) == {"billing": 0.7, "account": 0.3}
