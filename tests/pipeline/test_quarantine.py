"""A correction against many waits for a second voice; where opinions differ, or few are known, it counts at once."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.feedback import Standing
from pipeline.quarantine import FEWEST, NEAR, Neighbour, agreeing, contradicts


def filed(*categories: str, likeness: float = 0.8, by: str = "U1") -> list[Neighbour]:
    return [Neighbour(f"c{number}", each, by, likeness) for number, each in enumerate(categories)]


def waiting(case_id: str, category: str, by: str, likeness: float = 0.8) -> Neighbour:
    return Neighbour(case_id, category, by, likeness, Standing.QUARANTINED)


def test_what_contradicts_many_is_noticed() -> None:
    assert contradicts("technical", "U2", filed(*["billing"] * 5))
    assert contradicts("technical", "U2", filed(*["billing"] * 8, "technical", "account"))


def test_few_neighbours_say_nothing() -> None:
    assert not contradicts("technical", "U2", filed(*["billing"] * 4))
    assert not contradicts("technical", "U2", [])


def test_where_neighbours_disagree_a_correction_counts() -> None:
    assert not contradicts("technical", "U2", filed(*["billing"] * 5, *["account"] * 5))
    assert not contradicts("technical", "U2", filed(*["billing"] * 7, *["technical"] * 2))


def test_who_says_the_same_again_and_again_is_no_second_voice() -> None:
    own = [Neighbour(f"mine{number}", "technical", "U2", 0.9) for number in range(9)]
    assert contradicts("technical", "U2", [*own, *filed(*["billing"] * 5)])
    assert not contradicts("technical", "U3", [*own, *filed(*["billing"] * 5)])
    assert not contradicts("technical", "U1", filed(*["billing"] * 5))


def test_tickets_about_something_else_have_no_say() -> None:
    assert not contradicts("technical", "U2", filed(*["billing"] * 9, likeness=NEAR - 0.01))


def test_what_waits_itself_contradicts_nobody() -> None:
    assert not contradicts("technical", "U2", [waiting(f"c{n}", "billing", "U1") for n in range(9)])


def test_somebody_else_who_says_the_same_of_a_ticket_like_it_corroborates() -> None:
    around = [
        waiting("c1", "technical", "U1"),
        waiting("c2", "account", "U1"),
        waiting("c3", "technical", "U2"),
        waiting("c4", "technical", "U1", likeness=NEAR - 0.01),
    ]
    assert agreeing("technical", "U2", around) == ("c1",)
    assert agreeing("technical", "U3", around) == ("c1", "c3")


@given(st.lists(st.sampled_from("abc"), min_size=FEWEST, max_size=40), st.sampled_from("abcd"))
def test_more_of_the_same_opinion_never_puts_it_in_quarantine(categories: list[str], said: str) -> None:
    agrees = Neighbour("more", said, "U3", 0.9)
    assert contradicts(said, "U2", filed(*categories)) >= contradicts(said, "U2", [agrees, *filed(*categories)])
