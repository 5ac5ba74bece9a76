"""A text of any length goes into pieces that fit, in order and without a loss."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.escape import size, visible
from handlers.views.pieces import pieces

MOST = 12
LETTERS = st.text(alphabet="aé\u0301👩\u200d🏽🇩🇪 \n한&")


def ends(text: str) -> set[int]:
    """Where one character, as a reader sees it, ends."""
    return {match.end() for match in regex.finditer(r"\X", text)}


@given(st.one_of(LETTERS, st.text()))
def test_joined_pieces_are_the_whole_text_and_each_fits(text: str) -> None:
    made = pieces(text, MOST)
    assert "".join(made) == text
    assert all(0 < size(piece) <= MOST for piece in made)


@given(LETTERS)
def test_a_character_is_cut_only_where_it_does_not_fit_by_itself(text: str) -> None:
    whole, at = ends(text), 0
    large = [match for match in regex.finditer(r"\X", text) if size(match[0]) > MOST]
    for piece in pieces(text, MOST):
        at += len(piece)
        assert at in whole or any(match.start() < at < match.end() for match in large)


@given(st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=MOST // 2 - 1)))
def test_words_that_fit_stay_whole(words: list[str]) -> None:
    assert [word for piece in pieces(" ".join(words), MOST) for word in piece.split()] == words


def test_half_of_a_surrogate_pair_that_came_in_does_not_reach_slack() -> None:
    for piece in pieces(visible("a\ud83d" * 50), MOST):
        piece.encode()
