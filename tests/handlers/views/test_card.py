"""The card shows the present state, and offers nothing that cannot be done."""

import json
from typing import Any

import pytest

from handlers.views.card import card
from pipeline.case import Case, Worth
from pipeline.ports import Card
from tests.handlers.views.cases import DRAFT, ESCALATED, POLICY, STATES, analysis, case, drafted
from tests.handlers.views.valid import must_be_valid


def shown(of: Case, **more: Any) -> Card:
    return card(of, DRAFT if of.analysis else "", POLICY, **more)


def buttons(of: Card) -> dict[str, Any]:
    return {
        element["action_id"]: element
        for block in of.blocks
        if block["type"] in ("actions", "context_actions")
        for element in block["elements"]
    }


def test_an_open_card_has_one_primary_button_bound_to_what_is_shown() -> None:
    found = buttons(shown(case()))
    assert list(found) == [
        "draft.rate",
        "ticket.approve",
        "ticket.edit",
        "ticket.regenerate",
        "ticket.reassign",
        "ticket.claim",
        "ticket.more",
    ]
    assert [name for name, each in found.items() if each.get("style") == "primary"] == ["ticket.approve"]
    assert found["ticket.approve"]["value"] == case().shown


def test_a_draft_that_needs_a_person_makes_writing_the_first_choice() -> None:
    found = buttons(shown(STATES["needs_person"]))
    assert found["ticket.edit"]["style"] == "primary"
    assert found["ticket.approve"]["text"]["text"] == "Send acknowledgement"


def test_an_acknowledged_ticket_says_so_and_is_still_to_be_answered() -> None:
    found = shown(STATES["acknowledged_to_customer"])
    must_be_valid(found)
    assert "Acknowledged to the customer by" in json.dumps(found.blocks) and "still to answer" in found.text
    assert buttons(found)["ticket.edit"]["style"] == "primary"
    assert "ticket.approve" not in buttons(found)
    assert "ticket.reassign" in buttons(found)


def test_a_draft_that_may_name_another_customer_can_only_be_edited() -> None:
    found = shown(case(analysis=analysis(draft=drafted(doubts=("Zorvath", "<!here>")))))
    must_be_valid(found)
    assert "ticket.approve" not in buttons(found)
    assert buttons(found)["ticket.edit"]["style"] == "primary"
    assert "“Zorvath”, “&lt;!here&gt;” may name another customer" in json.dumps(found.blocks, ensure_ascii=False)


def test_a_question_back_is_shown_as_one_to_approve() -> None:
    found = shown(STATES["question"])
    assert buttons(found)["ticket.approve"]["text"]["text"] == "Send question"
    assert "A question back: the ticket does not say what it is about" in json.dumps(found.blocks)


@pytest.mark.parametrize("state", ["reading", "wrote_again", "untriaged"])
def test_nothing_is_approved_before_it_was_read(state: str) -> None:
    assert "ticket.approve" not in buttons(shown(STATES[state]))


def test_after_a_decision_no_button_is_dead() -> None:
    options = buttons(shown(STATES["approved"]))["ticket.more"]["options"]
    assert [each["value"] for each in options] == ["resolve", "say", "gold", "poor"]
    assert list(buttons(shown(STATES["dismissed"]))) == ["ticket.reopen"]


def test_an_unsure_category_is_asked_for_with_the_two_likeliest() -> None:
    found = buttons(shown(STATES["unsure"]))
    assert found["ticket.category.1"]["value"] == "billing"
    assert found["ticket.category.2"]["text"]["text"] == "Account"
    chosen = STATES["unsure"].but(chosen_category="account")
    assert "ticket.category.1" not in buttons(shown(chosen))


def test_a_card_mentions_nobody_since_the_calls_below_it_do() -> None:
    assert "<@" not in json.dumps([shown(ESCALATED).text, *shown(ESCALATED).blocks])


def test_a_claimed_card_can_be_released() -> None:
    assert buttons(shown(STATES["snoozed_and_claimed"]))["ticket.claim"]["text"]["text"] == "Release"


def test_an_escalated_card_can_be_called_off_and_any_other_escalated() -> None:
    def more(case: Case) -> list[str]:
        return [each["value"] for each in buttons(shown(case))["ticket.more"]["options"]]

    assert more(ESCALATED) == ["resolve", "snooze", "call_off", "why", "rarer"]
    assert more(case()) == ["resolve", "snooze", "escalate", "why", "rarer"]


def test_a_mere_acknowledgement_is_not_rated() -> None:
    assert "draft.rate" not in buttons(shown(STATES["needs_person"]))


def test_a_gold_answer_is_shown_as_one() -> None:
    gold = STATES["approved"].but(worth=Worth.GOLD)
    assert "⭐ gold answer" in json.dumps(shown(gold).blocks, ensure_ascii=False)
    assert [each["value"] for each in buttons(shown(gold))["ticket.more"]["options"]] == [
        "resolve",
        "say",
        "poor",
        "plain",
    ]
