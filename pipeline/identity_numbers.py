"""Text -> national identity numbers in it, proved by their check digits where they have some."""

import re
from collections.abc import Callable, Iterator

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
import stdnum.za.idnr

from pipeline.context import is_reference
from pipeline.findings import END, START, Finding, Kind

_MORE_BEFORE, _MORE_AFTER = re.compile(r"\d $"), re.compile(r" \d")

Check = Callable[[str], bool]


def _is_ssn(written: str) -> bool:
    """Whether it was ever issued by the rules of the SSA, which say nothing of how it is grouped."""
    area, group, serial = (digits := re.sub(r"\D", "", written))[:3], digits[3:5], digits[5:]
    return len(digits) == 9 and area not in ("000", "666") and area < "900" and group != "00" and serial != "0000"


# Numbers whose form gives them away; the form alone is never enough, the check digits decide.
_FORMS: tuple[tuple[str, Check], ...] = (
    (r"\d{3}( ?[-. ] ?)\d{2}\1\d{4}", _is_ssn),
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
_PLACE = re.compile(rf"{START}(?=[A-Z]{{0,6}} ?\d)[A-Z0-9]", re.IGNORECASE)
_ANY_FORM = re.compile("|".join(form.replace(r"\1", "[-. ] ?") for form, _ in _FORMS), re.IGNORECASE)
_SHAPED = tuple((re.compile(f"{form}{END}", re.IGNORECASE), check) for form, check in _FORMS)

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
    r"\b(?<!ust-)(?:ssn|itin|sin|(?:my )?social(?: security| insurance)?|national insurance|nino|ni number|nhs|utr"
    r"|tax(?:payer)? (?:id|number)|national id|identity (?:number|card)|id (?:card|number)|personal (?:id"
    r"|number)|(passport|driv(?:er'?s?|ing) licen[cs]e|ausweis\w*|reisepass\w*|carte d'identite|passeport|pasaporte"
    r"|passaporte|carta d'identita|passaporto|paspoort\w*|dowod\w*|identity card)"
    r"|sozialversicherung\w*|steuer-?(?:id\w*|nummer|identifikation\w*)"
    r"|idnr|ahv\w*"
    r"|securite sociale|nir|numero fiscal|nif|nie|dni|cpf|contribuinte"
    r"|codice fiscale|bsn|burgerservicenummer"
    r"|rijksregister\w*|pesel"
    r"|personnummer|cpr|fodselsnummer|henkilotunnus|hetu|rodne cislo|cnp|oib|egn|tc kimlik\w*"
    r"|aadhaar|curp|rut"
    r"|cuit)(?![A-Za-z])",
    re.IGNORECASE,
)
_REACH = 60  # characters behind a label
_MOST_WORDS, _MOST_GROUPS = 5, 8  # before a number, and in it
_SERIES = re.compile(r"[A-Z]{1,2}")  # may stand apart before the digits
_TELLING, _MISTYPED = 5, 8  # digits from which a number is one, without check digits or with wrong ones
_TOKEN, _DIGIT, _BESIDE = re.compile(r"[A-Z0-9]+", re.IGNORECASE), re.compile(r"\d"), re.compile(r" ?[./-]? ?")
_DIRECTLY = re.compile(
    r"[^\w\n]{0,4}(?:(?:no|nr|number|nummer|numero|num|is|ist|lautet|est|es|e|it's)\b[^\w\n]{0,4}){0,3}",
    re.IGNORECASE,
)


def find_identity_numbers(text: str) -> Iterator[Finding]:
    """Find identity numbers in a folded text: those that a word announces, then those of a telling form."""
    yield from _announced(text)
    for place in _PLACE.finditer(text):
        for pattern, check in _SHAPED if _ANY_FORM.match(text, place.start()) else ():
            match = pattern.match(text, place.start())
            if match and check(match[0]) and not _goes_on(text, match) and not _is_order(text, match):
                yield Finding(Kind.ID, *match.span())


def _is_order(text: str, match: re.Match[str]) -> bool:
    return is_reference(text, match.start(), named=True)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether groups parted by spaces are only some of a longer number's."""
    return " " in match[0] and bool(_MORE_BEFORE.search(text, 0, match.start()) or _MORE_AFTER.match(text, match.end()))


def _announced(text: str) -> Iterator[Finding]:
    for label in _LABEL.finditer(text):
        window = text[label.end() : label.end() + _REACH]
        tokens = list(_TOKEN.finditer(window[: _end_of_line(window)]))
        first = next((at for at, token in enumerate(tokens) if _DIGIT.search(token[0])), _MOST_WORDS)
        if first < _MOST_WORDS and (found := _value(window, tokens, first, unchecked=bool(label[1]))):
            yield Finding(Kind.ID, label.end() + found[0], label.end() + found[1])


def _end_of_line(window: str) -> int:
    """Return where the line ends on which something is said after the label."""
    line = re.match(r"\W*[^\n]*", window)
    return line.end() if line else 0


def _value(window: str, tokens: list[re.Match[str]], first: int, *, unchecked: bool) -> tuple[int, int] | None:
    """Return where the number stands whose first digits are in that token, proved unless it has no check digits."""
    starts = [first]
    if first and _SERIES.fullmatch(tokens[first - 1][0]) and tokens[first].start() - tokens[first - 1].end() == 1:
        starts = [first - 1, first]
    ends = [first]
    while len(ends) < _MOST_GROUPS and ends[-1] + 1 < len(tokens):
        if not _near(window, tokens[ends[-1]], tokens[ends[-1] + 1]):
            break
        ends.append(ends[-1] + 1)
    for start in starts:
        for end in reversed(ends):
            value = window[tokens[start].start() : tokens[end].end()]
            if len(_DIGIT.findall(value)) >= _TELLING and any(check(value) for check in _ANNOUNCED):
                return tokens[start].start(), tokens[end].end()
    begin = tokens[starts[0]].start()
    close = tokens[max(end for end in ends if _DIGIT.search(tokens[end][0]))].end()
    # Mistyped, it is still somebody's.
    enough = len(_DIGIT.findall(window[begin:close])) >= (_TELLING if unchecked else _MISTYPED)
    return (begin, close) if enough and _DIRECTLY.fullmatch(window, 0, begin) else None


def _near(window: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return bool(_BESIDE.fullmatch(window, left.end(), right.start()))
