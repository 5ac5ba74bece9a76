"""What a lead changes by way of one process is in force in every other, without a restart."""

import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest

from bot import app
from handlers.changing import change
from handlers.policies import Policies
from pipeline.case import Actor
from pipeline.policy_change import Step
from storage.store import Store
from tests.bot.working import until
from tests.fakes.desk import policy
from tests.fakes.house import House

LENA = Actor(id="ULENA", name="Lena")


async def test_another_process_follows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "_LOOK_FOR_POLICY", 0.01)
    here = House(store).services
    there = replace(here, policies=Policies(policy()))
    following = asyncio.create_task(app.follow_policy(there))
    await change(here, LENA, [Step(path=("thresholds", "answer"), value=0.55)], "", 0)

    async def followed() -> bool:
        return there.policy.thresholds.answer == here.policy.thresholds.answer

    await until(followed)
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following
