"""A summary says what is wanted, in the customer's words, and nothing of courtesy."""

import pytest

from pipeline.mask import Masked, mask, mask_text
from pipeline.normalise import Plain
from pipeline.summarise import LONGEST, summarise


def ticket(text: str, subject: str = "") -> Masked:
    return mask(Plain(subject=subject, text=text))


def test_courtesy_is_left_out() -> None:
    text = "Hi there,\n\nI hope you are well. The export lacks the last column. Can you fix it?\n\nThanks\nAnn"
    assert summarise(ticket(text)) == "The export lacks the last column. Can you fix it?"


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (
            "Sehr geehrte Damen und Herren,\nmeine Rechnung fehlt. Mit freundlichen Grüßen",
            "meine Rechnung fehlt.",
        ),
        ("Bonjour,\nje voudrais une facture.\nCordialement", "je voudrais une facture."),
        ("Hola:\nno puedo entrar en mi cuenta.\nUn saludo", "no puedo entrar en mi cuenta."),
        ("Hello! Where is my parcel?", "Where is my parcel?"),
        ("Hallo Support-Team, wo bleibt mein Paket denn nur?", "wo bleibt mein Paket denn nur?"),
        ("Estimado equipo de soporte, necesito una factura.", "necesito una factura."),
        ("Hi I need help with the export, please.", "Hi I need help with the export, please."),
    ],
)
def test_courtesy_is_known_in_other_languages(text: str, summary: str) -> None:
    assert summarise(ticket(text)) == summary


def test_what_is_wanted_is_found_behind_the_story() -> None:
    story = "We moved in June. It was a long summer with many boxes and two cats. "
    assert "change the address" in summarise(ticket(story + "Please change the address on our invoices."))


def test_it_is_short_and_one_line_whatever_comes() -> None:
    for text in ("word " * 5000, "x" * 5000, "a\nb\nc\n" * 500, "Why? " * 300):
        summary = summarise(ticket(text))
        assert 0 < len(summary) <= LONGEST
        assert "\n" not in summary


def test_it_is_in_masked_form() -> None:
    assert "[EMAIL_1]" in summarise(mask_text("Please write to ann.smith@example.org about the refund."))


def test_a_ticket_without_text_is_its_subject_and_one_without_anything_is_empty() -> None:
    assert summarise(ticket("", "Invoice missing")) == "Invoice missing"
    assert summarise(ticket("")) == ""
