"""Buttons: what a person can do with a case now, and nothing that they cannot."""

from handlers.views.blocks import Element, actions, button, feedback, option, overflow, section
from handlers.views.words import title
from pipeline.case import Case, Status, Worth
from pipeline.draft import Grade
from pipeline.ports import Block

_JUDGED = (Grade.ANSWER, Grade.SUGGESTION)
_WORTH = {
    Worth.GOLD: "Gold answer: prefer it",
    Worth.POOR: "Poor answer: learn nothing from it",
    Worth.PLAIN: "An answer like others",
}


def buttons(case: Case, draft: str) -> list[Block]:
    """Return the row of buttons, or nothing when there is nothing left to decide."""
    if case.status is Status.CLOSED:
        reopen = button("ticket.reopen", "Reopen", case.id, says="Reopen this ticket")
        return [_row(case, "actions", reopen, *([_after(case)] if case.answered else []))]
    if case.decision is not None:
        return [_row(case, "actions", _after(case))]
    reassign = button("ticket.reassign", "Reassign…", case.id, says="Give it to another team or person")
    return [_row(case, "actions", *_answering(case, draft), *_anew(case, draft), reassign, _claim(case), _more(case))]


def rating(case: Case) -> list[Block]:
    """Ask whether the draft is a good one, where there is one that was more than an acknowledgement."""
    if case.status is not Status.OPEN or case.analysis is None or case.analysis.draft.grade not in _JUDGED:
        return []
    return [feedback(f"rating:{case.id}", "draft.rate", ("Good draft", "up"), ("Poor draft", "down"))]


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
    return [section("unsure", "*Not sure about the category.* Which is it?"), _row(case, "category", *choices)]


def _row(case: Case, name: str, *elements: Element) -> Block:
    """Name the case in the row: a press can come before we have heard where the card was posted."""
    return actions(f"{name}:{case.id}", *elements)


def _answering(case: Case, draft: str) -> list[Element]:
    by_hand = button("ticket.edit", "Write reply", case.shown, primary=True, says="Write the reply yourself")
    if case.analysis is None or case.status is Status.WAITING or not draft.strip():
        return [by_hand]
    if case.analysis.draft.doubts:
        return [button("ticket.edit", "Edit…", case.shown, primary=True, says="Take out what is another customer's")]
    if case.analysis.draft.grade is Grade.NEEDS_PERSON:
        if case.held:
            return [by_hand]
        says = "Tell the customer that somebody looks into it; the ticket stays open"
        return [by_hand, button("ticket.approve", "Send acknowledgement", case.shown, says=says)]
    asks = case.analysis.draft.grade is Grade.QUESTION
    says = "Send this question to the customer" if asks else "Send this draft to the customer"
    return [
        button("ticket.approve", "Send question" if asks else "Approve", case.shown, primary=True, says=says),
        button("ticket.edit", "Edit…", case.shown, says="Change the draft, then send it"),
    ]


def _anew(case: Case, draft: str) -> list[Element]:
    if case.status is Status.WAITING or not draft.strip():
        return []
    return [button("ticket.regenerate", "Regenerate…", case.id, says="Have the draft written anew, as you say")]


def _claim(case: Case) -> Element:
    if case.claimed_by:
        return button("ticket.claim", "Release", case.id, says="Say that you no longer work on it")
    return button("ticket.claim", "Claim", case.id, says="Say that you work on it")


def _after(case: Case) -> Element:
    """What is left once it was answered: close it, and say what the answer is worth; what it is now is not offered."""
    choices = [] if case.status is Status.CLOSED else [option("Resolve", "resolve")]
    choices.append(option("Write again…", "say"))
    choices += [option(said, worth.value) for worth, said in _WORTH.items() if worth != case.worth]
    return overflow("ticket.more", *choices)


def _more(case: Case) -> Element:
    """The usual acts beside answering; the rarer ones are behind the last."""
    choices = [
        option("Resolve", "resolve"),
        option("Snooze…", "snooze"),
        option("Not an escalation", "call_off") if case.escalated else option("Escalate", "escalate"),
    ]
    if case.analysis is not None:
        choices.append(option("Why this?", "why"))
    return overflow("ticket.more", *choices, option("More…", "rarer"))
