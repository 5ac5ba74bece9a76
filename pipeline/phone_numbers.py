"""Text -> phone numbers in it, proved by the numbering plans of the countries that write to us."""

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException

from pipeline.context import is_call, is_labelled, is_reference
from pipeline.findings import Finding, Kind

_CANDIDATE = re.compile(
    r"(?<![^\W_])(?<![^\W_][-@#./=:])(?<![.,]\d)"
    r"(?:\+ ?|00(?=[1-9 ]))?\(?(?:\d|\(0\)|\(\d{1,5}\))"
    r"(?:(?:[ ]{0,2}[-/.()]?[ ]{0,2}|\)[ ]?[-/]?[ ]?|[ ]?\(0?\)[ ]?)\d){5,17}"
    r"(?: ?(?:x|ext[. ]{0,2}|poste )\d{1,6})?(?![^\W_])"
)
_NOT_A_PHONE = re.compile(
    r"(?:(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d).*"  # 2025-03-14 …
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:19|20)?\d\d(?:[ -]+\d.{0,9})?"
    r"|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d"  # 2024-2025
    r"|\d{3}-\d\d-\d{4}|\d{4}([ -])\d{4}\1\d{4}"  # an identity number, a card's or a voucher's part
    r"|\d{1,3}(?:\.\d{1,3}){3}"  # an address of a machine
    r"|\d{1,3}(?:[.,]\d{3})+(?:[.,]\d\d)?|\d+\.\d+)"  # 1.250.000,00
)
_GROUP = re.compile(r"\d+")
_GAP = re.compile(r" +")
_MOST_GAPS = 6
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
_MAIN = ("GB", "US", "DE", "FR", "ES", "PT", "IT")
_BY_LANGUAGE = {
    "en": ("CA", "IE", "AU", "NZ", "IN", "ZA"), "de": ("AT", "CH"), "fr": ("BE", "CH"),
    "es": ("MX", "AR", "CO", "CL"), "pt": ("BR",), "it": ("CH",), "nl": ("NL", "BE"), "pl": ("PL",),
    "sv": ("SE",), "da": ("DK",), "nb": ("NO",), "fi": ("FI",), "cs": ("CZ",), "ro": ("RO",),
    "hu": ("HU",), "tr": ("TR",), "ru": ("RU",), "uk": ("UA",), "ar": ("SA", "AE", "EG"), "hi": ("IN",),
    "id": ("ID",), "vi": ("VN",), "ja": ("JP",), "ko": ("KR",), "zh": ("CN", "TW"),
}  # fmt: skip
_UNIT = re.compile(
    r" ?(?:€|\$|£|%|(?:eur|usd|gbp|euros?|dollars?|pounds?|kb|mb|gb|ms|bytes?|times|users|kg|km)\b)", re.I
)


def find_international(text: str) -> Iterator[Finding]:
    """Find numbers with their country's code in a folded text: the plus is proof enough."""
    for match in _CANDIDATE.finditer(text):
        for start, end in _readings(text, *match.span()):
            if _is_international(text[start:end]):
                yield Finding(Kind.PHONE, start, end)
                break


def find_national(text: str, language: str) -> Iterator[Finding]:
    """Find numbers in a folded text by the plans of its likely countries, or by a label beside them."""
    for match in _CANDIDATE.finditer(text):
        if is_reference(text, match.start()):
            continue
        for start, end in _readings(text, *match.span()):
            if _is_national(text, start, end, language):
                yield Finding(Kind.PHONE, start, end)
                break


def _readings(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range, then without words at its end or start: another number may stand beside this one."""
    yield start, end
    gaps = [gap.span() for gap in _GAP.finditer(text, start, end)][:_MOST_GAPS]
    yield from ((start, before) for before, _ in reversed(gaps))
    yield from ((after, end) for _, after in gaps)


def _is_international(written: str) -> bool:
    if written.startswith("+"):
        return 7 <= _digits(written) <= 16
    return written.startswith("00") and _valid("+" + written[2:], None)


def _is_national(text: str, start: int, end: int, language: str) -> bool:
    written = text[start:end]
    digits = _digits(written)
    if not 7 <= digits <= 15 or _NOT_A_PHONE.fullmatch(written) or _is_amount(text, start, end):
        return False
    if is_labelled(text, start, end):
        return True  # mistyped, or of a plan that we do not know, it is still somebody's
    called = is_call(text, start)
    if not called and not _looks_called(written, text[end : end + 3]):
        return False
    regions = (*_MAIN, *_BY_LANGUAGE.get(language, ())) if called else _MAIN
    return any(_valid(written, region) for region in regions if _could_be(written, region, digits))


def _digits(written: str) -> int:
    return sum(map(str.isdigit, written))


def _looks_called(written: str, after: str) -> bool:
    """Whether the number is grouped as people group phone numbers, or starts with the trunk's zero."""
    if written.lstrip("(").startswith("0"):
        return True
    if _THOUSANDS.fullmatch(written):
        return not re.match(r" [a-z]", after)  # 912 345 678 visitors
    return len(_GROUP.findall(written)) >= 3


def _could_be(written: str, region: str, digits: int) -> bool:
    """Rule out in nanoseconds what the numbering plan would rule out in microseconds."""
    zero = written.lstrip("(").startswith("0")
    match region:
        case "GB" | "DE" | "FR":
            return zero
        case "US" | "CA":
            return not zero and 10 <= digits <= 16
        case "ES" | "PT":
            return not zero and digits == 9
    return True


@lru_cache(maxsize=4096)
def _valid(written: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, region))
    except NumberParseException:
        return False


def _is_amount(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip()
    return before.endswith(("€", "$", "£")) or bool(_UNIT.match(text, end))
