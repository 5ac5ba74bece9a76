"""Tickets that share a question share their precedents fairly."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.precedent import Precedent, together

PRECEDENT = st.builds(Precedent, text=st.text("ab", max_size=3), category=st.sampled_from(["billing", "general"]))


def named(*texts: str) -> list[Precedent]:
    return [Precedent(text=text, category="billing") for text in texts]


def test_every_tickets_first_comes_before_any_tickets_second() -> None:
    shared = together([named("a1", "a2", "a3"), [], named("b1", "a1", "b3")])
    assert [precedent.text for precedent in shared] == ["a1", "b1", "a2", "a3", "b3"]


def test_of_two_words_on_the_same_ticket_the_first_counts() -> None:
    corrected = Precedent(text="same", category="general", instead_of="billing")
    assert together([[corrected, *named("same")]]) == (corrected,)


@given(st.lists(st.lists(PRECEDENT, max_size=5), max_size=5))
def test_nothing_is_lost_and_no_text_is_there_twice(several: list[list[Precedent]]) -> None:
    shared = together(several)
    texts = [precedent.text for precedent in shared]
    assert len(texts) == len(set(texts))
    assert set(texts) == {precedent.text for row in several for precedent in row}
    assert together([shared]) == shared
