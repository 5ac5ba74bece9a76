"""Wish: what a person asks of the next draft, as far as it can be followed without a language model."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex

UNMET = "wish_unmet"  # nothing that we know says what was wished for
CUT_SHORT = "cut_short"  # the source says more than the draft


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish taken apart. `matter` are the words of what the reply shall say besides."""

    shorter: bool = False
    formal: bool = False
    friendly: bool = False
    detail: bool = False
    matter: tuple[str, ...] = ()

    @property
    def of_content(self) -> bool:
        """Whether it concerns what the reply says, and not only its tone."""
        return self.shorter or self.detail or bool(self.matter)

    @property
    def of_tone(self) -> bool:
        """Whether it concerns the tone."""
        return self.formal or self.friendly

    def says(self, text: str) -> bool:
        """Whether a text speaks of the whole matter."""
        stems = {_stem(word) for word in _words(text)}
        return bool(self.matter) and all(_stem(word) in stems for word in self.matter)


def wish_of(instruction: str) -> Wish:
    """Read an instruction in one of the languages of the house."""
    found = {name: pattern.search(instruction) is not None for name, pattern in _USUAL.items()}
    rest = instruction
    for pattern in _USUAL.values():
        rest = pattern.sub(" ", rest)
    matter = tuple(word for word in _words(rest) if word not in _IDLE)
    return Wish(**found, matter=matter)


def shortened(text: str) -> str:
    """Return the first steps or sentences of a text, whole ones, up to about half of it; at least one."""
    pieces: list[str] = _PIECE.split(text)
    kept, room = pieces[0], len(text) * 0.55
    for separator, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if len(kept) + len(separator) + len(piece) > room:
            break
        kept += separator + piece
    return kept.strip()


def _words(text: str) -> Sequence[str]:
    return [match[0] for match in _WORD.finditer(text.casefold())]


def _stem(word: str) -> str:
    return word if len(word) < 5 else word[:5]


_WORD = regex.compile(r"[\p{L}\p{M}]{3,}")
_PIECE = regex.compile(r"((?<=[.!?…。！？])[ \t]+(?=\S)|\n+)")
_USUAL = {
    "shorter": regex.compile(
        r"\b(?:short(?:er|en)?|brief(?:er|ly)?|concise|kürzer|knapper|kurz|plus court|raccourci\p{L}*"
        r"|más (?:corto|breve)|mais (?:curto|breve)|più (?:corto|breve)|korter|inkorten)\b",
        regex.IGNORECASE,
    ),
    "formal": regex.compile(
        r"\b(?:more )?(?:formal(?:ly|er|e)?|förmlich(?:er)?|formell?er|formeler)\b", regex.IGNORECASE
    ),
    "friendly": regex.compile(
        r"\b(?:more )?(?:friendl(?:y|ier)|warm(?:er|ly)?|freundlicher|herzlicher|plus (?:aimable|chaleureux)"
        r"|más (?:amable|cercano)|mais (?:simpático|amigável)|più (?:gentile|cordiale)|vriendelijker)\b",
        regex.IGNORECASE,
    ),
    "detail": regex.compile(
        r"\b(?:more details?|detailed|longer|ausführlicher|mehr Details?|länger|plus de détails?|plus long"
        r"|más (?:detalles?|largo)|mais (?:detalhes?|longo)|più (?:dettagli|lungo)|meer details?|langer"
        r"|uitgebreider)\b",
        regex.IGNORECASE,
    ),
}
# Who wishes "please offer her a refund" names one matter.
_IDLE = frozenset(
    _words(
        """
        please also offer give say tell write mention add include the them her him his their they this that with for
        and but not make more our you your customer about into some draft reply answer text can could would will
        bitte auch biete bieten anbieten sage schreibe erwähne den der die das dem ein eine einen einem und mit für
        kunden kundin ihm ihr offrir propose proposez proposer dites dire mentionne ajoute ajouter les des une aux
        pour avec son client ofrecer ofrezca ofrece diga añada por favor una unos con para cliente ofereça oferecer
        mencione uma com offri offra offrire dica aggiungi per favore uno bied aan zeg noem voeg toe een het voor
        klant alstublieft
        """
    )
)
