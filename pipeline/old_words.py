"""Old words: how an earlier answer greets, signs off and speaks of what was done for somebody else."""

import regex


def _any(*parts: str) -> str:
    return "|".join(parts)


HEADER = regex.compile(
    r"\s*(?:(?:betreff|subject|objet|asunto|assunto|oggetto|onderwerp)[ \t]*:[^\n]*(?:\n\s*|$))+", regex.I
)
_GREETINGS = _any(
    r"hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings",
    r"hallo|guten (?:tag|morgen|abend)|moin|sehr geehrte[rs]?|liebe[rs]?",
    r"bonjour|bonsoir|salut|ch[eè]re?s?|madame|monsieur",
    r"hola|buen[oa]s (?:d[ií]as|tardes|noches)|estimad[oa]s?|querid[oa]s?",
    r"ol[aá]|oi|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oa]s?",
    r"buongiorno|buonasera|salve|ciao|gentile|gentili|egregi[oa]",
    r"beste|geachte|goedemorgen|goedemiddag|goedendag",
)
_SMALL = "there|all|everyone|team|again|valued|customer|sir|madam|client|cliente|tous|and|or|und|et|y|e"
_WORD = rf"(?:(?-i:\p{{Lu}})[\p{{L}}'’.-]*+|\[\p{{Lu}}+\]|(?:{_SMALL})\b)"
_ADDRESSED = rf"(?P<whom>(?:,?[ \t]+{_WORD}){{0,6}}+)"
_SMALLER = (
    r"(?P<whom>[ \t]+\p{L}[\p{L}'’-]+(?:[ \t]+\p{L}[\p{L}'’-]+)?)(?=[ \t]*(?:[,!:]|\n))"  # as in a chat: hi maria,
)
_ALONE = r"\s*(?P<whom>(?-i:\p{Lu})[\p{L}'’-]+(?:[ \t]+(?-i:\p{Lu})[\p{L}'’-]+)?),[ \t]*\n"  # Maria,
GREETING = regex.compile(rf"\s*(?:{_GREETINGS})\b(?:{_SMALLER}|{_ADDRESSED})[ \t]*(?:[,!.:;–-]|\n|$)|{_ALONE}", regex.I)

_CLOSERS = _any(
    r"(?:(?:best|kind|warm|kindest|warmest) )?(?:regards|wishes)|all the best|best|cheers|take care",
    r"(?:yours )?(?:sincerely|faithfully|truly)|sincerely yours|many thanks|thanks(?: again)?|thank you",
    r"(?:mit )?(?:freundliche|beste|viele|liebe|herzliche)[nm]? gr(?:ü|ue)(?:ß|ss)e?n?|mfg|vg|lg",
    r"(?:bien )?cordialement|bien à vous|sinc[eè]res salutations|salutations(?: distinguées)?",
    r"(?:un )?(?:cordial(?:es)? )?saludos?(?: cordial(?:es)?)?|atentamente",
    r"atenciosamente|(?:um )?abra[cç]o|(?:com os )?(?:melhores )?cumprimentos|obrigad[oa]",
    r"(?:cordiali|distinti) saluti|cordialmente|un saluto",
    r"(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?",
)
_ENDS = _any(
    rf"(?:{_CLOSERS})[ \t]*(?:[,!.–—-]+|\n|$)",
    r"--[ \t]*(?:\n|$)",
    r"[–—-][ \t]?(?-i:\p{Lu}\p{Ll}+)\s*$",  # "- Tom", as chat agents sign
)
# A name alone below the last paragraph, with or without what its bearer is.
SIGNED = regex.compile(
    r"\n[ \t]*\n[ \t]*[~–—-]?[ \t]?\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){0,2}[ \t]*"
    r"(?:\n[^\n.!?:>]{1,60}){0,4}\s*$"
)
CLOSER = regex.compile(rf"(?:^|\n|(?<=[.!?])[ \t])[ \t]*(?:{_ENDS})", regex.I)

PLEASANTRY = regex.compile(  # the reply has its own
    _any(
        r"^(?:(?:many )?thanks|thank you)(?: (?:very|so) much)? for "
        r"(?:reaching|contacting|your|getting|writing|letting|the)\b(?!.*\b(?:but|please|however)\b)",
        r"^(?:vielen |herzlichen |besten )?dank(?:,? dass| für (?:ihre|deine|die))\b(?!.*\b(?:aber|bitte)\b)",
        r"^merci (?:de|pour|d['’])(?!.*\b(?:mais|veuillez)\b)",
        r"^(?:muchas )?gracias por\b|^(?:muito )?obrigad[oa] p(?:or|el[oa])\b|^grazie per\b",
        r"^(?:hartelijk )?(?:dank|bedankt) voor\b|^i hope (?:this|you)\b|^hope this helps\b",
    ),
    regex.I,
)

# "We have refunded you" was true for somebody else; to this customer it would be a false promise.
_ACTS = _any(
    "refund|credit|reset|issu|process|cancel|updat|escalat|unlock|remov|sent|fix|chang|appl|reopen|merg",
    "delet|restor|extend|upgrad|downgrad|waiv|ship|replac|activat|deactivat|creat|add|forward|transfer",
    "block|pag|arrang",
)
_THINGS = "refund|order|request|account|password|payment|parcel|invoice|subscription"
DONE = regex.compile(
    _any(
        rf"\b(?:i|we)(?: (?:just|already|now|also))* (?:{_ACTS})\p{{L}}*(?:ed|et|nt|t)\b",
        r"\b(?:i|we)(?:['’]ve| have| had)(?: \p{L}+){0,3}? \p{L}+(?:ed|en|nt|ne|set)\b",
        rf"\byour (?:{_THINGS}) (?:has|have|was|were) (?:been )?\p{{L}}+(?:ed|nt|en)\b",
        r"\b(?:ich habe|wir haben|habe ich|haben wir|wurde (?:ihnen|dir))\b",
        r"\b(?:j['’]ai|nous avons|a été)\b",
        r"\b(?:he|hemos|ha sido) \p{L}+(?:[aio]do|to|cho)\b",
        r"\b(?:fizemos|realiz[aá]mos|foi \p{L}+[ai]d[oa])\b",
        r"\b(?:ho|abbiamo|è stat[oa]) \p{L}+(?:to|so)\b",
        r"\b(?:ik heb|we hebben|wij hebben)\b",
    ),
    regex.I,
)

# What was granted to one, or at one time: repeated, it would be promised to everybody.
ONCE = regex.compile(
    _any(
        r"\b(?:goodwill|gesture|exceptionally|as an exception|this one time|just this once|for you personally)\b",
        r"\b(?:Kulanz|ausnahmsweise|als Ausnahme|nur für Sie)\b|\b(?:geste commercial|à titre exceptionnel)\b",
        r"\b(?:como excepción|de forma excepcional|cortesía|excepcionalmente|a título excecional|gesto comercial)\b",
        r"\b(?:in via eccezionale|gesto commerciale|uit coulance|bij uitzondering)\b",
        r"\b(?:today|tomorrow|yesterday|tonight|this (?:morning|afternoon|evening)|(?:next|last|this|on|by) "
        r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|next week|last week)\b",
        r"\b(?:heute|(?-i:morgen)|gestern|am (?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag))\b",
        r"\b(?:aujourd['’]hui|demain|hier|hoy|ayer|hoje|amanhã|ontem|oggi|domani|ieri|vandaag|gisteren)\b",
    ),
    regex.I,
)

_TITLES = _any("Mr|Mrs|Ms|Miss|Dr|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Sra?|Srta|Señora?|Senhora?|Sig|Dhr|Mevr")
_TURNING = "[Tt]hank you|[Tt]hanks|[Ss]orry|[Hh]i|[Hh]ello|[Dd]ear"
PERSON = regex.compile(
    _any(
        rf"\b(?:{_TITLES})\b\.? \p{{Lu}}\p{{Ll}}+",
        rf"\b(?:{_TURNING}),? \p{{Lu}}\p{{Ll}}+(?: \p{{Lu}}\p{{Ll}}+)?[,.!]",
    )
)

_REFERRED = _any(
    "ticket|case|order|invoice|reference|ref|request|incident|tracking|booking|account|customer",
    "vorgang|vorgangsnummer|bestellung|bestellnummer|rechnung|rechnungsnummer|kundennummer",
    "commande|facture|dossier|pedido|factura|fatura|ordine|fattura|bestelling|factuur",
)
_NUMBERED = r"(?: (?:no|nr|number|id|n°|número|numéro|numero|nummer)\b\.?)?[ :#.]{0,3}"
REFERENCE = regex.compile(
    rf"(?<!\w)#\d{{3,}}|\b(?:{_REFERRED})\b{_NUMBERED}(?=[A-Z-]{{0,8}}\d{{3}})[A-Z0-9-]+", regex.I
)
# Numbers that are nobody's own: of standards, advisories and the like.
PUBLIC = regex.compile(
    r"\b(?:(?:ISO|IEC|RFC|PCI|SOC|CVE|HTTP|UTF|SHA)[- /]?\d[\d-]*|(?:DIN|EN)[- ]\d[\d-]*|KB\d{6,7})(?!\w)"
)
NO_NAMES = frozenset(  # capitalised words beside a greeting or a closing formula that name nobody
    {"All", "Client", "Cliente", "Customer", "Damen", "Desk", "Everyone", "Frau", "Help", "Herr", "Herren"}
    | {"Kunde", "Kundin", "Kundenservice", "Madam", "Madame", "Monsieur", "Service", "Sir", "Support", "Team"}
    | {"The", "There", "User", "Valued", "Your"}
)
