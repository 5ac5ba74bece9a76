"""Near-duplicates share a mark, and texts that differ are not taken for them."""

import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.likeness import ALIKE, BANDS, alike, marks, telling_words

WORDS = [f"w{letter}{other}" for letter in "abcdefghijklmnop" for other in "abcdefgh"]


def test_numbers_case_and_accents_make_no_difference() -> None:
    one = telling_words("Facture no 4711 : débitée DEUX fois le 2 mars")
    other = telling_words("facture no 9999 : debitee deux fois le 31 mars")
    assert one == other
    assert marks(one) == marks(other)
    assert len(marks(one)) == BANDS


def test_near_duplicates_nearly_always_share_a_mark() -> None:
    rng, missed = random.Random(7), 0
    for _ in range(300):
        words = set(rng.sample(WORDS, 40))
        other = words - set(rng.sample(sorted(words), 2))
        assert alike(words, other)
        missed += not set(marks(words)) & set(marks(other))
    assert missed <= 1


@given(st.sets(st.sampled_from(WORDS), min_size=4), st.sets(st.sampled_from(WORDS), min_size=4))
def test_alike_is_the_share_of_words(one: set[str], other: set[str]) -> None:
    assert alike(one, other) == (len(one & other) / len(one | other) >= ALIKE)
    assert alike(one, other) == alike(other, one)


def test_a_text_without_words_has_no_marks() -> None:
    assert marks(telling_words("4711 😀 -- ")) == ()
    assert alike((), ())


def test_no_text_is_too_odd() -> None:
    for text in ("\ud800 half a pair", "\0 null", "x" * 100_000, "ok"):
        assert all(-(2**63) <= each < 2**63 for each in marks(telling_words(text)))
