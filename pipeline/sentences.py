"""Sentences: a text as its sentences, and whether they say enough to judge by."""

import regex

from pipeline.vague_words import VAGUE_ANYWHERE, names_something, tells_unspaced

_END = regex.compile(r"(?<=[.!?…。！？])[\"'”’)]*\s+|\s*\n+\s*|\s+[•·]\s+")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_PLACEHOLDER = regex.compile(r"\[[A-Z_]+(?:_\d+)?\]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
# What a mail program leaves in the text where a file was: its name says that there is one, and not what is wrong.
_ATTACHED = regex.compile(
    r"\[(?:image|cid|inline image|photo|file|attachment|bild|imagen|imagem|immagine|afbeelding)\b[^\]\n]{0,200}\]"
    r"|[\w()@-]{1,80}+\.(?:png|jpe?g|gif|heic|webp|bmp|svg|pdf|docx?|xlsx?|pptx?|csv|txt|log|zip|mp[34]|mov|eml|ics)\b",
    regex.IGNORECASE,
)
MOST = 400  # sentences that are looked at
_ENOUGH = 3  # words that say something: "charged twice today"


def sentences(text: str) -> list[str]:
    """Return the text's sentences in order, without the spaces around them."""
    return [part for piece in _END.split(text)[:MOST] if (part := piece.strip())]


def words(text: str) -> list[str]:
    """Return the text's words in lower case, without placeholders of personal data."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(_PLACEHOLDER.sub(" ", text))]


def says_a_word(text: str) -> bool:
    """Whether there are at least two words, or a script that needs no spaces between them."""
    return len(_own(text)) > 1 or len(_UNSPACED.findall(text)) > 2


def says_enough(text: str) -> bool:
    """Whether the text says what it is about, rather than merely that something is wrong."""
    said = {word for word in _own(text) if word not in VAGUE_ANYWHERE}
    enough = len(said) >= _ENOUGH or len(_UNSPACED.findall(text)) > 5 or _specific(said, text)
    return enough and names_a_matter(text)


def names_a_matter(text: str) -> bool:
    """Whether the text names any object or symptom. "Nothing works" does not, in any language."""
    return tells_unspaced(text) if _UNSPACED.search(text) else names_something(_own(text))


def _own(text: str) -> list[str]:
    """Return the words that the customer wrote, without the names of attached files."""
    return words(_ATTACHED.sub(" ", text))


def holds_several(text: str) -> bool:
    """Whether there is room for a second issue: two sentences that each say something."""
    return sum(1 for sentence in sentences(text) if len(words(sentence)) >= 4) > 1 or len(words(text)) > 25


def _specific(said: set[str], text: str) -> bool:
    return bool(said) and len(words(text)) <= 8 and len(said) * 2 >= len(words(text))
