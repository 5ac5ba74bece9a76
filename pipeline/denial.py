"""Denial: words that a customer denies, reports of others, or carries along in a footer.

Bounded on purpose: a denial reaches from its cue a few words on, never past the end of its clause, so
"if you don't refund me I will sue" still threatens, and "I won't hesitate to call my lawyer" does too.
What is not understood here counts as said: a false alarm costs a look, a missed threat much more.
"""

from functools import cached_property

import regex

from pipeline.readable import folded

_REACH = 45  # characters between the end of a cue and the words that it denies
_FOOTER_REACH = 400  # characters around the words in which a footer betrays itself
_QUOTE = (12, 400)  # characters; a shorter quotation is a name, a longer one is none

# A cue says that what follows is not wanted. A bare "not" is none: "I have not got my refund" complains.
# All patterns here read folded text: without accents.
_WISH = (
    r"(?:want|need|wish|plan|intend|mean|ask|look|try|seek|request|threaten)(?:n?ed|n?ing|ing)?"
    r"|trying|going|interested|necessary|about|here"
)
_CUES = (
    r"\b(?:no|without any|not any) (?:need|reason|intention|plans?|desire|wish) (?:to|for|of)",
    rf"(?:\bnot|\bnever|n't) (?:\w+ )?(?:{_WISH}) (?:you |me )?(?:to|for|in|an?|any|my|our|the|your|it)",
    r"\b(?:do not|don't) (?:\w+ )?have to",
    r"\b(?:do not|don't)(?= (?:escalate|involve|cancel|close|delete|refund)\b)",
    r"\b(?:rather than|instead of)",
    r"\bnicht (?:notig|notwendig|erforderlich)",
    r"\b(?:mochten?|will|wollen|wollte|brauchen?|mussen?|muss|wunschen?|verlangen?|benotigen?) (?:\w+ ){0,4}?"
    r"(?:nicht|kein\w*)",
    r"\bpas (?:besoin|la peine|l'intention|question|necessaire|envie)(?: de\b| d')",
    r"\bne (?:veux|voulons|souhaite|souhaitons|desire|demande|demandons|compte|comptons|cherche)"
    r" (?:pas|plus)",
    r"\baucune? (?:besoin|intention|envie)(?: de\b| d')",
    r"\b(?:plutot que de|au lieu de|en lugar de|en vez de|ao inves de|em vez de)",
    r"\bno (?:quiero|queremos|deseo|deseamos|necesito|necesitamos|pido|pedimos|pretendo|busco|es necesario"
    r"|hace falta|hay necesidad)",
    r"\bsin (?:necesidad|intencion) de",
    r"\bnao (?:quero|queremos|desejo|desejamos|preciso|precisamos|peco|pedimos|pretendo|pretendemos"
    r"|e necessario|ha necessidade|e preciso)",
    r"\bnon (?:voglio|vogliamo|vorrei|desidero|desideriamo|intendo|intendiamo|chiedo|chiediamo|cerco|serve|occorre"
    r"|ho bisogno di|abbiamo bisogno di|e necessario|c'e bisogno)",
    r"\bsenza (?:bisogno|intenzione) di|\b(?:invece di|piuttosto che)\b",
    r"\b(?:wil|willen|hoef|hoeven|wens|wensen|zoek|zoeken|vraag|vragen) (?:\w+ ){0,3}?(?:geen|niets?)\b",
    r"\b(?:niet nodig|geen (?:behoefte|reden|plannen|zin)|in plaats van|niet van plan)\b",
)
# These deny only the very next words.
_CLOSE_CUES = (
    r"\b(?:(?:without|not|(?:had|have|has|was|is|were|are|with) no|kein(?:e[nrms]?)?|sans|pas|aucune?|sin"
    r"|ningun[ao]?|sem|nenhum[ao]?|senza|nessun[ao]?|geen|zonder)"
    r"(?: (?:an?|any|my|the|une?|del?|uma?|about))?|non"
    r"|(?:i|we|please|and|but|just) (?:do|did|would)n't) $"
)
# After one of these another thought begins.
_TURN = (
    r"[.!?;:\n,]|\b(?:but|if|so|because|otherwise|or else|unless|until|then|and|aber|sondern|sonst|wenn|und"
    r"|mais|sinon|si|et|pero|sino|y|mas|senao|se|e|ma|altrimenti|maar|anders|tenzij)\b|^ ?have to\b"
)
# "If you don't want me to sue" is a denial in form and a threat in meaning.
_THREAT = r"\b(?:if|unless|when|wenn|falls|si|se|als)\b[^.!?\n]{0,30}$"

_FOOTER = (
    r"\bintended (?:solely )?(?:for the (?:use|addressee|named)|recipients?)",
    r"\bconfidentiality notice|\blegally privileged|\bprivileged (?:and|or|information)",
    r"\bunsubscribe here|\bto unsubscribe,? click|\ball rights reserved|\bregistered (?:office|in england)",
    r"\bauthori[sz]ed and regulated by",
    r"\byou (?:may|have the right to|are entitled to) (?:also )?"
    r"(?:contact|refer|escalate|complain|lodge|ask)",
    r"\byou can (?:also )?(?:refer|escalate|complain|lodge)",
    r"\bvertrauliche informationen|\bhandelsregister|\bamtsgericht",
    r"\bsie konnen sich (?:auch )?an (?!mein|unser)",
    r"\bdestine exclusivement|\bvous pouvez (?:egalement )?saisir|\bpuede (?:usted )?dirigirse a (?!mi\b)",
    r"\bmensaje es confidencial|\bmensagem e confidencial|\bpode dirigir-se a",
    r"\bmessaggio e (?:confidenziale|riservato)|\bdestinat[oi] esclusivamente|\bpuo (?:anche )?rivolgersi a",
    r"\bbericht is (?:vertrouwelijk|uitsluitend)|\buitsluitend bestemd|\bkunt u (?:zich )?(?:ook )?"
    r"(?:wenden tot|terecht bij)",
    r"\b(?:is|are|we are) (?:a )?(?:members?|covered|regulated|supervised) (?:of|by) ",
    r"\b(?:our|the) complaints? (?:procedure|process|policy)\b",
)
_OPEN, _SHUT = '["“„«]', '["”“»]'
_QUOTED = rf'{_OPEN}[^"“”„«»\n]{{{_QUOTE[0]},{_QUOTE[1]}}}{_SHUT}'
_OTHERS = (
    r"\b(?:you|your|they|their|he|she|agent|rep|representative|support|staff|team|bot|chatbot|page|site|website"
    r"|button|link|menu|option|error|article|policy|e-?mail|letter|said|says|saying|reads|wrote|told|called"
    r"|ihr|ihre[rnms]?|mitarbeiter\w*|schrieb|sagte|schaltflache|vous|votre|conseiller|ecrit|dit|bouton"
    r"|ustedes|agente|dijo|escribio|boton|voces?|atendente|disse|escreveu|botao"
    r"|operatore|assistenza|scritto|detto|pulsante|jullie|medewerker|schreef|zei|knop)\b[^.!?\n]{0,40}$"
)
_OWN = r"\b(?:I|we|I've|ich|wir|je|j'ai|nous|yo|eu|io|ho|ik|wij)(?: \w+){0,4}\W*$"
_SENTENCE = r"[^.!?\n]*"

_cues = regex.compile("|".join(_CUES), regex.IGNORECASE)
_close_cues = regex.compile(_CLOSE_CUES, regex.IGNORECASE)
_turn = regex.compile(_TURN, regex.IGNORECASE)
_threat = regex.compile(_THREAT, regex.IGNORECASE)
_footer = regex.compile("|".join(_FOOTER), regex.IGNORECASE)
_quoted = regex.compile(_QUOTED)
_others = regex.compile(_OTHERS, regex.IGNORECASE)
_own = regex.compile(_OWN, regex.IGNORECASE)
_sentence = regex.compile(_SENTENCE)


class Denials:
    """What of one text does not count. Made from a text that `readable` returned."""

    def __init__(self, text: str) -> None:
        self._text = folded(text)

    def cover(self, start: int, end: int) -> bool:
        """Whether the words between start and end are denied, part of a footer, or somebody else's."""
        return self._denied(start) or self._in_footer(start) or self._reported(start, end)

    def _denied(self, start: int) -> bool:
        before = self._text[max(0, start - 2 * _REACH) : start]
        if _close_cues.search(before):
            return True
        cues = [cue.end() for cue in _cues.finditer(before) if len(before) - cue.end() <= _REACH]
        return any(not _turn.search(before[end:]) and not _threat.search(before[:end]) for end in cues)

    def _in_footer(self, start: int) -> bool:
        nearest = max(self._text.rfind(mark, max(0, start - _FOOTER_REACH), start) for mark in ".!?\n")
        begin = nearest + 1 or max(0, start - _FOOTER_REACH)
        sentence = _sentence.match(self._text, begin, start + _FOOTER_REACH)
        return bool(sentence and _footer.search(sentence[0]))

    def _reported(self, start: int, end: int) -> bool:
        return any(left <= start and end <= right for left, right in self._quotations)

    @cached_property
    def _quotations(self) -> tuple[tuple[int, int], ...]:
        return tuple(quote.span() for quote in _quoted.finditer(self._text) if self._is_others(quote.start()))

    def _is_others(self, start: int) -> bool:
        before = self._text[max(0, start - 60) : start]
        return bool(_others.search(before)) and not _own.search(before)
