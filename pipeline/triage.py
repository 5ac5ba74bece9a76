"""triage(): the stages, read top to bottom."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from pipeline.analysis import Analysis
from pipeline.classify import Classification
from pipeline.conclude import Given, conclude
from pipeline.escalate import hits_among, try_rules
from pipeline.language import detect_language
from pipeline.mask import Masked, detached, mask, mask_text
from pipeline.normalise import Plain, normalise
from pipeline.policy import Policy
from pipeline.ports import Classifier, KnowledgeIndex, LanguageModel
from pipeline.receipt import receipt
from pipeline.retrieve import retrieve
from pipeline.route import Roster
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
    number: int = 0,
) -> Analysis:
    """Understand a ticket. `chosen` is the category that a person settled, `instruction` their wish for the draft.

    `number` is that of the last change in the policy, for the receipt.

    Raises Unavailable where a door does, though every embedded default answers.
    """
    _, masked, language = await asyncio.to_thread(read, ticket)
    found = _at_least(doubted(await minds.classifier.classify(masked, policy), masked, policy), ticket)
    given = Given(at=now, language=language, chosen=chosen, roster=roster)
    trials = await asyncio.to_thread(try_rules, masked, policy)
    concluded = conclude(found, hits_among(trials), policy, given)
    classification, escalation, route = concluded.classification, concluded.escalation, concluded.route
    kept = await asyncio.to_thread(receipt, trials, masked, policy, number, given, concluded)
    passages = await retrieve(masked, classification, minds.index)
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
        receipt=kept,
    )


async def redraft(ticket: Ticket, analysis: Analysis, policy: Policy, minds: Minds, instruction: str) -> Analysis:
    """Write the draft anew as a person wishes, from what is known by now; what was understood stands.

    Where nobody can follow the wish the draft stays as it was, with the tag that says so.
    """
    _, masked, _ = await asyncio.to_thread(read, ticket)
    read_as, team = analysis.classification, policy.known_team(analysis.route.team)
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


def _at_least(classification: Classification, ticket: Ticket) -> Classification:
    """Return the classification, no less urgent than whoever filed the ticket said."""
    if ticket.urgency is None or classification.urgency <= ticket.urgency:
        return classification
    return classification.model_copy(update={"urgency": ticket.urgency})


def shorten(text: str, longest: int = EXCERPT) -> str:
    """Cut a text at a word's end, with an ellipsis where something is missing."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 2].rsplit(maxsplit=1)[0]} …"
