"""A draft that could leak, lure or mislead is not sent, and the reason is said."""

import pytest

from pipeline.check_draft import problems
from pipeline.mask import mask_text
from tests.pipeline.drafting import POLICY, passage

TICKET = mask_text("write to me at anna@mail.example")
SOURCE = passage("See https://docs.example/a, or status.docs.example.", url="https://docs.example/b")


@pytest.mark.parametrize(
    "text",
    [
        "See https://docs.example/a.",
        "See https://docs.example/b/ (or status.docs.example).",
        "See https://help.example/articles/9?x=1",
        "We write to [EMAIL_1]. If x < 3, use main.py and node.js, e.g. at 10:30.",
    ],
)
def test_a_grounded_draft_may_go(text: str) -> None:
    assert problems(text, TICKET, [SOURCE], POLICY) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("  \n", "empty"),
        ("x" * 3001, "3001 characters"),
        ("See https://evil.example/a", "stands in no cited source"),
        ("See HTTPS://EVIL.example", "stands in no cited source"),
        ("See https://docs.example/a?leak=1", "stands in no cited source"),
        ("See https://help.example.evil.com/", "stands in no cited source"),
        ("See https://help.example@evil.com/", "stands in no cited source"),
        ("See evil.com/login", "stands in no cited source"),
        ("See www.evil.test", "stands in no cited source"),
        ("See ftp://docs.example/a", "stands in no cited source"),
        ("Hello <b>you</b>", "HTML"),
        ("![x](https://docs.example/a)", "image"),
        ("data:text/html;base64,x", "content of its own"),
        ("JavaScript:alert(1)", "content of its own"),
        ("Dear [NAME_1]", "[NAME_1]"),
        ("Call [PHONE]", "[PHONE]"),
    ],
)
def test_what_may_not_go_says_why(text: str, why: str) -> None:
    assert any(why in problem for problem in problems(text, TICKET, [SOURCE], POLICY))


def test_a_source_that_is_not_cited_vouches_for_nothing() -> None:
    assert problems("See https://docs.example/a", TICKET, [], POLICY)
