"""Header: the lines by which mail programs and Zendesk introduce what was written before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 300  # characters of a header that is wrapped over several lines
_WRAPPED = 4  # lines


@dataclass(frozen=True, slots=True)
class Header:
    """Lines up to `end` introduce a quote."""

    end: int
    attributes: bool = False  # "On … wrote:", which may stand above lines with ">" and an answer below
    introduces: bool = False  # what follows is meant to be read: a forwarded message, the ticket's own text


_WROTE = re.compile(
    r"(?:on\s.{4,250}\swrote|on\s.{4,250}>\s?wrote|am\s.{4,200}\sschrieb\b.{0,150}"
    r"|.{4,150}\sschrieb\s(?:am|um)\s.{4,100}"
    r"|le\s.{4,250}\sa\sécrit|el\s.{4,250}\s(?:escribió|ha escrito)|em\s.{4,250}\sescreveu"
    r"|il\s.{4,250}\sha\sscritto"
    r"|op\s.{4,200}\s(?:schreef|heeft)\b.{0,150}|den\s.{4,200}\sskrev\b.{0,150}|(?:w dniu"
    r"|dnia)\s.{4,200}\s(?:napisał|pisze).{0,50}"
    r"|.{4,250}\s(?:пишет|написала?)|(?:\w{2,4}, )?\d{1,4}[./ -](?:\d{1,2}"
    r"|\w{3,9})[./ -]\d{2,4}.{2,150}<[^<>\s]{2,100}@[^<>]{2,100}>.{0,20}"
    r")\s?:",
    re.IGNORECASE | re.DOTALL,
)
_WROTE_START = re.compile(
    r"\s{0,3}(?:(?:on|am|le|el|em|il|op|den|w dniu|dnia)\s|.{0,5}\d|.{3,60} schrieb)", re.IGNORECASE
)
_SURE = re.compile(r"\d\d?[:.h]\d\d|<[^<>\s]{1,100}@[^<>\s]{1,100}>")  # a time or an address: no person writes it so

_ORIGINAL = re.compile(
    r"[\s*]*[-_=]{2,}\s*(?:original message|ursprüngliche nachricht|original-?nachricht|message d'origine"
    r"|message original"
    r"|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|originalmeddelande"
    r"|oprindelig meddelelse|opprinnelig melding|reply message|antwort)\s*[-_=]{2,}[\s*]*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"[\s*]*(?:-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado"
    r"|mensagem encaminhada|messaggio inoltrato|doorgestuurd bericht)\s*-{2,}"
    r"|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié"
    r"|inicio del mensaje reenviado"
    r"|inizio messaggio inoltrato|begin doorgestuurd bericht)\s?:)[\s*]*",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\s*(?:##-.{3,200}-##"
    r"|[-=#*\s]{0,20}(?:please )?(?:type your )?reply above this line[-=#*.\s]{0,20})\s*",
    re.IGNORECASE,
)
_RULER = re.compile(r"\s*-{5,}\s*")
_SAID = re.compile(r"\s*.{1,80}, \w{3,9}\.? \d{1,2}, \d{4},? (?:at )?\d{1,2}:\d\d(?: ?[AP]M)?.{0,12}", re.IGNORECASE)

_MAYBE = re.compile(r"[\d:#]|[-=]{2,}.*\w|-{5}|reply above", re.IGNORECASE)  # spares most lines a dozen patterns
_TIME = re.compile(r"\d:\d\d")

_FROM = r"from|von|de|da|van|från|fra|od|от|expéditeur|mittente|remetente|absender"
_SENT = (
    r"sent|date|gesendet|datum|envoyé|enviado(?: el| em)?|enviada(?: em)?|fecha|data|inviato|verzonden"
    r"|skickat|sendt|wysłano|дата|отправлено"
)
_TO = r"to|an|à|para|a|aan|till|til|do|кому|cc|destinataire|destinatario|kopie"
_SUBJECT = r"subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема"
_FIELD = re.compile(rf"[\s*>]{{0,4}}(?:({_FROM})|({_SENT})|({_TO})|({_SUBJECT}))\s?\*?\s?:\*?(?=\s|$)", re.IGNORECASE)
_MOST_LINES = 14  # of a block of fields, whose list of recipients may be wrapped


def header_at(lines: Sequence[str], at: int) -> Header | None:
    """Return the header that begins on that line, if one does."""
    line = lines[at]
    if len(line) > LONGEST or not _MAYBE.search(line):
        return None
    if _ORIGINAL.fullmatch(line) or _ABOVE.fullmatch(line):
        return Header(_fields_end(lines, at + 1) or at + 1)
    if _FORWARDED.fullmatch(line):
        return Header(_fields_end(lines, at + 1) or at + 1, introduces=True)
    if _RULER.fullmatch(line) and (end := _said_end(lines, at)):
        return Header(end, introduces=not any(map(str.strip, lines[:at])))
    if end := _wrote_end(lines, at):
        return Header(end, attributes=True)
    end = _fields_end(lines, at)
    return Header(end, attributes=True) if end else None


def _wrote_end(lines: Sequence[str], at: int) -> int | None:
    """Return where "On … wrote:" ends, which may be wrapped."""
    if not any(line.endswith(":") for line in lines[at : at + _WRAPPED]) or not _WROTE_START.match(lines[at]):
        return None
    for end in range(at + 1, min(at + _WRAPPED, len(lines)) + 1):
        whole = " ".join(line.strip() for line in lines[at:end])
        if len(whole) > LONGEST:
            return None
        if whole.endswith(":") and _WROTE.fullmatch(whole):
            followed = any(line.lstrip().startswith(">") for line in lines[end : end + 3])
            return end if followed or _SURE.search(whole) else None
    return None


def _fields_end(lines: Sequence[str], at: int) -> int | None:
    """Return where a block such as From, Sent, To, Subject ends, if one begins here (blank lines aside)."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    kinds: set[int] = set()
    end, addressed = at, False
    for number, line in enumerate(lines[at : at + _MOST_LINES], at + 1):
        field = _FIELD.match(line)
        if field:
            kinds.add(field.lastindex or 0)
            addressed |= "@" in line or field.lastindex == 4 or bool(_TIME.search(line))
            end = number
        elif not kinds or not line.strip() or number - end > 3:
            break
    return end if {1, 2} <= kinds and kinds & {3, 4} and addressed else None


def _said_end(lines: Sequence[str], at: int) -> int | None:
    """Return where Zendesk's "-----, Name, Feb 3, 2025, 19:59" ends."""
    following = [number for number in range(at + 1, min(at + 4, len(lines))) if lines[number].strip()]
    return following[0] + 1 if following and _SAID.fullmatch(lines[following[0]]) else None
