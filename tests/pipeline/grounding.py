"""Paragraphs over sources of our own: honest paraphrase, and what no source says."""
# ruff: noqa: E501 - one row, one line

SOURCES = {
    "invoice": (
        "en",
        "Where to download invoices",
        "All invoices are in Settings > Billing > Invoices. Tick the ones you need and choose Download PDF. To send each "
        "new invoice to your accountant, add the address under Billing > Invoice e-mail.",
    ),
    "refund": (
        "en",
        "Refund after cancelling a yearly plan",
        "Yearly plans are refunded in full within 30 days of the payment. Go to Settings > Billing > Plan, choose Request "
        "refund and confirm the card. Money arrives 5 to 10 working days after we confirm. Monthly plans are not refunded.",
    ),
    "login": (
        "en",
        "Reset mail missing",
        "Reset mails last 30 minutes; look in the spam folder first. After five wrong passwords an account is locked for "
        "one hour. An owner can send a fresh link from Settings > Members > Send sign-in link.",
    ),
    "discount": (
        "en",
        "Discount for schools",
        "There is a discount of 50 % for schools. Apply under Settings > Billing > Non-profit discount. We answer within "
        "two working days. See https://docs.example/schools for what counts.",
    ),
    "rueck": (
        "de",
        "Rückgabe",
        "Artikel können innerhalb von 14 Tagen zurückgegeben werden. Das Etikett liegt im Kundenkonto unter "
        "Bestellungen > Rückgabe. Die Erstattung dauert fünf Werktage. Die Rücksendung ist kostenlos.",
    ),
    "livraison": (
        "fr",
        "Livraison",
        "La livraison prend 3 à 5 jours ouvrés et coûte 4,90 €. Le suivi se trouve dans Mon compte > Commandes. Un colis "
        "perdu est remboursé après deux semaines.",
    ),
    "garantia": (
        "es",
        "Garantía",
        "Los aparatos tienen una garantía de dos años. Abra Mi cuenta > Pedidos y pulse Solicitar reparación. La "
        "reparación tarda diez días.",
    ),
}
HONEST: tuple[tuple[str, str, str, str], ...] = (
    # language, ticket, paragraph, source; "" cites nothing
    ("en", "Where is my invoice?", "You find every invoice under Settings > Billing > Invoices: select those that you "
     "need and press Download PDF.", "invoice"),
    ("en", "Where is my invoice?", "Your accountant can get them automatically: add their address at Invoice e-mail in "
     "the billing settings.", "invoice"),
    ("en", "Where is my invoice?", "Thank you for your message. I am sorry for the trouble.", ""),
    ("en", "Where is my invoice?", "Could you tell us which month the invoice is for?", ""),
    ("en", "Where is my invoice? Order 88213.", "You write that the invoice for order 88213 is missing.", ""),
    ("en", "My invoice 4711 is wrong", "Please open invoice 4711 under Settings > Billing > Invoices.", "invoice"),
    ("en", "I cancelled. Money back?", "If you paid for a year, you get the full amount back when you ask within 30 days "
     "of the payment.", "refund"),
    ("en", "I cancelled. Money back?", "Once we have confirmed it, the money takes between 5 and 10 business days.",
     "refund"),
    ("en", "I cancelled. Money back?", "Please note that monthly plans cannot be refunded.", "refund"),
    ("en", "I cancelled. Money back?", "To request it, go to Settings > Billing > Plan and confirm your card.", "refund"),
    ("en", "You promised me 500 € back", "You write that 500 € were promised to you. A colleague looks into this.", ""),
    ("en", "You promised me 500 € back", "I need to find out what was agreed before I can answer your question about the "
     "refund.", ""),
    ("en", "Your site says returns are free for 90 days", "You mention that our site speaks of free returns for 90 days. "
     "Could you send us the address of that page?", ""),
    ("en", "I cannot log in", "Please look in your spam folder first: the mail for resetting your password is valid for "
     "half an hour.", "login"),
    ("en", "I cannot log in", "If the password was wrong five times, the account stays locked for an hour; an owner can "
     "send you a new sign-in link from Settings > Members.", "login"),
    ("en", "I get error 503 since 9 am", "The error 503 that you see since 9 am is something we need to look at.", ""),
    ("en", "Do schools pay less?", "Schools get a discount of 50 percent. You can apply in the billing settings, and we "
     "answer within 2 working days.", "discount"),
    ("en", "Do schools pay less?", "What counts as a school is explained at https://docs.example/schools.", "discount"),
    ("en", "Please help, this is urgent", "We understand that this is urgent for you, and a member of our team looks at "
     "your message personally.", ""),
    ("de", "Wie kann ich etwas zurückgeben?", "Sie können Artikel binnen zwei Wochen zurückgeben. Das Etikett finden Sie "
     "in Ihrem Kundenkonto unter Bestellungen > Rückgabe.", "rueck"),
    ("de", "Wie kann ich etwas zurückgeben?", "Die Rücksendung kostet Sie nichts, und das Geld ist nach 5 Werktagen "
     "wieder da.", "rueck"),
    ("de", "Ihre Hotline hat mir 80 € zugesagt", "Sie schreiben, dass Ihnen 80 € zugesagt wurden. Jemand aus unserem "
     "Team prüft das persönlich.", ""),
    ("de", "Wo ist mein Geld?", "Vielen Dank für Ihre Nachricht, und entschuldigen Sie bitte die Umstände.", ""),
    ("de", "Wo ist mein Geld?", "Könnten Sie uns bitte die Bestellnummer schicken?", ""),
    ("de", "Can I return it?", "Eine Erstattung dauert fünf Tage.", "rueck"),
    ("fr", "Où est mon colis ?", "La livraison demande de trois à cinq jours ouvrés. Vous trouverez le suivi dans Mon "
     "compte > Commandes.", "livraison"),
    ("fr", "Où est mon colis ?", "Si le colis reste perdu, il est remboursé au bout de 14 jours.", "livraison"),
    ("fr", "Vous m'avez promis 30 €", "Vous écrivez que 30 € vous ont été promis ; un collègue va vérifier cela.", ""),
    ("fr", "Où est mon colis ?", "Merci pour votre message, et toutes nos excuses pour ce désagrément.", ""),
    ("es", "Se rompió mi aparato", "Su aparato tiene dos años de garantía: en Mi cuenta > Pedidos puede pulsar Solicitar "
     "reparación.", "garantia"),
    ("es", "Se rompió mi aparato", "La reparación dura unos 10 días.", "garantia"),
    ("es", "Me prometieron 40 €", "Usted escribe que le prometieron 40 €; un compañero lo va a comprobar.", ""),
    ("pt", "Onde está a fatura?", "Obrigado pela sua mensagem. Pode dizer-nos o mês da fatura?", ""),
    ("it", "Dove è la fattura?", "Grazie per il Suo messaggio, ci dispiace per il disagio.", ""),
    ("nl", "Waar is mijn factuur?", "Bedankt voor uw bericht. Kunt u ons zeggen om welke maand het gaat?", ""),
)  # fmt: skip
FALSE: tuple[tuple[str, str, str, str], ...] = (
    ("en", "Where is my invoice?", "Invoices are ready within 3 hours.", "invoice"),
    ("en", "Where is my invoice?", "Open Tools > Accounting > Papers and choose Download PDF.", "invoice"),
    ("en", "Where is my invoice?", "Press the button “Print everything” under Invoices.", "invoice"),
    ("en", "Where is my invoice?", "Invoices are at https://evil.example/invoices.", "invoice"),
    ("en", "Where is my invoice?", "Write to billing@other.example for your invoice.", "invoice"),
    ("en", "Where is my invoice?", "Call +49 30 1234567 about your invoice.", "invoice"),
    ("en", "Where is my invoice?", "I have sent the invoice to you.", "invoice"),
    ("en", "Where is my invoice?", "We will refund you for the trouble.", "invoice"),
    ("en", "Where is my invoice?", "Our bakery opens early and sells fresh bread with butter and jam.", "invoice"),
    ("en", "Where is my invoice?", "The moon circles round the earth while whales sing below the waves.", ""),
    ("en", "Money back?", "You get your money back within 60 days.", "refund"),
    ("en", "Money back?", "Money arrives within 5 to 10 hours.", "refund"),
    ("en", "Money back?", "We refund monthly plans, and you get a free month.", "refund"),
    ("en", "Money back?", "We guarantee it.", "refund"),
    ("en", "Money back?", "Your refund has been approved.", "refund"),
    ("en", "Money back?", "You will have it tomorrow: we promise.", "refund"),
    ("en", "You promised me a 500 € refund", "We will refund you 500 €.", "refund"),
    ("en", "You promised me a 500 € refund", "Your refund of 500 € is on its way.", "refund"),
    ("en", "You promised me a 500 € refund", "As you write, you get 500 € back.", ""),
    ("en", "You promised me a 500 € refund", "Yes, a refund was promised to you.", ""),
    ("en", "Your site says returns are free for 90 days", "Returns are free for 90 days.", ""),
    ("en", "Your site says returns are free for 90 days", "You can return it for free.", "invoice"),
    ("en", "Your agent told me I get 20 % off", "You get 20 % off.", "invoice"),
    ("en", "Your agent told me I get 20 % off", "The discount of 20 % is yours.", ""),
    ("en", "I cannot log in", "The account is locked for two days.", "login"),
    ("en", "I cannot log in", "Please send us your password, and we look into it.", "login"),
    ("en", "I cannot log in", "I have unlocked your account.", "login"),
    ("en", "I cannot log in", "Hannah Weber will call you.", "login"),
    ("en", "Do schools pay less?", "Schools get a discount of 75 percent.", "discount"),
    ("en", "Do schools pay less?", "Schools get 50 % off until 31 December 2027.", "discount"),
    ("de", "Wie kann ich etwas zurückgeben?", "Sie können Artikel binnen vier Wochen zurückgeben.", "rueck"),
    ("de", "Wie kann ich etwas zurückgeben?", "Sie erhalten außerdem einen Gutschein über 20 €.", "rueck"),
    ("de", "Wie kann ich etwas zurückgeben?", "Wir haben Ihnen das Geld bereits erstattet.", "rueck"),
    ("de", "Ihre Hotline hat mir 80 € zugesagt", "Sie erhalten 80 € zurück.", "rueck"),
    ("de", "Ihre Hotline hat mir 80 € zugesagt", "Wie Sie schreiben, werden Ihnen 80 € erstattet.", ""),
    ("fr", "Où est mon colis ?", "La livraison prend 24 heures.", "livraison"),
    ("fr", "Où est mon colis ?", "La livraison est gratuite.", "livraison"),
    ("fr", "Vous m'avez promis 30 €", "Nous vous remboursons 30 €.", "livraison"),
    ("es", "Se rompió mi aparato", "La garantía es de cinco años.", "garantia"),
    ("es", "Me prometieron 40 €", "Le devolvemos 40 € mañana.", "garantia"),
    ("pt", "Prometeram-me 50 €", "Vamos reembolsar 50 €.", ""),
    ("it", "Mi avete promesso 60 €", "Le rimborsiamo 60 €.", ""),
    ("nl", "U beloofde mij 70 €", "U krijgt 70 € terug.", ""),
)  # fmt: skip
