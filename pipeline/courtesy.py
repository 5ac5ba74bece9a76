"""Courtesy: words that a reply needs no source for, in the languages of the house."""

import unicodedata

import regex

from pipeline.phrases import phrases

_WORDS = {
    "en": """
        hello dear thank thanks sorry regret apologise apologies trouble inconvenience message question writing
        wrote contacting reaching help happy glad gladly please reply answer again team colleague person look
        looking into check find know need tell could would like understand understandable frustrating annoying
        difficult patience soon possible touch back further anything else questions hope this that have will
        with your from about more details information send know when where which what exactly describe steps
        screenshot meanwhile receive received here good well matter issue problem case concern support contact
        just simply write feel free welcome kindly regards best wishes follow closely personally carefully
        forward yet already
    """,
    "de": """
        guten hallo liebe vielen dank danke bedauern leid entschuldigen entschuldigung umstände ärger mühe
        nachricht frage anfrage schreiben geschrieben hilfe helfen gern gerne bitte antworten antwort erneut
        team kollegin kollege mitarbeiter schauen prüfen herausfinden wissen brauchen sagen können könnten
        möchten verstehen verständlich ärgerlich geduld bald möglich melden weiter sonst fragen hoffen ihnen
        ihre dass diese genauer angaben details schicken wann welche genau beschreiben schritte bildschirmfoto
        inzwischen erhalten hier problem anliegen fall einfach grüße freundlichen persönlich dazu noch falls
        damit etwas jemand haben eingegangen angekommen
    """,
    "fr": """
        bonjour merci remercions désolés désolé regrettons excuses désagrément message question demande écrit
        aider aide volontiers plaisir veuillez répondre réponse équipe collègue personne regarder examiner
        vérifier savoir besoin dire pourriez pouvez souhaitez comprendre comprenons compréhensible patience
        bientôt possible revenir reviendrons autre questions espérons cette votre avec pour plus précisions
        détails informations envoyer quand quelle quel exactement décrire étapes capture entretemps reçu
        problème situation simplement cordialement personnellement dans les meilleurs délais
    """,
    "es": """
        hola gracias agradecemos lamentamos sentimos disculpe disculpas molestias mensaje pregunta consulta
        escribir ayuda ayudar gusto favor responder respuesta equipo compañero persona revisar mirar comprobar
        saber necesitamos decir podría puede desea entender entendemos comprendemos paciencia pronto posible
        volver contacto otra dudas esperamos este esta para más detalles información enviar cuándo cuál
        exactamente describir pasos captura mientras recibido problema caso simplemente saludos cordiales
        personalmente indique cualquier estamos
    """,
    "pt": """
        olá obrigado obrigada agradecemos lamentamos desculpe desculpas transtorno mensagem pergunta questão
        pedido escrever ajuda ajudar gosto favor responder resposta equipa equipe colega pessoa verificar
        analisar saber precisamos dizer poderia pode deseja entender compreendemos paciência breve possível
        voltar contacto outra dúvidas esperamos este esta para mais detalhes informações enviar quando qual
        exatamente descrever passos captura entretanto recebemos problema caso simplesmente cumprimentos
        pessoalmente qualquer estamos
    """,
    "it": """
        buongiorno salve grazie ringraziamo spiace dispiace scusi scuse disagio messaggio domanda richiesta
        scrivere aiuto aiutare volentieri piacere favore rispondere risposta team collega persona verificare
        guardare sapere bisogno dire potrebbe può desidera capire capiamo comprendiamo pazienza presto possibile
        tornare contatto altra domande speriamo questo questa per più dettagli informazioni inviare quando quale
        esattamente descrivere passaggi schermata intanto ricevuto problema caso semplicemente cordiali saluti
        personalmente qualsiasi siamo
    """,
    "nl": """
        hallo beste dank bedankt spijt spijten excuses ongemak last bericht vraag verzoek schrijven hulp helpen
        graag alstublieft antwoorden antwoord team collega iemand kijken bekijken nakijken weten nodig zeggen
        kunt zou wilt begrijpen begrijpelijk geduld spoedig mogelijk terug contact verder vragen hopen deze voor
        meer details informatie sturen wanneer welke precies beschrijven stappen schermafbeelding intussen
        ontvangen probleem zaak gewoon groet vriendelijke persoonlijk eventueel
    """,
}
_LONG = regex.compile(r"[\p{L}\p{M}]{4,}")


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of a text's longer words, without accents, by which "refunded" and "refunds" are alike."""
    return frozenset(_plain(word)[:5] for word in _LONG.findall(text.casefold()))


def courtesy(language: str) -> frozenset[str] | None:
    """Return the stems of what may always be said in a language; None for one of which we know no words."""
    code = language[:2].lower()
    if code not in _WORDS:
        return None
    said = phrases(code)
    own = (said.usual, said.other, said.closing, said.received, said.urgent, said.question, *said.feeling.values())
    return stems(" ".join((_WORDS[code], *own)))


def _plain(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
