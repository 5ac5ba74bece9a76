"""Commands that read lines and print lines, without storing anything."""

import asyncio
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.adapters.classifier import LocalClassifier
from bot.lines import Complaints, Line, read_lines, write_line
from bot.logs import configure
from bot.policy_file import default_policy, load_policy
from bot.settings import load_settings
from bot.spending import Spending
from bot.ticket_lines import text_of, to_ticket
from bot.wiring import engines as wire_engines
from bot.wiring import local_classifier
from pipeline.adopt import adopt
from pipeline.classify import Classification
from pipeline.errors import Unavailable
from pipeline.escalate import detect_escalation
from pipeline.escalation import Escalation, Signal
from pipeline.mask import mask_text
from pipeline.policy import Policy
from pipeline.ports import Classifier
from pipeline.route import Roster, Route, choose_route
from pipeline.ticket import Ticket
from pipeline.triage import read

AT_ONCE = 64  # tickets read together, so that they share the embedder's batches


async def classify_lines(source: str, model: Path | None, policy_file: Path | None) -> int:
    """Print a decision line per ticket, in the input's order. Returns how many lines were no tickets."""
    settings = load_settings()
    configure(settings.log, quiet=True)
    local = local_classifier(settings, model)
    policy = await chosen_policy(policy_file or settings.policy, local)
    spending = Spending(settings.price)
    engines = wire_engines(settings, local, spending)
    try:
        return await decide_lines(source, policy, engines.classifier)
    finally:
        await engines.close()
        spending.tell()


async def chosen_policy(file: Path | None, local: LocalClassifier) -> Policy:
    """Return the policy of a file. Without one, the default policy with the categories that a model learnt."""
    if file:
        return load_policy(file)
    policy = default_policy()
    with suppress(Unavailable):  # the engine goes by words then, and says so
        await local.warm()
    labels = local.learnt("category")
    return adopt(policy, labels) if labels else policy


async def decide_lines(source: str, policy: Policy, classifier: Classifier) -> int:
    """Print what this classifier and this policy make of each line. Returns how many lines were no tickets."""
    complaints = Complaints()
    waiting: deque[asyncio.Task[Line]] = deque()
    try:
        for ticket, named in read_lines(source, _ticket_and_name, complaints):
            waiting.append(asyncio.create_task(_decide(ticket, named, policy, classifier)))
            if len(waiting) == AT_ONCE:
                write_line(await waiting.popleft())
        while waiting:
            write_line(await waiting.popleft())
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    return complaints.count


def mask_lines(source: str) -> int:
    """Print each line with its text masked, and where what was. Returns how many lines had no text."""
    complaints = Complaints()
    for line in read_lines(source, _masked, complaints):
        write_line(line)
    return complaints.count


def _masked(line: Line, _number: int) -> Line:
    masked = mask_text(text_of(line))
    entities = [{"type": found.type, "start": found.start, "end": found.end} for found in masked.entities]
    return {**line, "masked": masked.text, "entities": entities}


def _ticket_and_name(line: Line, number: int) -> tuple[Ticket, object]:
    return to_ticket(line, number), line.get("id")


async def _decide(ticket: Ticket, named: object, policy: Policy, classifier: Classifier) -> Line:
    began = time.perf_counter()
    _, masked, language = await asyncio.to_thread(read, ticket)
    found = await classifier.classify(masked, policy)
    escalation = await asyncio.to_thread(detect_escalation, masked, found, policy)
    route = choose_route(found, escalation, policy, Roster(), language=language, now=datetime.now(UTC))
    taken = round((time.perf_counter() - began) * 1000, 1)
    return {"id": named, **_decision(found, escalation, route), "language": language, "ms": taken}


def _decision(found: Classification, escalation: Escalation, route: Route) -> dict[str, Any]:
    return {
        "category": found.category,
        "secondary_category": found.secondary_category,
        "subcategory": found.subcategory,
        "urgency": found.urgency.value,
        "sentiment": found.sentiment.value,
        "confidence": round(found.confidence, 4),
        "confidence_band": found.band.value,
        "needs_human_review": found.needs_human_review,
        "top": [[label, round(chance, 4)] for label, chance in found.top],
        "escalation": {
            "level": escalation.level.value,
            "signals": [_signal(signal) for signal in escalation.signals],
        },
        "summary": found.summary,
        "route": route.model_dump(include={"team", "agent", "sla_minutes", "escalated", "reason"}),
        "engine": found.engine.value,
    }


def _signal(signal: Signal) -> dict[str, str]:
    named = {"layer": signal.layer.value, "rule": signal.rule, "quote": signal.quote}
    return {name: value for name, value in named.items() if value is not None}
