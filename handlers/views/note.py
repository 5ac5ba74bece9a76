"""The internal note that the helpdesk gets: what triage found, where the card is, and the draft."""

from handlers.views.words import READER, grade, sure, title
from pipeline.case import Case


def note_text(case: Case, draft: str, link: str) -> str:
    """Return the note as plain text. `link` leads to the card, and may be empty."""
    assert case.analysis is not None
    read, escalation, route = case.analysis.classification, case.analysis.escalation, case.analysis.route
    lines = [
        f"Triage Desk: {title(read.category)}, {read.urgency.value}, {read.sentiment.value} "
        f"(confidence {sure(read.confidence)}, read by {READER[read.engine]})",
        f"Summary: {read.summary}",
        f"Team: {title(route.team)}" + (f", {case.agent}" if case.agent else "") + f". {route.reason}",
        *(f"Escalation ({signal.level.value}): {signal.why}" for signal in escalation.signals),
        f"Slack: {link}" if link else "",
        "",
        f"Draft, not sent ({grade(case.analysis.draft)}):",
        draft,
    ]
    return "\n".join(line for line in lines if line or draft)
