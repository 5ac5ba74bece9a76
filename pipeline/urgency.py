"""Urgency: what a head learnt, held to the guideline's own words."""

from collections.abc import Mapping

import regex

from pipeline.classify import Urgency
from pipeline.denial import Denials
from pipeline.readable import folded, readable

WISHES = "feature_request"  # the category whose tickets are wishes by their nature
SURE = 0.9  # a wish is more than P4 only when the head is this sure
ALARMING = 0.5  # P1 wakes people, so the head's likeliest guess is not enough

# What the guideline names P1, in the words of customers. All patterns read folded text, without accents.
_P1 = (
    # outage
    r"\b(?:complete|total|full|major|nationwide) (?:outage|blackout|failure)\b",
    r"\b(?:entire|whole|all (?:of )?(?:our|the)|our|your) (?:\w+ ){0,2}(?:site|system|platform|server|service"
    r"|network|shop|store|production|api|cluster|website)s? (?:is|are|has gone|went|has been) (?:completely "
    r"|totally )?(?:down|offline|dead|unreachable|unavailable)\b",
    r"\b(?:down|broken|offline) for (?:everyone|everybody|all (?:of )?(?:us|our|users|customers))\b",
    r"\bproduction (?:is |has been |environment is )?(?:down|stopped|offline|halted)\b",
    r"\b(?:nobody|no one|none of (?:us|our (?:users|customers|staff|people|team)))(?: \w+){0,3} (?:can"
    r"|is able to"
    r"|could) (?:work|log ?in|access|order|pay|use|connect|open|reach|check ?out|sign in)\b",
    r"\bkomplett ?ausfall|\btotalausfall|\bsystemausfall|\b(?:system|server|plattform|shop|website|seite"
    r"|anlage)\b"
    r".{0,25}\b(?:ist|sind) (?:\w+ ){0,3}(?:ausgefallen|nicht erreichbar|lahmgelegt|offline)\b",
    r"\b(?:niemand|keiner)(?: \w+){0,4} (?:arbeiten|einloggen|zugreifen|bestellen|anmelden)\b",
    r"\b(?:panne (?:totale|generale)|personne ne (?:peut|parvient a|arrive a) (?:plus )?(?:travailler|se connecter"
    r"|acceder|commander|payer)|personne n'arrive (?:plus )?a (?:travailler|se connecter|acceder|commander|payer))\b",
    r"\b(?:caida total|nadie puede (?:trabajar|acceder|entrar|pagar)|sistema (?:completamente )?caido)\b",
    r"\b(?:queda total|ninguem consegue (?:trabalhar|acessar|entrar)|fora do ar para todos)\b",
    r"\b(?:nessuno (?:puo|riesce a) (?:lavorare|accedere|entrare)|blocco totale)\b",
    r"\b(?:niemand kan (?:werken|inloggen|bestellen)|ligt (?:helemaal |volledig )?plat)\b",
    # data loss
    r"\b(?:lost|lose|losing|deleted|erased|wiped|overwritten) (?:all|everything|our entire|the entire"
    r"|years? of)",
    r"\ball (?:of )?(?:my|our|the) (?:\w+ ){0,2}(?:data|files|records|documents|photos|projects|backups?"
    r"|boards"
    r"|customers?) (?:is|are|was|were|has|have)(?: \w+)? (?:gone|lost|deleted|missing|disappeared|vanished"
    r"|wiped|erased|been (?:deleted|lost|wiped|erased))\b",
    r"\bdata ?(?:loss|breach|leak)\b|\bdatenverlust\b|\bperte de (?:toutes )?(?:nos |les )?donnees\b"
    r"|\bperdida de datos\b|\bperda de dados\b|\bperdita di dati\b|\bdataverlies\b",
    r"\balle (?:unsere |meine )?(?:daten|dateien) (?:sind |wurden )?(?:weg|verloren|geloscht|verschwunden)",
    r"\b(?:toutes?|tous) (?:mes|nos|les) (?:donnees|fichiers|dossiers|photos|documents) (?:ont|sont) (?:ete )?"
    r"(?:disparu|perdu|efface|supprime)\w*",
    r"\b(?:perdu|efface|supprime) (?:toutes?|tous) (?:mes|nos) (?:donnees|fichiers|dossiers|photos|documents)\b",
    r"\b(?:todos (?:mis|nuestros|los) (?:datos|archivos)|tod[oa]s os (?:meus |nossos )?(?:dados|arquivos|ficheiros)"
    r"|tutti i (?:miei |nostri )?(?:dati|file)|al (?:mijn|onze) (?:gegevens|bestanden))"
    r" (?:se |han |foram |sono |stati |zijn |hanno )*(?:perdid|borrad|desaparec|apagad|sumiram|spariti|persi|cancellati"
    r"|weg|verdwenen|kwijt)\w*",
    # security
    r"\bransomware\b|\bsecurity (?:breach|incident)\b|\b(?:was|been|got|were|is) (?:just )?hacked\b"
    r"|\bunauthori[sz]ed (?:access|login|sign-in)|\baccount (?:was|has been|is) (?:compromised|taken over)",
    r"\b(?:someone|somebody|a stranger|hackers?) (?:\w+ )?(?:got|broke|logged|hacked) in(?:to)?\b",
    r"\bgehackt\b|\bsicherheits(?:vorfall|lucke)\b|\bpirate\b|\bhackead[oa]\b|\binvadid[oa]\b"
    r"|\bhackerat[oa]\b",
    # danger
    r"\b(?:caught|on) fire\b|\bexploded\b|\belectric shock\b|\bsmoke (?:is )?com(?:ing|es) out\b",
    r"\bkill myself\b|\bend my life\b|\bsuicid",
)
# What the guideline names P4, unless a head is sure that it is more.
_P4 = (
    r"^\W*(?:feature|enhancement) (?:request|idea|suggestion)\b|\bwish ?list\b|\bsuggestion\s*:"
    r"|\bfeedback\s*:",
    r"\b(?:typo|cosmetic|misspell|misaligned|spelling mistake)",
    r"\bno (?:rush|hurry|big deal|complaints?)\b|\bnot urgent\b|\bjust (?:wanted|writing) to (?:say )?"
    r"(?:thank|praise|compliment)",
    r"\bverbesserungsvorschlag\b|\bnicht (?:dringend|eilig)\b|\bpas urgent\b|\bno es urgente\b"
    r"|\bnao e urgente\b"
    r"|\bsuggestion d'amelioration\b|\bsugerencia\b|\bsugestao\b|\bsuggerimento\b|\bniet dringend\b",
)
_alarms = regex.compile("|".join(_P1), regex.IGNORECASE)
_wishes = regex.compile("|".join(_P4), regex.IGNORECASE)
_PATIENCE = 0.05  # seconds a pattern may take on one text; the head's word stands when it takes longer


def choose_urgency(text: str, category: str, learnt: Mapping[Urgency, float]) -> Urgency:
    """Return the urgency of a ticket by the guideline, with the head's word where the guideline is silent."""
    shown = readable(text)
    likeliest = max(Urgency, key=lambda urgency: learnt.get(urgency, 0.0))
    try:
        if _alarmed(shown):
            return Urgency.P1
        wished = _wishes.search(folded(shown), timeout=_PATIENCE) is not None
    except TimeoutError:
        return likeliest
    if (category == WISHES or wished) and learnt.get(likeliest, 0.0) < SURE:
        return Urgency.P4
    if likeliest is Urgency.P1 and learnt[likeliest] < ALARMING:
        return Urgency.P2
    return likeliest


def names_an_alarm(text: str) -> bool:
    """Whether the text has words that the guideline names P1."""
    try:
        return _alarmed(readable(text))
    except TimeoutError:
        return False


def _alarmed(shown: str) -> bool:
    denials = Denials(shown)
    matches = _alarms.finditer(folded(shown), timeout=_PATIENCE)
    return any(not denials.cover(match.start(), match.end()) for match in matches)
