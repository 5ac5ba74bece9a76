"""A lead tries a change before making it: what it would have done is shown over the form, to apply or to discard."""

import json
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.changing import change, may_take, tried
from handlers.services import Services
from handlers.simulating import simulated
from handlers.slack.answers import UNREACHED
from handlers.slack.forms import answered
from handlers.slack.policy import asked, read_asked
from handlers.slack.submissions import said
from handlers.slack.whence import addressed
from handlers.views.blocks import Element
from handlers.views.policy_forms import SIMULATE, notice_view, saved_view
from handlers.views.simulation import APPLY, replaying_view, simulation_view
from pipeline.errors import BadPayload, TriageError
from pipeline.policy_change import PolicyChange, Step, noted

Body = dict[str, Any]  # as Bolt hands it over


def register(app: AsyncApp, services: Services) -> None:
    """Listen to Simulate in a form, and to Apply under its result."""

    async def simulate(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        view_id = await _pushed(client, body)
        await ack()
        if view_id:
            await _shown(client, view_id, await _result(services.still(), body, client, view_id))

    async def apply(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        await answered(body, _applied(services, body), ack, client)

    app.action(SIMULATE)(simulate)
    app.view(APPLY)(apply)


async def _pushed(client: AsyncWebClient, body: Body) -> str:
    """Lay a view over the form at once, since its trigger lives three seconds; "" where Slack took none."""
    try:
        answer = await client.views_push(trigger_id=body["trigger_id"], view=replaying_view(0, 0))
    except UNREACHED as error:  # the form still stands as it was
        structlog.get_logger().warning("simulation.not_shown", error=type(error).__name__)
        return ""
    return str(answer["view"]["id"])


async def _result(services: Services, body: Body, client: AsyncWebClient, view_id: str) -> Element:
    """Return what the change would have done, or why that cannot be told."""

    async def progress(done: int, total: int) -> None:
        if done:
            await _shown(client, view_id, replaying_view(done, total))

    try:
        form, by, steps = await asked(services, body)
        changed = await tried(services.policies, services.store, services.workspace, steps, form.seen)
        found = await simulated(services, changed, form.last, progress)
    except TriageError as error:
        return notice_view("Not simulated", said(error))
    structlog.get_logger().info("policy.simulated", by=by.id, tickets=found.tickets)
    why = next(iter(read_asked(body).values.get("why", ())), "")
    real = noted(services.policy, steps)
    proposed = PolicyChange(number=form.seen, at=services.clock.now(), by=by, why=why, steps=real)
    return simulation_view(found, proposed)


async def _shown(client: AsyncWebClient, view_id: str, view: Element) -> None:
    try:
        await client.views_update(view_id=view_id, view=view)
    except UNREACHED as error:  # whoever asked has closed it
        structlog.get_logger().info("simulation.closed", error=type(error).__name__)


async def _applied(services: Services, body: Body) -> dict[str, Any]:
    """Make the change that was simulated, authorised and checked anew, and say what came of it."""
    try:
        steps, why, seen = _proposed(body)
        person = await services.chat.person(addressed(body, body["user"]["id"]))
        view = saved_view(await change(services, may_take(person, services.policy, steps), steps, why, seen))
    except TriageError as error:
        view = notice_view("Not applied", said(error))
    return {"response_action": "update", "view": view}


def _proposed(body: Body) -> tuple[list[Step], str, int]:
    """Read what Apply was pressed under. Raises BadPayload."""
    try:
        meta = json.loads(body["view"]["private_metadata"])
        return [Step.model_validate(step) for step in meta["steps"]], str(meta["why"]), int(meta["seen"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadPayload("This form is not one of mine.") from error
