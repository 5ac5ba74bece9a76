"""A ticket's language is named where the text tells it, and unknown where it does not."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.language import detect_language, language_of
from pipeline.normalise import Plain
from tests.shared import shared

# Kept a little below what was measured; some sentences are half in English or without accents.
LANGUAGES = {
    "ar": 0.98, "cs": 0.84, "da": 0.88, "de": 0.98, "en": 0.97, "es": 0.97, "fi": 0.97, "fr": 0.97,
    "hi": 0.97, "hu": 0.98, "id": 0.93, "it": 0.97, "ja": 0.98, "ko": 0.97, "nb": 0.82, "nl": 0.97,
    "pl": 0.96, "pt": 0.95, "ro": 0.77, "ru": 0.98, "sv": 0.96, "tr": 0.96, "uk": 0.97, "vi": 0.97,
    "zh": 0.95,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_strangers_are_told_apart(language: str) -> None:
    sentences = shared(f"data/language/{language}.txt").read_text().splitlines()
    right = sum(language_of(sentence) == language for sentence in sentences)
    assert right / len(sentences) >= LANGUAGES[language]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Where is my order?", "en"),
        ("I CANNOT LOG IN", "en"),
        ("Wo ist meine Bestellung?", "de"),
        ("Où est mon colis ?", "fr"),
        ("¿Dónde está mi pedido?", "es"),
        ("注文した商品が届きません", "ja"),
        ("Meine Bestellung ist weg, siehe https://shop.example/the/order/is/here [EMAIL_1]", "de"),
    ],
)
def test_short_tickets_are_understood(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text", ["", " \n", "👍", "123 456", "ok", "no", "PDF", "https://shop.example/help", "[EMAIL_1]"]
)
def test_unknown_is_said_where_it_is_unknown(text: str) -> None:
    assert language_of(text) == "unknown"


def test_the_helpdesk_s_hint_counts_only_where_the_text_is_silent() -> None:
    assert detect_language(Plain(subject="", text="ok"), "de") == "de"
    assert detect_language(Plain(subject="", text="ok"), "pt-BR") == "pt"
    assert detect_language(Plain(subject="", text="ok"), "Klingon!") == "unknown"
    assert detect_language(Plain(subject="", text="Where is my order?"), "de") == "en"


def test_the_text_counts_before_the_subject() -> None:
    assert detect_language(Plain(subject="Service Notification Update", text="Wo ist meine Bestellung?")) == "de"
    assert detect_language(Plain(subject="Wo ist meine Bestellung?", text="???")) == "de"


def test_threads_may_ask_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(language_of, ["Wo ist meine Bestellung?"] * 64)) == {"de"}
