"""Workflow Builder runs our step, and Slack is told that we have it once its ticket is stored."""

from bot.playground.manifest import shipped
from pipeline.ticket import WORKFLOW
from storage.cases import by_ticket
from tests.handlers.slack.desk import Desk


async def ran(desk: Desk, **inputs: object) -> dict[str, object]:
    """Run the step on the page; the run as Slack knows it once the app has taken it."""
    for function in shipped().functions:
        desk.playground.executions.declare(function)
    run = {"user": "U0BEN", "callback_id": "create_ticket", "inputs": inputs}
    assert (await desk.page.post("/playground/function", json=run)).json()["ok"]
    await desk.until(lambda: "event function_executed" in str(desk.playground.log.since(0, 99)))
    [shown] = desk.playground.executions.shown()
    return dict(shown)


async def test_what_is_acknowledged_is_stored(desk: Desk) -> None:
    run = await ran(desk, text="The export stops at 90 percent.", answer_channel="C0TECH")
    async with desk.services.store.reader() as connection:
        case = await by_ticket(connection, "T0PLAY", WORKFLOW, str(run["id"]))
    assert case is not None
    assert (case.ticket.messages[0].text, case.ticket.answer_to) == ("The export stops at 90 percent.", "C0TECH")
    assert run["state"] == "running"


async def test_inputs_that_cannot_be_are_told_to_whoever_runs_it(desk: Desk) -> None:
    run = await ran(desk, text="The export stops.", urgency="very")
    assert (run["state"], run["error"]) == ("failed", "The urgency is P1, P2, P3 or P4, or left out.")
