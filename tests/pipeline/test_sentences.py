"""Sentences are found, and texts that say too little are known for it."""

import pytest

from pipeline.sentences import holds_several, says_a_word, says_enough, sentences


def test_sentences_end_at_marks_and_lines() -> None:
    assert sentences("One. Two?  Three!\n\nFour 1.5 times\n") == ["One.", "Two?", "Three!", "Four 1.5 times"]


@pytest.mark.parametrize(
    "text",
    [
        "it doesn't work",
        "It doesn’t work!!", "nothing works", "help", "please help me asap", "broken", "😀", "",
        "Es geht nicht",
        "ça ne marche pas", "no funciona nada", "não funciona", "non funziona", "het werkt niet",
        "[EMAIL_1]", "hello, I have a problem",
    ],
)  # fmt: skip
def test_a_complaint_without_content_says_too_little(text: str) -> None:
    assert not says_enough(text)


@pytest.mark.parametrize(
    "text",
    [
        "I was charged twice", "cannot log in since yesterday", "where is my parcel?", "forgot password",
        "Rechnung fehlt", "请问我的订单什么时候发货", "add dark mode please",
    ],
)  # fmt: skip
def test_a_short_ticket_can_say_enough(text: str) -> None:
    assert says_enough(text)
    assert says_a_word(text)


@pytest.mark.parametrize("text", ["", "refund", "👍", "???", "[EMAIL_1] refund"])
def test_one_word_is_no_ticket(text: str) -> None:
    assert not says_a_word(text)


def test_a_second_issue_needs_room() -> None:
    assert not holds_several("I was charged twice.")
    assert holds_several("I was charged twice this month. Also the app crashes on start.")
