"""Honest paraphrase of the history that ships with the playground, and sentences that no source of it says."""
# ruff: noqa: E501 - one row, one line

PARAPHRASES = (  # which answer, what is asked, what an honest model writes
    (
        "LB-1001",
        "We were charged twice",
        'Please look at Settings > Billing > Payments first: if one of the two payments is marked "Pending", it is only an authorisation, and your bank lets it go within five working days.',
    ),
    (
        "LB-1001",
        "We were charged twice",
        'If both of them are "Paid", open the later payment and choose Report a problem > Duplicate charge. The refund goes to the same card and takes 3 to 5 working days.',
    ),
    (
        "LB-1002",
        "How do I get my money back?",
        "Since yearly plans can be refunded in full for 30 days after the payment, open Settings > Billing > Plan > Cancelled plans and choose Request refund.",
    ),
    (
        "LB-1002",
        "How do I get my money back?",
        "Later than that, the full months that are left come back as account credit.",
    ),
    ("LB-1003", "invoices", "You can download all invoices as PDF under Settings > Billing > Invoices."),
    (
        "LB-1004",
        "VAT number missing",
        "Enter your VAT number in Settings > Billing > Company details; invoices from the last 90 days can then be reissued with the new details.",
    ),
    (
        "LB-1005",
        "card declined",
        "Most of the time the bank's online check refuses the payment. Try again with verification, and confirm it in your banking app.",
    ),
    ("LB-1005", "card declined", "Your boards remain writable for two weeks while the payment is open."),
    (
        "LB-1006",
        "switch to annual",
        "Choose Switch to yearly in your plan settings; the price per year is 20 % lower, and the days of this month that you have not used are credited.",
    ),
    (
        "LB-1007",
        "still charged for removed people",
        "Removing a person frees the seat but does not give it back: reduce the number under Settings > Billing > Seats, and the next invoice is lower.",
    ),
    (
        "LB-1009",
        "charity discount",
        "Registered charities get 50 % off. Apply with your registration number, and you hear from us within 2 working days.",
    ),
    (
        "LB-1010",
        "purchase order",
        "From 10 seats on, yearly plans can be paid with a purchase order by bank transfer, due within 30 days.",
    ),
    (
        "LB-1011",
        "trial",
        "A trial renews on day 15 when a card is on file. If no board was edited after that, we refund the payment in full.",
    ),
    (
        "LB-1013",
        "slow boards",
        "Please check status.lumenboards.example for an incident. If there is none, archive done cards older than 90 days and turn on Lazy load columns.",
    ),
    (
        "LB-1014",
        "error 503",
        "The error 503 for every user is an outage on our side and has nothing to do with your settings. You can follow the progress on status.lumenboards.example.",
    ),
    (
        "LB-1015",
        "cards vanished",
        "Open Board menu > Activity and filter by Removed to see who moved the cards. What was deleted by hand stays in the Trash for 30 days.",
    ),
    (
        "LB-1016",
        "export fails",
        "Exports of more than 10,000 cards do not work in the browser: use Send by e-mail instead, and the link is with you within a quarter of an hour.",
    ),
    (
        "LB-1018",
        "401 signature",
        "Compute the HMAC-SHA256 over the raw bytes: timestamp, a dot, body. When you rotate the secret, the old one stays valid for a day.",
    ),
    (
        "LB-1019",
        "429",
        "The limit is 120 requests per minute for each token. Please wait for as long as the Retry-After header says, or use POST /v2/cards/batch with up to 100 cards.",
    ),
    (
        "LB-1020",
        "app crashes",
        "Please update the app to version 7.4.1: version 7.4.0 crashes on boards with over 500 labels.",
    ),
    (
        "LB-1021",
        "upload stuck at 99 percent",
        "You write that the upload stops at 99 percent. That happens when a proxy keeps the end of the file; allow *.files.lumenboards.example there.",
    ),
    (
        "LB-1022",
        "no notifications",
        'Please check whether "Bundle for 30 minutes" is on in your profile under Notifications.',
    ),
    (
        "LB-1023",
        "automation stopped",
        "A rule pauses itself after 20 failures in a row. Correct the red step in its run log and choose Resume.",
    ),
    ("LB-1025", "updates late", "Ask your administrator to allow wss://live.lumenboards.example on port 443."),
    (
        "LB-1029",
        "cannot log in",
        "Reset mails are valid for 30 minutes and often end up in spam. With single sign-on there is no password: choose Continue with SSO.",
    ),
)
POLITE = (  # language, what is asked, what needs no source
    (
        "en",
        "I want a refund of 40 €, this is a scam!",
        "We are sorry that this has been so frustrating. A member of our team will look at your request personally.",
    ),
    (
        "en",
        "Nothing loads",
        "To help you quickly, please tell us which browser you use and what you see on the screen.",
    ),
    ("en", "I waited for 3 weeks!", "I am sorry that you had to wait so long, and I understand your frustration."),
    (
        "en",
        "Cancel my plan please",
        "I will pass your question on to a colleague who can look into your plan with you.",
    ),
    ("en", "Cancel my plan please", "Before we go on: would you like to keep your boards as a copy?"),
    (
        "de",
        "Ich warte seit 3 Wochen",
        "Es tut mir leid, dass Sie so lange warten mussten. Ich kläre das mit einem Kollegen und melde mich wieder bei Ihnen.",
    ),
    ("de", "Rechnung falsch", "Können Sie uns bitte sagen, was auf der Rechnung nicht stimmt?"),
    ("fr", "Rien ne marche", "Nous comprenons votre frustration et nous allons examiner votre demande avec soin."),
    ("es", "No funciona", "Entendemos su frustración y vamos a revisar su caso con detalle."),
    ("nl", "Werkt niet", "Wij begrijpen uw frustratie en kijken uw vraag met aandacht na."),
    ("pt", "Não funciona", "Compreendemos a sua frustração e vamos analisar o seu caso."),
)
INVENTED = (
    "You get a free month on top.",
    "We will call you tomorrow.",
    "I have already refunded the second payment.",
    "Our office is at 14 Mill Lane.",
    "Please send us your password.",
    "See https://lumen-help.example/x for more.",
    "Write to help@lumen-boards.example.",
    "You are entitled to compensation.",
    "We guarantee that it works.",
    "You also get a voucher.",
    "The fee is 12 €.",
    "Ask Zoe Hartmann for help.",
    "Open Tools > Rocket > Launch.",
    "It is done within 2 hours.",
    "Your plan has been upgraded.",
)
