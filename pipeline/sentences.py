"""Sentences: a text as its sentences, and whether they say enough to judge by."""

import regex

_END = regex.compile(r"(?<=[.!?…。！？])[\"'”’)]*\s+|\s*\n+\s*|\s+[•·]\s+")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_PLACEHOLDER = regex.compile(r"\[[A-Z_]+(?:_\d+)?\]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
MOST = 400  # sentences that are looked at
_ENOUGH = 3  # words that say something: "charged twice today"

# Words that any ticket could hold. A text of these alone says that something is wrong, and not what.
_SMALL = """
a an and any are as at be been but can cant cannot could did do does doesn't doesnt don't dont for from
got
had has have having hello help hey hi how i i'm im in is isn't isnt it it's its just me my need no not
nothing of
on one ok or our please pls plz so some something still thanks thank that the there this to up urgent us
very was
we what what's why will with won't wont work working works wrong you your again anymore anything anyone
asap
broken bad issue issues problem problems error question support now all everything thing things yes fix
sir
madam dear team good morning day fails failing failed
der die das ein eine es ist nicht geht funktioniert nichts mehr hilfe bitte ich habe problem kaputt
hallo und
mein meine was mir kann
le la les un une ça ca ne marche pas plus rien aide aidez moi probleme problème bonjour fonctionne est
je
el los no funciona nada ayuda por favor problema hola esto mi un una que es
o os não nao funciona ajuda ajudem isso meu minha uma olá ola
il lo non funziona niente aiuto aiutatemi ciao questo è
het werkt niet niks hulp help graag hallo dit mijn een
"""
_EMPTY = frozenset(_SMALL.split())


def sentences(text: str) -> list[str]:
    """Return the text's sentences in order, without the spaces around them."""
    return [part for piece in _END.split(text)[:MOST] if (part := piece.strip())]


def words(text: str) -> list[str]:
    """Return the text's words in lower case, without placeholders of personal data."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(_PLACEHOLDER.sub(" ", text))]


def says_a_word(text: str) -> bool:
    """Whether there are at least two words, or a script that needs no spaces between them."""
    return len(words(text)) > 1 or len(_UNSPACED.findall(text)) > 2


def says_enough(text: str) -> bool:
    """Whether the text says what it is about, rather than merely that something is wrong."""
    telling = {word for word in words(text) if word not in _EMPTY}
    return len(telling) >= _ENOUGH or len(_UNSPACED.findall(text)) > 5 or _specific(telling, text)


def holds_several(text: str) -> bool:
    """Whether there is room for a second issue: two sentences that each say something."""
    return sum(1 for sentence in sentences(text) if len(words(sentence)) >= 4) > 1 or len(words(text)) > 25


def _specific(telling: set[str], text: str) -> bool:
    return bool(telling) and len(words(text)) <= 8 and len(telling) * 2 >= len(words(text))
