"""Buttons: what a person can do with a case now, and nothing that they cannot."""

from handlers.views.blocks import Element, actions, button, option, overflow, section
from handlers.views.words import title
from pipeline.case import Case, Status
from pipeline.draft import Grade
from pipeline.ports import Block


def buttons(case: Case, draft: str) -> list[Block]:
    """Return the row of buttons, or nothing when there is nothing left to decide."""
    if case.status is Status.CLOSED:
        return [_row(case, "actions", button("ticket.reopen", "Reopen", case.id, says="Reopen this ticket"))]
    if case.decision is not None:
        return []
    reassign = button("ticket.reassign", "Reassign…", case.id, says="Give it to another team or person")
    return [_row(case, "actions", *_answering(case, draft), reassign, _more(case))]


def category_question(case: Case) -> list[Block]:
    """Ask for the category where the engine was not sure, with the two likeliest as buttons."""
    if case.analysis is None or case.status not in (Status.OPEN, Status.SNOOZED) or case.chosen_category:
        return []
    read = case.analysis.classification
    names = list(dict.fromkeys(name for name, _ in read.top if name.strip()))[:2]
    if not read.needs_human_review or not names:
        return []
    choices = [
        button(f"ticket.category.{number}", title(name), name, says=f"The category is {title(name)}")
        for number, name in enumerate(names, start=1)
    ]
    return [section("unsure", "*Not sure about the category.* Is it"), _row(case, "category", *choices)]


def _row(case: Case, name: str, *elements: Element) -> Block:
    """Name the case in the row: a press can come before we have heard where the card was posted."""
    return actions(f"{name}:{case.id}", *elements)


def _answering(case: Case, draft: str) -> list[Element]:
    by_hand = button("ticket.edit", "Write reply", case.shown, primary=True, says="Write the reply yourself")
    if case.analysis is None or case.status is Status.WAITING or not draft.strip():
        return [by_hand]
    if case.analysis.draft.grade is Grade.NEEDS_PERSON:
        says = "Send this acknowledgement to the customer"
        return [by_hand, button("ticket.approve", "Send acknowledgement", case.shown, says=says)]
    asks = case.analysis.draft.grade is Grade.QUESTION
    says = "Send this question to the customer" if asks else "Send this draft to the customer"
    return [
        button("ticket.approve", "Send question" if asks else "Approve", case.shown, primary=True, says=says),
        button("ticket.edit", "Edit…", case.shown, says="Change the draft, then send it"),
    ]


def _more(case: Case) -> Element:
    claim = option("Release", "release") if case.claimed_by else option("Claim: I work on it", "claim")
    choices = [
        claim,
        option("Not a request", "dismiss"),
        option("Mark as duplicate…", "duplicate"),
        option("Snooze…", "snooze"),
    ]
    if case.analysis is not None:
        choices.append(option("Why this?", "why"))
    return overflow("ticket.more", *choices)
