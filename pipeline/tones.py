"""Tones: a reply's first and last words as a person may wish them, in the languages that we can write."""

from pipeline.phrases import Phrases
from pipeline.wish import Wish

# hello, hello with a name, last sentence, regards
_FORMAL = {
    "en": ("Dear customer,", "Dear {name},", "Should this not resolve the matter, please reply to this message.",
           "Yours sincerely"),
    "de": ("Sehr geehrte Damen und Herren,", "Guten Tag {name},",
           "Sollte dies Ihr Anliegen nicht lösen, antworten Sie bitte auf diese Nachricht.", "Hochachtungsvoll"),
    "fr": ("Madame, Monsieur,", "Bonjour {name},",
           "Si cela ne suffisait pas, nous vous prions de répondre à ce message.",
           "Nous vous prions d'agréer nos salutations distinguées"),
    "es": ("Estimado cliente:", "Estimado/a {name}:", "Si esto no resolviera su consulta, le rogamos que nos responda.",
           "Atentamente"),
    "pt": ("Prezado cliente,", "Prezado/a {name},", "Caso isto não resolva a questão, pedimos que responda.",
           "Atenciosamente"),
    "it": ("Gentile cliente,", "Gentile {name},", "Qualora ciò non bastasse, La preghiamo di rispondere.",
           "Distinti saluti"),
    "nl": ("Geachte klant,", "Geachte {name},", "Mocht dit niet volstaan, dan verzoeken wij u te antwoorden.",
           "Hoogachtend"),
}  # fmt: skip
_FRIENDLY = {
    "en": ("Hi there,", "Hi {name},", "If anything is still unclear, just write back: we are happy to help.",
           "Warm regards"),
    "de": ("Hallo,", "Hallo {name},", "Wenn noch etwas unklar ist, schreiben Sie einfach: Wir helfen gern.",
           "Herzliche Grüße"),
    "fr": ("Bonjour,", "Bonjour {name},", "S'il reste une question, écrivez-nous : nous vous aiderons avec plaisir.",
           "Bien à vous"),
    "es": ("¡Hola!", "¡Hola, {name}!", "Si algo no queda claro, escríbanos: le ayudamos con mucho gusto.",
           "Un saludo afectuoso"),
    "pt": ("Olá!", "Olá, {name}!", "Se algo não ficou claro, escreva-nos: ajudamos com todo o gosto.",
           "Um abraço"),
    "it": ("Salve!", "Salve {name},", "Se qualcosa non è chiaro, ci scriva pure: La aiutiamo volentieri.",
           "Un caro saluto"),
    "nl": ("Hallo!", "Hallo {name},", "Is er nog iets onduidelijk, schrijf ons gerust: we helpen u graag.",
           "Hartelijke groet"),
}  # fmt: skip


def toned(said: Phrases, language: str, wish: Wish) -> Phrases:
    """Return the phrases in the tone that is wished for, if any is, and where we have it in that language."""
    tones = _FORMAL if wish.formal else _FRIENDLY if wish.friendly else {}
    if (tone := tones.get(language[:2].lower())) is None:
        return said
    hello, hello_name, closing, regards = tone
    return said.model_copy(update={"hello": hello, "hello_name": hello_name, "closing": closing, "regards": regards})
