"""Questions are read as one of the queries that the desk answers, in the words that people use."""

import pytest

from bot.policy_file import default_policy
from pipeline.ask import read_question
from pipeline.question import UNSURE, Question, Wants
from tests.pipeline.questions import BEYOND, COMPARED, FRESH, KNOWN, ME, STANDING, STRANGE

POLICY = default_policy()


@pytest.mark.parametrize(("text", "meant"), KNOWN, ids=[text for text, _ in KNOWN])
def test_usual_questions_are_understood_in_english_and_german(text: str, meant: Question) -> None:
    assert read_question(text, POLICY, ME) == meant


def test_other_phrasings_are_understood_as_well() -> None:
    missed = [text for text, meant in FRESH if read_question(text, POLICY, ME) != meant]
    assert len(missed) <= len(FRESH) // 10, missed


@pytest.mark.parametrize(("text", "meant"), STANDING, ids=[text for text, _ in STANDING])
def test_how_many_there_are_is_told_from_how_many_came(text: str, meant: Question) -> None:
    assert read_question(text, POLICY, ME) == meant


@pytest.mark.parametrize(("text", "meant"), COMPARED, ids=[text for text, _ in COMPARED])
def test_who_is_compared_by_what_is_understood(text: str, meant: Question) -> None:
    assert read_question(text, POLICY, ME) == meant


@pytest.mark.parametrize("text", BEYOND)
def test_what_names_a_time_a_grouping_or_a_customer_that_we_cannot_heed_is_refused(text: str) -> None:
    assert read_question(text, POLICY, ME) == UNSURE


@pytest.mark.parametrize("text", STRANGE)
def test_what_is_no_question_of_ours_is_not_guessed_at(text: str) -> None:
    assert read_question(text, POLICY, ME) == UNSURE


def test_a_why_without_a_ticket_asks_for_one() -> None:
    assert read_question("why was it escalated?", POLICY, ME) == Question(wants=Wants.WHY)
