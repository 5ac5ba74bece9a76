"""Documents are read by heading, without what stands beside them, and cut into passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import LONGEST, LONGEST_PASSAGE, Section, passages, read_html, read_markdown, read_plain
from pipeline.errors import Refused

GUIDE = """---
title: "Billing guide"
url: https://help.example.com/billing
---
Before anything else.

# Billing

## Refunds

1. Open **Settings**
2. Choose *Refund*

### Yearly plans

Within thirty days.

## Invoices

| Month | Sent |
|---|---|
| March | 2nd |
"""


def test_markdown_is_read_by_heading_with_those_above_it() -> None:
    page = read_markdown(GUIDE)
    assert (page.title, page.url) == ("Billing guide", "https://help.example.com/billing")
    assert [section.heading for section in page.sections] == [
        "",
        "Billing › Refunds",
        "Billing › Refunds › Yearly plans",
        "Billing › Invoices",
    ]
    assert "Choose Refund" in page.sections[1].text
    assert "March" in page.sections[3].text and "|" not in page.sections[3].text


def test_a_page_is_read_without_its_navigation_and_scripts() -> None:
    page = read_html(
        "<html><head><title>Exports &amp; more</title><link rel='canonical' href='https://a.example/x'></head>"
        "<body><nav>Home</nav><header>Logo</header><h1>How <b>to</b> export</h1><p>Choose CSV.</p>"
        "<script>alert(1)</script><footer>Imprint</footer></body></html>"
    )
    assert (page.title, page.url) == ("Exports & more", "https://a.example/x")
    assert page.sections == (Section("How to export", "Choose CSV."),)


def test_without_a_title_the_first_heading_is_one() -> None:
    assert read_markdown("# Printers\n\nPress the button.").title == "Printers"
    assert read_plain("Only words.").sections == (Section("", "Only words."),)


@pytest.mark.parametrize("nothing", ["", " ", "<!-- -->", "<p></p>", "\ue000"])
def test_nothing_has_no_sections(nothing: str) -> None:
    assert read_html(nothing).sections == read_markdown(nothing).sections == ()
    assert read_plain(" \ue000").sections == ()


def test_what_nobody_wrote_is_refused() -> None:
    with pytest.raises(Refused, match="deep"):
        read_html("<div>" * 5000)
    with pytest.raises(Refused, match="split it"):
        read_plain("x" * (LONGEST + 1))


@given(st.text(max_size=4000))
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (read_markdown, read_html, read_plain):
        for section in read(text).sections:
            assert all(len(passage) <= LONGEST_PASSAGE for passage in passages(section))


def test_a_long_section_is_cut_between_paragraphs_and_loses_nothing() -> None:
    paragraphs = [f"Paragraph {number}. " + "It goes on. " * 40 for number in range(9)]
    cut = list(passages(Section("", "\n\n".join(paragraphs))))
    assert all(len(passage) <= LONGEST_PASSAGE for passage in cut)
    assert " ".join("\n\n".join(cut).split()) == " ".join(" ".join(paragraphs).split())
    assert all(passage.startswith("Paragraph") for passage in cut)


def test_a_paragraph_without_an_end_is_cut_all_the_same() -> None:
    assert "".join(passages(Section("", "x" * 5000))) == "x" * 5000
