"""Promise words: what a reply commits us to, in the languages of the house, and who is said to have said it."""
# ruff: noqa: E501 - one line says the same in one language

import regex


def _any(lines: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?:{'|'.join(lines.split(chr(10))[1:-1])})", regex.IGNORECASE)


# By matter, so that a promise in one language is carried by a source in another.
MATTERS = {
    "a refund": _any(r"""
\brefund|\breimburs|\bmoney back|\brepay|\bpay (?:you|it) back|\bchargeback
(?:rück|zurück)(?:er)?(?:statt|zahl|überweis)|\berstatt|\bGeld zurück
\brembours|\breembols|\bdevol(?:v|u|ución)|\bdinero de vuelta|\bestorn|\brimbors|\brestituzion|\brestituiamo
\bterugbeta|\bgeld terug|\bvergoed|\bterugstort
"""),
    "a credit": _any(r"""
\bcredit(?:s|ed|ing)?\b(?! card| institution)|\bgutschr|\bgutgeschrieben|\bavoir(?= de| sur| d['’])|\bcréditer|\bcréditons
\babon(?:o|amos|aremos)\b|\bcrédito(?! card)|\baccredit|\btegoed
"""),
    "a voucher": _any(r"""
\bvoucher|\bcoupon|\bgift card|\bgutschein|\bbon d['’]achat|\bvale (?:de|por)|\bcupón|\bbono\b|\bcupom|\bbuono\b|\bwaardebon
"""),
    "a discount": _any(r"""
\bdiscount|\bprice reduction|\breduced price|\bhalf price|\brabatt|\bnachlass|\bermäßig|\bremise\b|\bréduction|\brabais
\bdescuento|\brebaja|\bdesconto|\bsconto|\bscontat|\bkorting
"""),
    "that it is free": _any(r"""
\bfree of charge|\bfor free\b|\bat no (?:\p{L}+ )?(?:cost|charge)|\bno charge\b|\b(?:is|are|be|stays?|remains?) free\b
\bfree (?:shipping|returns?|delivery|replacement|months?|years?|weeks?|upgrade|repair|lifetime|service)|\bwithout charge
\bkostenlos|\bkostenfrei|\bgebührenfrei|\bgratis|\bumsonst|\bgratuit|\bsans frais|\bofferte?s?\b|\bsin (?:coste|cargo)
\bsem custos?\b|\bsenza (?:costi|spese)|\bkosteloos|\bzonder kosten
"""),
    "compensation": _any(r"""
\bcompensat|\bgoodwill|\bdamages\b|\bentschädig|\bschadens?ersatz|\bkulanz|\bdédommag|\bindemni|\bgeste commercial
\bcompensa[cç]|\bcompensar|\bindemniz|\bindeniz|\brisarc|\bindennizz|\bschadevergoeding|\bcoulance
"""),
    "a guarantee": _any(r"""
\bguarante|\bwarrant(?:y|ies)|\b(?:we|I) (?:can )?(?:promise|assure|swear)|\bgarant|\bgewährleist|\bversprechen wir|\bwir versprechen
\bwir versichern|\bnous (?:promettons|assurons)|\bprometemos|\bprometto|\bpromettiamo|\bbeloven|\bwij verzekeren|\b100 ?% (?:sure|safe)
"""),
    "a replacement": _any(r"""
\breplacement|\bnew (?:device|unit|card|parcel|one) (?:is|will be) (?:sent|shipped)|\bersatz(?:gerät|lieferung|karte|produkt)|\bersetzen wir
\bremplaçons|\bun remplacement|\breemplazo|\breemplazamos|\bsubstituição|\bsubstituímos|\bsostituzione|\bsostituiamo
\bvervanging|\bvervangen wij
"""),
    "an upgrade": _any(r"""
\bupgrade you|\bupgraded? (?:your|to)|\blifetime (?:access|licen[cs]e|plan|subscription)|\bunlimited access|\blebenslang|\bà vie\b
\bde por vida|\bvitalíci|\ba vita\b|\blevenslang
"""),
    "the end of a contract": _any(r"""
\b(?:cancel|terminat|end)(?:s|ed|led|l?ing)? your (?:contract|subscription|plan|account)|\bkündigen wir|\brésilions|\bcancelaremos
\bcancelamos|\bdisdiciamo|\bzeggen wij (?:uw|het)
"""),
    "a moment": _any(r"""
\b(?:today|tomorrow|tonight|instantly|right away|this (?:afternoon|evening|week)|next week|(?:by|on|next) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b
\b(?:heute|sofort|noch diese Woche|nächste Woche|bis (?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag))\b|(?-i:\bmorgen\b)
\b(?:aujourd['’]hui|demain|immédiatement|cette semaine|hoy|inmediatamente|esta semana|hoje|amanhã|imediatamente)
\b(?:oggi|domani|subito|immediatamente|questa settimana|vandaag|onmiddellijk|deze week)\b
"""),
}  # fmt: skip
# A matter that only tells when counts where it tells when we do something; the others assert by themselves, but for a
# refund, of which one may speak without promising it.
MOMENT = "a moment"
NEUTRAL = (
    "a refund",
    "a credit",
    "a voucher",
    "a discount",
    "compensation",
    "a replacement",
    "the end of a contract",
    "a guarantee",
)

GRANTING = _any(r"""
\b(?:we|I)(?:['’](?:ll|d|ve|re))?(?: (?:will|can|shall|would|are|have|going to|gladly|also|of course|happily|hereby|happy to|glad to|now|just|already)){0,4} (?:(?:re)?pay|refund|credit|grant|giv|offer|confirm|promis|guarante|return|send|transfer|reimburs|replac|compensat|waiv|provid|issu|appl|add|mak|extend|approv|accept|arrang|cover|ship|upgrad|cancel|do)\p{L}*
\b(?:you|which|it|they)(?:['’]ll| will| shall| can expect to| are going to)? (?:get|receive|be (?:refunded|credited|paid|compensated|given))\b(?! (?:the |an? )?(?:error|message|mail|e-mail))
\b(?:you are|you['’]re|customer is) (?:entitled|eligible|due)|\b(?:is|are|has been|have been|was|were) (?:approved|granted|confirmed|issued|refunded|credited)\b
\bon (?:its|the|their) way|\bwill be (?:refunded|credited|paid|sent|issued|made|returned|done|processed|replaced|given)|\bof course\b|^\W*(?:yes|correct|indeed|certainly|absolutely)\b
\bas you (?:say|said|write|wrote|mention|read|were)|\byou are right|\bthat['’]s right|\b(?:is|are) (?:yours|true|correct|right)\b|\bapplies to you
\b(?:wir|ich)(?: \p{L}+){0,5}? (?:erstatt|zahl|gewähr|geb|biet|überweis|ersetz|garantier|versprech|bestätig|send|schick|schenk|übernehm|veranlass|verschick)\p{L}*|\b(?:erstatten|zahlen|gewähren|überweisen|ersetzen|bestätigen|schicken|senden|schenken|schreiben) (?:wir|ich) Ihnen
\bSie (?:erhalten|bekommen|kriegen|haben Anspruch)|\b(?:wird|werden) (?:Ihnen|erstattet|gutgeschrieben|überwiesen|genehmigt)|\bwurde (?:genehmigt|bestätigt)|^\W*(?:ja|richtig|natürlich|selbstverständlich)\b|\bwie Sie (?:schreiben|sagen|erwähnen)|\b(?:stimmt|steht Ihnen zu)\b
\bnous (?:allons |pouvons )?(?:vous )?(?:le |la |les )?(?:rembours|crédit|offr|accord|pay|envoy|confirm|garanti|promett|remplaç|vers|ferons)\p{L}*|\bvous (?:recevrez|serez remboursée?|avez droit|obtiendrez|bénéfici)|\b(?:sera|vous est|est) (?:remboursée?|créditée?|effectuée?|envoyée?|accordée?|approuvée?|confirmée?)
^\W*(?:oui|bien sûr|exact|effectivement)\b|\bcomme vous (?:le )?(?:dites|écrivez|mentionnez|indiquez)
\b(?:le|les) (?:reembols|devolv|abon|envi|pag|confirm|ofrec|promet|garantiz)(?:o|[aei]mos|[aei]r(?:emos|é))\b|\b(?:recibirá|obtendrá|tiene derecho|será reembolsad|se le (?:abonará|devolverá|reembolsará))|^\W*(?:sí|claro|correcto|efectivamente)\b|\bcomo (?:usted )?(?:dice|escribe|menciona)
\b(?:reembolsamos|reembolsaremos|devolvemos|devolveremos|abonamos|abonaremos|ofrecemos|prometemos|confirmamos|oferecemos|creditamos|garantizamos|garantimos|vamos (?:a )?(?:reembolsar|devolver|abonar|creditar|oferecer|pagar))
\b(?:receberá|tem direito|será reembolsad|será creditad)|^\W*(?:sim|claro|correto|com certeza)\b|\bcomo (?:diz|escreve|menciona)\b
\b(?:rimborsiamo|rimborseremo|accreditiamo|offriamo|confermiamo|garantiamo|promettiamo|[Ll]e (?:rimbors|accredit|restitu|offr)\p{L}+)|\b(?:riceverà|otterrà|ha diritto|sarà rimborsat|verrà rimborsat)|^\W*(?:sì|certo|esatto|certamente)\b|\bcome (?:dice|scrive|menziona)\b
\b(?:wij|we)(?: \p{L}+){0,5}? (?:betalen|vergoeden|geven|bieden|garanderen|beloven|bevestigen|sturen|terugbetalen)|\bu (?:ontvangt|krijgt|heeft recht)|\bwordt (?:terugbetaald|vergoed|gecrediteerd)|^\W*(?:ja|inderdaad|natuurlijk)\b|\bzoals u (?:zegt|schrijft|meldt)|\bklopt\b
""")
# Whoever names a day in such a sentence binds us to it.
COMMITTING = _any(r"""
\b(?:we|I)(?:['’](?:ll|ve|re|m))?\b(?! (?:are sorry|understand|see that|received|cannot|can['’]?not|do not|don['’]t|need|would like))|\bwill\b|\bgets?\b|\bis going to\b|\bcomes?\b|\barrives?\b
\b(?:wir|ich)\b(?! (?:bedauern|verstehen|haben Ihre))|\b(?:wird|werden|kommt|erhalten|meldet|ruft)\b|\bnous\b(?! (?:regrettons|comprenons|avons bien reçu))|\b(?:sera|recevrez|arrive|viendra|appellera)\b
\b(?:le|les|se) \p{L}+(?:mos|rá|rán)\b|\b\p{L}+(?:aremos|eremos|iremos|remos|rá|amos)\b|\b(?:riceverà|arriva|sarà|verrà|chiam\p{L}+|\p{L}+iamo)\b|\b(?:wij|we|u krijgt|wordt|zal|komt|belt)\b
""")
# Whoever says that the customer says it, does not say it.
ATTRIBUTED = _any(r"""
\byou (?:say|said|write|wrote|mention|mentioned|report|reported|describe|described|told us|tell us|ask|asked|expect|expected|quote|quoted|state|stated|refer|request|requested|point out|claim|see|get the error|are seeing|were told|read|would like|want|wish)\b
\byour (?:message|mail|e-?mail|ticket|question|request|complaint|report|description|note|wish|words|claim|letter)|\baccording to (?:you|your)
\bSie (?:schreiben|schrieben|sagen|erwähnen|erwähnten|berichten|fragen|möchten|wünschen|erwarten|nennen|beschreiben|bitten|melden)|\b(?:schreiben|sagen|berichten|erwähnen|nennen|fragen|melden) Sie
\bIhre[rnms]? (?:Nachricht|Anfrage|Frage|Mail|E-Mail|Schilderung|Angabe[n]?|Wunsch|Bitte|Beschwerde|Meldung|Schreiben)|\blaut Ihnen
\bvous (?:écrivez|dites|mentionnez|indiquez|signalez|demandez|évoquez|souhaitez|attendez|décrivez|parlez|citez)|\bvotre (?:message|demande|question|mail|courriel|réclamation|description)|\bselon vous
\b(?:escribe|menciona|indica|comenta|dice|pide|solicita|pregunta|señala) que|\b(?:usted|nos) (?:escribe|menciona|indica|comenta|dice|pide|solicita|pregunta)|\bsu (?:mensaje|consulta|pregunta|solicitud|petición|correo|queja)|\bsegún usted
\b(?:escreve|diz|menciona|indica|refere|pede|pergunta|solicita) que|\b(?:você|nos) (?:escreve|diz|menciona|indica|pede|pergunta)|\ba? ?su[ao] (?:mensagem|pergunta|pedido|questão|e-mail|reclamação)|\bsegundo o que
\b(?:scrive|dice|menziona|indica|segnala|riferisce|chiede) (?:che|di)|\bLei (?:scrive|dice|menziona|chiede)|\bsu[oa] (?:messaggio|domanda|richiesta|e-mail|reclamo|segnalazione)|\bsecondo Lei
\bu (?:schrijft|zegt|noemt|meldt|vraagt|verwacht|wilt)|\b(?:schrijft|zegt|noemt|meldt|vraagt) u\b|\buw (?:bericht|vraag|verzoek|mail|e-mail|klacht|melding)|\bvolgens u
""")
OFFERED = _any(r"""
\bwould you like|\bshall we|\bcan we offer|\bmay we offer|\bmöchten Sie|\bdürfen wir|\bsouhaitez-vous|\bvoulez-vous|\bdesea\b|\bquiere\b|\bgostaria|\bdeseja\b|\bdesidera\b|\bvuole\b|\bwilt u
""")
DENIED = _any(r"""
\b(?:not|no|never|cannot|neither|nor|without|only if|unless)\b|n['’]t\b|\bnicht|\bkein|\bnie\b|\bne\b|\bn['’]|\bpas\b|\baucune?|\bjamais|\bsans\b|\bnunca|\bningun|\bsin\b|\bnão|\bnem\b|\bsem\b|\bnon\b|\bsenza|\bmai\b|\bniet|\bgeen|\bzonder
""")
# What only people with access to the account can have done; a draft knows of none.
DONE_HERE = _any(r"""
\b(?:I|we)(?:['’]ve| have| had)(?: (?:just|already|now|also|today))? (?:refunded|credited|reset|unlocked|cancell?ed|shipped|sent|forwarded|escalated|transferred|reimbursed|deleted|removed|blocked|activated|restored|fixed|resolved|updated|changed|checked|investigated|reviewed|contacted|passed|processed|issued|approved|extended|upgraded|waived|replaced|reopened|ordered|booked|arranged|added|set|raised|lowered|marked|closed|verified|confirmed|corrected|informed|notified|disabled|enabled|applied|granted|prioriti[sz]ed|assigned|moved|created|started|paid|done|completed|followed|complied|translated)\b
\b(?:I|we)(?: (?:just|already|now|also))? (?:refunded|credited|unlocked|cancell?ed|shipped|forwarded|escalated|reimbursed|deleted|restored|fixed|resolved|updated|changed|checked|processed|issued|approved|extended|upgraded|waived|replaced|reopened|arranged|raised|marked|closed|verified|corrected|applied|granted|moved)\b
\b(?:your|the) (?:\p{L}+ ){0,2}(?:refund|order|request|account|password|payment|parcel|invoice|subscription|ticket|case|urgency|priority|plan|money|card)(?: (?:has|have) (?:now |already |just )?been| (?:was|is|were|are) (?:now|already|hereby)| was) (?:refunded|credited|reset|unlocked|cancell?ed|shipped|sent|forwarded|escalated|deleted|restored|fixed|resolved|updated|changed|processed|issued|approved|extended|upgraded|waived|replaced|reopened|raised|lowered|marked|closed|set|confirmed|granted)
\b(?:ich habe|wir haben|habe ich|haben wir)\b(?=[^.!?\n]*\b(?:ge(?!lesen|sehen)\p{L}+t|\p{L}*(?:erstattet|storniert|zurückgesetzt|gesperrt|entsperrt|versendet|verschickt|gesendet|weitergeleitet|eskaliert|gelöscht|behoben|gelöst|geprüft|geändert|verlängert|genehmigt|bestätigt|gutgeschrieben|überwiesen|veranlasst|eingetragen|hochgestuft|geschlossen))\b)
\bwurde (?:Ihnen |bereits |soeben )*(?:erstattet|storniert|zurückgesetzt|entsperrt|versendet|behoben|gutgeschrieben|genehmigt|geändert)
\b(?:j['’]ai|nous avons)(?: (?:déjà|bien|aussi|donc))* (?:remboursé|annulé|réinitialisé|débloqué|envoyé|expédié|transmis|transféré|supprimé|corrigé|résolu|vérifié|modifié|prolongé|approuvé|confirmé|crédité|mis à jour|traité)
\ba (?:déjà )?été (?:remboursé|annulé|réinitialisé|débloqué|envoyé|corrigé|résolu|crédité|approuvé)
\b(?:he|hemos|ha sido|han sido)(?: ya)? (?:reembolsad|cancelad|restablecid|desbloquead|enviad|transferid|eliminad|corregid|resuelt|verificad|modificad|aprobad|confirmad|abonad|actualizad|devuelt|procesad|reembolsado)
\b(?:já )?(?:reembolsámos|cancelámos|repusemos|desbloqueámos|enviámos|eliminámos|corrigimos|verificámos|alterámos|aprovámos|creditámos|atualizámos|reembolsei|cancelei|enviei)|\bfoi (?:reembolsad|cancelad|desbloquead|enviad|corrigid|aprovad|creditad)
\b(?:ho|abbiamo|è stat[oa])(?: già)? (?:rimborsat|annullat|reimpostat|sbloccat|inviat|spedit|trasferit|eliminat|corrett|risolt|verificat|modificat|approvat|confermat|accreditat|aggiornat)
\b(?:ik heb|(?:we|wij) hebben)\b(?=[^.!?\n]*\b(?:terugbetaald|geannuleerd|gereset|ontgrendeld|verzonden|doorgestuurd|verwijderd|hersteld|opgelost|gecontroleerd|gewijzigd|goedgekeurd|bevestigd|bijgewerkt))
""")
# Nobody honest asks for these in a reply.
SECRETS = _any(r"""
\b(?:password|passcode|PIN|CVV|CVC|card number|security code|one-time code|verification code|2FA code|secret key|seed phrase|passwort|kennwort|TAN|kartennummer|prüfziffer|mot de passe|numéro de (?:votre )?carte|code de vérification|contraseña|número de (?:su )?tarjeta|senha|número do (?:seu )?cartão|numero (?:di|della (?:sua )?) ?carta|wachtwoord|pincode|kaartnummer)\b
""")
ASKING = _any(r"""
\bsend (?:us|me|your)|\btell (?:us|me)|\bgive (?:us|me)|\bshare\b|\bprovide (?:us|me|your)|\breply with|\bwrite us|\be-?mail (?:us|me)|\blet us know your|\bwhat is your|\bwe need your
\b(?:schicken|senden|nennen|teilen|verraten) Sie|\bgeben Sie (?:uns|mir)|\b(?:uns|mir) (?:bitte )?Ihre?|\bwie lautet Ihr|\b(?:envoyez|communiquez|donnez|indiquez)|\bquel est votre
\b(?:envíe|envíenos|díganos|indíquenos|facilite|envie|indique|diga|informe|invii|ci invii|comunichi|fornisca|stuur|geef|vermeld|deel)\b
""")
# What is only said for the case that something has happened, does not say that it has.
CONDITIONAL = _any(r"""
\b(?:once|when|whenever|as soon as|after|if|until|before|sobald|wenn|nachdem|falls|dès que|une fois|quand|lorsque|après|cuando|una vez|tras|quando|assim que|depois|se|dopo|appena|zodra|als|nadat|wanneer)\b
""")
# A reply of a support desk speaks of none of these.
MACHINE = _any(r"""
```|system prompt|system message|my (?:instructions|guidelines|rules|programming|prompt)|(?:previous|prior|above|earlier) instructions|(?:ignore|disregard|forget|override)(?:d|ing)? (?:all|any|the|my|these|those|previous|prior)\b
\b(?:as|am|I['’]m) an? (?:AI|artificial intelligence|language model|assistant|bot)\b|\blanguage model\b|\b(?:developer|debug|god|admin) mode\b|\bjailbr|\bDAN\b|<<<|>>>|\bbegin (?:source|ticket)|\bend (?:source|ticket)|"paragraphs"|answers_everything|You draft the reply|Rest every statement|earlier answers of this desk
\bsystem-?prompt|\bsystemanweisung|\bmeine (?:Anweisungen|Instruktionen)|\bals (?:KI|Sprachmodell)|\bmodèle de langage|\bmes (?:instructions|consignes)|\binstructions précédentes|\binvite système|\bmodelo de lenguaje|\bmis instrucciones|\binstrucciones anteriores|\bmodelo de linguagem|\bminhas instruções|\binstruções anteriores|\bmodello linguistico|\ble mie istruzioni|\bistruzioni precedenti|\btaalmodel|\bmijn instructies|\bvorige instructies
""")
