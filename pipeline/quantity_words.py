"""Quantity words: numbers, units, months and currencies in the languages of the house."""

import regex

_WORDS = (
    (2, "two zwei deux dos dois duas due twee"), (3, "three drei trois tres três tre drie"),
    (4, "four vier quatre cuatro quatro quattro"), (5, "five fünf cinq cinco cinque vijf"),
    (6, "six sechs seis sei zes"), (7, "seven sieben sept siete sete sette zeven"),
    (8, "eight acht huit ocho oito otto"), (9, "nine neun neuf nueve nove negen"),
    (10, "ten zehn dix diez dez dieci tien"), (12, "twelve zwölf douze doce doze dodici twaalf"),
    (14, "fourteen vierzehn quatorze catorce catorze quattordici veertien"),
    (15, "fifteen fünfzehn quinze quince quindici vijftien"), (20, "twenty zwanzig vingt veinte vinte venti twintig"),
    (24, "twenty-four vierundzwanzig vingt-quatre veinticuatro ventiquattro vierentwintig"),
    (30, "thirty dreißig trente treinta trinta trenta dertig"), (48, "forty-eight achtundvierzig quarante-huit"),
    (60, "sixty sechzig soixante sesenta sessenta sessanta zestig"),
    (90, "ninety neunzig noventa novanta negentig"),
    (100, "hundred hundert cent cien cem cento honderd"),
)  # fmt: skip
NUMBER_WORDS = {word: number for number, words in _WORDS for word in words.split()}
ARTICLE = r"an?|one|eine?[mnrs]?|une?|uno|una|uma?|één|een"
WITHIN = regex.compile(
    r"\b(?:within|in|after|innerhalb(?: von)?|binnen|nach|dans|en|sous|après|d['’]ici|dentro de|tras"
    r"|em|após|entro|tra|fra|dopo|na) $",
    regex.IGNORECASE,
)
CURRENCIES = r"[€$£¥₹]|EUR|USD|GBP|CHF|R\$|PLN|SEK"
UNITS = {
    "percent": r"%|per ?cent|prozent|pour ?cent|por ?cien(?:to)?|por cento|per ?cento|procent",
    "money": rf"{CURRENCIES}|euros?|dollars?|pounds?|francs?|cents?|dólares|dollari",
    "second": r"seconds?|secs?|sekunden?|secondes?|segundos?|second[oi]|seconden?",
    "minute": r"min(?:s|ute[sn]?|utos?|ut[oi]|uut)?",
    "hour": r"h|hours?|hrs?|stunden?|heures?|horas?|or[ae]|uur|uren",
    "day": r"days?|(?:werk|arbeits|geschäfts|bank)?tage?n?|jours?|días?|dias?|giorn[oi]|(?:werk)?dag(?:en)?",
    "week": r"weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|week",
    "month": r"months?|monat(?:e[ns]?)?|mois|mes(?:es)?|mês|mes[ei]|maand(?:en)?",
    "year": r"years?|jahr(?:e[ns]?)?|ans?|années?|años?|anos?|ann[oi]|jaar|jaren",
    "size": r"[KMGT]i?B|bytes?",
}
MONTHS = {
    "jan": 1, "gen": 1, "ene": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "maa": 3, "mrz": 3, "apr": 4,
    "avr": 4, "abr": 4, "may": 5, "mai": 5, "mag": 5, "mei": 5, "jun": 6, "juin": 6, "giu": 6, "jul": 7, "juil": 7,
    "lug": 7, "aug": 8, "aoû": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10, "ott": 10, "nov": 11,
    "dec": 12, "déc": 12, "dic": 12, "dez": 12,
}  # fmt: skip
