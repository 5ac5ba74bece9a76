"""Words are found in any script, and weigh what they tell."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from pipeline.words import folded, shared, weight, written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Über den Café-Export", "uber den cafe export"),
        ("ERR-4471!", "err4471 err 4471"),
        ("v2.13.0", "v2130 v2 13 0"),
        ("パス ワード", "ハス ワー ート"),
        ("Write to [EMAIL_1] or [NAME]", "write to or"),
        ("", ""),
    ],
)
def test_a_text_is_folded(text: str, words: str) -> None:
    assert folded(text) == words


def test_a_word_is_named_as_it_was_written() -> None:
    assert written("Export the EXPORT of ERR-4471")["export"] == "Export"
    assert written("ERR-4471")["err4471"] == "ERR-4471"


def test_a_rare_word_weighs_more_than_a_usual_one() -> None:
    assert weight(0, 100) > weight(1, 100) > weight(50, 100) > weight(100, 100) > 0


def test_more_mentions_in_a_shorter_text_share_more() -> None:
    once, twice = shared({"a": 1.0}, "a b c"), shared({"a": 1.0}, "a a c")
    long = shared({"a": 1.0}, "a " + "b " * 500)
    assert long["a"] < once["a"] < twice["a"] < 1.0


@given(st.text(max_size=300))
def test_folding_again_changes_nothing_that_a_search_would_miss(text: str) -> None:
    words = folded(text).split()
    assert all(regex.fullmatch(r"[\p{L}\p{N}]{1,64}", word) for word in words)
    assert set(words) == set(written(text))
