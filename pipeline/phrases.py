"""Phrases: the fixed sentences of a composed reply, in the languages that we can write."""

from pipeline.classify import Sentiment
from pipeline.value import Value


class Phrases(Value):
    """What a reply says around the answer. `{name}` and `{url}` are filled in."""

    hello: str
    hello_name: str
    feeling: dict[Sentiment, str]
    usual: str  # leads into an answer that may not fit
    other: str  # leads into the answer to a second concern
    more: str
    closing: str
    regards: str  # stands above the team's sign-off
    received: str
    urgent: str
    question: str


_ENGLISH = Phrases(
    hello="Hello,",
    hello_name="Hello {name},",
    feeling={
        Sentiment.ANGRY: "We are sorry for the trouble this has caused you.",
        Sentiment.FRUSTRATED: "We are sorry that this has been such an effort.",
        Sentiment.NEUTRAL: "Thank you for your message.",
        Sentiment.POSITIVE: "Thank you for your kind message.",
    },
    usual="This is what usually helps in such a case:",
    other="About your other question:",
    more="More about this: {url}",
    closing="If this does not solve it, simply reply to this message.",
    regards="Kind regards",
    received="Your message has reached us, and a member of our team looks at it personally.",
    urgent="We understand that this is urgent for you.",
    question="To help you well, we would like to know: what did you want to do, and what happened instead?",
)
_GERMAN = Phrases(
    hello="Guten Tag,",
    hello_name="Guten Tag {name},",
    feeling={
        Sentiment.ANGRY: "wir bedauern den Ärger, den Sie dadurch haben.",
        Sentiment.FRUSTRATED: "es tut uns leid, dass Sie damit so viel Mühe haben.",
        Sentiment.NEUTRAL: "vielen Dank für Ihre Nachricht.",
        Sentiment.POSITIVE: "vielen Dank für Ihre freundliche Nachricht.",
    },
    usual="In einem solchen Fall hilft meist Folgendes:",
    other="Zu Ihrer weiteren Frage:",
    more="Mehr dazu: {url}",
    closing="Falls das nicht hilft, antworten Sie einfach auf diese Nachricht.",
    regards="Mit freundlichen Grüßen",
    received="Ihre Nachricht ist bei uns angekommen, und jemand aus unserem Team liest sie persönlich.",
    urgent="Wir verstehen, dass es für Sie eilt.",
    question="Damit wir gut helfen können: Was wollten Sie tun, und was ist stattdessen geschehen?",
)
_FRENCH = Phrases(
    hello="Bonjour,",
    hello_name="Bonjour {name},",
    feeling={
        Sentiment.ANGRY: "Nous sommes désolés des désagréments que cela vous a causés.",
        Sentiment.FRUSTRATED: "Nous sommes désolés que cela vous ait demandé autant d'efforts.",
        Sentiment.NEUTRAL: "Merci pour votre message.",
        Sentiment.POSITIVE: "Merci pour votre aimable message.",
    },
    usual="Voici ce qui aide le plus souvent dans un tel cas :",
    other="Concernant votre autre question :",
    more="Pour en savoir plus : {url}",
    closing="Si cela ne suffit pas, répondez simplement à ce message.",
    regards="Cordialement",
    received="Votre message nous est bien parvenu et un membre de notre équipe l'examine personnellement.",
    urgent="Nous comprenons que c'est urgent pour vous.",
    question="Pour bien vous aider : que vouliez-vous faire, et que s'est-il passé à la place ?",
)
_SPANISH = Phrases(
    hello="Hola:",
    hello_name="Hola, {name}:",
    feeling={
        Sentiment.ANGRY: "Lamentamos las molestias que esto le ha causado.",
        Sentiment.FRUSTRATED: "Lamentamos que esto le haya dado tanto trabajo.",
        Sentiment.NEUTRAL: "Gracias por su mensaje.",
        Sentiment.POSITIVE: "Gracias por su amable mensaje.",
    },
    usual="En un caso así suele ayudar lo siguiente:",
    other="Sobre su otra pregunta:",
    more="Más información: {url}",
    closing="Si esto no lo resuelve, responda simplemente a este mensaje.",
    regards="Saludos cordiales",
    received="Hemos recibido su mensaje y una persona de nuestro equipo lo revisa personalmente.",
    urgent="Entendemos que para usted es urgente.",
    question="Para ayudarle bien: ¿qué quería hacer y qué ocurrió en su lugar?",
)
_PORTUGUESE = Phrases(
    hello="Olá,",
    hello_name="Olá, {name},",
    feeling={
        Sentiment.ANGRY: "Lamentamos o transtorno que isto lhe causou.",
        Sentiment.FRUSTRATED: "Lamentamos que isto lhe tenha dado tanto trabalho.",
        Sentiment.NEUTRAL: "Agradecemos a sua mensagem.",
        Sentiment.POSITIVE: "Agradecemos a sua simpática mensagem.",
    },
    usual="Num caso como este, costuma ajudar o seguinte:",
    other="Sobre a sua outra pergunta:",
    more="Saiba mais: {url}",
    closing="Se isto não resolver, basta responder a esta mensagem.",
    regards="Com os melhores cumprimentos",
    received="Recebemos a sua mensagem e uma pessoa da nossa equipa está a analisá-la pessoalmente.",
    urgent="Compreendemos que é urgente para si.",
    question="Para ajudarmos bem: o que queria fazer e o que aconteceu em vez disso?",
)
_ITALIAN = Phrases(
    hello="Buongiorno,",
    hello_name="Buongiorno {name},",
    feeling={
        Sentiment.ANGRY: "ci dispiace per il disagio che questo Le ha causato.",
        Sentiment.FRUSTRATED: "ci dispiace che questo Le abbia richiesto tanta fatica.",
        Sentiment.NEUTRAL: "grazie per il Suo messaggio.",
        Sentiment.POSITIVE: "grazie per il Suo gentile messaggio.",
    },
    usual="In un caso simile di solito aiuta quanto segue:",
    other="Riguardo all'altra Sua domanda:",
    more="Per saperne di più: {url}",
    closing="Se questo non basta, risponda semplicemente a questo messaggio.",
    regards="Cordiali saluti",
    received="Il Suo messaggio ci è arrivato e una persona del nostro team lo esamina personalmente.",
    urgent="Capiamo che per Lei è urgente.",
    question="Per aiutarLa bene: che cosa voleva fare, e che cosa è successo invece?",
)
_DUTCH = Phrases(
    hello="Hallo,",
    hello_name="Hallo {name},",
    feeling={
        Sentiment.ANGRY: "Het spijt ons dat u hier zoveel last van heeft.",
        Sentiment.FRUSTRATED: "Het spijt ons dat dit u zoveel moeite kost.",
        Sentiment.NEUTRAL: "Bedankt voor uw bericht.",
        Sentiment.POSITIVE: "Bedankt voor uw vriendelijke bericht.",
    },
    usual="In zo'n geval helpt meestal het volgende:",
    other="Over uw andere vraag:",
    more="Meer hierover: {url}",
    closing="Lost dit het niet op, antwoord dan gewoon op dit bericht.",
    regards="Met vriendelijke groet",
    received="Uw bericht is aangekomen, en iemand van ons team bekijkt het persoonlijk.",
    urgent="Wij begrijpen dat dit voor u dringend is.",
    question="Om u goed te helpen: wat wilde u doen, en wat gebeurde er in plaats daarvan?",
)
_BY_LANGUAGE = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "pt": _PORTUGUESE,
    "it": _ITALIAN,
    "nl": _DUTCH,
}


def speaks(language: str) -> bool:
    """Whether there are phrases in that language."""
    return language[:2].lower() in _BY_LANGUAGE


def phrases(language: str) -> Phrases:
    """Return the phrases of a language, the English ones where there are none."""
    return _BY_LANGUAGE.get(language[:2].lower(), _ENGLISH)
