"""People decide: authorised first, once, on what they were shown; a refusal says why and changes nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.decisions import (
    UnknownCase,
    act,
    approve,
    case_at,
    draft_text,
    edit,
    load_case,
    must_be_sendable,
)
from handlers.intake import receive
from handlers.policies import Policies
from pipeline.acts import (
    Choose,
    Claim,
    Dismiss,
    Escalate,
    Keep,
    MarkDuplicate,
    Rate,
    Reassign,
    Regenerate,
    Reopen,
    Resolve,
    Snooze,
)
from pipeline.authorise import NotAllowed
from pipeline.case import Case, Sending, Status, Worth
from pipeline.decide import AlreadyClaimed, AlreadyDecided, Change, NotNow, NotReady, Stale, Unsendable
from pipeline.feedback import Aspect, Fate
from pipeline.ports import Person
from pipeline.wish import UNMET
from storage.cards import CARD, placed
from storage.cases import Conflict
from storage.feedback import of_case
from storage.jobs import Kind
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.desk import policy
from tests.fakes.house import House, said, told
from tests.fakes.settle import settle
from tests.fakes.tickets import arrival

LEAD = "ULENA"
TOMORROW = MORNING + timedelta(days=1)
Doing = Callable[[House, str, Case], Awaitable[Case]]


def member(team: str) -> str:
    """Return the user id of somebody in a team who is not in charge of everything."""
    leads = {lead.name for lead in policy().leads}
    name = next(one.name for one in policy().team(team).members if one.name not in leads)
    return f"U{name.split()[0].upper()}"


AGENT, OUTSIDER = member("billing_support"), member("product_feedback")

DOING: dict[str, Doing] = {
    "approve": lambda house, user, case: approve(house.services, user, case.id, case.shown),
    "edit": lambda house, user, case: edit(house.services, user, case.id, case.shown, "My own words."),
    "edit badly": lambda house, user, case: edit(house.services, user, case.id, case.shown, "Write to [EMAIL_9]"),
    "reassign": lambda house, user, case: act(
        house.services, user, case.id, lambda _, by: Reassign(by=by, team="tech_support")
    ),
    "choose": lambda house, user, case: act(
        house.services, user, case.id, lambda _, by: Choose(by=by, category="technical")
    ),
    "claim": lambda house, user, case: act(house.services, user, case.id, lambda _, by: Claim(by=by)),
    "dismiss": lambda house, user, case: act(house.services, user, case.id, lambda _, by: Dismiss(by=by)),
    "duplicate": lambda house, user, case: act(
        house.services, user, case.id, lambda _, by: MarkDuplicate(by=by, of="case2")
    ),
    "resolve": lambda house, user, case: act(house.services, user, case.id, lambda _, by: Resolve(by=by)),
    "snooze": lambda house, user, case: act(house.services, user, case.id, lambda _, by: Snooze(by=by, until=TOMORROW)),
    "reopen": lambda house, user, case: act(house.services, user, case.id, lambda _, by: Reopen(by=by)),
    "rate": lambda house, user, case: act(house.services, user, case.id, lambda _, by: Rate(by=by, good=False)),
    "escalate": lambda house, user, case: act(house.services, user, case.id, lambda _, by: Escalate(by=by)),
    "regenerate": lambda house, user, case: act(
        house.services, user, case.id, lambda _, by: Regenerate(by=by, instruction="more formal")
    ),
    "keep": lambda house, user, case: act(house.services, user, case.id, lambda _, by: Keep(by=by, worth=Worth.GOLD)),
}
ACTS = [name for name in DOING if name not in ("edit badly", "reopen", "keep")]


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    return house


async def shown(house: House, id_: str) -> Case:
    """Take in another ticket like the usual one, and do all that follows."""
    case_id = await house.arrive(told(id_=id_), f"delivery of {id_}")
    await house.work()
    return await house.case(case_id)


async def owed(house: House) -> set[Kind]:
    return {job.kind for job in await house.due()}


# Who


@pytest.mark.parametrize(
    ("user", "says"),
    [(OUTSIDER, "Only billing_support"), ("UGUEST", "Guests and people of other workspaces"), ("UGONE", "Guests")],
    ids=["outsider", "guest", "deactivated"],
)
async def test_who_may_not_decide_is_told_why_before_anything_else_is_looked_at(
    house: House, user: str, says: str
) -> None:
    house.world.chat.join(Person(id="UGUEST", name="Gus", email="gus@elsewhere.example"))
    house.world.chat.join(Person(id="UGONE", name="Ana Ribeiro", email="ana@playground.example"))
    case = await house.shown()
    for name, do in DOING.items():
        with pytest.raises(NotAllowed, match=says):
            await do(house, user, case)
        after = await house.case(case.id)
        assert after == case.but(version=after.version), name
        assert await owed(house) == set(), name
        refused = (await house.history(case.id))[-1]
        assert (refused.kind, refused.actor.id) == ("decision.refused", user)
        assert says in str(refused.detail["reason"])


async def test_who_may_not_decide_learns_nothing_of_a_case_that_was_decided(house: House) -> None:
    case = await house.shown()
    await edit(house.services, AGENT, case.id, case.shown, "Done.")
    for do in DOING.values():
        with pytest.raises(NotAllowed):
            await do(house, OUTSIDER, case)


async def test_who_loses_the_case_while_deciding_is_refused(house: House) -> None:
    """A lead moves the case between a person's click and its transaction."""
    case = await house.shown()
    real = house.world.chat.person
    moved = asyncio.Event()

    async def slowly(user: str) -> Person:
        found = await real(user)
        if user == AGENT and not moved.is_set():
            moved.set()
            await DOING["reassign"](house, LEAD, case)
        return found

    house.world.chat.person = slowly  # type: ignore[method-assign]  # a Slack whose answer takes that long
    with pytest.raises(NotAllowed):
        await DOING["dismiss"](house, AGENT, case)
    assert (await house.case(case.id)).status is Status.OPEN
    assert (await house.history(case.id))[-1].kind == "decision.refused"


# Once


async def test_two_who_approve_at_once_send_one_reply_and_one_hears_who_was_faster(house: House) -> None:
    case = await house.shown()
    users = (LEAD, AGENT) * 4
    ends = await asyncio.gather(
        *(approve(house.services, user, case.id, case.shown) for user in users), return_exceptions=True
    )
    [won] = [end for end in ends if isinstance(end, Case)]
    lost = [end for end in ends if isinstance(end, AlreadyDecided)]
    assert won.decision is not None
    assert len(lost) == len(users) - 1
    assert {str(end) for end in lost} == {f"Already approved by {won.decision.by.name}."}
    await settle(house.services, house.world.clock)
    assert [reply.text for _, reply in house.world.helpdesk.replies] == [draft_text(case)]
    assert [event.kind for event in await house.history(case.id)].count("case.approved") == 1


async def test_a_decision_owes_the_card_and_what_follows_from_it(house: House) -> None:
    follows: dict[str, set[Kind]] = {
        "approve": {Kind.SHOW_CARD, Kind.SEND_REPLY},
        "edit": {Kind.SHOW_CARD, Kind.SEND_REPLY},
        "choose": {Kind.SHOW_CARD, Kind.TRIAGE, Kind.LEARN},
        "reassign": {Kind.SHOW_CARD, Kind.LEARN},
        **{name: {Kind.SHOW_CARD} for name in ("claim", "snooze", "rate", "escalate")},
        **{name: {Kind.SHOW_CARD, Kind.REMARK} for name in ("dismiss", "duplicate")},
    }
    for number, (name, kinds) in enumerate(follows.items()):
        case = await shown(house, f"t{number}")
        await DOING[name](house, AGENT, case)
        assert await owed(house) == kinds, name


async def test_what_a_person_says_of_our_work_is_logged_with_their_decision(house: House) -> None:
    said: dict[str, set[tuple[Aspect, bool]]] = {
        "approve": {(Aspect.DRAFT, False), (Aspect.CATEGORY, False)},
        "edit": {(Aspect.DRAFT, True), (Aspect.CATEGORY, False)},
        "choose": {(Aspect.CATEGORY, True)},
        "reassign": {(Aspect.TEAM, True), (Aspect.CATEGORY, True)},
        "dismiss": {(Aspect.REQUEST, True)},
        "escalate": {(Aspect.ESCALATION, True)},
        "rate": {(Aspect.RATING, True)},
        "claim": set(),
    }
    for number, (name, heard) in enumerate(said.items()):
        case = await shown(house, f"t{number}")
        await DOING[name](house, AGENT, case)
        async with house.services.store.reader() as connection:
            found = await of_case(connection, case.id)
        assert {(each.aspect, each.corrects) for each in found} == heard, name
        assert {each.by.id for each in found} <= {AGENT}


async def test_an_edited_reply_is_logged_masked_with_the_share_that_was_changed(house: House) -> None:
    case = await house.shown()
    text = draft_text(case) + " Call me on +49 30 901820."
    await edit(house.services, AGENT, case.id, case.shown, text)
    async with house.services.store.reader() as connection:
        draft = next(each for each in await of_case(connection, case.id) if each.aspect is Aspect.DRAFT)
    assert draft.fate is Fate.EDITED
    assert draft.distance == pytest.approx(26 / len(text), abs=0.01)
    assert "[PHONE_1]" in draft.chosen
    assert "901820" not in draft.chosen


async def test_a_refused_act_says_nothing(house: House) -> None:
    case = await house.shown()
    with pytest.raises(NotAllowed):
        await DOING["choose"](house, OUTSIDER, case)
    await DOING["approve"](house, AGENT, case)
    with pytest.raises(AlreadyDecided):
        await DOING["rate"](house, AGENT, case)
    async with house.services.store.reader() as connection:
        assert {each.aspect for each in await of_case(connection, case.id)} == {Aspect.DRAFT, Aspect.CATEGORY}


async def test_a_claim_is_released_by_its_owner_and_the_history_says_so(house: House) -> None:
    case = await house.shown()
    await DOING["claim"](house, AGENT, case)
    with pytest.raises(AlreadyClaimed, match="Ask them to release it"):
        await DOING["claim"](house, LEAD, case)
    await DOING["claim"](house, AGENT, case)
    kinds = [event.kind for event in await house.history(case.id)]
    assert kinds[-2:] == ["case.claimed", "case.released"]


# On what they were shown


async def test_what_the_customer_wrote_since_stops_an_approval_and_an_edit(house: House) -> None:
    case = await house.shown()
    more = told(said("m1", "Hello, our card was charged twice for March."), said("m2", "It came again!", minutes=9))
    await receive(house.services, arrival(more, "d2"))
    for name in ("approve", "edit"):
        with pytest.raises(Stale) as stale:
            await DOING[name](house, AGENT, case)
        assert Change.MESSAGE in stale.value.changes
        assert "the customer wrote again" in str(stale.value)
    assert house.world.helpdesk.replies == []


async def test_a_draft_that_grew_old_is_written_anew(house: House) -> None:
    case = await house.shown()
    house.world.clock.advance(policy().approval_hours * 3600 + 1)
    with pytest.raises(Stale, match="the draft is too old"):
        await DOING["approve"](house, AGENT, case)
    assert (await house.case(case.id)).status is Status.WAITING
    await house.work()
    fresh = await house.case(case.id)
    assert (await DOING["approve"](house, AGENT, fresh)).sending is Sending.QUEUED


async def test_a_draft_is_written_anew_by_the_worker_and_the_old_one_is_not_sent(house: House) -> None:
    case = await house.shown()
    await DOING["regenerate"](house, AGENT, case)
    assert await owed(house) == {Kind.SHOW_CARD, Kind.TRIAGE}
    waiting = await house.case(case.id)
    assert (waiting.status, waiting.instruction) == (Status.WAITING, "more formal")
    await settle(house.services, house.world.clock)
    fresh = await house.case(case.id)
    assert fresh.analysis is not None and case.analysis is not None
    assert fresh.analysis.draft.text.endswith("Yours sincerely\nLumen Boards, Billing")
    assert fresh.analysis.classification == case.analysis.classification
    history = await house.history(case.id)
    assert [event.kind for event in history][-2:] == ["draft.asked_anew", "draft.written_anew"]
    assert history[-2].detail == {"instruction": "more formal"}
    with pytest.raises(Stale, match="written anew"):
        await DOING["approve"](house, AGENT, case)
    assert (await DOING["approve"](house, AGENT, fresh)).sending is Sending.QUEUED


async def test_a_wish_that_cannot_be_followed_keeps_the_draft_and_says_so(house: House) -> None:
    case = await house.shown()
    wish = "offer a free month"
    await act(house.services, AGENT, case.id, lambda _, by: Regenerate(by=by, instruction=wish))
    await settle(house.services, house.world.clock)
    fresh = await house.case(case.id)
    assert fresh.analysis is not None and case.analysis is not None
    assert fresh.analysis.draft.text == case.analysis.draft.text
    assert UNMET in fresh.analysis.draft.tags
    assert (await house.history(case.id))[-1].detail == {"unmet": "yes"}
    assert any("Without a language model I cannot write that" in post.card.text for post in house.world.chat.posts)


async def test_autopilot_does_not_send_what_a_person_has_just_asked_for(house: House) -> None:
    categories = tuple(each.model_copy(update={"autopilot": True}) for each in policy().categories)
    case = await house.shown()
    house.services = replace(house.services, policies=Policies(policy().model_copy(update={"categories": categories})))
    await DOING["regenerate"](house, AGENT, case)
    await house.work()
    assert (await house.case(case.id)).decision is None


async def test_a_button_from_nowhere_approves_nothing(house: House) -> None:
    case = await house.shown()
    for value in ("", ".", "nonsense", "0.0", "x" * 300):
        with pytest.raises(Stale):
            await approve(house.services, AGENT, case.id, value)
    assert (await house.case(case.id)).decision is None


async def test_a_placeholder_for_what_the_customer_must_not_read_is_not_sent(house: House) -> None:
    case = await house.shown()
    with pytest.raises(Unsendable, match=r"replace \[EMAIL_9\] by what the customer shall read"):
        await DOING["edit badly"](house, AGENT, case)
    must_be_sendable(case, "Your invoice [20418] is here.")
    assert (await house.case(case.id)).decision is None


async def test_a_reply_that_says_nothing_is_not_sent(house: House) -> None:
    case = await house.shown()
    for text in ("", " \n\t"):
        with pytest.raises(NotReady):
            await edit(house.services, AGENT, case.id, case.shown, text)


async def test_a_case_that_was_not_read_yet_can_be_answered_but_not_approved(house: House) -> None:
    case = await house.case(await house.arrive(told()))
    with pytest.raises(NotReady, match="There is no draft yet"):
        await DOING["approve"](house, LEAD, case)
    assert (await DOING["edit"](house, LEAD, case)).sending is Sending.QUEUED


# Where a case stands


@pytest.mark.parametrize(
    ("before", "says"),
    [("dismiss", "Already marked as not a request by "), ("duplicate", "Already marked as a duplicate by ")],
)
async def test_a_closed_case_says_who_closed_it(house: House, before: str, says: str) -> None:
    case = await house.shown()
    closed = await DOING[before](house, LEAD, case)
    for name in ACTS:
        with pytest.raises(AlreadyDecided, match=says):
            await DOING[name](house, AGENT, closed)
    assert (await DOING["reopen"](house, AGENT, closed)).status is Status.OPEN


@pytest.mark.parametrize("act_name", ["approve", "edit"])
async def test_a_case_that_sleeps_can_be_answered_and_then_nobody_wakes_it(house: House, act_name: str) -> None:
    case = await house.shown()
    asleep = await DOING["snooze"](house, AGENT, case)
    assert (await DOING[act_name](house, AGENT, asleep)).status is Status.ANSWERED
    house.world.clock.set(TOMORROW + timedelta(minutes=1))
    await settle(house.services, house.world.clock)
    after = await house.case(case.id)
    assert (after.status, after.sending, after.snoozed_until) == (Status.ANSWERED, Sending.SENT, None)
    assert "case.woken" not in [event.kind for event in await house.history(case.id)]


async def test_a_snooze_ends_when_it_was_meant_to_and_a_longer_one_later(house: House) -> None:
    case = await house.shown()
    await DOING["snooze"](house, AGENT, case)
    until = TOMORROW + timedelta(hours=5)
    await act(house.services, AGENT, case.id, lambda _, by: Snooze(by=by, until=until))
    house.world.clock.set(TOMORROW + timedelta(minutes=1))
    await house.work()
    assert (await house.case(case.id)).status is Status.SNOOZED
    house.world.clock.set(until + timedelta(seconds=1))
    await house.work()
    assert (await house.case(case.id)).status is Status.OPEN


async def test_what_is_open_cannot_be_reopened(house: House) -> None:
    case = await house.shown()
    with pytest.raises(NotNow, match="Only a closed ticket can be reopened"):
        await DOING["reopen"](house, AGENT, case)


# Which case


async def test_a_message_that_shows_no_case_is_said_to_be_none(house: House) -> None:
    case = await house.shown()
    async with house.store.reader() as connection:
        [here] = [one for one in await placed(connection, case.id) if one.role == CARD]
    assert (await case_at(house.services, here.channel, here.ts)).id == case.id
    for channel, ts in ((here.channel, "1.0"), ("C-elsewhere", here.ts)):
        with pytest.raises(UnknownCase, match="/triage queue"):
            await case_at(house.services, channel, ts)
    with pytest.raises(UnknownCase):
        await load_case(house.services, "nonsense")


async def test_a_decision_waits_out_a_few_who_were_faster_and_then_gives_up(house: House) -> None:
    tries = 0
    case = await house.shown()

    def unlucky(times: int) -> Callable[..., Claim]:
        def make(_: Case, by: object) -> Claim:
            nonlocal tries
            tries += 1
            if tries <= times:
                raise Conflict
            return Claim.model_validate({"by": by})

        return make

    assert (await act(house.services, AGENT, case.id, unlucky(3))).claimed_by is not None
    tries = 0
    with pytest.raises(Conflict):
        await act(house.services, AGENT, case.id, unlucky(100))
    assert tries == 5
