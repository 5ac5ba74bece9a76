"""Whoever presses whatever in whichever state: nothing changes by who may not change it.

What can be pressed is found by pressing it (everybody.py), so what is new is in here by itself.
"""

import json
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.credentials import SIGNING_SECRET
from handlers.jobs import DOING
from handlers.policies import InForce, Policies
from handlers.services import Services
from handlers.slack import commands, register
from handlers.slack import http as slack_http
from handlers.views.card import card
from pipeline.case import DESK, Case
from pipeline.policy import Member, Policy
from pipeline.ports import Person
from storage.cards import CARD, Placed, place
from storage.cases import Event, create
from storage.jobs import Kind, claim
from storage.store import Store
from storage.tables import metadata
from tests.fakes.chat import FakeChat
from tests.fakes.desk import World, build_services
from tests.handlers.slack.everybody import (
    CHANNEL,
    TS,
    WORKSPACE,
    Bot,
    Deed,
    Memory,
    Payload,
    Slack,
    on_message,
    surfaces,
)
from tests.handlers.views.cases import DRAFT, POLICY, STATES, TICKET, message
from tests.playground.running import running

OTHER = "anotherscase"
COMMANDS = [f"{name} {words}" for name in commands._COMMANDS for words in ("", TICKET.id)]
STRIDE = 1 if os.environ.get("TRIAGE_TEST_ALL") else 11  # prime to the number of people and of states
LEAST = 25  # things to press; fewer would mean that they are no longer found
CANARY = "zebrafish"  # in everything that the ticket says
ELSEWHERE = "T0OTHER"
AGENT, LEAD = "UANA", "ULENA"


def _member(name: str) -> Member:
    return Member(name=name, slack=f"U{name.upper()}")


def _policy() -> Policy:
    people = {"billing_support": ("Ana",), "account_support": ("Otto",), "billing_lead": ("Eva",)}
    teams = tuple(
        team.model_copy(update={"members": tuple(_member(name) for name in people[team.name])}) for team in POLICY.teams
    )
    return POLICY.model_copy(update={"teams": teams, "leads": (_member("Lena"),)})


def _person(user: str, *, stranger: bool = False) -> Person:
    return Person(id=user, name=user.title(), stranger=stranger)


OUTSIDERS = ("UOTTO", "UNOBODY")  # of another team, and of none
STRANGERS = ("UGUEST", "UCONNECT", "UBOT", "UGONE", "UUNKNOWN")
BLIND = (*STRANGERS, "UNOBODY")  # who sees no ticket
PEOPLE = {
    **{user: _person(user) for user in ("UANA", "UEVA", LEAD, *OUTSIDERS)},
    **{user: _person(user, stranger=True) for user in STRANGERS if user != "UUNKNOWN"},
}
OWN = frozenset({"absences", "homes"})  # what a person may say of themselves, and what they have open
OPEN = frozenset({"homes"})
LEADS_ALONE = frozenset({"policy_changes", "models", "reviews"})
ASKED = frozenset({"questions", "jobs", "effects"})  # that somebody asked, and was told that they may not


class Now:
    """The machine's clock: Slack's signatures are held against it."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Town:
    """The bot, and what it remembers."""

    bot: Bot
    services: Services
    remembered: Memory
    chat: FakeChat

    async def begin(self, state: str) -> Case:
        """Forget everything, and put one case in a state, with its card, beside another team's case."""
        shown = secret(STATES[state])
        other = shown.but(id=OTHER, ticket=TICKET.model_copy(update={"id": "9"}), team="billing_lead",
                          home="billing_lead", claimed_by=None)  # fmt: skip
        self.services.policies.now = InForce(self.services.policies.base)
        async with self.services.store.begin() as tx:
            for table in reversed(metadata.sorted_tables):
                await tx.connection.execute(table.delete())
            for case in (shown, other):
                await create(tx, case, Event(kind="ticket.opened", actor=DESK))
            at = Placed(case_id=shown.id, placement=1, role=CARD, workspace=WORKSPACE, channel=CHANNEL, ts=TS)
            await place(tx, at)
        return shown

    async def offered(self) -> dict[str, Deed]:
        """Return what a lead can do in any state, by name."""
        known: dict[str, Deed] = {}
        for state in STATES:
            shown = await self.begin(state)
            found = list(on_message([dict(block) for block in card(shown, DRAFT, self.services.policy).blocks]))
            if not known:
                found += [deed for words in COMMANDS for deed in surfaces(await self.bot.hears_command(LEAD, words))]
            home = {"type": "app_home_opened", "user": LEAD, "tab": "home", "channel": "D1"}
            found += surfaces(await self.bot.hears_event(home))
            while new := {deed.name: deed for deed in found if deed.name not in known}:
                known |= new
                found = [deed for each in new.values() for deed in await self._opened(state, each)]
        assert len(known) > LEAST
        return known

    async def _opened(self, state: str, deed: Deed) -> list[Deed]:
        """Return what there is to do once a lead has done this."""
        await self.begin(state)
        return list(surfaces(await self.bot.hears(deed.by(LEAD))))


def secret(case: Case) -> Case:
    """Return a case in which everything that the customer said holds the canary."""
    said = tuple(message(one.id, f"{one.text} {CANARY}") for one in case.ticket.messages)
    ticket = case.ticket.model_copy(update={"subject": CANARY, "messages": said})
    analysis = case.analysis and case.analysis.model_copy(update={"excerpt": CANARY})
    return case.but(ticket=ticket, analysis=analysis, analysed_at=analysis and datetime.now(UTC), version=0)


@pytest.fixture
async def town(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Town]:
    shutil.copy(sqlite_template, path := tmp_path / "triage.db")
    store, world, slack = Store(f"sqlite+aiosqlite:///{path}"), World(), Slack()
    world.chat = FakeChat(world.clock, world.fuse, PEOPLE)
    services = replace(build_services(store, world), workspace=WORKSPACE, clock=Now(), policies=Policies(_policy()))
    async with running(slack.app()) as url:
        client = AsyncWebClient("xoxb-1", base_url=f"{url}/api/")
        # What an event sets off has ended when it is answered, so that nothing is shown in the next one's name.
        app = AsyncApp(client=client, signing_secret=SIGNING_SECRET, process_before_response=True)
        web = FastAPI()
        web.include_router(slack_http.router(app, SIGNING_SECRET, services.clock))
        register(app, services)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://triage.example") as http:
            memory = Memory(path)
            yield Town(Bot(http, slack, url), services, memory, world.chat)
            memory.close()
    await store.close()


async def test_nobody_changes_what_is_not_theirs_and_a_stranger_sees_nothing(town: Town) -> None:
    """Each deed of any state, by each person who may not do it, in every state, as it is and tampered with.

    All of them where TRIAGE_TEST_ALL is set; else every so many-th, in which each person, state and deed is met.
    """
    deeds = await town.offered()
    users = (*STRANGERS, *OUTSIDERS, AGENT)
    for number, state in enumerate(STATES):
        await town.begin(state)
        everything, but_own = town.remembered(OPEN), town.remembered(OWN)
        for (name, deed), user in islice(product(deeds.items(), users), number % STRIDE, None, STRIDE):
            as_it_is = () if user == AGENT else (deed.by(user),)
            for payload in (*as_it_is, tampered(deed.by(user))):
                shown = await town.bot.hears(payload)
                assert town.remembered(OWN) == but_own, (state, name, user)
                if user in STRANGERS:
                    assert town.remembered(OPEN) == everything, (state, name, user)
                if user in BLIND:
                    assert CANARY not in json.dumps(shown), (state, name, user)


async def test_the_same_person_elsewhere_is_somebody_else(town: Town) -> None:
    """Each deed by the ids of an agent and a lead, out of a workspace that is not theirs."""
    deeds = await town.offered()
    await town.begin("open")
    everything = town.remembered()
    for (name, deed), user in product(deeds.items(), (AGENT, LEAD)):
        shown = await town.bot.hears(deed.by(user, ELSEWHERE))
        assert town.remembered() == everything, (name, user)
        assert CANARY not in json.dumps(shown), (name, user)


async def test_an_agent_changes_nothing_that_leads_decide(town: Town) -> None:
    deeds = await town.offered()
    for name, deed in deeds.items():
        await town.begin("open")
        await town.bot.hears(deed.by(AGENT))
        assert LEADS_ALONE & set(town.remembered()) == set(), name
    await town.begin("open")
    for deed in deeds.values():
        await town.bot.hears(deed.by(LEAD))
    assert LEADS_ALONE & set(town.remembered()) == {"policy_changes"}


EMOJI = ("eyes", "white_check_mark", "rotating_light", "ticket")


def reacted(user: str, emoji: str, kind: str) -> Payload:
    item = {"type": "message", "channel": CHANNEL, "ts": TS}
    return {"type": kind, "user": user, "reaction": emoji, "item": item, "item_user": "U0BOT", "event_ts": "1.1"}


@pytest.mark.parametrize("state", ["open", "snoozed_and_claimed", "approved"])
async def test_an_emoji_of_who_may_not_act_does_nothing(town: Town, state: str) -> None:
    await town.begin(state)
    everything = town.remembered()
    for user, emoji, kind in product((*STRANGERS, *OUTSIDERS), EMOJI, ("reaction_added", "reaction_removed")):
        if user in STRANGERS or emoji != "ticket":  # any member may make a ticket of a message
            await town.bot.hears_event(reacted(user, emoji, kind))
            assert town.remembered() == everything, (user, emoji, kind)
    await town.begin("open")
    await town.bot.hears_event(reacted(AGENT, "eyes", "reaction_added"))
    assert town.remembered() != everything


async def test_a_stranger_makes_no_ticket_and_asks_in_vain(town: Town) -> None:
    await town.begin("open")
    everything = town.remembered(ASKED)
    shortcut = {"type": "message_action", "callback_id": "triage_message", "message_ts": TS,
                "channel": {"id": CHANNEL, "name": "billing"}, "message": {"ts": TS, "text": "x"}}  # fmt: skip
    asked = {"type": "message", "channel_type": "im", "channel": "D1", "ts": "5.1", "text": f"ticket {TICKET.id}"}
    for user in BLIND:
        if user in STRANGERS:  # any member may make a ticket of a message
            shown = await town.bot.hears(Deed("shortcut", json.dumps(shortcut)).by(user))
            assert town.remembered(ASKED) == everything, user
        await town.bot.hears_event({**asked, "user": user})
        for job in await claim(town.services.store, (Kind.ANSWER,), 10, datetime.now(UTC)):
            await DOING[job.kind](town.services, job)
        assert CANARY not in json.dumps(shown), user
    told = [(post.card.text, post.card.blocks) for post in town.chat.posts]
    assert len(told) == len(BLIND)
    assert CANARY not in json.dumps(told)


async def test_a_stranger_and_a_member_of_no_team_ask_in_vain(town: Town) -> None:
    await town.begin("open")
    everything = town.remembered()
    for user, words in product(BLIND, COMMANDS):
        shown = await town.bot.hears_command(user, words)
        assert town.remembered(OWN) == everything, (user, words)
        assert CANARY not in json.dumps(shown), (user, words)
    assert CANARY in json.dumps(await town.bot.hears_command(AGENT, f"ticket {TICKET.id}"))


async def test_a_member_of_no_team_is_told_how_to_mend_it_and_keeps_what_is_for_everybody(town: Town) -> None:
    await town.begin("open")
    for words in (f"ticket {TICKET.id}", f"why {TICKET.id}", "queue", "mine", "stats", "search invoice", "sla"):
        told = json.dumps(await town.bot.hears_command("UNOBODY", words))
        assert "Only agents, leads and admins can look into tickets. Ask Lena" in told, words
        assert "members of [[teams]] in the policy file" in told and "everybody_looks = true" in told, words
    for words in ("help", "on-call"):
        assert "can look into" not in json.dumps(await town.bot.hears_command("UNOBODY", words)), words
    home = {"type": "app_home_opened", "user": "UNOBODY", "tab": "home", "channel": "D1"}
    shown = json.dumps(await town.bot.hears_event(home))
    assert CANARY not in shown and "Only agents, leads and admins" in shown
    opened = town.services.policy.model_copy(update={"everybody_looks": True})
    town.services.policies.now = InForce(opened)
    assert CANARY in json.dumps(await town.bot.hears_command("UNOBODY", f"ticket {TICKET.id}"))


async def test_much_of_it_changes_something_where_a_lead_does_it(town: Town) -> None:
    """What changes nothing by anybody would prove nothing above."""
    deeds, changing = await town.offered(), set()
    for state, (name, deed) in product(("open", "escalated", "approved", "dismissed"), deeds.items()):
        if name not in changing:
            await town.begin(state)
            before = town.remembered()
            await town.bot.hears(deed.by(LEAD))
            if town.remembered() != before:
                changing.add(name)
    assert len(changing) > len(deeds) / 4  # the rest opens forms, or is refused for what was typed


def tampered(payload: Payload) -> Payload:
    """Return a payload that names another team's case, and another value, wherever it names one."""
    for action in payload.get("actions", []):
        kind, colon, _ = action["block_id"].partition(":")
        action["block_id"] = f"{kind}:{OTHER}" if colon else OTHER
        for chosen in (action, action.get("selected_option")):
            if chosen and "value" in chosen:
                chosen["value"] = OTHER
    if payload.get("container", {}).get("type") == "message":
        payload["container"]["message_ts"] = "1.1"
    if view := payload.get("view"):
        view["private_metadata"] = view["private_metadata"].replace(STATES["open"].id, OTHER)
    return payload
