"""Name words: what stands beside a person's name, and beside a capitalised word that is none."""

import regex


def _any(lines: str) -> str:
    return "|".join(lines.split("\n")[1:-1])


_WHO = r"\p{Lu}\p{Ll}[\p{L}'’]*(?:-\p{Lu}\p{Ll}+)?"
_TITLES = _any(r"""
Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Sra?|Srta|Señora?|Senhora?|Dona|Sig|Signora?|Dott
Dhr|Mevr|Mevrouw|Meneer
""")
TITLED = regex.compile(rf"\b(?:{_TITLES})\b\.? (?P<who>{_WHO})")

# Who is asked, told or worked with is a person; so is a colleague of that name.
_BEFORE = _any(r"""
colleagues?|coworker|manager|boss|husband|wife|partner|assistant|accountant|named|on behalf of|attn
(?:as|like|which|what) we (?:told|promised|wrote|agreed with)|sp[eo]a?ke? (?:to|with)|talk(?:ed)? (?:to|with)
(?:please |can |could )?(?:ask|tell|contact|inform|notify|call|e-mail)|thanks to|together with
says|name(?:['’]s)?(?: is| of)?|calls? (?:me|him|her)|I am|I['’]m|originally from|under the name(?: of)?|on the name of
ich bin|ich heiße|mein Name ist|je m['’]appelle|me llamo|mi nombre es|chamo-me|mi chiamo|ik heet|mijn naam is
same (?:case|problem|issue|request) as|(?:did|happened|worked|solved it|helped) (?:for|to|with)
Kollegen?|Kollegin|Ehemann|Ehefrau|Mitarbeiter|Mitarbeiterin|namens|im Namen von|z\. ?Hd\.
fragen Sie|wenden Sie sich an|sprechen Sie (?:bitte )?mit|bei|demandez(?:-le)? à|adressez-vous à|contactez|chez
collègue|mari|épouse|conjointe?|de la part de|nommée?|à l'attention de
compañer[oa]|esposo|esposa|marido|de parte de|en nombre de|a la atención de
p[íi]d[ae](?:selo|lo|le)? a|preg[uú]nte(?:selo|le)? a|contacte (?:con|a)|peça(?:-o)? a|pergunte a|contacte
chieda a|si rivolga a|contatti|vraag(?: het)?(?: aan)?|neem contact op met
colega|em nome d[eoa]|ao cuidado de|collega|moglie|marito|di nome|a nome di|alla c\.a\.
collega|echtgenoot|echtgenote|genaamd|namens|t\.a\.v\.
""")
BEFORE = regex.compile(rf"\b(?i:{_BEFORE}):?\s+(?P<who>{_WHO})")
_AFTER = _any(r"""
said|told|asked|asks|wrote|writes|replied|explained|confirmed|complained|mentioned
(?:will|can|is going to) (?:call|phone|contact|reach out|get back|write|reply|answer|visit|help)\b
from (?:our|the|your) \p{L}+(?: \p{L}+)? (?:team|department|office|company|branch)
and I\b|had the same|has the same (?:problem|issue|question)|lives (?:at|in)\b|is looking (?:at|into)
sagte|schrieb|schreibt|fragte|bat|meldet sich|ruft Sie|wohnt|hat (?:uns|mir|Ihnen) (?:gesagt|geschrieben)
a dit|a écrit|a demandé|vous (?:appellera|contactera|rappellera|répondra)|habite
dijo|escribió|preguntó|pidió|le (?:llamará|contactará|escribirá|responderá)|vive en
disse|escreveu|perguntou|pediu|vai (?:ligar|contactar|responder)|mora (?:em|na|no)|vive em
ha (?:detto|scritto|chiesto)|[Ll]a (?:chiamerà|contatterà|ricontatterà)|abita|vive a
zei|schreef|vroeg|belt u|neemt contact|woont
""")
AFTER = regex.compile(rf"(?<![\w>›→“\"„«])(?P<who>{_WHO})(?: {_WHO})?,? (?:{_AFTER})")

# Who is spoken to: at the beginning before a comma and a small word, or at the end after the only comma.
CALLED = regex.compile(
    rf"(?:^|[.!?]\s+)(?P<who>{_WHO}), (?=(?:please|you|we|I|to|it|this|could|can|bitte|Sie|wir|vous|nous|veuillez"
    rf"|por favor|usted|pode|può|La|u|wij)\b)|^[^,\n]*, (?P<who>{_WHO})[.!?]$"
)

# After these a capitalised word stands on a screen.
_PRESS = _any(r"""
choose|choosing|select|selecting|open|opening|click(?:ing)?(?: on)?|press(?:ing)?|tap(?:ping)?(?: on)?|go(?:ing)? to
under|tick|untick|enable|disable|turn (?:on|off)|switch (?:on|off|to)|use|using|called|button|tab|menu|field|option
page|section|screen|label|role|column|toggle|status
wählen Sie|klicken Sie auf|öffnen Sie|tippen Sie auf|unter|gehen Sie zu|Menü|Schaltfläche|Reiter
choisissez|cliquez sur|ouvrez|sélectionnez|appuyez sur|allez dans|onglet|bouton|option|la page|le menu|sous
elija|seleccione|haga clic en|abra|pulse|vaya a|pestaña|botón|menú|opción
escolha|selecione|clique em|abra|toque em|carregue em|aceda a|separador|botão|opção
scelga|selezioni|clicchi su|apra|prema|vada (?:su|in)|scegli|seleziona|clicca su|apri|premi|vai su|scheda|pulsante
kies|selecteer|klik op|open|druk op|ga naar|onder|tabblad|knop
""")
# ... and after these it names a thing, since people have no article in most of our languages.
_ARTICLES = _any(r"""
the|an?|your|our|its|each|every|this|any|new|all|no|more|other|these|those|some|both|only|latest|current|old|in|on|via
les?|la|l['’]|une?|votre|vos|notre|dans|el|los|las|una?|su|sus|nuestr[oa]|en|[oa]s?|uma?|nas?|nos?|d[oa]s?|em
il|lo|gli|un[oa]?|nell[aeo]?|sull[aeo]?|dell[aeo]?|nel|sul|del|nei|dei|su|het|een|uw|onze|de|op
""")
PRESSED = regex.compile(rf"\b(?:{_PRESS})\s+(?:\p{{L}}[\p{{L}}-]* )?[“„«\"'‘*]?$", regex.IGNORECASE)
THING = regex.compile(rf"\b(?:{_PRESS}|{_ARTICLES})\s+(?:\p{{L}}[\p{{L}}-]* )?[“„«\"'‘*]?$", regex.IGNORECASE)
_NOUNS = _any(r"""
pages?|tabs?|buttons?|menus?|settings?|options?|fields?|sections?|screens?|plans?|apps?|accounts?|roles?|API|browsers?
integrations?|imports?|exports?|feeds?|modes?|admins?|users?|members?|boards?|teams?|keys?|tokens?|links?|codes?
devices?|phones?|servers?|files?|subscriptions?|customers?|licen[cs]es?|stores?|versions?|support
Seite|Reiter|Schaltfläche|Menü|Einstellungen|Feld|Bereich|Konto|Tarif|App|page|onglet|bouton|compte|forfait
""")
MENU_NOUN = regex.compile(rf"[”“»\"'’*]?[ -](?:{_NOUNS})\b")

# What begins a sentence before a capitalised word that is no surname.
_BEGINNING = """
Open Choose Select Click Press Tap Go Use Set Turn Enable Disable Switch Tick Untick See Visit Check Add
Remove Edit Create Delete Update Install Start Stop Try Enter Type Allow Ask Contact Sign Log Reset Reload
Restart Save Send Under In On At To From By Via With Your Our Each Every All Some Most Only Both If When
While Once For As Then Next First Second Third Finally Also And Or But So Because Since Until After Before
During Without Board File View Tools Yearly Monthly Öffnen Wählen Klicken Tippen Drücken Gehen Unter Im In
Am Auf Mit Ohne Für Bei Nach Vor Der Die Das Den Dem Ein Eine Einen Ihre Ihr Unsere Unser Alle Jede Jeder
Jedes Diese Dieser Dieses Wenn Falls Sobald Ist Sind Kein Keine Ouvrez Choisissez Cliquez Sélectionnez
Appuyez Allez Dans Sous Sur Le La Les Un Une Des Votre Notre Chaque Tous Si Abra Elija Seleccione Pulse Vaya
En El Los Las Su Sus Cada Si Para Escolha Selecione Clique Toque Aceda Em O A Os As Seu Sua Se Apra Scelga
Selezioni Clicchi Prema Vada Il Lo Gli I Nel Nella Kies Selecteer Klik Ga De Het Een Uw Als
"""
BEGINNING = frozenset(_BEGINNING.split())
# Given names that are also words, when they are written small.
_WORDS_TOO = """
linda clara marina carol holly daisy stella gloria paloma serena bianca franca costa rosario felicity imogen violeta
margarita valentina patricia trinidad milagros mercedes jasmine marine capucine clemente clémence victoire domingo
fatima marco amparo remedios santiago salvador consuelo nuria pascual pascal valerio bruno blanca lorena marisol
noemi prudence constance modesto justin sandra olive perla celeste angela angelo norma grace delphine prospero
benedetta aurelia fausto vittoria vitoria vitória fiorella marcel simone nicola andrea
"""
WORDS_TOO = frozenset(_WORDS_TOO.split())

_CALENDAR = """
January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sept
Sep Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Januar Februar März Mai Juni Juli Oktober
Dezember Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Sonnabend Easter Christmas Weihnachten Ostern
"""
_TONGUES = """
English German French Spanish Portuguese Italian Dutch Polish Swedish Danish Turkish Chinese Japanese European American
British Deutsch Englisch Französisch Spanisch Europe Union EU UK US USA Germany France Spain Portugal Italy
Netherlands Belgium Austria Switzerland Poland Sweden Denmark Norway Finland Ireland England Scotland Brazil Mexico
Canada Australia India China Japan America Deutschland Österreich Schweiz Frankreich Spanien Italien Niederlande España
Italia Brasil Nederland België Belgique Suisse Allemagne
"""
_PRODUCTS = """
Android Apple Google Microsoft Windows Linux Mac Macs Chrome Firefox Safari Edge Opera Outlook Gmail Thunderbird Word
Excel PowerPoint Teams Slack Zoom Skype Trello Jira Asana Notion Dropbox Drive OneDrive SharePoint iCloud GitHub GitLab
Salesforce Zendesk Freshdesk Intercom HubSpot Shopify WooCommerce WordPress PayPal Stripe Klarna Visa Mastercard Amex
Maestro SEPA Amazon Prime Netflix Spotify Facebook Instagram WhatsApp Twitter LinkedIn YouTube Okta Azure Entra Docker
Kubernetes Python Java Node Bluetooth Ethernet Internet Web Wi-Fi Wifi Kindle Samsung Huawei Sony Nokia Play Store App
Pay Explorer Authenticator Calendar Maps Meet Single Sign-on Zapier DHL Hermes Fedex Post Siri Alexa Bitcoin Vodafone
"""
_ADDRESSING = """
I You Your Yours We Our Us He She They It Its The This That These Those There Here If When While Please Thank Thanks
Best Kind Regards Dear Hello Hi Good Great Sorry Yes No Not Now Then Also Still Just Once After Before Until For From
With Support Team Service Customer Care Help Desk Center Centre Sie Ihr Ihre Ihren Ihrem Ihrer Ihnen Herr Frau Lei La
Suo Sua Suoi Sue Le Usted Ustedes Vous Madame Monsieur Step Note Tip Important Warning Damen Herren Kundin Kunde
Settings Billing Account Profile Security Privacy Terms Invoice Invoices Order Orders Payment Payments Subscription
Sales Plan Plans Business Enterprise Pro Premium Basic Starter Free Standard Plus Home Dashboard Inbox Admin
Administrator Owner Member Members Workspace Password Wachtwoord Contraseña Passwort Email E-Mail Mail Konto Conto
Cuenta Conta """
NO_PERSON = frozenset(f"{_CALENDAR} {_TONGUES} {_PRODUCTS} {_ADDRESSING}".split())
