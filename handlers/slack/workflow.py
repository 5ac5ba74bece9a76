"""A workflow came to our step."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.services import Services
from handlers.slack.whence import addressed
from handlers.workflow import Step, create_ticket


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the step that Workflow Builder offers. It is acknowledged once its ticket is stored."""

    async def run(body: dict[str, Any], event: dict[str, Any], ack: AsyncAck) -> None:
        execution = addressed(body, event["function_execution_id"])[:100]
        await create_ticket(services, Step(execution=execution, inputs=event.get("inputs") or {}))
        await ack()

    app.function("create_ticket", auto_acknowledge=False)(run)
