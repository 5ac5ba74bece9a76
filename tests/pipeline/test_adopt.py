"""Somebody else's labels become categories, and keep what the policy knows of them."""

from pipeline.adopt import adopt
from pipeline.policy import Policy
from tests.fakes.desk import policy


def test_the_categories_are_exactly_the_labels() -> None:
    adopted = adopt(policy(), ("card_arrival", "Billing"))
    assert [category.name for category in adopted.categories] == ["card_arrival", "Billing"]
    assert Policy.model_validate(adopted.model_dump()) == adopted


def test_a_known_category_keeps_its_team_and_its_description() -> None:
    [adopted] = adopt(policy(), ("BILLING",)).categories
    known = policy().category("billing")
    assert (adopted.name, adopted.team, adopted.description) == ("BILLING", known.team, known.description)


def test_an_unknown_one_goes_where_the_fallback_goes_and_is_described_by_its_name() -> None:
    [adopted] = adopt(policy(), ("card_arrival",)).categories
    home = policy().category(policy().fallback_category)
    assert (adopted.team, adopted.sla_hours) == (home.team, home.sla_hours)
    assert adopted.description == "A ticket about card arrival"
