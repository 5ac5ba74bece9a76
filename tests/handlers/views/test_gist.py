"""A summary is shown where it tells more than the words below it."""

from handlers.views.gist import SHORT, adds

SAID = "Our card was charged twice for the Team plan. Could you refund one of them?"


def test_what_a_short_message_says_itself_is_not_said_twice() -> None:
    assert not adds("Our card was charged twice for the Team plan.", SAID)
    assert not adds("our card was charged twice…", SAID)
    assert not adds(" ", SAID)


def test_a_long_message_and_one_in_another_language_keep_their_summary() -> None:
    assert adds("Our card was charged twice for the Team plan.", f"{SAID} " * (1 + SHORT // len(SAID)))
    assert adds("The customer was charged twice and asks for a refund.", "Unsere Karte wurde doppelt belastet.")
    assert adds("Repeats last week's complaint and threatens to leave.", SAID)
