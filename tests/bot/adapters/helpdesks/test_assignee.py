"""Who works on a ticket, and in whose name one writes: what every helpdesk with agents keeps."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import httpx
import pytest

from bot.adapters.helpdesks.agents import Agents
from pipeline.classify import Urgency
from pipeline.errors import Refused
from pipeline.ports import Agent, HelpDesk, Note, Remark, Reply
from tests.bot.adapters.helpdesks.desks import (
    FRESHDESK_CREATED,
    INTERCOM_CREATED,
    NOW,
    ZENDESK_CREATED,
    freshdesk,
    intercom,
    plain,
    zendesk,
)
from tests.bot.adapters.helpdesks.fake_freshdesk import FakeFreshdesk
from tests.bot.adapters.helpdesks.fake_intercom import FakeIntercom
from tests.bot.adapters.helpdesks.fake_zendesk import FakeZendesk

ANA = Agent(id="814", name="Ana Ribeiro", email="ana@desk.example")


class Served(NamedTuple):
    """A helpdesk, what it was asked, where a write says whose it is, and what tells of another assignee."""

    desk: HelpDesk
    requests: list[httpx.Request]
    author: str
    told: dict[str, Any]

    def last(self) -> str:
        """The body of the last write."""
        return next(each.content.decode() for each in reversed(self.requests) if each.method != "GET")


def _zendesk() -> Served:
    fake = FakeZendesk()
    told = {**ZENDESK_CREATED, "type": "zen:event-type:ticket.agent_assignment_changed"}
    return Served(zendesk(fake), fake.requests, '"author_id": 814', told)


def _freshdesk() -> Served:
    fake = FakeFreshdesk()
    hook = {**FRESHDESK_CREATED["freshdesk_webhook"], "triggered_event": "{responder_id:{from:1,to:2}}"}  # type: ignore[dict-item]
    more = {"ticket_latest_public_comment": "Our own answer", "comment_author": "customer"}
    return Served(freshdesk(fake), fake.requests, '"user_id": 814', {"freshdesk_webhook": {**hook, **more}})


def _intercom(kind: str) -> Served:
    fake = FakeIntercom(kind=kind)
    topic = "conversation.admin.assigned" if kind == "conversations" else "ticket.admin.assigned"
    return Served(intercom(fake), fake.requests, '"admin_id": "814"', {**INTERCOM_CREATED, "topic": topic})


SERVED: dict[str, Callable[[], Served]] = {
    "zendesk": _zendesk,
    "freshdesk": _freshdesk,
    "intercom": lambda: _intercom("conversations"),
    "intercom ticket": lambda: _intercom("tickets"),
}
each_desk = pytest.mark.parametrize("served", [make() for make in SERVED.values()], ids=list(SERVED))
each_fresh_desk = pytest.mark.parametrize("make", SERVED.values(), ids=list(SERVED))


@each_fresh_desk
async def test_a_ticket_is_given_and_taken_by_e_mail_or_id(make: Callable[[], Served]) -> None:
    desk = make().desk
    assert await desk.assignee("77") is None
    assert await desk.assigned("77", "") and not await desk.assigned("77", ANA.id)
    for who in (ANA.id, ANA.email):
        await desk.assign("77", who, f"key-{who}")
        assert await desk.assignee("77") == ANA
        assert [await desk.assigned("77", each) for each in (ANA.id, ANA.email.upper(), "815", "")] == [
            True,
            True,
            False,
            False,
        ]
    await desk.assign("77", "", "key")
    assert await desk.assignee("77") is None


@each_fresh_desk
async def test_triage_gives_it_only_where_nobody_has_it(make: Callable[[], Served]) -> None:
    desk = make().desk
    note = Note(key="n1", text="Note", tags=(), urgency=Urgency.P3, assignee=ANA.email)
    await desk.annotate("77", note)
    assert await desk.assignee("77") == ANA
    await desk.assign("77", "900", "key")
    await desk.annotate("77", note.model_copy(update={"key": "n2"}))
    assert await desk.assignee("77") == Agent(id="900"), "whom the helpdesk cannot name has only an id"


@each_fresh_desk
async def test_words_go_out_in_a_persons_name_or_in_the_accounts(make: Callable[[], Served]) -> None:
    served = make()
    for author in (ANA.id, ANA.email):
        await served.desk.reply("77", Reply(key=f"r-{author}", text="Done", author=author))
        assert served.author in served.last()
        await served.desk.remark("77", Remark(key=f"n-{author}", text="Mind", author=author))
        assert served.author in served.last()
    await served.desk.reply("77", Reply(key="r", text="Done"))
    assert served.author not in served.last()


@each_fresh_desk
async def test_an_agent_who_is_not_there_is_none_and_nothing_is_written(make: Callable[[], Served]) -> None:
    served = make()
    for nobody in ("815", "zoe@desk.example", "maria@customer.example", "ana@desk.exampl"):
        assert await served.desk.agent(nobody) is None
    before = [each for each in served.requests if each.method != "GET"]
    with pytest.raises(Refused) as refused:
        await served.desk.reply("77", Reply(key="r", text="Done", author="zoe@desk.example"))
    assert "/triage policy" in str(refused.value)
    assert [each for each in served.requests if each.method != "GET"] == before


@each_desk
def test_that_somebody_got_it_is_told_without_words(served: Served) -> None:
    arrival = served.desk.read({}, json.dumps(served.told).encode(), NOW)
    assert arrival is not None and arrival.assigned
    assert (arrival.ticket.id, arrival.ticket.messages, arrival.status) == ("77", (), None)


def test_a_ticket_that_is_born_with_an_agent_says_so() -> None:
    detail = {**ZENDESK_CREATED["detail"], "assignee_id": "814"}  # type: ignore[dict-item]
    arrival = zendesk().read({}, json.dumps({**ZENDESK_CREATED, "detail": detail}).encode(), NOW)
    assert arrival is not None and arrival.assigned and arrival.ticket.asked
    usual = zendesk().read({}, json.dumps(ZENDESK_CREATED).encode(), NOW)
    assert usual is not None and not usual.assigned


async def test_a_desk_without_agents_is_asked_nothing() -> None:
    desk = plain()
    await desk.assign("77", "814", "key")
    assert (await desk.assignee("77"), await desk.agent("814"), await desk.assigned("77", "814")) == (None, None, True)


async def test_agents_are_asked_for_once_in_ten_minutes_and_who_is_missing_each_time() -> None:
    asked: list[str] = []
    now = [0.0]

    async def look(who: str) -> Agent | None:
        asked.append(who)
        return ANA if ANA.goes_by(who) else None

    agents = Agents("Zendesk", look, lambda: now[0])
    for _ in range(2):
        assert await agents.find(ANA.email) == ANA
        assert await agents.find("zoe@desk.example") is None
    assert asked == [ANA.email, "zoe@desk.example", "zoe@desk.example"]
    now[0] = 601.0
    await agents.find(ANA.email)
    assert asked[-1] == ANA.email
