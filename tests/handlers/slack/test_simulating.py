"""A lead sees what a change would have done before making it, applies or discards it; nothing changes before."""

from typing import Any

from handlers.slack.simulating import _proposed
from pipeline.case import Case
from pipeline.errors import BadPayload
from tests.handlers.slack.desk import Desk, policy
from tests.handlers.slack.test_policy import LENA, opened, pick, press, top, typed
from tests.handlers.views.cases import case
from tests.handlers.views.valid import must_be_valid_view
from tests.pipeline.concluding import analysed, read_as


async def read(desk: Desk) -> Case:
    """Let the ticket be one that was read with a receipt."""
    analysis, _ = analysed("My card was charged twice.", read_as(complaint=0.06), policy())
    await desk.change(analysis=analysis)
    return await desk.case()


async def simulated(desk: Desk, filled: dict[str, Any]) -> dict[str, Any]:
    block, action = "trying", {"block_id": "trying", "action_id": "policy.simulate", "value": "try"}
    told = {"user": LENA, "view_id": top(desk)["id"], "action": action, "values": filled}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}, block
    await desk.until(lambda: "Replaying" not in str(top(desk)) and "Looking for" not in str(top(desk)))
    keys = ("type", "title", "blocks", "close", "submit", "private_metadata", "callback_id")
    must_be_valid_view({key: top(desk)[key] for key in keys if top(desk).get(key)})
    return top(desk)


async def test_the_result_is_shown_and_nothing_changes_before_apply(desk: Desk) -> None:
    before = await read(desk)
    await desk.ask(LENA, "simulate last 50")
    await pick(desk, LENA, "thresholds:")
    assert "Simulate on 50 tickets" in str(top(desk)["blocks"])
    view = await simulated(desk, typed(alarm="0.055", why="They leave"))
    told = str(view["blocks"])
    assert "alarm: 0.067 → 0.055" in told and "Of the newest 1 tickets" in told
    assert "Billing Support → Billing Lead:* 1" in told
    assert "<https://desk.example/agent/tickets/4711|Where is my invoice &amp; receipt?>" in told
    assert desk.services.policy.thresholds.alarm == 0.067
    assert await desk.submit(LENA, {}) == {"ok": True}
    assert desk.services.policy.thresholds.alarm == 0.055
    assert "Saved as change 1" in str(top(desk)["blocks"])
    assert "They leave" in await desk.ask(LENA, "policy changes")
    assert await desk.case() == before


async def test_a_mistake_is_told_over_the_form_and_can_be_mended_in_it(desk: Desk) -> None:
    await read(desk)
    await opened(desk, "thresholds:")
    assert "medium = 0.9 is above high" in str((await simulated(desk, typed(medium="0.9")))["blocks"])
    assert len(desk.playground.views.stacks[LENA]) == 2
    desk.playground.views.stacks[LENA].pop()
    assert "Write a number" in str((await simulated(desk, typed(medium="x")))["blocks"])


async def test_without_a_ticket_to_replay_it_says_so(desk: Desk) -> None:
    assert case().analysis is not None
    await opened(desk, "thresholds:")
    assert "No ticket was read with a receipt" in str((await simulated(desk, typed(alarm="0.055")))["blocks"])


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten_by_apply(desk: Desk) -> None:
    await read(desk)
    await opened(desk, "thresholds:")
    await simulated(desk, typed(alarm="0.055"))
    result = desk.playground.views.stacks[LENA][-1]
    desk.playground.views.clear(LENA)
    await opened(desk, "thresholds:")
    assert await desk.submit(LENA, typed(alarm="0.06")) == {"ok": True}
    desk.playground.views.stacks[LENA] = [result]
    await desk.submit(LENA, {})
    assert "Somebody changed the same place" in str(top(desk)["blocks"])
    assert desk.services.policy.thresholds.alarm == 0.06


async def test_a_person_of_a_team_can_be_tried_two_forms_deep(desk: Desk) -> None:
    await read(desk)
    await opened(desk, "team:billing_support")
    await press(desk, "people", "policy.member", selected_option={"value": "Ana Ribeiro"})
    leaves = {"leaves": {"leaves": {"selected_options": [{"value": "leaves"}]}}}
    told = str((await simulated(desk, leaves))["blocks"])
    assert "Ana Ribeiro: 1 → 0" in told and "nobody: 0 → 1" in told


def test_what_is_no_proposal_of_ours_is_refused() -> None:
    for meta in ("", "{}", '{"steps": 1, "why": "", "seen": 0}'):
        try:
            _proposed({"view": {"private_metadata": meta}})
        except BadPayload:
            continue
        raise AssertionError(meta)
