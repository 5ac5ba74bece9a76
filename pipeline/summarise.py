"""Summarise: the sentences of a ticket that say what is wanted, in the customer's own masked words."""

import regex

from pipeline.mask import Masked
from pipeline.sentences import sentences, words

LONGEST = 200
SHORTEST = 70  # a summary shorter than this takes another sentence along when there is room
_TELLING = 3  # words; shorter ones are names and signatures, unless there is nothing else
_BEGINNING = 5  # sentences in which people come to the point

# Courtesy around the point, in the languages that tickets come in most.
_COURTESY = regex.compile(
    r"^\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|to whom it may concern"
    r"|thanks?\b"
    r"|thank you|many thanks|cheers|(?:kind|best|warm) (?:regards|wishes)|regards|sincerely|yours|sent from"
    r"|i hope (?:this|you|all)|hope (?:this|you|all)|my name is|hallo|guten (?:tag|morgen|abend)|sehr geehrte"
    r"|liebe[rs]?\b|moin|servus|vielen dank|danke|mit freundlichen|(?:viele|beste|freundliche|liebe) gr[uü]"
    r"|bonjour|bonsoir|ch[eè]re?s?\b|madame|monsieur|merci|cordialement|bien [aà] vous|j'esp[eè]re que"
    r"|hola|buen[oa]s|estimad[oa]s?|querid[oa]s?|gracias|saludos|un saludo|atentamente|espero que|ol[aá]\b"
    r"|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oa]s?\b|obrigad[oa]|atenciosamente|cumprimentos|ciao\b"
    r"|buongiorno|buonasera|gentil[ei]|salve|grazie|cordiali saluti|distinti saluti|spero che|beste\b|geachte"
    r"|goede(?:morgen|middag|navond|n?dag)|dank|met vriendelijke|groet)",
    regex.IGNORECASE,
)
_LEAD_IN = regex.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)"
    r"|bonjour|hola"
    r"|buen[oa]s (?:d[ií]as|tardes|noches)|ol[aá]|bom dia|boa tarde|ciao|buongiorno|salve|goedemorgen"
    r"|goedemiddag)"
    r"(?: (?:there|all|team|everyone|(?:customer )?support(?:[ -]team)?|zusammen|[aà] tous|a todos|a tutti))?"
    r"|(?:dear|liebe[rs]?|sehr geehrte[rs]?|chère?s?|estimad[oa]s?|prezad[oa]s?|car[oa]s?|gentil[ei]"
    r"|beste|geachte)"
    r"(?: [\w-]+){1,6}?)\s*[,!.:–]+\s*",
    regex.IGNORECASE,
)
_WANTED = regex.compile(
    r"\?|\b(?:please|kindly|could you|can you|would you|would like|i'd like|need|want|request|wish"
    r"|how (?:do|can|to)"
    r"|unable|cannot|can't|won't|doesn't|does not|not work|fail|error|wrong|missing|refund|cancel"
    r"|charged|never"
    r"|bitte|k[oö]nn(?:en|ten|te)|m[oö]chte|brauche|wollen|geht nicht|funktioniert|fehler|leider"
    r"|s'il vous pla[iî]t|pouvez|pourriez|voudrais|souhaite|besoin|erreur|ne (?:fonctionne|marche)"
    r"|por favor|pued[eo]n?|podr[ií]an?|quiero|quisiera|necesito|error|poderia|gostaria|preciso|quero"
    r"|n[aã]o consigo"
    r"|per favore|potete|potreste|vorrei|ho bisogno|errore|alstublieft|kunt u|kun je|graag|wil)\b",
    regex.IGNORECASE,
)


def summarise(masked: Masked) -> str:
    """Return at most 200 characters of the ticket that say what is wanted; empty when nothing is said."""
    told = [_bare(sentence) for sentence in sentences(masked.text)]
    said = [sentence for sentence in told if words(sentence) and not _courteous(sentence)]
    said = [sentence for sentence in said if len(words(sentence)) >= _TELLING] or said
    if not said:
        return _shortened(_bare(masked.subject.strip()) or next(iter(told), ""))
    subject = set(words(masked.subject))
    ranked = sorted(range(len(said)), key=lambda place: -_worth(said[place], place, subject))
    chosen = ranked[:1]
    for place in ranked[1:3]:
        size = sum(len(said[taken]) + 1 for taken in chosen)
        if size < SHORTEST and size + len(said[place]) <= LONGEST:
            chosen.append(place)
    return _shortened(" ".join(said[place] for place in sorted(chosen)))


def _worth(sentence: str, place: int, subject: set[str]) -> float:
    said = words(sentence)
    wanted = min(2, len(_WANTED.findall(sentence)))
    early = max(0, _BEGINNING - place) / _BEGINNING
    named = len(subject.intersection(said)) / (len(subject) + 1)
    return wanted + early + named + min(len(said), 12) / 12 - (len(sentence) > LONGEST) * 0.5


def _bare(sentence: str) -> str:
    return str(_LEAD_IN.sub("", sentence)).strip()


def _courteous(sentence: str) -> bool:
    return len(words(sentence)) <= 12 and _COURTESY.match(sentence) is not None


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    if len(one_line) <= LONGEST:
        return one_line
    cut = one_line[: LONGEST - 2]
    return f"{cut.rsplit(maxsplit=1)[0] if ' ' in cut else cut} …"
