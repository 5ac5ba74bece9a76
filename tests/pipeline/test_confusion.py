"""What is often filed elsewhere is named by what those tickets share, with who says so."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.confusion import FEWEST, confusions
from pipeline.feedback import Feedback
from pipeline.rate import Rate
from tests.pipeline.judging import judged

ERRORS = "Your page shows a payment error when I enter the card of {}."
INVOICES = "Please send the invoice of {} to my bookkeeper."


def told(*groups: tuple[int, str, str, str]) -> tuple[list[Feedback], dict[str, str]]:
    """So many tickets of a text, read as one category and filed under another."""
    rows = [(text, shown, chosen) for count, text, shown, chosen in groups for _ in range(count)]
    said = [judged(number, shown, chosen) for number, (_, shown, chosen) in enumerate(rows, start=1)]
    return said, {f"c{number}": text.format(f"north{number}") for number, (text, _, _) in enumerate(rows, start=1)}


def test_payment_errors_that_belong_elsewhere_are_named_by_their_words() -> None:
    said, texts = told((14, ERRORS, "billing", "technical"), (3, ERRORS, "billing", ""), (40, INVOICES, "billing", ""))
    [found] = confusions(said, texts)
    assert (found.shown, found.chosen, found.rate) == ("billing", "technical", Rate(14, 17))
    assert found.phrase in ERRORS.casefold()
    assert " " in found.phrase
    assert found.entries == tuple(range(1, 15))
    assert found.people == {"Ana": 14}


def test_a_category_that_is_wrong_as_a_whole_needs_no_phrase() -> None:
    said, texts = told((12, INVOICES, "general", "billing"), (2, ERRORS, "general", ""))
    [found] = confusions(said, texts)
    assert (found.phrase, found.rate) == ("", Rate(12, 14))


def test_two_patterns_of_one_category_are_told_apart() -> None:
    said, texts = told(
        (8, ERRORS, "billing", "technical"),
        (7, "How do I change my sign-in address {}?", "billing", "account"),
        (60, INVOICES, "billing", ""),
    )
    assert [(each.chosen, each.rate) for each in confusions(said, texts)] == [
        ("technical", Rate(8, 8)),
        ("account", Rate(7, 7)),
    ]


def test_few_or_scattered_corrections_are_no_pattern() -> None:
    few = told((FEWEST - 1, ERRORS, "billing", "technical"), (40, INVOICES, "billing", ""))
    assert confusions(*few) == ()
    as_often_right = told((6, ERRORS, "billing", "technical"), (9, ERRORS, "billing", ""))
    assert confusions(*as_often_right) == ()
    assert confusions([], {}) == ()


def test_a_ticket_whose_words_are_gone_still_counts_for_its_category() -> None:
    said, _ = told((12, INVOICES, "general", "billing"))
    [found] = confusions(said, {})
    assert found.rate == Rate(12, 12)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["billing", "account"]),
            st.sampled_from(["", "technical", "general"]),
            st.lists(st.sampled_from(["payment", "error", "invoice", "login"]), max_size=4),
        ),
        max_size=60,
    )
)
def test_each_correction_is_told_of_once_and_the_counts_are_true(rows: list[tuple[str, str, list[str]]]) -> None:
    said = [judged(number, shown, chosen) for number, (shown, chosen, _) in enumerate(rows)]
    texts = {f"c{number}": " ".join(words) for number, (_, _, words) in enumerate(rows)}
    found = confusions(said, texts)
    told_of = [entry for each in found for entry in each.entries]
    assert len(told_of) == len(set(told_of))
    for each in found:
        having = [row for row in said if row.shown == each.shown and each.phrase in texts[row.case_id]]
        assert FEWEST <= each.rate.hits == len(each.entries) == sum(each.people.values()) <= each.rate.total
        assert each.rate.total <= len(having)
        assert all(said[entry].chosen == each.chosen for entry in each.entries)
