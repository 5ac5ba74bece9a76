"""Text -> card numbers, IBANs and national identity numbers in it, each proved by its check digits."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import stdnum.ar.cuit
import stdnum.at.vnr
import stdnum.be.nn
import stdnum.bg.egn
import stdnum.br.cpf
import stdnum.ca.sin
import stdnum.ch.ssn
import stdnum.cl.rut
import stdnum.cn.ric
import stdnum.cz.rc
import stdnum.de.idnr
import stdnum.dk.cpr
import stdnum.ee.ik
import stdnum.es.dni
import stdnum.es.nie
import stdnum.fi.hetu
import stdnum.fr.nif
import stdnum.fr.nir
import stdnum.gb.nhs
import stdnum.gb.utr
import stdnum.hr.oib
import stdnum.ie.pps
import stdnum.il.idnr
import stdnum.in_.aadhaar
import stdnum.it.codicefiscale
import stdnum.kr.rrn
import stdnum.mx.curp
import stdnum.nl.bsn
import stdnum.no.fodselsnummer
import stdnum.pl.pesel
import stdnum.pt.nif
import stdnum.ro.cnp
import stdnum.se.personnummer
import stdnum.tr.tckimlik
import stdnum.us.itin
import stdnum.us.ssn
import stdnum.za.idnr
from stdnum import iban, luhn, numdb

from pipeline.context import is_reference
from pipeline.findings import Finding, Kind

_START, _END = r"(?<![^\W_])(?<![^\W_]-)", r"(?![^\W_])(?!-[^\W_])"

_DIGITS = re.compile(rf"{_START}\d(?:[ .-]?\d){{11,40}}(?![^\W_])")
_GROUP = re.compile(r"\d+")
# The ranges that card schemes really issue, with the lengths they use.
_SCHEMES = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01]|720)\d{12,13}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11,13}|6(?:011|5\d\d|4[4-9]\d|2\d\d)\d{12,15}|35\d{14}"
    r"|(?:1800|2131)\d{11}|(?:50|5[6-9]|6\d)\d{10,17}"
)
_IBAN = re.compile(rf"{_START}[A-Z]{{2}}\d{{2}}(?:[ -]?[A-Z0-9]){{11,34}}", re.IGNORECASE)

Check = Callable[[str], bool]
# Numbers whose form gives them away; the form alone is never enough, the check digits decide.
_FORMS: tuple[tuple[str, Check], ...] = (
    (r"\d{3}[- ]\d{2}[- ]\d{4}", stdnum.us.ssn.is_valid),
    (r"9\d{2}-\d{2}-\d{4}", stdnum.us.itin.is_valid),
    (r"\d{3}\.\d{3}\.\d{3}-\d{2}", stdnum.br.cpf.is_valid),
    (r"\d{8}[- ]?[A-Z]", stdnum.es.dni.is_valid),
    (r"[XYZ][- ]?\d{7}[- ]?[A-Z]", stdnum.es.nie.is_valid),
    (r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]", stdnum.it.codicefiscale.is_valid),
    (r"[12][ .]?\d\d[ .]?\d\d[ .]?\d[\dAB][ .]?\d{3}[ .]?\d{3}[ .]?\d\d", stdnum.fr.nir.is_valid),
    (r"\d{6}[-+A]\d{3}[0-9A-Z]", stdnum.fi.hetu.is_valid),
    (r"(?:\d{2})?\d{6}[-+]\d{4}", stdnum.se.personnummer.is_valid),
    (r"\d{6}-\d{4}", stdnum.dk.cpr.is_valid),
    (r"\d{6} \d{5}", stdnum.no.fodselsnummer.is_valid),
    (r"\d{2} \d{3} \d{3} \d{3}", stdnum.de.idnr.is_valid),
    (r"756\.\d{4}\.\d{4}\.\d{2}", stdnum.ch.ssn.is_valid),
    (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", stdnum.be.nn.is_valid),
    (r"\d{7}[A-W][A-IW]?", stdnum.ie.pps.is_valid),
    (r"\d{6}/\d{4}", stdnum.cz.rc.is_valid),
    (r"\d{4} \d{4} \d{4}", stdnum.in_.aadhaar.is_valid),
    (r"\d{17}[\dX]", stdnum.cn.ric.is_valid),
    (r"\d{6}-\d{7}", stdnum.kr.rrn.is_valid),
    (r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d", stdnum.mx.curp.is_valid),
    (r"\d{1,2}\.\d{3}\.\d{3}-[\dK]", stdnum.cl.rut.is_valid),
    (r"(?:20|23|24|25|26|27)-\d{8}-\d", stdnum.ar.cuit.is_valid),
    (r"[1-7]\d\d[- ]\d{3}[- ]\d{3}", stdnum.ca.sin.is_valid),
    (r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \d\d \d\d \d\d [A-D]", bool),
)
_SHAPED = tuple((re.compile(f"{_START}{form}{_END}", re.IGNORECASE), check) for form, check in _FORMS)

_BRITISH = re.compile(r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]", re.IGNORECASE)  # has no check digit
# Bare digits pass one check in ten by chance, so these count only after a word that announces them.
_ANNOUNCED: tuple[Check, ...] = (
    *(check for _, check in _FORMS[:-1]),
    stdnum.gb.nhs.is_valid,
    stdnum.gb.utr.is_valid,
    stdnum.no.fodselsnummer.is_valid,
    stdnum.pl.pesel.is_valid,
    stdnum.nl.bsn.is_valid,
    stdnum.pt.nif.is_valid,
    stdnum.fr.nif.is_valid,
    stdnum.at.vnr.is_valid,
    stdnum.ro.cnp.is_valid,
    stdnum.tr.tckimlik.is_valid,
    stdnum.za.idnr.is_valid,
    stdnum.il.idnr.is_valid,
    stdnum.ee.ik.is_valid,
    stdnum.bg.egn.is_valid,
    stdnum.hr.oib.is_valid,
    lambda number: bool(_BRITISH.fullmatch(number)),
)
_LABEL = re.compile(
    r"\b(?:ssn|itin|sin|social (?:security|insurance)|national insurance|nino|ni number|nhs|utr"
    r"|tax(?:payer)? (?:id|number)|national id|identity (?:number|card)|id (?:card|number)|personal (?:id"
    r"|number)|passport"
    r"|driv(?:er'?s?|ing) licen[cs]e|sozialversicherung\w*|steuer-?(?:id\w*|nummer|identifikation\w*)"
    r"|idnr|ausweis\w*|reisepass\w*|ahv\w*"
    r"|securite sociale|nir|carte d'identite|passeport|numero fiscal|nif|nie|dni|pasaporte|cpf|contribuinte"
    r"|passaporte|codice fiscale|carta d'identita|passaporto|bsn|burgerservicenummer|paspoort\w*"
    r"|rijksregister\w*|pesel"
    r"|dowod\w*|personnummer|cpr|fodselsnummer|henkilotunnus|hetu|rodne cislo|cnp|oib|egn|tc kimlik\w*"
    r"|aadhaar|curp|rut"
    r"|cuit)\b"
    r"[^\w\n]{0,4}(?:(?:no|nr|number|nummer|numero|num|is|ist|lautet|est|es|e|it's)\b[^\w\n]{0,4}){0,3}"
    r"([A-Z0-9](?:[ ./-]?[A-Z0-9]){5,19})(?![^\W_])",
    re.IGNORECASE,
)
_UNCHECKED = re.compile(r"pass|licen|ausweis|carte|carta|paspoort|identity|dowod", re.IGNORECASE)


def find_numbers(text: str) -> Iterator[Finding]:
    """Find what a check digit proves, in a folded text: IBANs, cards, then identity numbers."""
    yield from _ibans(text)
    yield from _cards(text)
    yield from _announced(text)
    for pattern, check in _SHAPED:
        for match in pattern.finditer(text):
            if check(match[0]) and not is_reference(text, match.start()):
                yield Finding(Kind.ID, *match.span())


def _cards(text: str) -> Iterator[Finding]:
    for run in _DIGITS.finditer(text):
        if is_reference(text, run.start()):
            continue
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        # An expiry date or a count may stand beside the number, so every stretch of groups is tried.
        for first, (start, _) in enumerate(groups[:8]):
            ends = [end for _, end in groups[first : first + 8]]
            if end := next((end for end in reversed(ends) if _is_card(text[start:end])), 0):
                yield Finding(Kind.CARD, start, end)
                break


def _is_card(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    return bool(_SCHEMES.fullmatch(digits)) and luhn.is_valid(digits)


def _ibans(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        length = _iban_length(match[0][:2].upper())
        places = [at for at in range(*match.span()) if text[at].isalnum()]
        if length and len(places) >= length:
            start, end = places[0], places[length - 1] + 1
            ends_there = not text[end : end + 1].isalnum()
            if ends_there and iban.is_valid(text[start:end], check_country=False):
                yield Finding(Kind.IBAN, start, end)


@lru_cache(maxsize=512)
def _iban_length(country: str) -> int:
    """Return how long an IBAN of that country is, or 0 when it has none."""
    structure = numdb.get("iban").info(country + "00")[0][1].get("bban", "")
    parts = [int(count) for count in re.findall(r"(\d+)!", structure)]
    return 4 + sum(parts) if parts else 0


def _announced(text: str) -> Iterator[Finding]:
    for match in _LABEL.finditer(text):
        start = match.start(1)
        end = _end_of_number(text, *match.span(1))
        value = text[start:end]
        proved = any(check(value) for check in _ANNOUNCED)
        unchecked = _UNCHECKED.search(match[0], 0, start - match.start()) and sum(map(str.isdigit, value)) >= 5
        if proved or unchecked:
            yield Finding(Kind.ID, start, end)


def _end_of_number(text: str, start: int, end: int) -> int:
    """Drop the words after the number: the pattern cannot tell them from its letters."""
    words = re.search(r" [A-Z]{2,}", text[start:end], re.IGNORECASE)
    return start + words.start() if words and words.start() else end
