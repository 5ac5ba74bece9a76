"""Replaying a receipt gives the same bytes; after a change of the policy it says which part differs."""

import subprocess
import sys
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.analysis import Analysis
from pipeline.classify import Classification, Engine, Sentiment, Urgency
from pipeline.policy_change import Step, changed
from pipeline.replay import differences, hits_of, replayed, same_words, serialised
from pipeline.route import Roster
from tests.fakes.desk import policy
from tests.pipeline.concluding import NOON, analysed, read_as

SAID = (
    "My card was charged twice.",
    "I will contact my lawyer and sue you.",
    "Nothing works, our whole platform is down for everyone!",
    "Ich verlange sofort mein Geld zurück, sonst gehe ich zur Presse. Schreiben Sie an mia@example.com",
    "",
    "Your support is the worst I ever had, cancel my account.",
)
CATEGORIES = tuple(category.name for category in policy().categories)
NAMES = tuple(dict.fromkeys(member.name for member in policy().everybody))

readings = st.builds(
    read_as,
    st.sampled_from(CATEGORIES),
    st.floats(0, 1).map(lambda chance: round(chance, 4)),
    st.one_of(st.none(), st.floats(0, 1)),
    doubtful=st.booleans(),
    urgency=st.sampled_from(Urgency),
    sentiment=st.sampled_from(Sentiment),
    engine=st.sampled_from(Engine),
    subcategory=st.sampled_from([None, "refund"]),
    risk=st.sampled_from(["", "They threaten to leave."]),
)
rosters = st.builds(
    Roster,
    load=st.dictionaries(st.sampled_from(NAMES), st.integers(0, 25)),
    away=st.frozensets(st.sampled_from(NAMES)),
)
moments = st.integers(0, 7 * 24).map(lambda hours: NOON + timedelta(hours=hours))


@settings(max_examples=100)
@given(st.sampled_from(SAID), readings, rosters, st.sampled_from(["", *CATEGORIES]), moments)
def test_a_receipt_that_was_stored_and_replayed_has_the_same_bytes(
    text: str, found: Classification, roster: Roster, chosen: str, at: datetime
) -> None:
    analysis, masked = analysed(text, found, policy(), roster, chosen=chosen, at=at, number=3)
    kept = Analysis.model_validate_json(analysis.model_dump_json())
    again = replayed(kept, masked, policy(), 3)
    assert serialised(again) == serialised(analysis)
    assert differences(kept, again) == {}
    assert same_words(kept, masked)
    assert b"mia@example.com" not in serialised(analysis)


@given(readings)
def test_one_without_its_scores_is_replayed_as_it_was_judged(found: Classification) -> None:
    older = found.model_copy(update={"scores": None})
    analysis, masked = analysed(SAID[1], older, policy(), chosen="account")
    assert serialised(replayed(analysis, masked, policy(), 0)) == serialised(analysis)


def test_an_older_receipt_without_its_silent_rules_is_replayed_without_them() -> None:
    analysis, masked = analysed(SAID[1], read_as(), policy())
    assert analysis.receipt is not None and analysis.receipt.tried
    older = analysis.model_copy(update={"receipt": analysis.receipt.model_copy(update={"tried": None})})
    assert serialised(replayed(older, masked, policy(), 0)) == serialised(older)


def test_after_a_change_it_says_which_part_differs() -> None:
    analysis, masked = analysed(SAID[0], read_as(complaint=0.06), policy())
    stricter = changed(policy(), [Step(path=("thresholds", "alarm"), value=0.055)])
    after = replayed(analysis, masked, stricter, 1)
    differing = differences(analysis, after)
    assert differing["route.escalated"] == (False, True)
    assert differing["escalation.level"] == ("medium", "high")
    assert differing["receipt.policy"] == (0, 1)
    assert differing["receipt.held.4.limit"] == (0.067, 0.055)
    assert "language" not in differing


def test_rules_are_read_anew_only_where_they_are_not_the_same() -> None:
    analysis, masked = analysed(SAID[1], read_as(), policy())
    fired = hits_of(analysis, None, policy())
    assert fired and fired[0].rule == "legal_threat"
    off = changed(policy(), [Step(path=("rules", "legal_threat", "off"), value=True)])
    assert hits_of(analysis, None, off) is None
    assert "legal_threat" not in [hit.rule for hit in hits_of(analysis, masked, off) or ()]


def test_the_bytes_are_the_same_in_another_process() -> None:
    written = Roster(load={"Ben": 2, "Ana": 1}, away=frozenset({"Cleo", "Ana", "Dan", "Eva"})).model_dump_json()
    said = f"from pipeline.route import Roster; print(Roster.model_validate_json({written!r}).model_dump_json())"
    for seed in ("1", "2"):
        world = {"PYTHONHASHSEED": seed, "PYTHONPATH": "."}
        ran = subprocess.run([sys.executable, "-c", said], env=world, capture_output=True, check=True)
        assert ran.stdout.decode().strip() == written
