"""Sentences are found, and texts that say too little are known for it."""

import pytest

from pipeline.sentences import holds_several, names_a_matter, says_a_word, says_enough, sentences


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


@pytest.mark.parametrize(
    "text",
    [
        "Nothing works!!! Please help me ASAP", "Everything is broken since yesterday",
        "I have a problem, can you help?",
        "Guten Tag, ich habe ein Problem. Können Sie mir helfen?", "Es geht gar nichts mehr",
        "Plus rien ne marche depuis hier",
        "No funciona nada desde ayer", "Não funciona nada desde ontem", "Non funziona niente da ieri",
        "Niets werkt meer",
        "Nic nie działa", "Nic nefunguje", "Ingenting fungerar", "Intet virker", "Ingenting virker", "Mikään ei toimi",
        "Nimic nu merge", "Semmi sem működik", "Hiçbir şey çalışmıyor", "Tidak ada yang berfungsi",
        "Không có gì hoạt động", "Ничего не работает, помогите", "Нічого не працює", "لا شيء يعمل",
        "कुछ भी काम नहीं कर रहा है",
        "何も動かない", "什么都用不了，请帮帮我", "아무것도 안 돼요", "", "👍", "???",
    ],
)  # fmt: skip
def test_nothing_works_names_nothing_in_any_language(text: str) -> None:
    assert not names_a_matter(text)
    assert not says_enough(text)


@pytest.mark.parametrize(
    "text",
    [
        "the printer does not work", "Login funktioniert nicht", "Ma facture est fausse", "Mi pedido no llega",
        "A minha conta não abre", "Il mio pacco non arriva", "Mijn factuur klopt niet", "Paczka nie doszła",
        "Moje faktura není správná", "Min faktura är fel", "Siparişim gelmedi", "Заказ не пришёл", "لم يصل طلبي",
        "मेरा ऑर्डर नहीं आया", "ログインできません", "订单没有收到", "주문이 안 왔어요", "đơn hàng chưa đến",
    ],
)  # fmt: skip
def test_an_object_is_a_matter_in_every_language(text: str) -> None:
    assert names_a_matter(text)


@pytest.mark.parametrize("text", ["", "refund", "👍", "???", "[EMAIL_1] refund"])
def test_one_word_is_no_ticket(text: str) -> None:
    assert not says_a_word(text)


def test_a_second_issue_needs_room() -> None:
    assert not holds_several("I was charged twice.")
    assert holds_several("I was charged twice this month. Also the app crashes on start.")
