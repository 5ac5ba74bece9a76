"""Quantities: the numbers of a text with their units, alike in whichever language they are written."""

from dataclasses import dataclass

import regex

from pipeline.quantity_words import ARTICLE, CURRENCIES, MONTHS, NUMBER_WORDS, UNITS, WITHIN

_NUMBER = r"\d+(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:\.\d+){2,}|\d+[.,]\d+|\d+"
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_DATE = regex.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)? ?(?:de |of )?(?P<month>{'|'.join(MONTHS)})\p{{L}}*"
    r"\.?(?:,? (?:de |del )?\d{4}\b)?"
    rf"|\b(?P<month2>{'|'.join(MONTHS)})\p{{L}}*\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? \d{{4}}\b)?"
    r"|\b(?P<a>\d{1,2})[./-](?P<b>\d{1,2})[./-](?:\d{4}|\d{2})\b|\b\d{4}-(?P<c>\d{2})-(?P<d>\d{2})\b",
    regex.IGNORECASE,
)
_CLOCK = regex.compile(
    r"\b(?P<hour>\d{1,2})(?:[:h](?P<minute>\d{2})|(?= ?(?:[ap]\.?m\b|uhr\b|o'clock\b)))"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?",
    regex.IGNORECASE,
)
_FIGURE = regex.compile(rf"(?P<number>{_NUMBER})|\b(?P<word>{_WORDS}|{ARTICLE})\b", regex.IGNORECASE)
_UNIT = regex.compile(rf"[ \u00a0\u202f-]?(?:(?:full|working|business|calendar|consecutive|more|whole|volle|weitere"
                      rf"|further|additional) )?(?:{'|'.join(f'(?P<{name}>{words})' for name, words in UNITS.items())})"
                      r"(?!\p{L})", regex.IGNORECASE)  # fmt: skip
_RANGE = regex.compile(
    rf"\s?(?:to|and|or|bis|und|oder|à|et|ou|a|y|o|e|tot|en|of|-|–)\s?(?:{_NUMBER})", regex.IGNORECASE
)
_MONEY_BEFORE = regex.compile(rf"(?:{CURRENCIES})\s?$", regex.IGNORECASE)
_LISTED = regex.compile(r"(?:^|\n)\s*\(?$|\b(?:step|schritt|étape|paso|passo|stap|point|punkt) $", regex.IGNORECASE)
_COUNTED = regex.compile(
    r" (?:\p{L}+ )?(?:ways|options|steps|things|possibilities|questions|points|Möglichkeiten|Wege|Schritte|Dinge|Fragen"
    r"|possibilités|façons|étapes|choses|questions|formas|opciones|pasos|cosas|maneiras|opções|passos|coisas|modi|opzioni"
    r"|passaggi|cose|manieren|opties|stappen|dingen)\b",
    regex.IGNORECASE,
)
_MINUTES = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1440, "week": 10080}
_IDENTIFIER = regex.compile(
    r"(?:#|\p{L}[-_]?|(?:error|code|order|invoice|ticket|version|number|no\.|nr\.?|fehler|bestellung|rechnung|vorgang|erreur"
    r"|commande|facture|pedido|factura|fatura|ordine|fattura|errore|bestelling|factuur|fout)[ :#]*)$",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: its unit, its value in the same form for all languages, and as it is written.

    `identifies` tells a number that names something, such as an error code or a version.
    """

    unit: str
    value: str
    shown: str
    identifies: bool = False

    @property
    def same(self) -> tuple[str, str]:
        """What two quantities have in common that say the same."""
        return self.unit, self.value


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text, without those that only count its own steps."""
    dates = [(match.span(), _dated(match)) for match in _DATE.finditer(text)]
    clocks = [(match.span(), _clocked(match)) for match in _CLOCK.finditer(text)]
    taken = [span for span, _ in (*dates, *clocks)]
    rest = [
        found
        for match in _FIGURE.finditer(text)
        if not any(start <= match.start() < end for start, end in taken) and (found := _figure(text, match))
    ]
    return (*(found for _, found in (*dates, *clocks)), *rest)


def carried(quantity: Quantity, by: frozenset[tuple[str, str]]) -> bool:
    """Whether a text with those quantities carries this one."""
    if quantity.same in by:
        return True
    if quantity.unit == "date":
        day, _, month = quantity.value.partition(".")
        return ("date", f"{month}.{day}") in by  # 3/4 is in April here and in March there
    return quantity.unit == "" and any(value == quantity.value for _, value in by)


def known(text: str) -> frozenset[tuple[str, str]]:
    """Return the quantities of a text as carried() compares them; a bare number is known in any unit but a price."""
    return frozenset(quantity.same for quantity in quantities(text))


def _figure(text: str, match: regex.Match[str]) -> Quantity | None:
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 40]
    unit, length = _unit(before, after)
    if word := match["word"]:
        return _worded(word, unit, before, match[0] + after[:length])
    number = match["number"]
    if not unit and ((_LISTED.search(before) and after[:1] in ".)") or _COUNTED.match(after)):
        return None
    shown = (match[0] + after[:length]).strip()
    value, name = _measured(_plain(number), unit)
    return Quantity(name, value, shown, not unit and (len(number) >= 5 or bool(_IDENTIFIER.search(before))))


def _worded(word: str, unit: str, before: str, shown: str) -> Quantity | None:
    """A number in letters counts beside a unit; an article only where it says how long: within an hour."""
    value = NUMBER_WORDS.get(word.casefold())
    if not unit or unit in ("money", "size") or (value is None and not WITHIN.search(before)):
        return None
    measured, name = _measured(str(value or 1), unit)
    return Quantity(name, measured, shown.strip())


def _unit(before: str, after: str) -> tuple[str, int]:
    """Return a number's unit and how much of what follows belongs to it."""
    if _MONEY_BEFORE.search(before):
        return "money", 0
    ranged = _RANGE.match(after)
    found = _UNIT.match(after) or (ranged and _UNIT.match(after, ranged.end()))
    if not found:
        return "", 0
    name = next(name for name, said in found.groupdict().items() if said is not None)
    return name, 0 if ranged and found.start() else found.end()


def _measured(value: str, unit: str) -> tuple[str, str]:
    if unit in _MINUTES:
        return f"{float(value) * _MINUTES[unit]:g}", "time"
    if unit == "year":
        return f"{float(value) * 12:g}", "months"
    return value, "months" if unit == "month" else unit


def _plain(number: str) -> str:
    """Return a number without what groups its thousands: 1,000.50 and 1.000,50 are the same."""
    if number.count(".") > 1 and not regex.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
        return number  # a version
    number = regex.sub(r"[.,'’ \u00a0\u202f](?=\d{3}(?!\d))", "", number).replace(",", ".")
    return f"{float(number):.10g}" if number.count(".") <= 1 else number


def _dated(match: regex.Match[str]) -> Quantity:
    if match["a"]:
        return Quantity("date", f"{int(match['a'])}.{int(match['b'])}", match[0])
    if match["c"]:
        return Quantity("date", f"{int(match['d'])}.{int(match['c'])}", match[0])
    name = (match["month"] or match["month2"]).casefold()
    month = next(number for begin, number in MONTHS.items() if name.startswith(begin))
    return Quantity("date", f"{int(match['day'] or match['day2'])}.{month}", match[0])


def _clocked(match: regex.Match[str]) -> Quantity:
    hour = int(match["hour"]) % 12 + 12 if (match["half"] or "").lower() == "p" else int(match["hour"])
    return Quantity("clock", f"{hour}:{match['minute'] or '00'}", match[0])
