"""Somebody pressed a button of a card."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.decisions import act, approve, case_at, draft_text, may_act
from handlers.duplicates import candidates
from handlers.merging import reopen
from handlers.services import Services
from handlers.slack.answers import attempt
from handlers.slack.macros import macros_for
from handlers.slack.opening import opening
from handlers.slack.press import Press, read_press
from handlers.slack.saying import blank
from handlers.views.approve import approve_modal
from handlers.views.blocks import Element
from handlers.views.duplicate import duplicate_modal
from handlers.views.modals import (
    edit_modal,
    more_modal,
    reassign_modal,
    regenerate_modal,
    snooze_modal,
)
from handlers.views.why import why_modal
from handlers.zones import zone_for
from pipeline.acts import Acknowledge, CallOff, Choose, Claim, Dismiss, Escalate, Keep, Rate, Resolve, Unacknowledge
from pipeline.authorise import may_look
from pipeline.case import Case, Worth
from pipeline.decide import AlreadyDecided, NotNow
from pipeline.draft import Grade

Body = dict[str, Any]  # as Bolt hands it over; read_press is the border
Saving = Callable[[Services, Press, Case], Awaitable[object]]
Making = Callable[[Services, Press, Case], Awaitable[Element]]


class OldButton(NotNow):
    """This button is from an earlier version and does nothing any more. Use the ticket's present card."""


def register(app: AsyncApp, services: Services) -> None:
    """Listen to every button of ours."""
    for action, save in _SAVING.items():
        app.action(action)(_saver(services, save))
    for action, make in _OPENING.items():
        app.action(action)(_opener(services, make))
    app.action("ticket.more")(_more(services))
    app.action(re.compile(r"ticket\.category\.[12]"))(_saver(services, _choose))
    app.action(re.compile(".*"))(_unknown)


def _saver(services: Services, save: Saving) -> Callable[..., Awaitable[None]]:
    """Return a listener that saves first and acknowledges last, so that no click is lost."""

    async def listen(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        await attempt(lambda: _saved(services, body, save), ack, respond)

    return listen


def _opener(services: Services, make: Making) -> Callable[..., Awaitable[None]]:
    """Return a listener that opens a form at once, since its trigger lives three seconds."""

    async def listen(body: Body, ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        await _opened(services, body, make, client, ack, respond)

    return listen


def _more(services: Services) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        chosen = str((body["actions"][0].get("selected_option") or {}).get("value", ""))
        if chosen in _MORE_SAVING:
            await attempt(lambda: _saved(services, body, _MORE_SAVING[chosen]), ack, respond)
        elif chosen in _MORE_OPENING:
            await _opened(services, body, _MORE_OPENING[chosen], client, ack, respond)
        else:
            await _unknown(ack, respond)

    return listen


async def _unknown(ack: AsyncAck, respond: AsyncRespond) -> None:
    async def work() -> None:
        raise OldButton

    await attempt(work, ack, respond)


async def _saved(services: Services, body: Body, save: Saving) -> None:
    press = read_press(body)
    await save(services, press, await case_at(services, press.channel, press.ts, press.case))


async def _opened(
    services: Services, body: Body, make: Making, client: AsyncWebClient, ack: AsyncAck, respond: AsyncRespond
) -> None:
    async def making() -> Element:
        press = read_press(body)
        return await make(services, press, await case_at(services, press.channel, press.ts, press.case))

    await opening(making, client, str(body.get("trigger_id", "")), ack, respond)


async def _approve(services: Services, press: Press, case: Case) -> None:
    await approve(services, press.user, case.id, press.value)


async def _choose(services: Services, press: Press, case: Case) -> None:
    if press.value not in {category.name for category in services.policy.categories}:
        raise OldButton
    await act(services, press.user, case.id, lambda _, by: Choose(by=by, category=press.value))


async def claim(services: Services, press: Press, case: Case) -> None:
    """Say that who presses works on it, or no longer."""
    await act(services, press.user, case.id, lambda _, by: Claim(by=by))


async def _dismiss(services: Services, press: Press, case: Case) -> None:
    await act(services, press.user, case.id, lambda _, by: Dismiss(by=by))


async def _escalate(services: Services, press: Press, case: Case) -> None:
    await act(services, press.user, case.id, lambda _, by: Escalate(by=by))


async def _call_off(services: Services, press: Press, case: Case) -> None:
    await act(services, press.user, case.id, lambda _, by: CallOff(by=by))


async def _acknowledge(services: Services, press: Press, case: Case) -> None:
    await act(services, press.user, case.id, lambda _, by: Acknowledge(by=by))


async def _unacknowledge(services: Services, press: Press, case: Case) -> None:
    await act(services, press.user, case.id, lambda _, by: Unacknowledge(by=by))


async def _rate(services: Services, press: Press, case: Case) -> None:
    await act(services, press.user, case.id, lambda _, by: Rate(by=by, good=press.value == "up"))


async def _keep(services: Services, press: Press, case: Case) -> None:
    await act(services, press.user, case.id, lambda _, by: Keep(by=by, worth=Worth(press.value)))


async def reopen_it(services: Services, press: Press, case: Case) -> None:
    """Reopen a closed case."""
    await reopen(services, press.user, case)


async def _resolve(services: Services, press: Press, case: Case) -> None:
    await act(services, press.user, case.id, lambda _, by: Resolve(by=by))


async def edit_form(services: Services, press: Press, case: Case) -> Element:
    """Return the form with the draft to change."""
    await _must_be_theirs(services, press, case)
    draft = "" if _only_acknowledges_again(case) else await asyncio.to_thread(draft_text, case)
    macros = macros_for(case, services.policy)
    return edit_modal(case, draft, channel=press.channel, ts=press.ts, macros=macros)


def _only_acknowledges_again(case: Case) -> bool:
    """Whether the customer has had what the draft says."""
    return case.held is not None and case.analysis is not None and case.analysis.draft.grade is Grade.NEEDS_PERSON


async def preview(services: Services, press: Press, case: Case) -> Element:
    """Return the form that shows the draft as the customer would get it, where nobody sees the card."""
    await _must_be_theirs(services, press, case)
    draft = await asyncio.to_thread(draft_text, case)
    if not draft.strip() or case.analysis is None or case.analysis.draft.doubts or _only_acknowledges_again(case):
        return await edit_form(services, press, case)
    return approve_modal(case, draft, channel=press.channel, ts=press.ts)


async def reassign_form(services: Services, press: Press, case: Case) -> Element:
    """Return the form that gives the ticket to somebody else."""
    await _must_be_theirs(services, press, case)
    return reassign_modal(case, services.policy, channel=press.channel, ts=press.ts)


async def _duplicate(services: Services, press: Press, case: Case) -> Element:
    await _must_be_theirs(services, press, case)
    others = await candidates(services, case)
    return duplicate_modal(case, others, channel=press.channel, ts=press.ts)


async def _say(services: Services, press: Press, case: Case) -> Element:
    return await blank(services, press.user, case, press.channel, press.ts)


async def rarer_form(services: Services, press: Press, case: Case) -> Element:
    """Return the form with the rarer acts."""
    await _must_be_theirs(services, press, case)
    return more_modal(case, channel=press.channel, ts=press.ts)


async def _snooze(services: Services, press: Press, case: Case) -> Element:
    await _must_be_theirs(services, press, case)
    zone = await zone_for(services, await services.chat.person(press.user))
    return snooze_modal(case, zone.key, channel=press.channel, ts=press.ts)


async def _why(services: Services, press: Press, case: Case) -> Element:
    may_look(await services.chat.person(press.user), services.policy)
    return why_modal(case, services.policy)


async def _regenerate(services: Services, press: Press, case: Case) -> Element:
    await _must_be_theirs(services, press, case)
    return regenerate_modal(case, channel=press.channel, ts=press.ts)


async def _must_be_theirs(services: Services, press: Press, case: Case) -> None:
    """Nobody fills in a form that would be refused."""
    await may_act(services, press.user, case)
    if case.decision is not None:
        raise AlreadyDecided(case.decision)


_SAVING: dict[str, Saving] = {
    "ticket.approve": _approve,
    "ticket.reopen": reopen_it,
    "ticket.claim": claim,
    "ticket.acknowledge": _acknowledge,
    "ticket.unacknowledge": _unacknowledge,
    "draft.rate": _rate,
}
_OPENING: dict[str, Making] = {
    "ticket.edit": edit_form,
    "ticket.reassign": reassign_form,
    "ticket.regenerate": _regenerate,
}
_MORE_SAVING: dict[str, Saving] = {
    "resolve": _resolve,
    "dismiss": _dismiss,
    "escalate": _escalate,
    "call_off": _call_off,
    **{worth.value: _keep for worth in Worth},
}
_MORE_OPENING: dict[str, Making] = {
    "duplicate": _duplicate,
    "snooze": _snooze,
    "why": _why,
    "rarer": rarer_form,
    "say": _say,
}
