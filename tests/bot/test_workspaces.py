"""One deployment, several workspaces: cards and clicks keep to their own, and what cannot be shown there waits."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from bot.adapters.slack_installations import EARLY, LOST, NotInstalled
from bot.playground import credentials
from bot.playground.deliveries import sign
from bot.playground.installations import revoke, uninstall
from bot.playground.tokens import LIFETIME
from handlers.door_checks import workspaces
from handlers.policies import Policies
from pipeline.case import Case, Status
from pipeline.chain import Chain, Occasion, Step, Whom
from pipeline.errors import Refused, Unavailable
from pipeline.whereabouts import apart
from storage import alarms
from storage.cards import CARD, placed
from storage.cases import by_ticket
from storage.installations import installations
from storage.jobs import Kind
from storage.store import Store
from tests.bot.installing import HARBOR, HOME, KEY, PAUL, Town, a_town, of_two_workspaces
from tests.fakes.house import said, told
from tests.handlers.test_calling import THREATENS

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # what slack_sdk sends a client's id with

OTHER = told(said("m9", "The app shows an error when I upload."), id_="t9").model_copy(update={"subject": "Upload"})


@pytest.fixture
async def town(store: Store) -> AsyncIterator[Town]:
    async with a_town(store) as town:
        for user in ("U0ADA", "U1NORA"):
            assert (await town.install(user)).status_code == 200
        town.playground.workspaces[HARBOR].join("C1OPS", "U1TRIAGE")
        yield town


async def press(
    town: Town, user: str, team: str, channel: str, ts: str, case: Case, action: str = "ticket.claim"
) -> None:
    pressed = {"block_id": f"actions:{case.id}", "action_id": action, "value": case.shown}
    await town.act("click", team=team, user=user, channel=channel, ts=ts, action=pressed)


async def card_of(town: Town, case: Case) -> tuple[str, str]:
    async with town.house.store.reader() as connection:
        [here] = [one for one in await placed(connection, case.id) if one.role == CARD]
    return here.channel, here.ts


async def test_a_card_goes_to_its_teams_workspace_and_is_decided_there(town: Town) -> None:
    case = await town.house.shown()
    channel, ts = await card_of(town, case)
    assert channel == f"{HARBOR}/C1OPS"
    await press(town, "U1PAUL", HARBOR, "C1OPS", ts, case)
    claimed = await town.house.case(case.id)
    assert claimed.claimed_by is not None
    assert (claimed.claimed_by.id, claimed.claimed_by.name) == ("U1PAUL", "Paul Weiss")
    await town.house.work()
    assert any("Paul Weiss" in str(message) for message in town.playground.messages.top_level("C1OPS"))


async def test_the_usual_workspace_keeps_its_own(town: Town) -> None:
    case = await town.house.shown(OTHER)
    channel, ts = await card_of(town, case)
    assert channel == "C0TECH"
    await press(town, "U0BEN", HOME, "C0TECH", ts, case)
    assert (await town.house.case(case.id)).claimed_by is not None


async def test_a_colleague_of_another_workspace_does_not_decide(town: Town) -> None:
    """Paul is in Harbor Labs; the message with the same time in his workspace is not a card of the other's."""
    case = await town.house.shown(OTHER)
    _, ts = await card_of(town, case)
    body = delivery(HARBOR, "U1PAUL", "C0TECH", ts, case)
    await deliver(town, body)
    assert (await town.house.case(case.id)).claimed_by is None


@pytest.mark.parametrize("team", [HARBOR, "T0FORGED"])
async def test_a_team_id_that_was_tampered_with_leads_nowhere(town: Town, team: str) -> None:
    """Somebody of next door names the case of the usual workspace in a message that is not on record."""
    case = await town.house.shown(OTHER)
    await deliver(town, delivery(team, "U1PAUL", "C1OPS", "1700000000.000100", case))
    assert (await town.house.case(case.id)).claimed_by is None
    assert [event.kind for event in await town.house.history(case.id)].count("case.claimed") == 0


async def test_a_delivery_that_slack_did_not_sign_is_refused(town: Town) -> None:
    case = await town.house.shown(OTHER)
    channel, ts = await card_of(town, case)
    body = delivery(HOME, "U0BEN", channel, ts, case)
    headers = sign(b"something else", str(int(town.clock.at)))
    answer = await town.page.post("/slack/events", content=body, headers=headers)
    assert answer.status_code == 401


def delivery(team: str, user: str, channel: str, ts: str, case: Case) -> bytes:
    pressed = {"type": "button", "block_id": f"actions:{case.id}", "action_id": "ticket.claim", "value": case.shown}
    payload = {
        "type": "block_actions",
        "team": {"id": team, "domain": "x"},
        "user": {"id": user, "team_id": team},
        "container": {"type": "message", "channel_id": channel, "message_ts": ts},
        "channel": {"id": channel},
        "trigger_id": "1.2.3",
        "actions": [pressed],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


async def deliver(town: Town, body: bytes, kind: str = "application/x-www-form-urlencoded") -> str:
    headers = {**sign(body, str(int(town.clock.at))), "content-type": kind}
    answer = await town.page.post("/slack/events", content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_thread_elsewhere_is_followed_there_and_the_usual_workspace_has_to_be_named(town: Town) -> None:
    here: dict[str, object] = {"team": HARBOR, "user": "U1PAUL", "channel": "C1OPS"}
    await town.act("say", **here, text="Our customer cannot pay.")
    root = str(town.playground.messages.top_level("C1OPS")[-1]["ts"])
    await town.act("react", **here, ts=root, name="ticket")
    await town.act("say", **here, thread_ts=root, text="Since Monday.")
    services = town.house.services
    async with town.house.store.reader() as connection:
        found = await by_ticket(connection, services.workspace, "slack", f"{HARBOR}/C1OPS:{root}")
    assert found is not None
    assert [each.text for each in found.ticket.asked] == ["Our customer cannot pay.", "Since Monday."]
    unnamed = Policies(services.policy.model_copy(update={"workspace": ""}))
    assert [check.ok for check in await workspaces(services)] == [True, True]
    assert [check.says for check in await workspaces(replace(services, policies=unnamed)) if not check.ok] == [
        "the policy does not name it"
    ]


async def test_a_lead_of_another_workspace_is_called_there_and_acknowledges(store: Store) -> None:
    """Lena leads a team of Harbor Labs from the usual workspace."""
    calls_lead = Chain(on=tuple(Occasion), steps=(Step(call=Whom.LEAD, after=0),))
    there = {"workspace": HARBOR, "channel": "operations", "members": (PAUL,), "chains": (calls_lead,)}
    used = of_two_workspaces()
    teams = tuple(team.model_copy(update=there) if team.name == "billing_lead" else team for team in used.teams)
    async with a_town(store, used.model_copy(update={"teams": teams})) as town:
        for user in ("U0ADA", "U1NORA"):
            assert (await town.install(user)).status_code == 200
        town.playground.workspaces[HARBOR].join("C1OPS", "U1TRIAGE")
        case = await town.house.shown(told(said("m1", THREATENS)))
        async with store.reader() as connection:
            alarm = await alarms.latest(connection, case.id)
            assert alarm is not None
            [made] = await alarms.calls_of(connection, alarm.id)
        assert (made.who, made.user, apart(made.channel)[0]) == ("Lena Fischer", "U0LENA", "")
        assert made.ts is not None
        pressed = {"block_id": f"call:{case.id}", "action_id": "ticket.acknowledge", "value": case.id}
        await town.act("click", team=HOME, user="U0LENA", channel=made.channel, ts=made.ts, action=pressed)
        heard = (await town.house.case(case.id)).acknowledged
        assert heard is not None
        assert heard.by.name == "Lena Fischer"


async def test_a_command_in_a_second_workspace_is_answered_for_its_people(town: Town) -> None:
    await town.house.shown()
    await town.act("command", team=HARBOR, user="U1PAUL", channel="C1OPS", command="/triage", text="mine")
    assert "Charged" in str([m for m in town.playground.messages.ephemerals() if m["ephemeral_to"] == "U1PAUL"])


async def test_an_uninstalled_team_workspace_sends_cards_to_the_fallback_with_the_reason(town: Town) -> None:
    uninstall(town.playground.of(HARBOR))
    await town.playground.background.settle()
    assert {each.team: each.active for each in await town.installations.all()} == {HOME: True, HARBOR: False}
    case = await town.house.shown()
    channel, _ = await card_of(town, case)
    assert channel == "C0GENERAL"
    shown = str(town.playground.messages.top_level("C0GENERAL"))
    assert "The app was removed in Harbor Labs" in shown
    assert "/slack/install" in shown


async def test_what_is_owed_to_the_usual_workspace_waits_and_goes_on_after_it_installs_again(town: Town) -> None:
    uninstall(town.playground)
    await town.playground.background.settle()
    await town.house.arrive(OTHER)
    [job] = await town.house.due(Kind.TRIAGE)
    await town.house.do(job)
    [job] = await town.house.due(Kind.SHOW_CARD)
    with pytest.raises(NotInstalled, match="install it at http"):
        await town.house.do(job)
    assert (await town.install("U0ADA")).status_code == 200
    town.playground.workspace.join("C0TECH", credentials.BOT_USER)
    assert await town.another().do(job) is None
    assert len(town.texts("C0TECH")) == 1


@pytest.mark.parametrize("told_by_event", [True, False])
async def test_a_token_revoked_in_the_middle_of_a_job_owes_the_rest(town: Town, told_by_event: bool) -> None:
    """Slack's event may come later than the refusal, or never."""
    case = await town.house.shown(OTHER)
    if told_by_event:
        revoke(town.playground, town.playground.tokens.of(HOME))
        await town.playground.background.settle()
    for token in town.playground.tokens.of(HOME):
        town.playground.tokens.revoke(token)
    with pytest.raises(Unavailable, match="The app was removed"):
        await town.house.services.chat.permalink(*await card_of(town, case))
    assert {each.team: each.active for each in await town.installations.all()} == {HOME: False, HARBOR: True}
    with pytest.raises(NotInstalled):
        await town.house.services.chat.permalink(*await card_of(town, case))
    await town.install("U0ADA")
    assert await town.house.services.chat.permalink(*await card_of(town, case))


async def test_an_uninstallation_that_is_told_late_does_not_end_the_next_installation(town: Town) -> None:
    town.advance(60)
    await town.install("U1NORA")
    event = {"type": "app_uninstalled"}
    body = {"type": "event_callback", "team_id": HARBOR, "event_id": "Ev1", "event": event}
    await deliver(town, json.dumps({**body, "event_time": int(town.clock.at) - 30}).encode(), "application/json")
    assert (await town.installations.find(HARBOR)).active


async def test_a_click_from_where_the_app_is_not_installed_is_told_where_to_install_it(town: Town) -> None:
    case = await town.house.shown()
    _, ts = await card_of(town, case)
    uninstall(town.playground.of(HARBOR))
    await town.playground.background.settle()
    assert "is not installed here" in await deliver(town, delivery(HARBOR, "U1PAUL", "C1OPS", ts, case))
    assert (await town.house.case(case.id)).status is Status.OPEN


async def test_a_policy_that_names_a_workspace_nobody_installed_says_so(town: Town) -> None:
    with pytest.raises(Refused, match="not installed in workspace T0NOWHERE"):
        await town.house.services.chat.channel("T0NOWHERE/somewhere")


async def test_a_token_is_renewed_in_time_and_once_among_processes(town: Town) -> None:
    first = await town.installations.token(HOME)
    town.advance(LIFETIME - EARLY.total_seconds() - 60)
    assert await town.installations.token(HOME) == first
    town.advance(61)
    at_once = await asyncio.gather(*(town.installations.token(HOME) for _ in range(5)))
    now = await town.installations.token(HOME)
    assert now != first
    assert set(at_once) <= {first, now}
    assert len([token for token in town.playground.tokens.of(HOME) if token.expires_at]) == 2, "renewed once"
    assert await town.house.services.chat.channel("tech-support") == "C0TECH"


async def test_a_renewal_whose_answer_is_lost_is_told_and_ends_nothing_before_its_time(town: Town) -> None:
    first = await town.installations.token(HOME)
    town.advance(LIFETIME - EARLY.total_seconds() + 1)
    lost = {"method": "oauth.v2.access", "kind": "execute_then_timeout", "probability": 1, "seconds": 0.01}
    town.playground.faults.follow([lost])
    assert await town.installations.token(HOME) == first
    town.playground.faults.follow([])
    town.advance(61)
    assert await town.installations.token(HOME) == first
    assert (await town.installations.find(HOME)).problem == LOST
    assert await town.house.services.chat.channel("tech-support") == "C0TECH"
    town.advance(EARLY.total_seconds())
    with pytest.raises(NotInstalled, match="renewal of its token was lost for Lumen Boards: install it at"):
        await town.installations.token(HOME)
    await town.install("U0ADA")
    assert (await town.installations.find(HOME)).problem == ""
    assert await town.installations.token(HOME) != first


async def test_a_token_that_slack_calls_expired_too_soon_is_renewed(town: Town) -> None:
    town.clock.advance(LIFETIME)  # Slack's clock alone
    with pytest.raises(Unavailable, match="has expired"):
        await town.house.services.chat.channel("tech-support")
    assert await town.house.services.chat.channel("tech-support") == "C0TECH"


async def test_a_click_does_not_wait_for_a_renewal_while_its_token_opens(town: Town) -> None:
    first = await town.installations.token(HOME)
    town.advance(LIFETIME - 60)
    assert await town.installations.token(HOME, renew=False) == first
    town.advance(60)
    assert await town.installations.token(HOME, renew=False) != first


async def test_a_new_key_seals_anew_and_the_old_one_is_not_needed_then(town: Town) -> None:
    new = "a-new-key-of-more-than-32-characters"
    kept = town.under(secret_key=SecretStr(f"{new},{KEY}"))
    assert (await kept.sealed_with_older_keys(), await kept.reseal(), await kept.reseal()) == (2, 2, 0)
    assert await town.under(secret_key=SecretStr(new)).token(HARBOR) == await kept.token(HARBOR)


async def test_tokens_that_were_put_under_another_workspace_are_not_used(town: Town) -> None:
    home = await town.installations.find(HOME)
    async with town.house.store.begin() as tx:
        swapped = update(installations).where(installations.c.team == HARBOR).values(sealed=home.sealed)
        await tx.connection.execute(swapped)
    with pytest.raises(Refused, match="another workspace's"):
        await town.installations.token(HARBOR)


async def test_a_token_of_our_own_needs_no_key_and_no_installation(town: Town) -> None:
    alone = {"slack_bot_token": SecretStr(credentials.BOT_TOKEN), "slack_client_id": "", "secret_key": SecretStr("")}
    house = town.another(**alone)
    assert await house.services.chat.channel("tech-support") == "C0TECH"
