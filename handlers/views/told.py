"""Told: what a person reads when something cannot be done, for their eyes only."""

from handlers.views.escape import date, line, plain, quoted
from pipeline.decide import AlreadyDecided, Change, NotNow, Stale


def sentence(refusal: NotNow) -> str:
    """Return the refusal as escaped mrkdwn; who decided and when, in the reader's time."""
    if isinstance(refusal, AlreadyDecided):
        decision = refusal.decision
        return f"Already {decision.verdict.value} by {line(decision.by.name, 80)}, {date(decision.at)}."
    return line(str(refusal), 1500)


def plain_sentence(refusal: NotNow) -> str:
    """Return the refusal for a place that shows plain text."""
    return plain(str(refusal), 300)


def changed(refusal: Stale, new_words: str) -> str:
    """Return what is different from what the person had in front of them, with the customer's new words."""
    told = [sentence(refusal)]
    if Change.MESSAGE in refusal.changes and new_words.strip():
        told.append(f"The customer's latest words:\n{quoted(new_words, 1200)}")
    if Change.DRAFT in refusal.changes:
        told.append("The new draft is on the card.")
    return "\n".join(told)
