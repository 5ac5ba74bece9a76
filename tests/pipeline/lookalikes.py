"""Numbers and words that look like personal data and are none, each kind made up in many forms."""

import random
from collections.abc import Callable
from uuid import UUID

from stdnum import luhn

from tests.pipeline.personal import joined

Made = Callable[[random.Random], str]


def order(r: random.Random) -> str:
    """Return an order's number behind a word that says so."""
    number = r.choice([_n(r, 6), _n(r, 8), _n(r, 10), _n(r, 12), f"{_n(r, 3)}-{_n(r, 7)}-{_n(r, 7)}", f"A{_n(r, 9)}"])
    word = r.choice(
        ["order", "Order #", "order number:", "my order", "Bestellnummer", "Bestellung Nr.", "commande n°", "pedido",
         "número de pedido:", "ordine n.", "encomenda", "bestelling", "zamówienie", "order_id="]
    )  # fmt: skip
    return f"{word} {number}"


def ticket(r: random.Random) -> str:
    """Return the number of a ticket, a case or an invoice."""
    word = r.choice(["ticket", "Ticket #", "case", "case no.", "incident INC", "request", "Vorgang", "dossier", "REF"])
    invoice = r.choice(["invoice", "Rechnung", "facture", "factura", "fattura", "receipt", "transaction"])
    return r.choice([f"{word} {_n(r, r.randint(5, 10))}", f"{invoice} {_n(r, r.choice([8, 10, 11]))}", f"#{_n(r, 8)}",
                     f"INV-{r.randint(2019, 2026)}-{_n(r, 6)}", f"{invoice} no. 0{_n(r, 9)}"])  # fmt: skip


def tracking(r: random.Random) -> str:
    """Return a parcel's number as carriers write it."""
    code = r.choice([f"1Z{_n(r, 3)}AA{_n(r, 10)}", f"RR{_n(r, 9)}DE", f"00340{_n(r, 15)}", _n(r, 12), f"JD{_n(r, 18)}"])
    return f"{r.choice(['tracking number', 'Tracking:', 'Sendungsnummer', 'numéro de suivi', 'parcel'])} {code}"


def moment(r: random.Random) -> str:
    """Return a date, a time or a stretch of time."""
    y, m, d = r.randint(1950, 2030), r.randint(1, 12), r.randint(1, 28)
    time = f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}"
    return r.choice(
        [f"{y}-{m:02}-{d:02}", f"{d:02}.{m:02}.{y}", f"{m}/{d}/{y}", f"{d:02}/{m:02}/{y % 100:02}", f"{y}{m:02}{d:02}",
         f"{y}-{m:02}-{d:02}T{time}Z", f"{y}-{m:02}-{d:02} {time}.{_n(r, 3)}", f"[{d:02}/May/{y}:{time} +0000]",
         f"{d:02}-{m:02}-{y} {time[:5]}", f"timestamp {1_700_000_000 + r.randint(0, 10**8)}", f"{y}-{y + 1}",
         f"{d:02}.{m:02}.{y}, {time[:5]} Uhr", f"{y}-{m:02}-{d:02} {time}+02:00", f"{time} to {time}",
         f"{d}.{m}.–{d}.{m}.{y}", f"epoch {1_700_000_000_000 + r.randint(0, 10**10)}"]
    )  # fmt: skip


def price(r: random.Random) -> str:
    """Return an amount of money or of things."""
    whole = f"{r.randint(1, 999)},{_n(r, 3)},{_n(r, 3)}"
    return r.choice(
        [f"${whole}.00", f"{whole.replace(',', '.')},00 €", f"{r.randint(1, 99)} {_n(r, 3)} {_n(r, 3)} users",
         f"EUR {_n(r, 4)}.{_n(r, 2)}", f"{_n(r, 7)} bytes", f"£{_n(r, 8)}", f"{whole} rows", f"{_n(r, 9)} ms",
         f"{r.random() * 1e6:.6f}", f"{_n(r, 2)}.{_n(r, 8)}",
         f"+{r.randint(1, 99)} %", f"{r.randint(1000000, 9999999)} km"]
    )  # fmt: skip


def code(r: random.Random) -> str:
    """Return what machines call things by."""
    hexes = [f"{r.getrandbits(8):02x}" for _ in range(6)]
    return r.choice(
        [str(UUID(int=r.getrandbits(128), version=4)), f"{r.getrandbits(160):040x}", f"commit {r.getrandbits(28):07x}",
         ":".join(hexes), "-".join(hexes).upper(), f"0x{r.getrandbits(32):08X}", f"error code {_n(r, 8)}",
         f"ERR_{_n(r, 6)}", f"E-{_n(r, 4)}-{_n(r, 3)}", f"HTTP 500 (request id {r.getrandbits(48):012x})",
         f"v{r.randint(1, 20)}.{r.randint(0, 20)}.{r.randint(0, 400)}",
         f"version {r.randint(1, 9)}.{_n(r, 2)}.{_n(r, 4)}.{_n(r, 2)}",
         f"Chrome/{r.randint(90, 140)}.0.{_n(r, 4)}.{_n(r, 3)}", f"build {_n(r, 8)}",
         f"KB{_n(r, 7)}", f"line {_n(r, 4)}:{_n(r, 2)}",
         f"sha256:{r.getrandbits(256):064x}", f"std::vec{r.randint(1, 9)}::iter",
         f"port {_n(r, 4)}", f"node_{_n(r, 9)}"]
    )  # fmt: skip


def article(r: random.Random) -> str:
    """Return a book's, a part's or a place's number."""
    return r.choice(
        [f"ISBN 978-3-16-{_n(r, 6)}-{_n(r, 1)}", f"ISBN 978{_n(r, 10)}", f"part no. {_n(r, 3)}-{_n(r, 4)}-{_n(r, 3)}",
         f"SKU {_n(r, 10)}", f"EAN {_n(r, 13)}", f"{r.uniform(-90, 90):.6f}, {r.uniform(-180, 180):.6f}",
         f"model XR-{_n(r, 4)}-{_n(r, 2)}", f"serial number {_n(r, 12)}", f"IMEI {_n(r, 15)}", f"lot {_n(r, 8)}",
         f"Artikelnummer {_n(r, 9)}", f"voucher {_n(r, 4)}-{_n(r, 4)}-{_n(r, 4)}",
         f"{_n(r, 3)}x{_n(r, 4)} px", f"{_n(r, 5)} Berlin"]
    )  # fmt: skip


def no_card(r: random.Random) -> str:
    """Return sixteen digits whose check digit is wrong."""
    body = r.choice("456") + _n(r, 14)
    wrong = body + str((int(luhn.calc_check_digit(body)) + r.randint(1, 9)) % 10)
    return joined(r, [wrong[n : n + 4] for n in range(0, 16, 4)], gaps=("", "", " ", "-"))


def talk(r: random.Random) -> str:
    """Return words about secrets that hold none."""
    return r.choice(
        ["my password does not work", "the token expired yesterday", "Where do I change my PIN?", "password: forgotten",
         "the API key page is empty", "I reset the password twice", "e-mail address", "send it @ home",
         "user@", "@support",
         "Passwort vergessen", "mot de passe oublié", "contraseña incorrecta",
         "secret santa is on Monday", "basic plan users"]
    )  # fmt: skip


LOOKALIKES: tuple[Made, ...] = (order, ticket, tracking, moment, price, code, article, no_card, talk)
SENTENCES = (
    "{}", "Hello, {} please.", "It says {} and then stops.", "({})", "See {}, thanks", "Es geht um {}.", "C'est {}.",
    "a) {}\nb) nothing", "<b>{}</b>", '"{}"', "I got {} instead!", "Re: {}", "* {}",
)  # fmt: skip


def _n(r: random.Random, digits: int) -> str:
    return str(r.randint(10 ** (digits - 1), 10**digits - 1))
