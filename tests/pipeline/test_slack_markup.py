"""Slack's markup is read as people see it."""

import pytest

from pipeline.slack_markup import mentioned, plain_words

NAMES = {"U0ANA": "Ana Ribeiro"}


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("Hi <@U0ANA> and <@U0BEN>", "Hi @Ana Ribeiro and @somebody"),
        ("<@U0BEN|ben>", "@ben"),
        ("in <#C1|general> or <#C2>", "in #general or #C2"),
        ("<!here> <!subteam^S1|@oncall> <!date^1^{date}|1 May>", "@here @oncall 1 May"),
        ("see <https://a.example/x?a=1&amp;b=2|the page>", "see the page (https://a.example/x?a=1&b=2)"),
        ("<https://a.example>", "https://a.example"),
        ("<mailto:kim@client.example|kim@client.example>", "kim@client.example"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("a < b", "a < b"),
    ],
)
def test_marks_become_words(marked: str, words: str) -> None:
    assert plain_words(marked, NAMES) == words


def test_whom_a_text_mentions_is_told_once() -> None:
    assert mentioned("<@U0ANA> <@U0BEN|ben> <@U0ANA> @U0EVE") == ("U0ANA", "U0BEN")
