"""Signatures and footers -> gone: what stands at the end of every mail of a person or a company."""

import re
from collections.abc import Sequence

_MOST_LINES, _MOST_CHARACTERS = 15, 1000  # of a signature below its delimiter
_MOST_NAMES = 8  # lines below "Kind regards"
_LONGEST_LINE = 80

_DELIMITER = re.compile(r"\s*(?:--|—|_{20,}|-{16,})\s*")
_SENT_FROM = re.compile(
    r"\s*\W?(?:(?:sent|get|gesendet|envoyé|enviado|inviato|verzonden|skickat|sendt|wysłane|отправлено|von"
    r"|diese|télécharg\w+)\b"
    r"(?=.{0,50}\b(?:my|iphone|ipad|android|outlook|mail|samsung|galaxy|blackberry|huawei|xiaomi|handy"
    r"|smartphone|mobile|phone"
    r"|tablet|gmail|proton\w*|thunderbird|windows|yahoo|gmx|web\.de|iOS)\b)[^,?!]{4,80})",
    re.IGNORECASE,
)
_REGARDS = (
    r"(?:(?:with )?(?:my )?(?:best|kind|kindest|warm|warmest|many) (?:regards|wishes)|regards"
    r"|all the best|best|cheers"
    r"|(?:yours )?sincerely(?: yours)?|yours (?:faithfully|truly)|respectfully"
    r"|(?:mit )?(?:freundlichen?|besten?|herzlichen?|lieben?|vielen?|schönen?) gr(?:ü|ue)(?:ß|ss)(?:en?)?"
    r"|viele grüße|mfg|lg|vg"
    r"|hochachtungsvoll|(?:bien )?cordialement|bien à vous|salutations(?: distinguées)?|sincères salutations"
    r"|(?:un )?(?:cordial(?:es)? )?saludos?(?: cordiales)?|atentamente|atenciosamente"
    r"|(?:com os )?(?:melhores )?cumprimentos"
    r"|cordiali saluti|distinti saluti|saluti|met vriendelijke groet(?:en)?|vriendelijke groet(?:en)?"
    r"|med vänlig(?:a)? hälsning(?:ar)?"
    r"|med venlig hilsen|pozdrawiam|z poważaniem|с уважением)"
)
_THANKS = (
    r"(?:(?:many )?thanks(?: and regards| in advance| again| so much)?|thank you(?: very much| in advance"
    r"| so much)?|thx|danke(?: im voraus)?"
    r"|vielen dank(?: im voraus)?|besten dank|merci(?: d'avance| beaucoup)?"
    r"|(?:muchas )?gracias(?: de antemano)?|obrigad[oa]|grazie(?: mille)?"
    r"|bedankt|tack|tak|dziękuję)"
)
_CLOSING = re.compile(rf"\s*(?:{_REGARDS}|{_THANKS})[\s,.!;]*", re.IGNORECASE)
_FAREWELL = re.compile(rf"\s*{_REGARDS}[\s,.!;]*", re.IGNORECASE)
_CLOSED = re.compile(rf"(?<=[.!?…])\s+{_REGARDS}(?:[,.!]?\s+[^.!?\n]{{0,50}})?[.!]?\Z", re.IGNORECASE)
_DASHED = re.compile(r"\s*[-–—~] ?[A-Z<][^\s:]{1,30}(?: [A-Z<][^\s:]{1,30}){0,2}\s*")
_SENTENCE = re.compile(r"\?|[.!]\s*$|(?:\S+\s+){9}")


def without_signature(text: str) -> str:
    """Return the text without the signature at its end."""
    lines = text.split("\n")
    for cut in (_without_device, _without_delimited, _without_closing, _without_dashed):
        lines = list(cut(lines))
    tail = "\n".join(lines).strip()
    return tail[:-200] + _CLOSED.sub("", tail[-200:])


def _without_device(lines: Sequence[str]) -> Sequence[str]:
    """Drop "Sent from my iPhone" among the last lines."""
    last = [number for number, line in enumerate(lines) if line.strip()][-5:]
    device = {number for number in last if len(lines[number]) < 120 and _SENT_FROM.fullmatch(lines[number])}
    return [line for number, line in enumerate(lines) if number not in device]


def _without_delimited(lines: Sequence[str]) -> Sequence[str]:
    for number in range(max(1, len(lines) - _MOST_LINES - 1), len(lines)):
        if _DELIMITER.fullmatch(lines[number]) and sum(map(len, lines[number:])) <= _MOST_CHARACTERS:
            return lines[:number]
    return lines


def _without_closing(lines: Sequence[str]) -> Sequence[str]:
    """Drop "Kind regards" with the names and addresses below it, if nothing below says anything."""
    for number in range(max(1, len(lines) - 2 * _MOST_NAMES), len(lines)):
        if len(lines[number]) > _LONGEST_LINE or not _CLOSING.fullmatch(lines[number]):
            continue
        below = [line for line in lines[number + 1 :] if line.strip()]
        named = bool(below) or bool(_FAREWELL.fullmatch(lines[number]))
        if named and len(below) <= _MOST_NAMES and not any(map(_says_something, below)):
            return lines[:number]
    return lines


def _says_something(line: str) -> bool:
    return len(line) > _LONGEST_LINE or (bool(_SENTENCE.search(line)) and not _CLOSING.fullmatch(line))


def _without_dashed(lines: Sequence[str]) -> Sequence[str]:
    """Drop "- Anna" at the end, which is no list."""
    filled = [line for line in lines if line.strip()]
    is_list = len(filled) > 1 and filled[-2].lstrip().startswith(("-", "–", "*", "•"))
    return lines[:-1] if filled and not is_list and len(filled) > 1 and _DASHED.fullmatch(lines[-1]) else lines
