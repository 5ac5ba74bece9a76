"""Footers -> gone: confidentiality, company registers and unsubscribing, below the customer's own words."""

import re

_PARAGRAPH = re.compile(r"\n\s*\n")
_FOOTER = re.compile(
    r"\bth(?:is|e) (?:e-?mail|message|communication|transmission)\b.{0,150}\b(?:confidential|privileged"
    r"|intended)"
    r"|\bif you (?:are not the intended|have received this)|\bintended (?:solely|only|exclusively) for"
    r"|\benvironment before printing|\bto unsubscribe\b.{0,80}(?:click|link|visit|http|reply)"
    r"|\bclick (?:here )?to unsubscribe"
    r"|^unsubscribe(?: here)?\.?$|\byou(?:'re| are) receiving this|\bno longer wish to receive"
    r"|\bvirus-?free\b|\bregistered office\b"
    r"|^(?:confidentiality notice|disclaimer|caution)\b|\bprivacy policy\b.{0,60}\bunsubscribe"
    r"|\bview (?:this|it) in your browser"
    r"|\bdiese (?:e-?mail|nachricht)\b.{0,200}(?:vertraulich|bestimmt)|nicht der (?:richtige"
    r"|beabsichtigte|vorgesehene)"
    r"|\bsitz der gesellschaft|\bhandelsregister|\bamtsgericht\b|\bgeschäftsführ(?:er|ung|erin)\s?:"
    r"|newsletter abbestellen"
    r"|\bumwelt\b.{0,60}druck"
    r"|\bce (?:message|courriel|mail)\b.{0,200}(?:confidentiel|destinat)|vous n'êtes pas (?:le "
    r"|la )?destinataire"
    r"|\bl'environnement\b.{0,60}imprim|désabonner|désinscri.{0,60}(?:cliqu|lien)"
    r"|\best[ea] (?:mensaje|correo|comunicación)\b.{0,200}(?:confidencial|dirigid|destinat)"
    r"|no es (?:usted )?el destinatario"
    r"|\bmedio ambiente\b.{0,60}imprim|darse de baja.{0,60}(?:clic|enlace|aquí)"
    r"|\best[ae] (?:mensagem|e-?mail)\b.{0,200}(?:confidencia|destina)|cancelar a (?:sua )?(?:inscrição"
    r"|subscrição)"
    r"|\b(?:questo|presente) (?:messaggio|e-?mail)\b.{0,200}(?:riservat|confidenzial|destinatar)"
    r"|annullare l'iscrizione"
    r"|\b(?:dit|deze) (?:bericht|e-?mail)\b.{0,200}(?:vertrouwelijk|bestemd)|uitschrijven.{0,60}(?:klik"
    r"|link)",
    re.IGNORECASE | re.DOTALL,
)
# Whoever says "I" or asks something wants something; a company's lawyers do neither.
_PERSONAL = re.compile(
    r"\?|\b(?:I|my|ich|mein\w{0,2}|mich|mir|je|j'ai|mon|yo|quiero|eu|meu|minha|io|mio|voglio|ik|mijn"
    r"|unsubscribe me)\b"
)
_LONGEST = 3000  # characters of a paragraph that is looked at


def without_footers(text: str) -> str:
    """Return the text without the footers at its end. The first paragraph is never one."""
    paragraphs = _PARAGRAPH.split(text)
    while len(paragraphs) > 1 and _is_footer(paragraphs[-1].strip()[:_LONGEST]):
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def _is_footer(paragraph: str) -> bool:
    return not paragraph or (bool(_FOOTER.search(paragraph)) and not _PERSONAL.search(paragraph))
