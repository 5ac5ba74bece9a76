"""Workspaces install the app by OAuth; whoever comes with something forged, used up or foreign installs nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
import structlog
from sqlalchemy import text

from bot.own_checks import secret_key
from pipeline.policy import Policy
from storage.store import Store
from tests.bot.installing import HARBOR, HOME, Town, a_town, of_two_workspaces
from tests.fakes.desk import policy

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # what slack_sdk sends a client's id with


@pytest.fixture
async def town(store: Store) -> AsyncIterator[Town]:
    async with a_town(store) as town:
        yield town


async def teams(town: Town) -> dict[str, bool]:
    return {each.team: each.active for each in await town.installations.all()}


async def test_an_admin_installs_into_two_workspaces(town: Town) -> None:
    for user, team in (("U0ADA", HOME), ("U1NORA", HARBOR)):
        answer = await town.install(user)
        assert (answer.status_code, "Installed" in answer.text) == (200, True)
        assert (await teams(town))[team]
    assert await town.house.services.chat.channel("tech-support") == "C0TECH"
    assert await town.house.services.chat.workspace(HOME) == ""


async def test_neither_database_nor_logs_ever_have_a_token(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "slack_bolt")
    with structlog.testing.capture_logs() as logs:
        await town.install("U0ADA")
        await town.install("U0ADA")
    [kept] = await town.installations.all()
    async with town.house.store.reader() as connection:
        row = str((await connection.execute(text("SELECT * FROM installations"))).one())
    for written in (row, repr(kept), repr(logs), caplog.text, repr(town.settings)):
        assert "xoxb-" not in written
        assert "xoxe-" not in written


async def test_a_state_that_is_not_ours_is_refused(town: Town) -> None:
    link, cookies = await town.begin()
    back = await town.allow(link, "U0ADA")
    state = back.rpartition("state=")[2]
    forged = await town.page.get(back.replace(state, "forged"), headers={"Cookie": "slack-app-oauth-state=forged"})
    assert (forged.status_code, "used already" in forged.text) == (401, True)
    other_browser = await town.page.get(back)
    assert (other_browser.status_code, "not begun in this browser" in other_browser.text) == (400, True)
    assert await teams(town) == {}
    assert (await town.page.get(back, headers=cookies)).status_code == 200


async def test_a_state_and_a_code_are_good_once(town: Town) -> None:
    link, cookies = await town.begin()
    back = await town.allow(link, "U0ADA")
    answers = await asyncio.gather(*(town.page.get(back, headers=cookies) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401]
    _, others = await town.begin()
    state = others["Cookie"].partition("=")[2]
    replayed = await town.page.get(f"{back.rpartition('state=')[0]}state={state}", headers=others)
    assert (replayed.status_code, "did not give its tokens" in replayed.text) == (401, True)


async def test_a_state_is_too_old_after_ten_minutes(town: Town) -> None:
    link, cookies = await town.begin()
    back = await town.allow(link, "U0ADA")
    town.house.world.clock.advance(600)
    assert (await town.page.get(back, headers=cookies)).status_code == 401
    assert await teams(town) == {}


async def test_who_cancels_installs_nothing(town: Town) -> None:
    link, cookies = await town.begin()
    answer = await town.page.get(await town.allow(link, "U0ADA", "deny"), headers=cookies)
    assert "You cancelled it" in answer.text
    assert await teams(town) == {}


async def test_two_installations_at_once_leave_one_that_works(town: Town) -> None:
    await asyncio.gather(town.install("U0ADA"), town.install("U0ADA"))
    assert await teams(town) == {HOME: True}
    assert await town.house.services.chat.channel("tech-support") == "C0TECH"


async def test_who_is_no_admin_is_told_whom_to_ask_and_the_token_is_given_back(town: Town) -> None:
    answer = await town.install("U0EVA")
    assert (answer.status_code, "Only admins can install the app" in answer.text) == (403, True)
    assert "Ask Ada Keller or Nora Lind" in answer.text
    assert await teams(town) == {}
    assert not [token for token in town.playground.tokens.of(HOME) if token.expires_at], "it was revoked"


async def test_an_installation_that_stands_is_not_hurt_by_somebody_who_repeats_it(town: Town) -> None:
    await town.install("U0ADA")
    assert (await town.install("U0EVA")).status_code == 200
    assert await town.house.services.chat.channel("tech-support") == "C0TECH"


@pytest.mark.parametrize(
    ("used", "first", "second"),
    [
        (policy(), 200, 403),  # the first that comes is the usual one; a second must be named
        (policy().model_copy(update={"workspace": HARBOR}), 403, 200),
        (of_two_workspaces(), 200, 200),
        (of_two_workspaces().model_copy(update={"workspace": ""}), 403, 200),  # who names one has to name all
    ],
    ids=["nothing named", "another named", "both named", "a team names the second"],
)
async def test_only_workspaces_of_the_company_are_let_in(store: Store, used: Policy, first: int, second: int) -> None:
    """Else anybody could install the app next door, take a member's e-mail there, and read tickets."""
    used = used.model_copy(update={"admins": of_two_workspaces().admins})
    async with a_town(store, used) as town:
        home, harbor = await town.install("U0ADA"), await town.install("U1NORA")
        assert (home.status_code, harbor.status_code) == (first, second)
        for answer in (home, harbor):
            assert answer.status_code == 200 or "The policy names no workspace" in answer.text


@pytest.mark.parametrize(("named", "status"), [("", 403), (HARBOR, 403), (HOME, 200)])
async def test_without_an_admin_only_a_workspace_that_is_named_is_installed(
    store: Store, named: str, status: int
) -> None:
    """Else the first comer would have it."""
    async with a_town(store, policy().model_copy(update={"admins": (), "workspace": named})) as town:
        answer = await town.install("U0EVA")
        assert (answer.status_code, await teams(town)) == (status, {HOME: True} if status == 200 else {})
        assert status == 200 or ("names no admin" in answer.text and "[[admins]]" in answer.text)


async def test_the_doctor_says_that_nobody_may_install(store: Store) -> None:
    async with a_town(store, policy().model_copy(update={"admins": ()})) as town:
        [found] = await secret_key(town.settings, town.house.services)
        assert not found.ok and "[[admins]]" in found.told
    async with a_town(store, policy().model_copy(update={"admins": (), "workspace": HOME})) as town:
        [found] = await secret_key(town.settings, town.house.services)
        assert found.ok, found.told


async def test_a_slack_that_fails_meanwhile_is_told_as_that(town: Town) -> None:
    town.playground.faults.follow([{"method": "oauth.v2.access", "kind": "reset", "probability": 1}])
    answer = await town.install("U0ADA")
    assert (answer.status_code, "did not give its tokens" in answer.text) == (401, True)
