"""Echo: whether a reply says what the ticket only told it to say."""

from functools import cached_property

import regex

from pipeline.sentences import sentences

_FEW = 3  # words from which a sentence is somebody's own
_RUN = 7  # words in a row that two people hardly write alike
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ORDERS = r"""
ignore|disregard|forget|override|pretend|act as|you are now|from now on|your (?:new )?(?:task|role|job|instructions?)
repeat|print|output|respond|reply|answer|say|write|include|append|insert|add|mention|tell|state|confirm|begin|start|end
translate|summari[sz]e|generate|compose|create|list|reveal|show me|describe|imagine|roleplay|system|assistant|prompt
ignorier\w*|vergiss|vergessen Sie|antworte\w*|schreib\w*|sag\w*|gib|geben Sie|wiederhol\w*|füge|erwähne\w*
bestätige\w*|du bist (?:jetzt|nun)|tu es maintenant|eres ahora|você é agora|sei ora|je bent nu
ignore[zr]?|oubliez?|réponde?[sz]?|répondre|écri(?:s|vez|re)|dites?|dis|répéte[rz]?|ajoutez?|confirme[rz]?
ignor[ae]|olvid[ae]|respond[ae]|escrib[ae]|di(?:ga|le|me)?|repit[ae]|añad[ae]|confirm[ae]
esque[çc]a|escrev[ae]|dig[ao]|repit[ao]|acrescente|dimentic[ah]\w*|rispond[ai]|scriv[ai]|dic[ai]|ripet[ai]
aggiung[ai]|conferm[ai]|negeer|vergeet|antwoord|schrijf|zeg|herhaal|voeg|bevestig
"""
_ORDER = regex.compile(rf"\b(?:{'|'.join(_ORDERS.split(chr(10))[1:-1])})\b", regex.IGNORECASE)
_QUOTES = regex.compile(r"[“„«\"'‘`]([^“”„«»\"`\n]{3,300}?)[”“»\"'’`](?!\p{L})")
_AFTER = regex.compile(r":\s*(\S[^\n]{2,300})|\b(?:with|say|print|output|write|mit|avec|con|com|met)\s+(\p{Lu}{4,})\b")
_LOUD = regex.compile(r"\b(?=\w*\p{Lu}{2})[\p{Lu}\d_]{4,}\b")


class Echo:
    """What a ticket says, and what in it is an order. `telling` are its sentences that order nothing."""

    def __init__(self, ticket: str) -> None:
        parts = sentences(ticket)
        orders = [part for part in parts if _ORDER.search(part)]
        self.telling = " ".join(part for part in parts if part not in orders)
        self._orders = "\n".join(orders)
        self._said = _plainly(ticket)
        self._parts = frozenset(plain for part in parts if len((plain := _plainly(part)).split()) >= _FEW)
        self._ordered = self._parts & frozenset(map(_plainly, orders))

    def repeats(self, sentence: str, source: str) -> bool:
        """Whether a sentence is one of the ticket's, or runs on in its words, and no source has them."""
        words = _WORD.findall(sentence.casefold())
        plain, known = _plainly(sentence), _plainly(source)
        if any(part in plain and part not in known for part in self._parts):
            return True
        runs = (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
        return any(f" {run} " in self._said and f" {run} " not in known for run in runs)

    def copied(self, sentence: str) -> bool:
        """Whether a sentence is one of the ticket's, or holds one of its orders."""
        plain = _plainly(sentence)
        return plain in self._parts or any(order in plain for order in self._ordered)

    def obeyed(self, text: str, source: str) -> str:
        """Return what stands in the text because the ticket said that it shall, or nothing."""
        said, known = _plainly(text), _plainly(source)
        for wanted in self._wanted:
            plain = _plainly(wanted)
            if plain.strip() and plain in said and plain not in known:
                return wanted
        return ""

    @cached_property
    def _wanted(self) -> tuple[str, ...]:
        """What the ticket's orders want to be said: quoted, after a colon, or in capitals that stand nowhere else."""
        quoted = [match[1] for match in _QUOTES.finditer(self._orders)]
        after = [match[1] or match[2] for match in _AFTER.finditer(self._orders)]
        loud = [word for word in _LOUD.findall(self._orders) if _plainly(word) not in _plainly(self.telling)]
        return tuple(dict.fromkeys((*quoted, *after, *loud)))


def _plainly(text: str) -> str:
    """Return a text's words in small letters with a space around each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
