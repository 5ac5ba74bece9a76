"""views.*: triggers, stacks, hashes and homes."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.block_cases import entry, plain, section
from tests.playground.conftest import refusal
from tests.playground.running import Ticking

MODAL: dict[str, Any] = {
    "type": "modal",
    "title": plain("Edit"),
    "blocks": [section()],
    "callback_id": "edit",
}


async def test_a_trigger_opens_one_modal(slack: AsyncWebClient, playground: Playground) -> None:
    trigger = playground.triggers.give("U0BEN")
    view = (await slack.views_open(trigger_id=trigger, view=MODAL))["view"]
    assert (view["callback_id"], view["root_view_id"]) == ("edit", view["id"])
    assert playground.views.stacks["U0BEN"][0]["id"] == view["id"]
    answer = await refusal(slack.views_open(trigger_id=trigger, view=MODAL))
    assert answer["error"] == "exchanged_trigger_id"


async def test_a_trigger_lives_three_seconds(slack: AsyncWebClient, playground: Playground, clock: Ticking) -> None:
    trigger = playground.triggers.give("U0BEN")
    clock.advance(3.1)
    for _ in range(2):
        answer = await refusal(slack.views_open(trigger_id=trigger, view=MODAL))
        assert answer["error"] == "expired_trigger_id"
    assert (await refusal(slack.views_open(trigger_id="made up", view=MODAL)))["error"] == "invalid_trigger_id"


async def test_modals_stack_three_deep(slack: AsyncWebClient, playground: Playground) -> None:
    first = (await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=MODAL))["view"]
    for _ in range(2):
        inside = playground.triggers.give("U0BEN", first["id"])
        pushed = (await slack.views_push(trigger_id=inside, view=MODAL))["view"]
        assert pushed["root_view_id"] == first["id"]
    inside = playground.triggers.give("U0BEN", first["id"])
    assert (await refusal(slack.views_push(trigger_id=inside, view=MODAL)))["error"] == "push_limit_reached"


async def test_a_push_needs_a_modal_beneath(slack: AsyncWebClient, playground: Playground) -> None:
    trigger = playground.triggers.give("U0BEN")
    assert (await refusal(slack.views_push(trigger_id=trigger, view=MODAL)))["error"] == "not_found"


async def test_an_update_with_an_old_hash_conflicts(slack: AsyncWebClient, playground: Playground) -> None:
    view = (await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=MODAL))["view"]
    updated = await slack.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    assert updated["view"]["hash"] != view["hash"]
    stale = slack.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    assert (await refusal(stale))["error"] == "hash_conflict"
    assert (await slack.views_update(view_id=view["id"], view=MODAL))["ok"]


async def test_a_closed_view_cannot_be_updated(slack: AsyncWebClient, playground: Playground) -> None:
    view = (await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=MODAL))["view"]
    playground.views.close("U0BEN", view["id"])
    assert (await refusal(slack.views_update(view_id=view["id"], view=MODAL)))["error"] == "not_found"


async def test_an_external_id_finds_its_view_and_belongs_to_one(slack: AsyncWebClient, playground: Playground) -> None:
    named = {**MODAL, "external_id": "case-7"}
    await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=named)
    assert (await slack.views_update(external_id="case-7", view=named))["ok"]
    twin = slack.views_open(trigger_id=playground.triggers.give("U0ANA"), view=named)
    assert (await refusal(twin))["error"] == "duplicate_external_id"


async def test_a_home_is_published_and_replaced(slack: AsyncWebClient, playground: Playground) -> None:
    home = {"type": "home", "blocks": [section()]}
    first = (await slack.views_publish(user_id="U0BEN", view=home))["view"]
    second = (await slack.views_publish(user_id="U0BEN", view=home, hash=first["hash"]))["view"]
    assert first["id"] == second["id"]
    stale = slack.views_publish(user_id="U0BEN", view=home, hash=first["hash"])
    assert (await refusal(stale))["error"] == "hash_conflict"
    assert (await refusal(slack.views_publish(user_id="U0NOBODY", view=home)))["error"] == "user_not_found"


@pytest.mark.parametrize(
    "view", [{**MODAL, "title": plain("x" * 25)}, {**MODAL, "blocks": [entry()]}, "{broken", {"type": "home"}]
)
async def test_a_view_that_is_not_allowed_is_refused(slack: AsyncWebClient, playground: Playground, view: Any) -> None:
    asked = {"trigger_id": playground.triggers.give("U0BEN"), "view": view}
    assert (await refusal(slack.api_call("views.open", json=asked)))["error"] == "invalid_arguments"
