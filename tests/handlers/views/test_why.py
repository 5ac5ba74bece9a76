"""Why is the receipt: every score, everybody who could have got it, and what would have turned it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.views.why import why_card, why_modal
from pipeline.candidates import Candidate
from pipeline.policy_change import Step, changed
from pipeline.preferences import Preferences
from pipeline.receipt import Held
from pipeline.route import Roster
from pipeline.tried import Asks, State, Tried
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


def test_it_names_every_rule_that_stayed_silent_and_what_was_missing() -> None:
    told = str(why_card(case(analysis=ANALYSIS), policy()).blocks)
    for rule in policy().rules:
        assert rule.id in told, "each rule either matched or is among the silent ones"
    assert "· chargeback (high): its words are not there (0 found, 1 needed)" in told
    assert "· urgency (critical): read as P3, and P1 is needed" in told
    assert "✓ billing to Billing Support: 70.0%, the one that was read, the next has 30.0%" in told
    assert "· account to Account Support: not read, where the one that was read has 70.0%" in told
    assert "· a person is asked for the category: the confidence is 0.7 ≥ 0.55" in told
    assert "✓ its card goes to Billing Lead: it is high, and high is needed" in told


def test_the_hours_that_people_chose_count_as_they_do_when_a_ticket_is_assigned() -> None:
    roster = Roster(chosen={"Ana Ribeiro": Preferences(hours="20:00-22:00")})
    analysis, _ = analysed("Hello, charged twice.", read_as(), policy(), roster)
    assert analysis.route.agent != "Ana Ribeiro"
    told = str(why_card(case(analysis=analysis), policy()).blocks)
    assert "not at work: 20:00-22:00 UTC" in told
    assert "Had Ana Ribeiro been at work, it would have been Ana Ribeiro" in told


def test_words_that_are_denied_and_rules_that_are_off_say_so() -> None:
    off = changed(policy(), [Step(path=("rules", "churn", "off"), value=True)])
    analysis, _ = analysed("There is no need to escalate this.", read_as(), off, chosen="account")
    told = str(why_card(case(analysis=analysis), off).blocks)
    assert "its words stand there, denied or reported (1 found, none counts, 1 needed)" in told
    assert "· churn (high): is switched off" in told
    assert "✓ account to Account Support: a person chose it" in told
    assert "· billing to Billing Support: a person chose Account" in told


def test_more_rules_than_fit_are_counted() -> None:
    assert ANALYSIS.receipt is not None and ANALYSIS.receipt.tried is not None
    word = next(each for each in ANALYSIS.receipt.tried if each.asks is Asks.WORDS and not each.matched)
    many = tuple(word.model_copy(update={"rule": f"rule_{n}"}) for n in range(100))
    kept = ANALYSIS.receipt.model_copy(update={"tried": many})
    told = str(why_card(case(analysis=ANALYSIS.model_copy(update={"receipt": kept})), policy()).blocks)
    listed = sum(f"rule_{n} " in told for n in range(100))
    assert 20 < listed < 100
    assert f"…and {100 - listed} more, all silent" in told


def test_a_score_beside_a_limit_has_enough_digits_to_differ_from_it() -> None:
    assert ANALYSIS.receipt is not None
    held = (Held(threshold="alarm", limit=0.197, score=0.19704, reached=True),)
    kept = ANALYSIS.receipt.model_copy(update={"held": held})
    assert "alarm 0.19704 ≥ 0.197" in str(
        why_card(case(analysis=ANALYSIS.model_copy(update={"receipt": kept})), policy())
    )


@settings(max_examples=10)
@given(st.text(min_size=1, max_size=400), st.sampled_from(["&", "<!channel>", "😀", "`"]))
def test_whatever_a_receipt_holds_it_is_valid_and_dead(said: str, sign: str) -> None:
    assert ANALYSIS.receipt is not None
    name = sign * 30 + said
    more = {
        "held": (Held(threshold=name, limit=1e-9, score=0.1234567, reached=True),) * 12,
        "candidates": (Candidate(name=name, knows=(name,) * 9, load=1, capacity=2, passed_over=(name,) * 5),) * 40,
        "turns": (Turn(had=name * 3, then=name),) * 3,
        "tried": tuple(
            Tried(asks=asks, rule=name, to=name, matched=matched, had=had, needed=had, state=state)
            for asks in Asks
            for matched, had, state in ((False, name, State.DENIED), (True, 0.5, None))
        ),
    }
    of = case(analysis=ANALYSIS.model_copy(update={"receipt": ANALYSIS.receipt.model_copy(update=more)}))
    card = why_card(of, policy())
    must_be_valid(card)
    must_be_valid_view(why_modal(of, policy()))
    assert "<!channel>" not in str(card.blocks)
