"""What would have turned a decision is found by trying, and is the smallest that does."""

import re
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import Engine, Sentiment, Urgency
from pipeline.policy import Member, Policy
from pipeline.route import Roster
from tests.fakes.desk import policy
from tests.pipeline.concluding import NOON, analysed, read_as

QUIET = "My card was charged twice."


def team(*members: Member, lead: str = "") -> Policy:
    teams = tuple(
        each.model_copy(update={"members": members, "lead": lead}) if each.name == "billing_support" else each
        for each in policy().teams
    )
    return policy().model_copy(update={"teams": teams})


def person(name: str, *skills: str, **more: object) -> Member:
    return Member.model_validate({"name": name, "email": f"{name}@x.example", "skills": skills, **more})


def had(text: str, found: object, of: Policy, roster: Roster | None = None, **more: object) -> dict[str, str]:
    analysis, _ = analysed(text, found, of, roster, **more)  # type: ignore[arg-type]
    assert analysis.receipt is not None
    return {turn.then: turn.had for turn in analysis.receipt.turns}


def test_an_alarm_that_was_just_reached_names_the_threshold_beyond_it() -> None:
    told = had(QUIET, read_as(complaint=0.0793), policy())
    assert told["it would not have been escalated"] == "threshold alarm been 0.08"
    told = had(QUIET, read_as(complaint=0.0661), policy())
    assert told["it would have been escalated"] == "threshold alarm been 0.066"


def test_an_alarm_far_away_moves_the_threshold_that_would_be_passed_as_well() -> None:
    told = had(QUIET, read_as(complaint=0.0123), policy())
    assert told["it would have been escalated"] == "thresholds alarm and notice been 0.012"


@settings(max_examples=60, deadline=None)
@given(st.integers(10, 9998), st.integers(10, 9998))
def test_every_receipt_has_what_would_have_turned_review_and_escalation(confidence: int, complaint: int) -> None:
    """Applied, each threshold that is told turns it; only extremes, and a text that says too little, have none."""
    found = read_as(confidence=confidence / 10_000, complaint=complaint / 10_000)
    told = had(QUIET, found, policy())
    for about in ("asked for the category", "been escalated"):
        [limits] = [re.findall(r"(\w+)(?= and|\s+been)|([\d.]+)$", told[then]) for then in told if about in then]
        limit = float(limits[-1][1])
        moved = policy().thresholds.model_copy(update={name: limit for name, _ in limits[:-1]})
        before, _ = analysed(QUIET, found, policy())
        after, _ = analysed(QUIET, found, policy().model_copy(update={"thresholds": moved}))
        if about == "been escalated":
            assert before.escalation.escalated != after.escalation.escalated
        else:
            assert before.classification.needs_human_review != after.classification.needs_human_review


def test_everything_that_escalates_must_have_been_otherwise_together() -> None:
    found = read_as(complaint=0.3, urgency=Urgency.P1, sentiment=Sentiment.ANGRY)
    told = had("I will contact my lawyer and sue you.", found, policy())["it would not have been escalated"]
    assert told == (
        "rule legal_threat been off and threshold alarm been 0.301 and it been read as P2 and the customer sounded "
        "frustrated and not angry"
    )
    told = had(QUIET, read_as(complaint=None, risk="They leave.", engine=Engine.LLM), policy())[
        "it would not have been escalated"
    ]
    assert told == "no risk been read in it"


def test_the_category_s_confidence_is_held_against_the_threshold_that_asks() -> None:
    assert had(QUIET, read_as(confidence=0.5234), policy())["nobody would have been asked for the category"] == (
        "threshold medium been 0.523"
    )
    assert had(QUIET, read_as(confidence=0.6), policy())["a person would have been asked for the category"] == (
        "threshold medium been 0.601"
    )
    sure = had(QUIET, read_as(confidence=0.9), policy())["a person would have been asked for the category"]
    assert sure == "thresholds medium and high been 0.901"
    doubtful = had(QUIET, read_as(confidence=0.9, doubtful=True), policy())
    assert not [then for then in doubtful if "asked" in then]  # no threshold makes such a text clear


def test_whoever_was_nearest_to_getting_it_is_named_with_what_was_missing() -> None:
    both = team(person("Ana", "billing"), person("Ben", "billing", capacity=3))
    one = team(person("Ana"), person("Ben", "billing", capacity=3))
    assert had(QUIET, read_as(), one, Roster(load={"Ben": 3}))["it would have been Ben's"] == "Ben had a free place"
    full = had(QUIET, read_as(), both, Roster(load={"Ana": 5, "Ben": 3}))
    assert full["it would have been Ben's"] == "Ben had 0 open and not 3"
    away = had(QUIET, read_as(), both, Roster(load={"Ana": 5}, away=frozenset({"Ben"})))
    assert away["it would have been Ben's"] == "Ben been here"
    busy = had(QUIET, read_as(), both, Roster(load={"Ana": 5, "Ben": 2}))
    assert busy["it would have been Ben's"] == "Ben had 0 open and not 2"
    night = team(person("Ana"), person("Ben", "billing", hours="22:00-06:00"))
    assert had(QUIET, read_as(), night, at=NOON + timedelta(hours=1))["it would have been Ben's"] == "Ben been at work"
    unskilled = team(person("Ana", "billing", "en"), person("Ben", "en", capacity=40))
    roster = Roster(load={"Ana": 5})
    assert had(QUIET, read_as(), unskilled, roster)["it would have been Ben's"] == "Ben known billing"


def test_everybody_has_the_reason_why_they_were_passed_over() -> None:
    of = team(
        person("Ana", "billing"),
        person("Ben", "billing"),
        person("Cy", hours="22:00-06:00", zone="UTC"),
        person("Dan"),
        person("Eva", "billing"),
        person("Flo", "billing", capacity=2),
        lead="Lea",
    ).model_copy(update={"leads": (person("Lea"),)})
    roster = Roster(load={"Ben": 3, "Flo": 2}, away=frozenset({"Flo"}))
    analysis, _ = analysed(QUIET, read_as(), of, roster)
    assert analysis.receipt is not None
    assert {each.name: each.passed_over for each in analysis.receipt.candidates} == {
        "Ana": (),
        "Ben": ("Ana has more room",),
        "Cy": ("not at work: 22:00-06:00 UTC",),
        "Dan": ("knows less of it: Ana also knows billing",),
        "Eva": ("as good as Ana, who comes first by name",),
        "Flo": ("away", "no free place: 2 of 2 open"),
        "Lea": ("its lead, who takes what nobody of the team is free for",),
    }
