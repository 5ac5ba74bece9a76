"""Somebody sent a form: authorise again, decide, and answer in the form itself."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.decisions import act, approve, edit, load_case, may_act
from handlers.duplicates import candidates
from handlers.merging import merge, mergeable
from handlers.repeating import repeat
from handlers.services import Services
from handlers.slack.answers import LATER, latest_words
from handlers.slack.forms import answered
from handlers.slack.link_buttons import remembering, show_anew
from handlers.slack.macros import macros_for
from handlers.slack.moments import NoMoment, moment, must_be_ahead
from handlers.slack.press import Form, read_form
from handlers.slack.saying import blank
from handlers.slack.saying import said as words_said
from handlers.slack.unfit import Unfit
from handlers.views.duplicate import duplicate_modal
from handlers.views.escape import line, plain
from handlers.views.modals import LONGEST_INSTRUCTION, NOBODY, WISHES, closed_modal, edit_modal, merge_modal
from handlers.views.told import changed, plain_sentence
from handlers.views.words import title
from handlers.zones import zone_for
from pipeline.acts import Dismiss, Reassign, Regenerate, Snooze
from pipeline.decide import NotNow, Stale
from pipeline.draft import LONGEST
from pipeline.errors import TriageError, Unavailable

Body = dict[str, Any]  # as Bolt hands it over; read_form is the border
Doing = Callable[[Services, Form], Awaitable[object]]  # a view that comes next, or whatever is done then


def register(app: AsyncApp, services: Services) -> None:
    """Listen to every form of ours."""
    for callback, (block, do) in _FORMS.items():
        app.view(callback)(_listener(services, block, do))


def _listener(services: Services, block: str, do: Doing) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        form = read_form(body)
        await answered(body, _answer(services, form, block, do), ack, client)
        await show_anew(services, client, form.case, form.channel, form.ts, form.link)

    return listen


async def _answer(services: Services, form: Form, block: str, do: Doing) -> dict[str, Any]:
    try:
        following = await do(services, form)
    except Stale as stale:
        again = remembering(await _shown_again(services, form, stale), form.link)
        return {"response_action": "update", "view": again}
    except Unfit as unfit:
        return {"response_action": "errors", "errors": {unfit.block: plain_sentence(unfit)}}
    except TriageError as error:
        if not block:  # a form that asks nothing has no place for an error
            return {"response_action": "update", "view": closed_modal("Not now", line(said(error), 1000))}
        return {"response_action": "errors", "errors": {block: said(error)}}
    if not isinstance(following, dict):
        return {}
    return {"response_action": "update", "view": remembering(following, form.link)}


async def _shown_again(services: Services, form: Form, stale: Stale) -> dict[str, Any]:
    """Keep what the person typed, show what is new, and bind the form to that."""
    notice = changed(stale, await asyncio.to_thread(latest_words, stale.case.ticket))
    macros = macros_for(stale.case, services.policy)
    written = form.values.get("reply", "")
    return edit_modal(stale.case, written, notice, channel=form.channel, ts=form.ts, macros=macros)


def said(error: TriageError) -> str:
    """Return what a person reads of an error in a form, as plain text."""
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


async def _approve(services: Services, form: Form) -> None:
    await approve(services, form.user, form.case, form.shown)


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
    typed = " ".join(form.values.get("instruction", "").split())[:LONGEST_INSTRUCTION]
    wish = ", ".join(each for each in (usual, typed) if each)
    if not wish:
        raise Unfit("instruction", "Say how the draft shall be, or choose something above.")
    await act(services, form.user, form.case, lambda _, by: Regenerate(by=by, instruction=wish))


async def _duplicate(services: Services, form: Form) -> None:
    of = form.values.get("of", "")
    if not of or of == form.case:
        raise Unfit("of", "Choose the other ticket.")
    await repeat(services, form.user, form.case, of)


async def _rarer(services: Services, form: Form) -> object:
    case = await load_case(services, form.case)
    await may_act(services, form.user, case)
    match form.values.get("rarer", ""):
        case "merge":
            return merge_modal(case, await mergeable(services, case), channel=form.channel, ts=form.ts)
        case "duplicate":
            return duplicate_modal(case, await candidates(services, case), channel=form.channel, ts=form.ts)
        case "say":
            return await blank(services, form.user, case, form.channel, form.ts)
        case "dismiss":
            return await act(services, form.user, form.case, lambda _, by: Dismiss(by=by))
    raise Unfit("rarer", "Choose what is to be done.")


async def _merge(services: Services, form: Form) -> None:
    into = form.values.get("into", "")
    if not into or into == form.case:
        raise Unfit("into", "Choose the other ticket.")
    await merge(services, form.user, form.case, into)


async def _snooze(services: Services, form: Form) -> None:
    zone, now = await zone_for(services, await services.chat.person(form.user)), services.clock.now()
    words, at = form.values.get("words", "").strip(), form.values.get("at", "")
    try:
        if not words and at.isdecimal():
            until = must_be_ahead(datetime.fromtimestamp(int(at), now.tzinfo), now)
        else:
            until = moment(words or form.values.get("until", ""), now, zone)
    except NoMoment as error:
        raise Unfit("words" if words else "at" if at else "until", str(error)) from error
    await act(services, form.user, form.case, lambda _, by: Snooze(by=by, until=until))


_FORMS: dict[str, tuple[str, Doing]] = {
    "approve.submit": ("", _approve),
    "edit.submit": ("reply", _edit),
    "reassign.submit": ("team", _reassign),
    "regenerate.submit": ("instruction", _regenerate),
    "duplicate.submit": ("of", _duplicate),
    "snooze.submit": ("until", _snooze),
    "more.submit": ("rarer", _rarer),
    "merge.submit": ("into", _merge),
    "say.submit": ("reply", words_said),
}
