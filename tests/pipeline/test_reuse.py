"""Nothing of the customer whom an answer was written for gets into another's."""

import pytest

from pipeline.passage import Resolution
from pipeline.reuse import Reused, reuse


def said(answer: str, asked: str = "", url: str = "") -> Reused:
    return reuse(Resolution(id="r", question="q", answer=answer, url=url), asked, ("https://help.example/",))


@pytest.mark.parametrize(
    "answer",
    [
        "Hi Maria,\n\nOpen Settings.\n\nBest regards,\nTom Becker\nSupport",
        "Dear Mr Smith, open Settings. Best, Tom",
        "Hello Maria Lopez, open Settings. Kind regards, Tom Becker, Care Team",
        "Hallo Frau Müller,\n\nOpen Settings.\n\nMit freundlichen Grüßen\nJens Vogel",
        "Bonjour Claire,\nOpen Settings.\nCordialement,\nLuc",
        "Estimada Ana:\n\nOpen Settings.\n\nUn saludo,\nLuis",
        "Olá João,\nOpen Settings.\nAtenciosamente,\nRita",
        "Gentile Anna,\nopen Settings.\nCordiali saluti\nMarco",
        "Beste Jan,\nopen Settings.\nMet vriendelijke groet,\nPiet",
        "Subject: Re: your mail\n\nHey there,\nThanks for reaching out. Open Settings.\n- Tom",
        "hi maria,\nOpen Settings.\n\nTom Becker\nSupport Agent",
        "Hi [NAME_3], open Settings.\n\n--\n[NAME_4]",
    ],
)
def test_greeting_and_signature_go(answer: str) -> None:
    assert said(answer) == Reused("Open Settings.", whole=True)


@pytest.mark.parametrize(
    "theirs",
    [
        "Your order #88213 left today.",
        "See ticket 4711 for more.",
        "The parcel is 1Z999AA10123456784.",
        "Call +49 170 1234567.",
        "It was booked on 2024-03-01.",
        "We wrote to [EMAIL_2].",
        "Mrs Jones will call.",
        "Thanks, Maria!",
        "Use https://shop.example/orders/8821345 to see it.",
        "I've refunded the second charge.",
        "We have reset your password.",
        "Your refund has been issued.",
        "Wir haben Ihnen das Geld erstattet.",
        "Nous avons remboursé la somme.",
        "Hemos devuelto el importe.",
        "It also worked for Zorvath Quillen.",
        "Your colleague Brzeczek has access.",
        "We wrote to maria@client.example.",
        "It was sent to 14 Mill Lane.",
        "Sie wohnen in der Lindenstraße 12a.",
        "Le colis est au 12 rue de la Paix.",
        "The card ending in 4242 was used.",
        "You were born on 3 March 1987.",
        "Your payment of 49.90 € comes back.",
        "Your password is Xy7kk1.",
        "Dear {{requester.name}}, see above.",
        "Our technician comes tomorrow.",
        "As a gesture of goodwill you get a month.",
        "See https://help.example/reset?token=k3j4h5g6f7.",
        "The parcel X7K9Q2 left.",
    ],
)
def test_a_statement_that_concerned_somebody_else_goes_and_the_rest_stays(theirs: str) -> None:
    assert said(f"Open Settings. {theirs} Then press Save.") == Reused("Open Settings. Then press Save.", whole=False)


def test_a_name_of_the_greeting_goes_everywhere() -> None:
    assert said("Hi Maria,\nOpen Settings. As Maria said, press Save.").text == "Open Settings."


@pytest.mark.parametrize(
    "ours",
    [
        "Exports above 10,000 cards need version 7.4.1.",
        "We hold ISO 27001.",
        "Allow 3 to 5 working days.",
        "See https://help.example/articles/360012345678-export.",
        "Thank you, that made our day.",
        "Best results come from CSV.",
        "The Team plan costs 12 € per seat.",
        "Update to 7.4.1 from the App Store, or use Google Chrome.",
        "Write to support@help.example.",
    ],
)
def test_what_is_true_for_all_stays(ours: str) -> None:
    assert said(ours) == Reused(ours, whole=True)


def test_an_identifier_of_this_ticket_may_be_spoken_of() -> None:
    assert said("ERR-4471 is a stale token.", asked="I see err-4471").text == "ERR-4471 is a stale token."
    assert said("ERR-4471 is a stale token.").text == ""


def test_a_word_that_may_be_a_name_is_told() -> None:
    assert said("You and Zorvath share a board.").doubtful == ("Zorvath",)
    assert said("You and Zorvath share a board.", asked="I am with Zorvath").doubtful == ()


def test_an_amount_of_the_former_question_goes_even_where_no_payment_is_named() -> None:
    source = Resolution(id="r", question="Why 49.90 €?", answer="Open Settings. The 49.90 € are a deposit.")
    assert reuse(source, "", ()).text == "Open Settings."


def test_a_document_keeps_what_is_published_for_all() -> None:
    text = "Since 1 March 2026 our data protection officer Hannah Weber is at 14 Mill Lane."
    assert reuse(Resolution(id="d", question="q", answer=text, document="privacy.md"), "", ()).text == text


def test_lists_keep_their_lines() -> None:
    steps = "Do this:\n\n- Open Settings\n- Press Save"
    assert said(f"Hi Tom,\n\n{steps}\n\nCheers,\nAnn").text == steps


def test_markup_images_and_hidden_characters_go() -> None:
    hostile = "Open\u202e <b>Set<script>x</script>tings</b>. ![x](http://t.example/p.png) <!all> a <\u200bimg"
    assert said(hostile).text == "Open Setxtings. a < img"
