"""Probabilities and likenesses become a judgement that knows when it does not know."""

import pytest

from pipeline.classify import Band, Engine, Sentiment, Urgency
from pipeline.escalation import Level
from pipeline.mask import mask_text
from pipeline.policy import Category, Policy, Subcategory, Team
from pipeline.read_local import Likenesses, Reading, to_classification
from pipeline.read_rules import read_by_words

HOURS = dict.fromkeys(Urgency, 1.0)
DESCRIPTIONS = {
    "billing": "Invoices, charges, payments, refunds and prices.",
    "technical": "Errors, crashes, bugs, outages and slowness.",
    "general": "Opening hours, orders and everything that fits nowhere else.",
}
BOTH = "I was charged twice this month. Also the app crashes whenever I start it."


def policy(**more: str) -> Policy:
    categories = [
        Category(
            name=name,
            description=description,
            team="support",
            escalation_team="support",
            sla_hours=HOURS,
            subcategories=(Subcategory(name="refund", description="Money back."),) if name == "billing" else (),
        )
        for name, description in {**DESCRIPTIONS, **more}.items()
    ]
    return Policy(categories=tuple(categories), teams=(Team(name="support", channel="support"),))


def reading(*, near: float = 0.1, likeness: dict[str, float] | None = None, **heads: dict[str, float]) -> Reading:
    return Reading(heads, Likenesses(likeness or {}, {("billing", "refund"): near}))


SURE = {"billing": 0.9, "technical": 0.07, "general": 0.03}
TORN = {"billing": 0.55, "technical": 0.42, "general": 0.03}


def test_a_clear_ticket_is_taken_as_certain() -> None:
    found = to_classification(mask_text("I was charged twice"), reading(category=SURE), policy())
    assert (found.category, found.band, found.needs_human_review) == ("billing", Band.HIGH, False)
    assert found.top[0] == ("billing", 0.9)
    assert found.secondary_category is None
    assert found.engine is Engine.LOCAL


def test_a_ticket_about_two_things_gets_a_second_category() -> None:
    assert to_classification(mask_text(BOTH), reading(category=TORN), policy()).secondary_category == "technical"
    assert to_classification(mask_text(BOTH), reading(category=SURE), policy()).secondary_category is None


def test_a_ticket_about_one_unclear_thing_gets_none() -> None:
    found = to_classification(mask_text("charged at startup"), reading(category=TORN), policy())
    assert found.secondary_category is None


def test_a_complaint_without_content_is_left_to_a_person() -> None:
    found = to_classification(mask_text("it doesn't work"), reading(category=SURE), policy())
    assert (found.band, found.needs_human_review) == (Band.LOW, True)


def test_nothing_and_a_single_word_go_to_the_fallback() -> None:
    for text in ("", "refund", "🤷", "??"):
        found = to_classification(mask_text(text), reading(category=SURE), policy())
        assert (found.category, found.band, found.needs_human_review) == ("general", Band.LOW, True)


def test_labels_that_the_policy_does_not_have_are_dropped() -> None:
    heads = {"account": 0.8, "billing": 0.14, "technical": 0.05, "general": 0.01}
    found = to_classification(mask_text("I was charged twice"), reading(category=heads), policy())
    assert [name for name, _ in found.top] == ["billing", "technical", "general"]
    assert found.top[0][1] > 0.5


def test_a_category_without_examples_is_found_by_its_description() -> None:
    likeness = {"billing": 0.1, "technical": 0.05, "general": 0.1, "pets": 0.6}
    found = to_classification(
        mask_text("My dog needs a new collar"),
        reading(category=SURE, likeness=likeness),
        policy(pets="Dogs, cats and what they need."),
    )
    assert found.category == "pets"
    away = to_classification(
        mask_text("I was charged twice"),
        reading(category=SURE, likeness={"billing": 0.6, "pets": 0.0}),
        policy(pets="Dogs, cats and what they need."),
    )
    assert away.category == "billing"


def test_a_subcategory_is_named_only_when_it_is_near() -> None:
    text = mask_text("please give me my money back")
    assert to_classification(text, reading(category=SURE, near=0.6), policy()).subcategory == "refund"
    assert to_classification(text, reading(category=SURE, near=0.1), policy()).subcategory is None


def test_anger_needs_more_than_a_guess_since_it_escalates() -> None:
    text = mask_text("You charged me twice again")
    guess, sure = {"angry": 0.45, "neutral": 0.3, "frustrated": 0.25}, {"angry": 0.8, "neutral": 0.2}
    assert to_classification(text, reading(category=SURE, sentiment=guess), policy()).sentiment is Sentiment.FRUSTRATED
    assert to_classification(text, reading(category=SURE, sentiment=sure), policy()).sentiment is Sentiment.ANGRY


@pytest.mark.parametrize(
    ("chance", "says", "level"),
    [
        (0.01, "", Level.LOW),
        (0.06, "hint of a complaint", Level.MEDIUM),
        (0.2, "may well be a complaint", Level.HIGH),
        (0.97, "reads like a complaint or an alarm (97% likely)", Level.HIGH),
    ],
)
def test_a_possible_complaint_is_shown_and_a_probable_one_escalates(chance: float, says: str, level: Level) -> None:
    text = mask_text("I will see you in court over this charge")
    heads = {"true": chance, "false": 1 - chance}
    found = to_classification(text, reading(category=SURE, escalation=heads), policy())
    assert says in found.risk
    assert bool(found.risk) == bool(says)
    assert found.risk_level is level


def test_without_heads_the_words_of_the_descriptions_order_and_never_convince() -> None:
    masked = mask_text("The invoice shows charges and payments that are wrong")
    found = to_classification(masked, read_by_words(masked.whole, policy()), policy(), engine=Engine.RULES)
    assert found.category == "billing"
    assert found.engine is Engine.RULES
    assert found.needs_human_review
