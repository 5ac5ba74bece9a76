"""User groups: remembered for a minute, asked for in one call, and forgotten rather than trusted for longer."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import without_retries
from bot.adapters.slack_gate import Gate
from bot.adapters.slack_groups import UserGroups
from bot.playground import credentials
from bot.playground.server import Playground, create_app
from tests.playground.running import Ticking, running


@pytest.fixture
def playground() -> Playground:
    return Playground("http://127.0.0.1:1")


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
async def groups(playground: Playground, clock: Ticking) -> AsyncIterator[UserGroups]:
    async with running(create_app(playground)) as url:
        client = without_retries(AsyncWebClient(credentials.BOT_TOKEN, base_url=f"{url}/api/"))
        yield UserGroups(client, Gate(clock), 60, clock)


def leave(playground: Playground, user: str) -> None:
    """Somebody takes a person out of the billing team."""
    group = playground.workspace.group("S0BILLING")
    playground.workspace.keep_group(replace(group, members=tuple(each for each in group.members if each != user)))


async def test_who_left_a_group_is_out_of_it_after_a_minute(
    groups: UserGroups, playground: Playground, clock: Ticking
) -> None:
    assert await groups.of("U0ANA") == {"billing-team", "s0billing"}
    leave(playground, "U0ANA")
    clock.advance(59)
    assert await groups.of("U0ANA") == {"billing-team", "s0billing"}
    clock.advance(1)
    assert await groups.of("U0ANA") == frozenset()


@pytest.mark.parametrize("kind", ["error500", "reset", "ratelimited", "error:missing_scope"])
async def test_what_is_too_old_grants_nothing_when_slack_cannot_answer(
    groups: UserGroups, playground: Playground, clock: Ticking, kind: str
) -> None:
    assert await groups.of("U0ANA")
    playground.faults.follow([{"method": "usergroups.list", "kind": kind, "probability": 1}])
    clock.advance(60)
    assert await groups.of("U0ANA") is None
    assert await groups.names() is None
    playground.faults.follow([])
    clock.advance(5)
    assert await groups.of("U0ANA") == {"billing-team", "s0billing"}


async def test_every_group_has_two_names(groups: UserGroups) -> None:
    names = await groups.names()
    assert names is not None
    assert {"tech-team", "s0tech", "account-team", "s0account"} <= names


async def test_a_group_that_was_switched_off_gives_nothing(groups: UserGroups, playground: Playground) -> None:
    playground.workspace.keep_group(replace(playground.workspace.group("S0BILLING"), disabled=1))
    assert await groups.of("U0ANA") == frozenset()
