"""A ticket's language is named where the text tells it, and unknown where it does not."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language import detect_language, language_of
from pipeline.normalise import Plain
from tests.shared import shared

# Kept a little below what was measured; some sentences are half in English, broken or without accents.
LANGUAGES = {
    "ar": 0.98, "cs": 0.88, "da": 0.9, "de": 0.98, "en": 0.98, "es": 0.97, "fi": 0.97, "fr": 0.97,
    "hi": 0.98, "hu": 0.98, "id": 0.94, "it": 0.98, "ja": 0.98, "ko": 0.98, "nb": 0.85, "nl": 0.98,
    "pl": 0.97, "pt": 0.97, "ro": 0.86, "ru": 0.98, "sv": 0.97, "tr": 0.97, "uk": 0.98, "vi": 0.97,
    "zh": 0.98,
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
        ("How do I export to CSV?", "en"),
        ("How do I reset my PIN?", "en"),
        ("How to add users?", "en"),
        ("Wo ist meine Bestellung?", "de"),
        ("Où est mon colis ?", "fr"),
        ("¿Dónde está mi pedido?", "es"),
        ("注文した商品が届きません", "ja"),
        ("订单呢", "zh"),
        ("我的 iPhone app crash 了，打不开", "zh"),
        ("アプリが crash します", "ja"),
        ("환불", "ko"),
        ("nic nie dziala", "pl"),
        ("hicbir sey calismiyor", "tr"),
        ("khong co gi hoat dong", "vi"),
        ("ingenting virker", "nb"),
        ("jeg har ikke faaet noget svar, og det bliver ikke bedre", "da"),
        ("jeg har ikke fått noe svar, og det blir ikke bedre", "nb"),
        ("Sper sa va fie de folos si nu imi pare rau", "ro"),
        ("mera order abhi tak nahi aaya hai, kya aap dekh sakte hai", "hi"),
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


TRACE = """2025-01-01 12:00:00 ERROR com.acme.Pool - connection refused by the remote host
java.lang.IllegalStateException: the pool is closed and will not be opened again
    at com.acme.Pool.open(Pool.java:12)
    at com.acme.Pool.retry(Pool.java:40)"""


@pytest.mark.parametrize(
    "text",
    [
        TRACE,
        'Traceback (most recent call last):\n  File "app.py", line 3, in run\nValueError: the value is not valid',
        '{"error": "invalid_request", "message": "The amount is missing"}',
        "SELECT name FROM orders WHERE id = 5;",
        "def total(values):\n    return sum(values)",
        "<script>alert(1)</script>",
    ],
)
def test_logs_and_code_are_in_no_language(text: str) -> None:
    assert language_of(text) == "unknown"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"Guten Tag, seit heute kommt dieser Fehler:\n{TRACE}\nBitte um Hilfe, wir können nicht arbeiten.", "de"),
        ("Bitte helfen Sie mir. I have no idea what to do, my whole account is gone and all my photos too.", "en"),
        ("Hi team, la factura de este mes no coincide con el pedido que hicimos. Thanks", "es"),
        ("Hallo, the order is not da. Ich habe vor zwei Wochen bestellt und noch nichts bekommen. Please help.", "de"),
        ("Bonjour, je ne peux plus ouvrir mon compte depuis hier. The page says: try again later.", "fr"),
    ],
)
def test_of_several_languages_the_one_that_says_most_counts(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_gets_a_code_or_unknown(text: str) -> None:
    language = language_of(text)
    assert language == "unknown" or (len(language) == 2 and language.isalpha())


@pytest.mark.parametrize("piece", ["{", "a(", "at a", "Error", '"a": [', "SELECT a ", "我", "2025-01-01 10:00 a "])
def test_long_hostile_texts_end(piece: str) -> None:
    assert language_of(piece * (1_000_000 // len(piece)))


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
