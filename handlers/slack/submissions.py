"""Somebody sent a form: authorise again, decide, and answer in the form itself."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.decisions import act, edit
from handlers.services import Services
from handlers.slack.answers import LATER, latest_words
from handlers.slack.macros import macros_for
from handlers.slack.moments import NoMoment, moment
from handlers.slack.press import Form, read_form
from handlers.views.escape import plain
from handlers.views.modals import LONGEST_INSTRUCTION, NOBODY, WISHES, edit_modal
from handlers.views.told import changed, plain_sentence
from handlers.views.words import title
from pipeline.authorise import zone_of
from pipeline.decide import MarkDuplicate, NotNow, Reassign, Regenerate, Snooze, Stale
from pipeline.draft import LONGEST
from pipeline.errors import TriageError, Unavailable

Body = dict[str, Any]  # as Bolt hands it over; read_form is the border
Doing = Callable[[Services, Form], Awaitable[object]]


class Unfit(NotNow):
    """This cannot be taken as it was filled in."""

    def __init__(self, block: str, message: str) -> None:
        super().__init__(message)
        self.block = block


def register(app: AsyncApp, services: Services) -> None:
    """Listen to every form of ours."""
    for callback, (block, do) in _FORMS.items():
        app.view(callback)(_listener(services, block, do))


def _listener(services: Services, block: str, do: Doing) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck) -> None:
        form = read_form(body)
        try:
            await do(services, form)
        except Stale as stale:
            await ack(response_action="update", view=await _shown_again(services, form, stale))
        except Unfit as unfit:
            await ack(response_action="errors", errors={unfit.block: plain_sentence(unfit)})
        except TriageError as error:
            await ack(response_action="errors", errors={block: _said(error)})
        else:
            await ack()

    return listen


async def _shown_again(services: Services, form: Form, stale: Stale) -> dict[str, Any]:
    """Keep what the person typed, show what is new, and bind the form to that."""
    notice = changed(stale, await asyncio.to_thread(latest_words, stale.case.ticket))
    macros = macros_for(stale.case, services.policy)
    written = form.values.get("reply", "")
    return edit_modal(stale.case, written, notice, channel=form.channel, ts=form.ts, macros=macros)


def _said(error: TriageError) -> str:
    if isinstance(error, NotNow):
        return plain_sentence(error)
    return LATER if isinstance(error, Unavailable) else plain(str(error), 300)


async def _edit(services: Services, form: Form) -> None:
    text = form.values.get("reply", "").strip()
    if not text:
        raise Unfit("reply", "Write the reply first.")
    if len(text) > LONGEST:
        raise Unfit("reply", f"A reply can have {LONGEST} characters.")
    await edit(services, form.user, form.case, form.shown, text)


async def _reassign(services: Services, form: Form) -> None:
    name, agent = form.values.get("team", ""), form.values.get("agent", "")
    team = next((team for team in services.policy.teams if team.name == name), None)
    if team is None:
        raise Unfit("team", "That team is no longer in the policy.")
    agent = "" if agent == NOBODY else agent
    if agent and agent not in {member.name for member in team.members}:
        people = ", ".join(member.name for member in team.members) or "nobody yet"
        raise Unfit("agent", f"{agent} is not in {title(name)}. There: {people}.")
    reason = form.values.get("reason", "")[:500]
    await act(
        services,
        form.user,
        form.case,
        lambda _, by: Reassign(by=by, team=name, agent=agent, reason=reason),
    )


async def _regenerate(services: Services, form: Form) -> None:
    usual = form.values.get("usual", "") if form.values.get("usual", "") in dict(WISHES) else ""
    said = " ".join(form.values.get("instruction", "").split())[:LONGEST_INSTRUCTION]
    wish = ", ".join(each for each in (usual, said) if each)
    if not wish:
        raise Unfit("instruction", "Say how the draft shall be, or choose something above.")
    await act(services, form.user, form.case, lambda _, by: Regenerate(by=by, instruction=wish))


async def _duplicate(services: Services, form: Form) -> None:
    of = form.values.get("of", "")
    if not of or of == form.case:
        raise Unfit("of", "Choose the other ticket.")
    await act(services, form.user, form.case, lambda _, by: MarkDuplicate(by=by, of=of))


async def _snooze(services: Services, form: Form) -> None:
    zone = zone_of(await services.chat.person(form.user), services.policy)
    try:
        until = moment(form.values.get("until", ""), services.clock.now(), zone)
    except NoMoment as error:
        raise Unfit("until", str(error)) from error
    await act(services, form.user, form.case, lambda _, by: Snooze(by=by, until=until))


_FORMS: dict[str, tuple[str, Doing]] = {
    "edit.submit": ("reply", _edit),
    "reassign.submit": ("team", _reassign),
    "regenerate.submit": ("instruction", _regenerate),
    "duplicate.submit": ("of", _duplicate),
    "snooze.submit": ("until", _snooze),
}
