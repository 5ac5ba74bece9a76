"""Only the customer's own words are read, and a request never becomes an empty one."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalise import LONGEST, Plain, normalise
from pipeline.ticket import Author, Message, Ticket

NOON = datetime(2025, 2, 3, 12, tzinfo=UTC)


def ticket(*texts: str, subject: str = "", html: bool = False) -> Ticket:
    messages = tuple(
        Message(id=str(n), author=Author.CUSTOMER, text=text, at=NOON + timedelta(hours=n), html=html)
        for n, text in enumerate(texts)
    )
    return Ticket(source="plain", id="1", created_at=NOON, subject=subject, messages=messages)


def words(text: str, *, html: bool = False) -> str:
    return normalise(ticket(text, html=html)).text


WROTE = {
    "en": "On Mon, Feb 3, 2025 at 10:15 AM Support Team\n<support@shop.example> wrote:",
    "de": "Am 3. Februar 2025 um 10:15 schrieb Kundendienst <hilfe@shop.example>:",
    "fr": "Le lun. 3 févr. 2025 à 10:15, Assistance <aide@shop.example> a écrit :",
    "es": "El lun, 3 feb 2025 a las 10:15, Soporte (<ayuda@shop.example>) escribió:",
    "pt": "Em seg., 3 de fev. de 2025 às 10:15, Suporte <ajuda@shop.example> escreveu:",
    "it": "Il giorno lun 3 feb 2025 alle ore 10:15 Assistenza <aiuto@shop.example> ha scritto:",
    "nl": "Op ma 3 feb 2025 om 10:15 schreef Klantenservice <hulp@shop.example>:",
}
FIELDS = {
    "en": "*From:* Support <s@shop.example>\n*Sent:* Monday 10:15\n*To:* Me\n*Subject:* Lamp",
    "de": "Von: Hilfe <s@shop.example>\nGesendet: Montag, 3. Februar 2025 10:15\nAn: Ich\nBetreff: Lampe",
    "fr": "De : Aide <s@shop.example>\nEnvoyé : lundi 3 février 2025 10:15\nÀ : Moi\nObjet : Lampe",
    "es": "De: Ayuda <s@shop.example>\nEnviado el: lunes 10:15\nPara: Yo\nAsunto: Lámpara",
    "pt": "De: Ajuda\nEnviada em: segunda-feira 10:15\nPara: Eu\nAssunto: Candeeiro",
    "it": "Da: Aiuto\nInviato: lunedì 10:15\nA: Io\nOggetto: Lampada",
    "nl": "Van: Hulp\nVerzonden: maandag 10:15\nAan: Ik\nOnderwerp: Lamp",
}


@pytest.mark.parametrize("header", [*WROTE.values(), *FIELDS.values(), "-----Original Message-----"])
@pytest.mark.parametrize("history", ["> I shall call my lawyer", "I shall call my lawyer"])
def test_history_below_a_reply_is_not_read(header: str, history: str) -> None:
    assert words(f"The lamp is still broken.\n\n{header}\n\n{history}") == "The lamp is still broken."


@pytest.mark.parametrize("header", WROTE.values())
def test_an_answer_below_the_quote_is_read(header: str) -> None:
    text = f"{header}\n> Which lamp do you mean?\n\nThe green one.\n\n> And when?\n\nLast week."
    assert words(text) == "The green one.\n\nLast week."


@pytest.mark.parametrize(
    "text",
    [
        "> Which lamp do you mean?",
        f"{WROTE['en']}\n> Which lamp do you mean?",
        "Kind regards",
        "Sent from my iPhone",
        "👍",
        "?",
        "<blockquote type='cite'>Which lamp?</blockquote>",
        "<blockquote>Which lamp?</blockquote>",
    ],
)
def test_a_message_of_nothing_else_keeps_what_is_there(text: str) -> None:
    assert words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please book it.\nFrom: London\nTo: Paris\nDate: 12 May",
        "On 3 May your agent wrote:\nWe will refund you.\nNothing happened since!",
        "Best,\nwhat can I do about this bill? It is wrong.",
        "Hello,\n\nI want to unsubscribe from your newsletter, the link to unsubscribe does not open.",
        "These fail:\n- login\n- export\n- printing",
        "It is mounted -- as you said -- on the wall.",
        "Sent from Berlin on Monday, and it has not arrived.",
        "Use <name> and <tel_num>; the <div> of your widget is broken.",
    ],
)
def test_what_only_looks_like_history_or_a_signature_stays(text: str) -> None:
    assert words(text) == text


@pytest.mark.parametrize(
    "end",
    [
        "-- \nAnna Huber\nShop Ltd, 12 High Street",
        "Sent from my iPhone",
        "Von meinem Samsung Galaxy Smartphone gesendet.",
        "Kind regards,\n\nAnna Huber\n+44 20 7946 0018",
        "Mit freundlichen Grüßen\nAnna Huber",
        "Cordialement,\nAnna",
        "Saludos cordiales,\nAnna",
        "Thanks,\nAnna",
        "This e-mail and any attachments are confidential and intended solely for the addressee.",
        "Diese E-Mail enthält vertrauliche Informationen.\n\nSitz der Gesellschaft: München, HRB 1",
        "Ce message est confidentiel et destiné à son seul destinataire.",
        "You are receiving this because you subscribed. To unsubscribe, click here: https://shop.example/u",
        "Kind regards,\nAnna\n\nPlease consider the environment before printing this.",
    ],
)
def test_signatures_and_footers_are_not_read(end: str) -> None:
    assert words(f"My lamp is broken. Can you help?\n\n{end}") == "My lamp is broken. Can you help?"


def test_zendesk_s_lines_are_not_read() -> None:
    above = "It is broken.\n\n##- Please type your reply above this line -##\n\nYour request (12) was updated."
    said = "----------------------------------------------\n\nAnna Huber, Feb 3, 2025, 19:59\n\nIt is broken."
    assert words(above) == "It is broken."
    assert words(said) == "It is broken."
    assert words(f"{said}\n\n{said.replace('It is broken.', 'Older words.')}") == "It is broken."


def test_a_forwarded_message_is_meant_to_be_read() -> None:
    header = f"---------- Forwarded message ---------\n{FIELDS['en']}"
    assert words(f"See below.\n\n{header}\n\nThe lamp is broken.") == "See below.\n\nThe lamp is broken."


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>WORDS</div>",
        "<span style='font-size:0px'>WORDS</span>",
        "<span style='color: #FFFFFF'>WORDS</span>",
        "<font color='white'>WORDS</font>",
        "<p hidden>WORDS</p>",
        "<p class='off'>WORDS</p>",
        "<p style='visibility:hidden'>WORDS</p>",
        "<div style='position:absolute;left:-9999px'>WORDS</div>",
        "<!-- WORDS -->",
        "<script>WORDS</script>",
        "<style>WORDS</style>",
        "<div class='gmail_quote'>WORDS</div>",
        "<blockquote type='cite'>WORDS</blockquote>",
        "<blockquote>WORDS</blockquote>",
        "<blockquote style='border-left:1px solid #ccc'>WORDS</blockquote>",
        "<div id='divRplyFwdMsg'>WORDS</div><div>WORDS</div>",
    ],
)
def test_what_a_reader_does_not_see_is_not_read(hidden: str) -> None:
    page = f"<head><title>WORDS</title><style>.off {{display:none}}</style></head><p>A &amp; B</p>{hidden}"
    assert words(page, html=True) == "A & B"


@pytest.mark.parametrize(
    "seen",
    [
        "<td style='background:#00f'><font color='white'>Words</font></td>",
        "<td style='font-size:0'><p style='font-size:14px'>Words</p></td>",
        "<style>@media print {.x {display:none}}</style><p class='x'>Words</p>",
    ],
)
def test_what_a_reader_sees_is_read(seen: str) -> None:
    assert words(f"<table>{seen}</table>", html=True) == "Words"


def test_markup_in_a_plain_message_is_read_as_such() -> None:
    assert (
        words("<p>Hello</p><p>from <john@shop.example> &amp; <name></p>")
        == "Hello\n\nfrom <john@shop.example> & <name>"
    )


def test_unseen_characters_go_and_those_that_shape_letters_stay() -> None:
    assert words("can\u200bcel\x00 \u202eit\u2066\ufeff\U000e0041 now") == "cancel it now"
    assert words("می\u200cخواهم 👩\u200d👧") == "می\u200cخواهم 👩\u200d👧"
    assert words("a\t \u00a0b \r\n\r\n\r\n\r\nc") == "a b\n\nc"


def test_every_text_is_there_once_and_oldest_first() -> None:
    plain = normalise(ticket("First.", "Second.", "first. ", subject="First."))
    assert plain == Plain(subject="", text="First.\n\nSecond.")


def test_a_subject_that_says_more_stays() -> None:
    assert normalise(ticket("It is red.", subject="My lamp")).subject == "My lamp"
    assert normalise(ticket("My lamp is red.", subject="My lamp")).subject == "My lamp"


def test_nobody_else_s_messages_are_read() -> None:
    asked = ticket("Mine.")
    others = [
        Message(id="a", author=Author.AGENT, text="Agent.", at=NOON),
        Message(id="b", author=Author.CUSTOMER, text="Private.", at=NOON, public=False),
    ]
    assert normalise(asked.model_copy(update={"messages": (*others, *asked.messages)})).text == "Mine."
    assert normalise(ticket(subject="Call me")) == Plain(subject="Call me", text="")


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "a\n",
        "> a\n",
        "1\n",
        "From: a@b\n",
        "Kind regards\n",
        "-- \n",
        "e\u0301\u0323",
        "<b>a</b> ",
        "<div>",
        "<!--",
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_a_megabyte_takes_no_longer_than_a_blink(piece: str, html: bool) -> None:
    flood = ticket("Please help.\n" + piece * (1_000_000 // len(piece)), html=html)
    begun = time.thread_time()
    plain = normalise(flood)
    assert time.thread_time() - begun < 5.0  # 0.2 s where nothing else runs; what grows with the square takes minutes
    assert len(plain.text) <= LONGEST
    assert plain.text.startswith("Please help.")


@given(st.text(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_text_is_too_strange(text: str, html: bool) -> None:
    clean = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
    assert len(words(clean, html=html)) <= LONGEST


PIECES = st.sampled_from(
    [
        "Help me.",
        "",
        "> old",
        "Kind regards",
        "Anna",
        "--",
        "- x",
        WROTE["en"],
        "Thanks,",
        "_" * 32,
        "Sent from my iPad",
    ]
)


@given(st.lists(PIECES | st.text(alphabet="ab >-:\n.", max_size=12), max_size=12).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = words(text)
    assert words(once) == once
    assert bool(once) == bool(text.strip())
