"""A workflow's step: its ticket is triaged like every other, the workflow is told, the reply goes back in Slack."""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime

import structlog

from handlers.card_links import link_to_card
from handlers.intake import receive
from handlers.once import Effect, once
from handlers.services import Services
from handlers.views.workflow import outputs
from pipeline.case import Case
from pipeline.classify import Urgency
from pipeline.errors import BadPayload, Refused
from pipeline.ticket import WORKFLOW, Arrival, Author, Channel, Customer, Message, Ticket
from pipeline.value import Value
from storage.jobs import Job, finish

LONGEST_TEXT, LONGEST_LINE = 100_000, 500
_PLACE = re.compile(r"[CGUW][A-Z0-9]{2,30}")
_MAIL = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,255}")


class Step(Value):
    """A step that a workflow runs; `execution` is Slack's id of it, and the delivery's key."""

    execution: str
    inputs: Mapping[str, object]


async def create_ticket(services: Services, step: Step) -> None:
    """Store the ticket with the work that it causes, or end the step with what is wrong with its inputs."""
    try:
        ticket = _ticket(step, services.clock.now())
    except BadPayload as wrong:
        with _ended_before():
            await services.chat.fail_step(step.execution, str(wrong))
    else:
        await receive(services, Arrival(delivery=step.execution, ticket=ticket))


async def complete_step(services: Services, job: Job, case: Case) -> None:
    """Tell the workflow what became of its ticket, once. Slack itself ends a step no second time."""
    key = f"workflow:{case.ticket.id}"[:128]
    try:
        await once(services, job, Effect(key=key, case_id=case.id, do=lambda: _told(services, case), ask=_nobody_knows))
    except Refused as refusal:
        structlog.get_logger().warning("workflow.not_told", case=case.id, code=refusal.code)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _told(services: Services, case: Case) -> str:
    link = await link_to_card(services, case.id)
    with _ended_before():
        if case.analysis is None:
            said = "The ticket is stored and shown to people, but it could not be read automatically."
            await services.chat.fail_step(case.ticket.id, f"{said} {link}".strip())
        else:
            await services.chat.complete_step(case.ticket.id, outputs(case, link))
    return "told"


@contextmanager
def _ended_before() -> Generator[None]:
    """Slack ends a step once: that it has ended tells that we were here before."""
    try:
        yield
    except Refused as refusal:
        if refusal.code != "execution_not_in_running_state":
            raise


async def _nobody_knows(_since: datetime) -> str | None:
    return None  # Slack has no question for it, and refuses a second end


def _ticket(step: Step, now: datetime) -> Ticket:
    given = step.inputs
    if not (text := _text(given, "text", LONGEST_TEXT)):
        raise BadPayload("The step needs the text of the ticket.")
    email = _text(given, "customer_email", LONGEST_LINE)
    if email and not _MAIL.fullmatch(email):
        raise BadPayload("The customer's e-mail is not an address.")
    hint = _text(given, "urgency", LONGEST_LINE).upper()
    if hint and hint not in set(Urgency):
        raise BadPayload("The urgency is P1, P2, P3 or P4, or left out.")
    place = _text(given, "answer_channel", LONGEST_LINE) or _text(given, "answer_user", LONGEST_LINE)
    if place and not _PLACE.fullmatch(place):
        raise BadPayload("The answer goes to a channel or a person of this workspace, or nowhere.")
    return Ticket(
        source=WORKFLOW,
        id=step.execution,
        created_at=now,
        subject=" ".join(_text(given, "subject", LONGEST_LINE).split()),
        messages=(Message(id="m1", author=Author.CUSTOMER, text=text, at=now),),
        channel=Channel.FORM,
        customer=Customer(email=email),
        answer_to=place,
        urgency=Urgency(hint) if hint else None,
    )


def _text(given: Mapping[str, object], name: str, most: int) -> str:
    value = given.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""
