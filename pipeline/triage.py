"""triage(): the stages, read top to bottom."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from pipeline.analysis import Analysis
from pipeline.classify import Band, Classification
from pipeline.escalate import detect_escalation
from pipeline.language import detect_language
from pipeline.mask import Masked, detached, mask, mask_text
from pipeline.normalise import Plain, normalise
from pipeline.policy import Policy
from pipeline.ports import Classifier, KnowledgeIndex, LanguageModel
from pipeline.retrieve import retrieve
from pipeline.route import Roster, choose_route
from pipeline.ticket import Ticket
from pipeline.unclear import doubted
from pipeline.wish import UNMET
from pipeline.write import write_draft as write

EXCERPT = 700  # characters of the customer's words on a card; the thread and the helpdesk have them all


@dataclass(frozen=True, slots=True)
class Minds:
    """Who reads, remembers and writes."""

    classifier: Classifier
    index: KnowledgeIndex
    model: LanguageModel | None


async def triage(
    ticket: Ticket,
    policy: Policy,
    minds: Minds,
    roster: Roster,
    now: datetime,
    *,
    chosen: str = "",
    instruction: str = "",
) -> Analysis:
    """Understand a ticket. `chosen` is the category that a person settled, `instruction` their wish for the draft.

    Raises Unavailable where a door does, though every embedded default answers.
    """
    _, masked, language = await asyncio.to_thread(read, ticket)
    found = doubted(await minds.classifier.classify(masked, policy), masked, policy)
    classification = settled(found, chosen)
    escalation = await asyncio.to_thread(detect_escalation, masked, classification, policy)
    passages = await retrieve(masked, classification, minds.index)
    route = choose_route(classification, escalation, policy, roster, language=language, now=now)
    team, wish = policy.team(route.team), _wish(ticket, instruction)
    draft = await write(masked, classification, passages, policy, team, language, minds.model, wish)
    return Analysis(
        language=language,
        excerpt=shorten(masked.text or masked.subject),
        classification=classification,
        escalation=escalation,
        draft=draft,
        route=route,
        read_until=ticket.last_asked,
    )


async def redraft(ticket: Ticket, analysis: Analysis, policy: Policy, minds: Minds, instruction: str) -> Analysis:
    """Write the draft anew as a person wishes, from what is known by now; what was understood stands.

    Where nobody can follow the wish the draft stays as it was, with the tag that says so.
    """
    _, masked, _ = await asyncio.to_thread(read, ticket)
    read_as, team = analysis.classification, policy.team(analysis.route.team)
    passages = await retrieve(masked, read_as, minds.index)
    wish, before = _wish(ticket, instruction), analysis.draft
    draft = await write(masked, read_as, passages, policy, team, analysis.language, minds.model, wish)
    if UNMET in draft.tags:
        draft = before.model_copy(update={"tags": tuple(dict.fromkeys((*before.tags, UNMET)))})
    return analysis.model_copy(update={"draft": draft})


def _wish(ticket: Ticket, instruction: str) -> str:
    """Return the instruction as a model may read it; its placeholders must not pass for the ticket's."""
    return detached(mask_text(instruction, ticket.customer).text)


def read(ticket: Ticket) -> tuple[Plain, Masked, str]:
    """Clean a ticket's words, mask them and find their language. Takes milliseconds: call it in a thread."""
    plain = normalise(ticket)
    return plain, mask(plain, ticket.customer), detect_language(plain, ticket.language)


def settled(classification: Classification, chosen: str) -> Classification:
    """Return the classification with the category that a person chose, which nobody doubts."""
    if not chosen:
        return classification
    certain = {"category": chosen, "confidence": 1.0, "band": Band.HIGH, "needs_human_review": False}
    return classification.model_copy(update=certain)


def shorten(text: str, longest: int = EXCERPT) -> str:
    """Cut a text at a word's end, with an ellipsis where something is missing."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 2].rsplit(maxsplit=1)[0]} …"
