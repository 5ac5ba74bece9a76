"""Urgency follows the guideline: its own words first, the head where it is silent."""

import pytest

from pipeline.classify import Urgency
from pipeline.urgency import choose_urgency

MINOR = {Urgency.P3: 0.8, Urgency.P2: 0.2}


@pytest.mark.parametrize(
    "text",
    [
        "Our entire site is down since noon.",
        "Nobody in the office can log in.",
        "All of our records have disappeared.",
        "My account was hacked last night",
        "There was a data breach.",
        "Production is down!",
        "the charger caught fire",
        "Niemand kann mehr arbeiten, Komplettausfall!",
        "Das System ist ausgefallen, wodurch keine Zusagen möglich sind.",
        "Personne ne peut travailler",
        "Impossible de me connecter et toutes mes données ont disparu.",
        "Tous nos fichiers ont été supprimés pendant la nuit",
        "J'ai perdu toutes mes photos",
        "Personne n'arrive à se connecter",
        "Todos mis datos se han borrado",
        "Todos os meus arquivos sumiram",
        "Tutti i nostri dati sono spariti",
        "Al onze gegevens zijn verdwenen",
        "Nadie puede trabajar",
        "Ninguém consegue trabalhar",
        "Nessuno riesce a lavorare",
        "Niemand kan inloggen",
    ],
)
def test_outage_loss_breach_and_danger_are_p1_whatever_the_head_says(text: str) -> None:
    assert choose_urgency(text, "technical", MINOR) is Urgency.P1


@pytest.mark.parametrize(
    "text",
    [
        "How do I back up my data?",
        "Comment exporter toutes mes données ?",
        "Où sont stockées toutes nos données ?",
        "The logo on the site is blurred.",
        "Do you have a security page?",
        "We are not looking for a report on the data breach, only the invoice.",
        "One of my files is missing a comma.",
        "The download is slow.",
    ],
)
def test_words_of_alarm_in_a_calm_ticket_are_no_alarm(text: str) -> None:
    assert choose_urgency(text, "technical", MINOR) is Urgency.P3


def test_a_wish_is_p4_unless_the_head_is_sure_that_it_is_more() -> None:
    assert choose_urgency("Please add a map view.", "feature_request", MINOR) is Urgency.P4
    assert choose_urgency("Please add a map view.", "feature_request", {Urgency.P2: 0.95}) is Urgency.P2


def test_cosmetic_and_unhurried_tickets_are_p4() -> None:
    assert choose_urgency("There is a typo on the start page.", "technical", MINOR) is Urgency.P4
    assert choose_urgency("Bitte die Rechnung schicken, nicht dringend.", "billing", MINOR) is Urgency.P4


def test_the_head_alone_raises_p1_only_when_it_is_sure() -> None:
    torn, sure = {Urgency.P1: 0.4, Urgency.P2: 0.35, Urgency.P3: 0.25}, {Urgency.P1: 0.7, Urgency.P3: 0.3}
    assert choose_urgency("The line stands still.", "technical", torn) is Urgency.P2
    assert choose_urgency("The line stands still.", "technical", sure) is Urgency.P1


def test_the_head_decides_the_rest() -> None:
    assert choose_urgency("Reports take ten minutes.", "technical", {Urgency.P2: 0.6, Urgency.P3: 0.4}) is Urgency.P2


def test_an_endless_text_is_judged_in_bounded_time() -> None:
    assert choose_urgency("all of our " * 100_000, "technical", MINOR) is Urgency.P3
