"""Why is the receipt: every score, everybody who could have got it, and what would have turned it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views.why import why_card, why_modal
from pipeline.candidates import Candidate
from pipeline.receipt import Held
from pipeline.route import Roster
from pipeline.turning import Turn
from tests.fakes.desk import policy
from tests.handlers.views.cases import case
from tests.handlers.views.valid import must_be_valid, must_be_valid_view
from tests.pipeline.concluding import analysed, read_as

ANALYSIS, _ = analysed(
    "I will contact my lawyer.", read_as(complaint=0.0793), policy(), Roster(away=frozenset({"Ana Ribeiro"})), number=4
)


def test_it_names_scores_people_turns_and_the_policy() -> None:
    card = why_card(case(analysis=ANALYSIS), policy())
    must_be_valid(card)
    must_be_valid_view(why_modal(case(analysis=ANALYSIS), policy()))
    told = str(card.blocks)
    assert "alarm 0.0793 ≥ 0.067" in told
    assert "high 0.7 &lt; 0.8" in told
    assert "• Ana Ribeiro (knows billing, en; 0 of 20 open): away" in told
    assert "Had rule legal_threat been off and threshold alarm been 0.08, it would not have been escalated." in told
    assert "with 4 changes over the file" in told
    assert f"`triage why {case().id} --replay`" in told


def test_a_score_beside_a_limit_has_enough_digits_to_differ_from_it() -> None:
    assert ANALYSIS.receipt is not None
    held = (Held(threshold="alarm", limit=0.197, score=0.19704, reached=True),)
    kept = ANALYSIS.receipt.model_copy(update={"held": held})
    assert "alarm 0.19704 ≥ 0.197" in str(
        why_card(case(analysis=ANALYSIS.model_copy(update={"receipt": kept})), policy())
    )


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=400), st.sampled_from(["&", "<!channel>", "😀", "`"]))
def test_whatever_a_receipt_holds_it_is_valid_and_dead(said: str, sign: str) -> None:
    assert ANALYSIS.receipt is not None
    name = sign * 30 + said
    more = {
        "held": (Held(threshold=name, limit=1e-9, score=0.1234567, reached=True),) * 12,
        "candidates": (Candidate(name=name, knows=(name,) * 9, load=1, capacity=2, passed_over=(name,) * 5),) * 40,
        "turns": (Turn(had=name * 3, then=name),) * 3,
    }
    of = case(analysis=ANALYSIS.model_copy(update={"receipt": ANALYSIS.receipt.model_copy(update=more)}))
    card = why_card(of, policy())
    must_be_valid(card)
    must_be_valid_view(why_modal(of, policy()))
    assert "<!channel>" not in str(card.blocks)
