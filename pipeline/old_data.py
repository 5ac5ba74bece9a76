"""Old data: what in an earlier answer belonged to the customer it was written for, as patterns."""

import regex


def _any(lines: str) -> str:
    return "|".join(lines.split("\n")[1:-1])


_STREETS = _any(r"""
(?:Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Boulevard|Blvd\.?|Court|Square|Terrace|Crescent|Close|Way|Place|Row)
""")
_LEADING = _any(r"""
(?i:rue|avenue|boulevard|bd|place|allée|chemin|impasse|quai|calle|avda?|avenida|plaza|paseo|carrer|camino)
(?i:rua|travessa|largo|praça|estrada|alameda|via|viale|piazza|corso|vicolo|largo)|C/
""")
_NAMES = (
    r"(?:(?:d[eoau]s?|l[aeo]s?|l['’]|d['’]|del|della|delle|dei|do|of|the) ?)*\p{Lu}[\p{L}'’.-]+(?: [\p{L}'’.-]+){0,3}?"
)
ADDRESS = regex.compile(
    rf"\b\d{{1,5}}[A-Za-z]?,? (?:\p{{Lu}}[\p{{L}}'’.-]+ ){{1,3}}(?:{_STREETS})(?!\w)"
    r"|\b\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|straat|laan|plein|gracht"
    r"|kade|dijk|singel|markt|gatan|vägen|ulica) ?\d{1,4} ?[a-z]?\b"
    r"|\b(?:Am|An der|Auf dem|Im|In der|Zum|Zur|Unter den|Alte[rn]?|Neue[rn]?|Lange) \p{Lu}\p{L}+ \d{1,4} ?[a-z]?\b"
    rf"|\b\d{{1,4}}(?: ?bis| ?ter)?,? (?:{_LEADING})\.? {_NAMES}(?!\w)"
    rf"|\b(?:{_LEADING})\.? {_NAMES},?(?: n[.º°]*)? \d{{1,4}}\b"
    r"|\b(?:[A-Z]{1,2}-)?\d{4,5}(?:-\d{3})? (?:\p{Lu}{2} )?\p{Lu}\p{Ll}{2,}"  # postcode and city
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"  # a British postcode
    r"|\b\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?, [A-Z]{2} \d{5}\b"
    r"|\b(?i:flat|apartment|apt\.?|suite|unit|p\.? ?o\.? box|floor|Wohnung|étage|appartement|piso|puerta|andar|interno)"
    r" (?:no\. ?)?"
    r"\d{1,4}[a-z]?\b"
)
# After these a place is where somebody lives or is delivered to.
_PLACED = _any(r"""
(?:deliver|ship|send|sent|forward|redirect)\p{L}* (?:it |them |this |(?:the|your) \p{L}+ )?(?:to|in)
address(?:es)? (?:in|is)
(?:live|living|based|located|resident|depot|branch|hub|warehouse|office|shop|store|flat|house|home)s? (?:in|near)
(?:flight|hotel|trip|journey)s? (?:to|in)
(?:geliefert|verschickt|gesendet|wohnen|wohnt|wohnhaft|Filiale|Lager|Adresse|Depot|Lieferung|Paket) (?:nach|in)
(?:livrée?|envoyée?|expédiée?|habite\w*|dépôt|agence|adresse|livraison|colis) (?:à|de|pour)
(?:entregad[oa]|enviad[oa]|vive\w*|almacén|tienda|oficina|dirección|entrega|paquete) (?:en|a|de)
(?:entregue|enviad[oa]|mora\w*|armazém|loja|morada|endereço|entrega|encomenda) (?:em|para|no|na|de)
(?:consegnat[oa]|spedit[oa]|abita\w*|vive|magazzino|negozio|indirizzo|consegna|pacco) (?:a|di|in|per)
(?:bezorgd|verzonden|woont|wonen|depot|winkel|adres|bezorging|pakket) (?:in|naar|te)
""")
PLACE = regex.compile(rf"\b(?i:{_PLACED}) (?P<where>\p{{Lu}}\p{{Ll}}[\p{{L}}'’-]+)")

_MONTHS = _any(r"""
jan(?:uary|uar|vier|eiro)?|feb(?:ruary|ruar|braio|rero)?|mar(?:ch|zo|ço|s)?|apr(?:il|ile)?|may|jun[ei]?|jul[yi]?
aug(?:ust|ustus)?|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember|embre)?|märz|mai|février
avril|juin|juillet|août|décembre|enero|febrero|abril|mayo|junio|julio|agosto|se[pt]?tiembre|octubre|noviembre|diciembre
fevereiro|maio|junho|julho|setembro|outubro|novembro|dezembro|gennaio|maggio|giugno|luglio|settembre|dicembre|maart|mei
""")
DATE = regex.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|er|º|\.)? (?:de |of )?(?:{_MONTHS})\b\.?"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?\b)"
    r"|\b\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})\b|\b\d{4}-\d{2}-\d{2}\b|(?<![\d.])\d{1,2}\.\d{1,2}\.(?![\d])",
    regex.IGNORECASE,
)

# An amount beside one of these was what somebody paid or got, and no price.
AMOUNT = regex.compile(
    r"(?:[$€£¥₹]|\b(?:EUR|USD|GBP|CHF|R\$)) ?\d[\d.,']*(?<!\.)"
    r"|\b\d[\d.,']*(?:(?: |(?<=\d))(?:[€$£¥₹]|EUR|USD|GBP|CHF|PLN|SEK)"
    r"|[ -](?:euros?|dollars?|pounds?|francs?|cents?)\b)",
    regex.IGNORECASE,
)
_PAID = _any(r"""
refund|repa(?:y|id)|reimburs|credit|charge|paid|pay(?:ment|out)|debit|deduct|return|transfer|invoice|owe|balance|compensat
erstatt|zurück|gutschrift|gutgeschrieb|abgebucht|berechnet|bezahlt|überwiesen|Zahlung|Rechnung|Guthaben
rembours|crédit|prélev|débit|pay[ée]|paiement|versement|facture|virement|solde|avoir|reembols|devol|abon|cobr|pag[oóau]|ingres|factura|saldo
estorn|credit|cobrad|fatura|rimbors|accredit|addebit|pagat|fattura|bonifico|terugbeta|vergoed|afgeschreven|betaald|betaling|factuur|gestort
""")
PAID = regex.compile(rf"(?:{_PAID})", regex.IGNORECASE)

# What opens a door, or is one person's alone, whatever it looks like.
_SAYS = r"(?: (?:is|was|lautet|ist|est|es|é|è|será|sera|:)|[:=])"
CREDENTIAL = regex.compile(
    r"\b(?:password|passcode|passphrase|passwort|kennwort|mot de passe|contraseña|senha|palavra-passe|wachtwoord|PIN|"
    r"(?:access|voucher|promo|gift|activation|licen[cs]e|security|discount|coupon|one-time|verification)[ -]"
    r"(?:code|key)|"
    r"code (?:promo|d['’]accès|cadeau)|Gutscheincode|Zugangscode|código (?:promocional|de acceso|de descuento)|"
    rf"user ?name|login|Benutzername|identifiant|usuario|utilizador|gebruikersnaam){_SAYS} ?[\"“'«]?"
    r"(?-i:(?=\S*[\d_@!#$%])|(?=\p{Lu}{3}))\S{3,}",
    regex.IGNORECASE,
)
ENDING = regex.compile(
    r"\b(?:ending|ends|endet|endend|endende[rn]?|terminant|termine|termina(?:da|do|ta|to|nte)?|finissant|eindig\w*)"
    r" (?:in |with |on |auf |par |en |em |com |con |op |mit )?[*•xX …]{0,30}\d{2,4}\b"
    r"|(?<![*•xX])[*•xX]{2,}+[ -]?\d{2,4}\b"
)
KEY = regex.compile(r"\b(?:[A-Z0-9]{4,6}-){2,}[A-Z0-9]{4,6}\b|\b(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{12,}\b")
HANDLE = regex.compile(r"(?<![\w@/.])@[a-z0-9_][a-z0-9_.]{2,}|\b[a-z]+(?:_[a-z]+)*_\d{2,}\b")
EMAIL = regex.compile(r"(?<![\w.+%-])[\w.+%-]++@(?P<host>[\w-]+(?:\.[\w-]+)+)")
COMPANY = regex.compile(
    r"\b\p{Lu}[\p{L}&'’-]+(?: (?:&|und|and|et|y|e|\p{Lu}[\p{L}&'’-]+)){0,3} "
    r"(?:GmbH|AG|KG|UG|OHG|e\.V\.|Ltd|LLC|Inc|LLP|PLC|Corp|SARL|SAS|S\.A\.?|S\.L\.?|Lda|S\.p\.A|SpA|S\.r\.l|Srl"
    r"|B\.V|BV|NV)\b"
)
FORM = regex.compile(  # a template that nobody filled in
    r"\{\{[^{}\n]{1,80}\}\}|\{%[^{}\n]{1,80}%\}|(?<![/\w$])\{[A-Za-z][A-Za-z_ .]{1,40}\}|%[A-Z][A-Z_]{2,30}%"
    r"|\$\{[^{}\n]{1,60}\}"
    r"|<[A-Za-z][A-Za-z_ -]{1,30}>|\[(?=[^\]\n]{0,40}\p{L}{3})[\p{L}][\p{L} '_-]{1,40}\](?!\()"
    r"|\b(?:XXX+|TODO|TBD|Mustermann|Lorem ipsum)\b|_{4,}"
)
