"""Text -> phone numbers in it, proved by the numbering plans of the countries that write to us."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata

from pipeline.context import is_call, is_labelled, is_reference
from pipeline.findings import Finding, Kind

# Parts of a date, a path or an article's number are none. A label may touch its number: "Tel.030…", "phone=030…".
_CANDIDATE = re.compile(
    r"(?:(?<!\d)(?=\+)|(?<![A-Za-z0-9])(?<!\d[-@#.=:])(?<!\d/(?!0))(?<![A-Za-z][-@#/]))"
    r"(?:\+ ?|00(?=[1-9 ]))?\(?(?:\d|\(0\)|\(\d{1,5}\))"
    r"(?:(?:[ ]{0,2}[-/.()]?[ ]{0,2}|\)[ ]?[-/]?[ ]?|[ ]?\(0?\)[ ]?)\d){5,17}"
    r"(?: ?(?:x|ext[. ]{0,2}|poste )\d{1,6})?(?![A-Za-z0-9]|-\d)"
)
_TOUCHED = re.compile(r"[A-Za-z0-9][.=]")
_DATE = re.compile(
    r"(?!(\d\d)([-.])(?:\d\d\2){2,3}\d\d$)"  # 06-12-37-74-63 are two digits each
    r"(?:(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d).*"  # 2025-03-14 …
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./](?:19|20)?\d\d(?:[ -]+\d.{0,9})?"
    r"|[0-3]?\d/[01]?\d (?:1[5-9]|20)\d\d"  # 29/10 1817
    r"|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d)"  # 2024-2025
)
_OTHER = re.compile(
    r"\d-\d{2,7}-\d{2,7}-\d|\d{3}-\d\d-\d{4}"  # a book's, an identity number
    r"|\d{4}([ -])\d{4}\1\d{4}"  # a card's or a voucher's part
    r"|(?!0\d)(?:1?\d?\d|2[0-4]\d|25[0-5])(?:\.(?:1?\d?\d|2[0-4]\d|25[0-5])){3}"  # an address of a machine
    r"|(?!0\d)\d{1,3}(?:[.,]\d{3})+(?:[.,]\d\d)?|(?!0\d)\d+\.\d+"  # 1.250.000,00
)
_SHORTEST = 7  # digits of a number
_SURE = 9  # digits from which a number in groups of three may be one that a label announces
_GROUP = re.compile(r"\d+")
_FOURS = re.compile(r"\(?(?:\d{4}[ -]){2,}\d{2,4}")
_AGAIN = re.compile(r" ?/ ?(?=0|\(0)")  # a second number
_GAP = re.compile(r" +| ?/ ?")
_AREA = re.compile(r"(?:\d ?)?\(\d{2,5}\)")
_MOST_GAPS = 6
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
_MAIN = ("GB", "US", "DE", "FR", "ES", "PT", "IT")
# By the languages that a few words cannot tell apart.
_LIKELY = (
    ("en", "CA IE AU NZ IN ZA"), ("de", "AT CH"), ("fr", "BE CH"), ("it", "CH"), ("nl", "NL BE"),
    ("es pt gl ca", "MX AR CO CL BR"), ("sv da nb nn fi", "SE DK NO FI"), ("pl cs sk sl hr", "PL CZ SK SI HR"),
    ("ro hu bg", "RO HU BG"), ("tr", "TR"), ("el", "GR"), ("ru uk be kk bg", "RU UA"), ("ar fa ur", "SA AE EG"),
    ("hi mr ne", "IN"), ("id ms", "ID"), ("vi", "VN"), ("ja zh ko", "JP CN TW HK KR"), ("th", "TH"), ("he", "IL"),
)  # fmt: skip
_BY_LANGUAGE = {language: regions.split() for languages, regions in _LIKELY for language in languages.split()}
_ALL = (*_MAIN, *dict.fromkeys(region for regions in _BY_LANGUAGE.values() for region in regions))
_EXTENSION = re.compile(r"[a-z]")
_UNIT = re.compile(
    r" ?(?:€|\$|£|%|(?:eur|usd|gbp|euros?|dollars?|pounds?|kb|mb|gb|ms|bytes?|times|users|kg|km)\b)", re.I
)


def find_international(text: str) -> Iterator[Finding]:
    """Find numbers with a plus and their country's code in a folded text: the plus is proof enough."""
    return _find(text, lambda start, end: _is_international(text[start:end]))


def find_dialled(text: str) -> Iterator[Finding]:
    """Find numbers whose country's code stands behind two zeros, proved by the country's plan."""
    return _find(text, lambda start, end: _is_dialled(text[start:end]))


def find_national(text: str, language: str) -> Iterator[Finding]:
    """Find numbers in a folded text by the plans of its likely countries, or by a label beside them."""
    return _find(text, lambda start, end: _is_national(text, start, end, language))


def _find(text: str, is_one: Callable[[int, int], bool]) -> Iterator[Finding]:
    at = 0
    while candidate := _CANDIDATE.search(text, at):
        found = next((place for place in _readings(text, *candidate.span()) if is_one(*place)), None)
        if found:
            yield Finding(Kind.PHONE, *found)
        # What stands behind a number that was found may be the next one of a list.
        at = found[1] if found else candidate.end()


def _readings(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range, then without words at its end or start: another number may stand beside this one."""
    again = _AGAIN.search(text, start, end)
    if again and _digits(text[start : again.start()]) >= _SHORTEST:
        yield start, again.start()
    yield start, end
    if _FOURS.fullmatch(text, start, end):
        return  # half of a voucher's or a mistyped card's number is nobody's
    gaps = [gap.span() for gap in _GAP.finditer(text, start, end)][:_MOST_GAPS]
    yield from ((start, before) for before, _ in reversed(gaps))
    yield from ((after, end) for _, after in gaps)


def _is_international(written: str) -> bool:
    return written.startswith("+") and _SHORTEST <= _digits(written) <= 16


def _is_dialled(written: str) -> bool:
    bare = written.lstrip("(")
    return bare.startswith("00") and _valid("+" + bare[2:], None)


def _is_national(text: str, start: int, end: int, language: str) -> bool:
    written = text[start:end]
    digits, bare = _digits(written), written.lstrip("(")
    if not _SHORTEST <= digits <= 15 or _DATE.fullmatch(bare) or _is_amount(text, start, end):
        return False
    if is_reference(text, start):
        return False
    labelled = is_labelled(text, start, end)
    if _OTHER.fullmatch(bare) and not (labelled and digits >= _SURE):
        return False
    if labelled:
        return True  # mistyped, or of a plan that we do not know, it is still somebody's
    if _TOUCHED.fullmatch(text, start - 2, start):
        return False
    called = is_call(text, start)
    if not called and not _looks_called(written, text[end : end + 3]):
        return False
    return any(_valid(written, region) for region in _regions(written, language, called) if _could_be(written, region))


def _regions(written: str, language: str, called: bool) -> Iterable[str]:
    """Return whose plans to try: everybody's when a word or the brackets of an area's code say what it is."""
    if _AREA.match(written) or (called and language not in _BY_LANGUAGE):
        return _ALL
    return (*_MAIN, *_BY_LANGUAGE.get(language, ()))


def _digits(written: str) -> int:
    return sum(map(str.isdigit, written))


def _looks_called(written: str, after: str) -> bool:
    """Whether the number is grouped as people group phone numbers, or starts with the trunk's zero."""
    if written.lstrip("(").startswith("0") or _AREA.match(written):
        return True
    if _THOUSANDS.fullmatch(written):
        return not re.match(r" [a-z]", after)  # 912 345 678 visitors
    return len(_GROUP.findall(written)) >= 3


def _could_be(written: str, region: str) -> bool:
    """Rule out in a microsecond what phonenumbers would rule out in a hundred."""
    plan = _plan(region)
    digits = "".join(filter(str.isdigit, _EXTENSION.split(written)[0]))
    if plan.transforms:
        return True
    trunk = plan.trunk and digits.startswith(plan.trunk)
    if plan.trunk == "0" and not trunk:
        return False
    return bool(plan.pattern.fullmatch(digits) or (trunk and plan.pattern.fullmatch(digits[len(plan.trunk) :])))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a country's numbering plan says of every number."""

    trunk: str  # the prefix that is dialled within the country
    pattern: re.Pattern[str]  # of the digits behind it
    transforms: bool  # whether the plan rewrites what is dialled


@cache
def _plan(region: str) -> _Plan:
    told = PhoneMetadata.metadata_for_region(region)
    every = told.general_desc.national_number_pattern if told and told.general_desc else None
    if told is None or every is None:
        raise ValueError(f"{region} is no region with a numbering plan")
    return _Plan(told.national_prefix or "", re.compile(every), bool(told.national_prefix_transform_rule))


@lru_cache(maxsize=4096)
def _valid(written: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, region))
    except NumberParseException:
        return False


def _is_amount(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 2) : start].rstrip()
    return before.endswith(("€", "$", "£")) or bool(_UNIT.match(text, end))
