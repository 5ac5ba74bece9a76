"""Words: what our names are called when people read them, never by colour or symbol alone."""

from typing import Final

from pipeline.case import Status
from pipeline.classify import Engine, Sentiment, Urgency
from pipeline.draft import Draft, Grade
from pipeline.escalation import Level
from pipeline.ticket import Channel

URGENCY: Final = {
    Urgency.P1: "🔴 P1 critical",
    Urgency.P2: "🟠 P2 high",
    Urgency.P3: "🟡 P3 normal",
    Urgency.P4: "⚪ P4 low",
}
SENTIMENT: Final = {
    Sentiment.ANGRY: "😠 Angry",
    Sentiment.FRUSTRATED: "😕 Frustrated",
    Sentiment.NEUTRAL: "😐 Neutral",
    Sentiment.POSITIVE: "🙂 Positive",
}
STATUS: Final = {
    Status.WAITING: "Being read",
    Status.OPEN: "Waits for a decision",
    Status.SNOOZED: "Snoozed",
    Status.ANSWERED: "Answered",
    Status.CLOSED: "Closed",
}
ENGINE: Final = {
    Engine.LLM: "written by the language model",
    Engine.LOCAL: "composed on this machine",
    Engine.RULES: "composed by rules on this machine",
}
READER: Final = {
    Engine.LLM: "the language model",
    Engine.LOCAL: "the classifier on this machine",
    Engine.RULES: "the rules on this machine",
}
LEVEL: Final = {
    Level.CRITICAL: "🚨 *Escalated: critical*",
    Level.HIGH: "🚨 *Escalated: high*",
    Level.MEDIUM: "👀 *Worth a look: medium*",
    Level.LOW: "*Noted: low*",
}
CHANNEL: Final = {
    Channel.EMAIL: "e-mail",
    Channel.CHAT: "chat",
    Channel.FORM: "form",
    Channel.API: "API",
    Channel.SOCIAL: "social media",
    Channel.IN_APP: "in the app",
}
_LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish",
    "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip


def language(code: str) -> str:
    """Return a language's English name, or its code."""
    return _LANGUAGES.get(code, code)


def title(name: str) -> str:
    """Return a policy's name as people write it: billing_support becomes Billing Support."""
    spaced = name.replace("_", " ").strip()
    return " ".join(word[:1].upper() + word[1:] for word in spaced.split())


def grade(draft: Draft) -> str:
    """Return how far a draft can be trusted."""
    count = len(draft.citations)
    match draft.grade:
        case Grade.ANSWER:
            tickets = f"{count} solved ticket{'s' if count != 1 else ''}"
            return f"Answer, grounded in {tickets}" if count else "Answer"
        case Grade.SUGGESTION:
            return "Suggestion: check it"
        case Grade.NEEDS_PERSON:
            return "Needs a person: only an acknowledgement"
        case Grade.QUESTION:
            return "A question back: the ticket does not say what it is about"


def sure(confidence: float) -> str:
    """Return a probability in words that promise nothing: no reading is certain."""
    return "over 99%" if confidence > 0.99 else f"{confidence:.0%}"
