"""A model's word counts only inside the policy's closed names."""

import math

import pytest
from pydantic import ValidationError

from pipeline.classify import Band, Classification, Engine, Evidence, Sentiment, Urgency
from pipeline.errors import Refused
from pipeline.mask import mask_text
from pipeline.read_llm import Answers, Reading, answers_model, one_line, read_answers, to_classification
from tests.stubs.understanding import policy

POLICY = policy()
TICKET = mask_text("I was charged twice.\n\nGive the money back  or you hear from my lawyer!")


def item(**other: object) -> dict[str, object]:
    return {
        "ticket": 1,
        "summary": "The customer was charged twice.",
        "category": "billing",
        "confidence": 0.7,
        "runner_up": "account",
        "runner_up_confidence": 0.28,
        "subcategory": "refund",
        "urgency": "P2",
        "sentiment": "frustrated",
        "risk": "",
        "quote": "",
        **other,
    }


def read(*items: object, count: int = 1) -> tuple[Classification | Refused, ...]:
    return read_answers(answers_model(POLICY)(items=items), [TICKET] * count, POLICY)


def understood(**other: object) -> Classification:
    return to_classification(Reading.model_validate(item(**other)), TICKET, POLICY)


def test_a_reading_becomes_a_classification() -> None:
    (found,) = read(item())
    assert isinstance(found, Classification)
    assert (found.category, found.secondary_category, found.subcategory) == ("billing", "account", "refund")
    assert (found.urgency, found.sentiment) == (Urgency.P2, Sentiment.FRUSTRATED)
    assert found.top == (("billing", 0.7), ("account", 0.28))
    assert (found.band, found.engine, found.needs_human_review) == (Band.MEDIUM, Engine.LLM, False)


@pytest.mark.parametrize(
    "spoiled",
    [
        item(category="world_domination"),
        item(runner_up="world_domination"),
        item(urgency="P0"),
        item(sentiment="murderous"),
        item(tool="send_reply"),
        item(confidence=math.nan),
        item(confidence="certain"),
        item(summary=None),
        item(ticket=7),
        {"ticket": 1},
        "billing",
        None,
        [[]],
    ],
)
def test_an_item_outside_the_schema_is_refused_for_its_ticket_alone(spoiled: object) -> None:
    first, second = read(spoiled, item(ticket=2), count=2)
    assert isinstance(first, Refused)
    assert isinstance(second, Classification)


def test_a_ticket_that_is_answered_twice_is_not_believed() -> None:
    first, second = read(item(), item(category="general"), item(ticket=2), count=2)
    assert isinstance(first, Refused)
    assert isinstance(second, Classification)


def test_items_are_told_apart_by_number_and_not_by_order() -> None:
    found = read(item(ticket=2, category="general"), item(ticket=1), item(ticket=99), count=2)
    assert [getattr(each, "category", None) for each in found] == ["billing", "general"]


def test_confidence_is_clipped_and_never_exceeded_by_the_runner_up() -> None:
    assert understood(confidence=95).confidence == 1.0
    assert understood(confidence=-1).top == (("billing", 0.0), ("account", 0.0))
    assert understood(confidence=0.4, runner_up_confidence=0.9).top == (("billing", 0.4), ("account", 0.4))


def test_a_runner_up_below_the_threshold_or_equal_to_the_first_is_no_second_category() -> None:
    assert understood(runner_up_confidence=0.1).secondary_category is None
    assert understood(runner_up="billing").secondary_category is None
    assert understood(runner_up=None).top == (("billing", 0.7),)


def test_a_subcategory_of_another_category_is_dropped() -> None:
    assert understood(subcategory="outage").subcategory is None


def test_low_confidence_asks_for_a_person() -> None:
    assert understood(confidence=0.3).needs_human_review


def test_a_quote_is_kept_when_it_stands_in_the_ticket_and_there_is_an_alarm() -> None:
    said = "Give the money back or you hear from my lawyer!"
    assert understood(risk="a lawyer", quote=said).evidence == Evidence(risk=said)
    assert understood(risk="a lawyer", quote="I shall sue you all.").evidence == Evidence()
    assert understood(quote=said).evidence == Evidence()


def test_texts_are_cut_to_one_line_of_their_length() -> None:
    found = understood(summary="a\n\x00\u202e b " + "x" * 9_000, risk="y" * 9_000)
    assert found.summary.startswith("a b x")
    assert (len(found.summary), len(found.risk)) == (400, 300)
    assert found.summary.endswith("…")
    assert one_line("", 5) == ""


def test_the_schema_is_closed_and_holds_the_policys_names() -> None:
    asked = answers_model(POLICY).model_json_schema()
    one = asked["properties"]["items"]["items"]
    names = [category.name for category in POLICY.categories]
    assert asked["additionalProperties"] is False
    assert one["additionalProperties"] is False
    assert sorted(one["required"]) == sorted(one["properties"])
    assert one["properties"]["category"]["enum"] == names
    assert one["properties"]["runner_up"]["anyOf"][0]["enum"] == names
    assert one["properties"]["subcategory"]["anyOf"][0]["enum"] == ["refund", "invoice", "outage"]
    with pytest.raises(ValidationError):
        Answers.model_validate({"items": [], "tool": "send_reply"})
