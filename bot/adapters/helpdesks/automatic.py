"""Automatic: messages that a machine wrote, so that no two machines ever answer each other."""

import re

from pipeline.ticket import Author

_HEAD = 600  # characters in which a forwarded mail shows its headers

# RFC 3834 and the older habits beside it, where a helpdesk leaves a mail's headers in the text.
_HEADERS = re.compile(
    r"^(?:auto-submitted:\s*auto-(?:replied|generated)|precedence:\s*(?:bulk|junk|auto_reply)"
    r"|x-auto-?(?:reply|respond)[\w-]*:|x-autorespond:)",
    re.IGNORECASE | re.MULTILINE,
)
# What mail programs put before the subject of an answer or a bounce that nobody wrote. The colon, or the
# end, tells "Out of office: back on Monday" from "Out of office button does nothing".
_SUBJECTS = re.compile(
    r"^(?:auto(?:matic|mated)?[ -]?(?:reply|response)|out of (?:the )?office(?: auto-?reply)?"
    r"|automatische antwort|abwesenheits(?:notiz|nachricht)|r[ée]ponse automatique|respuesta autom[áa]tica"
    r"|resposta autom[áa]tica|risposta automatica"
    r"|undeliver(?:able|ed mail)|mail delivery (?:failed|failure|subsystem)"
    r"|delivery status notification)\s*(?:[:(]|$)",
    re.IGNORECASE,
)


def read_author(author: Author, subject: str, text: str) -> Author:
    """Return SYSTEM in place of the customer when a machine answered in the customer's name."""
    if author is not Author.CUSTOMER:
        return author
    automatic = _SUBJECTS.match(subject.strip()) or _HEADERS.search(text[:_HEAD])
    return Author.SYSTEM if automatic else author
