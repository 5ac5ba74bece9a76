"""Personal data made up for tests: valid values of many countries, spelt in many ways."""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache

import phonenumbers
import stdnum.br.cpf
import stdnum.es.dni
import stdnum.fr.nir
import stdnum.iban
import stdnum.it.codicefiscale
import stdnum.pl.pesel
from phonenumbers import PhoneNumberFormat as Format
from stdnum import luhn, numdb

Value = Callable[[random.Random], str]

NBSP, NARROW, FIGURE, THIN = "\u00a0", "\u202f", "\u2007", "\u2009"
HYPHEN, UNBREAKABLE, EN_DASH, MINUS = "\u2010", "\u2011", "\u2013", "\u2212"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_GAPS = ("", " ", "-", " ", "-", ".", NBSP, NARROW, FIGURE, THIN, HYPHEN, UNBREAKABLE, EN_DASH, MINUS, "  ", " - ")
_IBAN_COUNTRIES = tuple(
    re.findall(
        "..",
        "ADAEATBABEBGCHCYCZDEDKEEESFIFRGBGEGIGRHRHUIEISITKWLILTLULVMCMTNLNOPLPTRORSSASESISKSMTRUAXK",
    )
)
_CALLED = tuple(
    re.findall(
        "..",
        "USCAGBIEDEATCHFRBELUNLESPTITSENODKFIPLCZSKHUROBGGRHRTRUARUILAESAEGZANGKEINPKBDIDMYSGTHVNPHCNHKTWJPKRAUNZBRARMX"
        "CLCOPE",
    )
)
_KINDS_OF_LINE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)


def email(r: random.Random) -> str:
    """Return an address in one of the forms that people have."""
    first, last = r.choice(["anna", "Jörg", "o'neil", "li", "MARIA", "x", "user_77"]), r.choice(["m", "Sørensen", "k9"])
    local = r.choice(
        [first, f"{first}.{last}", f"{first}+shop", f"{first}_{last}", f"{first}-{last}.{r.randint(1, 99)}"]
    )
    name = r.choice(["mail", "my-firm", "web1", "xn--mller-kva", "a", "straße", "uni-münchen"])
    return f"{local}@{r.choice(['', '', 'eu.', 'mx1.post.'])}{name}.{r.choice(ENDINGS)}"


ENDINGS = ("example", "com", "co.uk", "de", "org", "museum", "com.br", "io", "photography", "xn--p1ai", "рф", "中国")


def card(r: random.Random) -> str:
    """Return a card's number that its scheme could have issued, grouped or not."""
    start, length = r.choice(
        [("4", 16), ("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("6011", 16),
         ("65", 16), ("3528", 16), ("36", 14), ("4", 13), ("62", 19), ("62", 16), ("6759", 18), ("5018", 16), ("4", 19)]
    )  # fmt: skip
    body = start + _digits(r, length - len(start) - 1)
    number = body + luhn.calc_check_digit(body)
    if length in (14, 15):
        return joined(r, [number[:4], number[4:10], number[10:]])
    return joined(r, [number[n : n + 4] for n in range(0, length, 4)])


def iban(r: random.Random) -> str:
    """Return an IBAN with true check digits, in groups of four or in one piece."""
    country = r.choice(_IBAN_COUNTRIES)
    bban = "".join(_fill(r, int(count), kind) for count, kind in _bban(country))
    whole = country + stdnum.iban.calc_check_digits(f"{country}00{bban}") + bban
    whole = r.choice([whole, whole, whole.lower()])
    return joined(r, [whole[n : n + 4] for n in range(0, len(whole), 4)], gaps=("", " ", " ", "-", NBSP, NARROW, "  "))


def ssn(r: random.Random) -> str:
    """Return an American social security number that could have been issued."""
    area = r.choice([n for n in range(1, 900) if n != 666])
    parts = [f"{area:03}", f"{r.randint(1, 99):02}", f"{r.randint(1, 9999):04}"]
    return joined(r, parts, gaps=("-", "-", " ", HYPHEN, UNBREAKABLE, EN_DASH, NBSP, "."), wide=False)


def e164(r: random.Random) -> str:
    """Return a valid number with its country's code, as people and machines write it."""
    number = _number(r, r.choice(_CALLED))
    international = phonenumbers.format_number(number, Format.INTERNATIONAL)
    code, _, rest = international.partition(" ")
    spelt = r.choice(
        [
            phonenumbers.format_number(number, Format.E164),
            phonenumbers.format_number(number, Format.E164),
            international,
            re.sub("[ -]", "-", international),
            re.sub("[ -]", ".", international),
            re.sub("[ -]", NBSP, international),
            re.sub("[ -]", UNBREAKABLE, international),
            phonenumbers.format_number(number, Format.RFC3966),
            f"{code} ({rest.partition(' ')[0]}) {rest.partition(' ')[2]}" if " " in rest else international,
            f"({code}) {rest}",
            f"00{international[1:]}",
            f"00{re.sub('[ -]', '', international[1:])}",
            f"{code} (0){rest}" if code in ("+44", "+49", "+43", "+41", "+33", "+31") else international,
            international.translate(_WIDE).replace("+", "＋"),
        ]
    )
    return spelt.removeprefix("tel:")


def national(r: random.Random, region: str) -> str:
    """Return a valid number of a country as its people write it among themselves."""
    written = phonenumbers.format_number(_number(r, region), Format.NATIONAL)
    gap = r.choice(["", " ", "-", "/", ".", NBSP, NARROW, UNBREAKABLE, EN_DASH])
    groups = re.findall(r"\d+", written)
    return r.choice(
        [written, written, written, gap.join(groups), "".join(groups), f"{groups[0]}/{''.join(groups[1:])}"]
    )


def ip(r: random.Random) -> str:
    """Return an address of a machine."""
    four = ".".join(str(r.randint(10, 254)) for _ in range(4))
    six = ":".join(f"{r.randint(4096, 65535):x}" for _ in range(8))
    return r.choice(
        [four, four, six, f"fe80::{r.randint(4096, 65535):x}:{r.randint(4096, 65535):x}", f"2001:db8::{four}"]
    )


def identity(r: random.Random) -> str:
    """Return a national number that its form and its check digits give away."""
    digits = _digits(r, 9)
    dni = f"{r.randint(1, 99_999_999):08}"
    day = f"{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}"
    cpf = digits + stdnum.br.cpf._calc_check_digits(digits)
    nir = f"{r.choice('12')}{day[:4]}{r.randint(10, 19)}{r.randint(100, 700)}{r.randint(100, 999)}"
    tax = f"RSSMRA{day[:2]}{r.choice('ABCDEHLMPRST')}{r.randint(1, 28):02}H{r.randint(100, 999)}"
    return r.choice(
        [
            f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}",
            dni + stdnum.es.dni.calc_check_digit(dni),
            nir + stdnum.fr.nir.calc_check_digits(nir),
            tax + stdnum.it.codicefiscale.calc_check_digit(tax),
        ]
    )


def pesel(r: random.Random) -> str:
    """Return a Polish number, which is bare digits and so needs a word before it."""
    ten = f"{r.randint(50, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{_digits(r, 4)}"
    return ten + stdnum.pl.pesel.calc_check_digit(ten)


def secret(r: random.Random) -> str:
    """Return a key whose first letters tell who issued it."""
    start = r.choice(("sk-proj-", "ghp_", "AKIA", "xoxb-", "glpat-", "sk_live_", "npm_", "hf_", "SG."))
    body = ["".join(r.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(22)) for _ in range(2)]
    return start + (".".join(body) if start == "SG." else body[0])


def _digits(r: random.Random, count: int) -> str:
    return "".join(r.choice("0123456789") for _ in range(count))


def _fill(r: random.Random, count: int, kind: str) -> str:
    letters = {"n": "0123456789", "a": "ABCDEFGHKLMNPQRSTVWXYZ", "c": "0123456789ABCDEFGH"}[kind]
    return "".join(r.choice(letters) for _ in range(count))


def joined(r: random.Random, groups: Sequence[str], gaps: Sequence[str] = _GAPS, *, wide: bool = True) -> str:
    written = r.choice(gaps).join(groups)
    return written.translate(_WIDE) if wide and r.random() < 0.05 else written


@cache
def _bban(country: str) -> tuple[tuple[str, str], ...]:
    structure = numdb.get("iban").info(f"{country}00")[0][1]["bban"]
    return tuple(re.findall(r"(\d+)!([nac])", structure))


def _number(r: random.Random, region: str) -> phonenumbers.PhoneNumber:
    """Return a valid number of the region: its plan's example with other digits at the end."""
    example = phonenumbers.example_number_for_type(region, r.choice(_KINDS_OF_LINE))
    digits = str(example.national_number)
    while True:
        new = phonenumbers.PhoneNumber(
            country_code=example.country_code,
            national_number=int(digits[:-5] + _digits(r, 5)),
            italian_leading_zero=example.italian_leading_zero,
        )
        if phonenumbers.is_valid_number_for_region(new, region):
            return new
