"""Somebody looks at the policy, and a lead changes it in forms."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.changing import change, lead_of, may_take, undo
from handlers.services import Services
from handlers.slack.actions import OldButton
from handlers.slack.answers import SECONDS, UNREACHED, attempt
from handlers.slack.forms import answered
from handlers.slack.opening import opening
from handlers.slack.policy_inputs import Values, read_values
from handlers.slack.policy_parts import form_of, part_of
from handlers.slack.policy_values import mistakes, steps_of
from handlers.slack.submissions import said
from handlers.slack.unfit import Unfit
from handlers.slack.whence import addressed
from handlers.team_names import team_named
from handlers.views import policy_forms as forms
from handlers.views.blocks import Element
from handlers.views.policy import CHANGE, UNDO, Shown, changes_card, policy_card, rules_card, simulate_card, team_card
from handlers.views.told import plain_sentence
from pipeline.authorise import NotAllowed, must_have
from pipeline.case import Actor
from pipeline.decide import NotNow
from pipeline.errors import BadPayload, PolicyError, TriageError
from pipeline.policy_change import Step, standing
from pipeline.policy_people import DESKS
from pipeline.ports import Card, Person
from pipeline.roles import Right
from pipeline.value import Value
from storage import policy_log

LAST, MOST_LAST = 200, 2_000

Body = dict[str, Any]  # as Bolt hands it over; _Asked is the border


class NoNumber(NotNow):
    """Say how many of the newest tickets to replay: /triage simulate last 200."""


class Asked(Value):
    """A form that was sent, or whose button was pressed."""

    user: str
    form: str
    about: tuple[str, ...]
    seen: int
    last: int
    values: Mapping[str, tuple[str, ...]]


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the ways into the forms, to the forms, and to the way back."""

    async def open_form(body: Body, ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        await opening(lambda: _change_form(services, body), client, str(body["trigger_id"]), ack, respond)

    async def open_member(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        await pushed(client, body, lambda: _member_form(services, body))
        await ack()

    async def open_part(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        await pushed(client, body, lambda: _part_form(services, body))
        await ack()

    async def take_back(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        await attempt(lambda: _undone(services, body, respond), ack, respond)

    app.action(CHANGE)(open_form)
    app.action(forms.MEMBER)(open_member)
    app.action(forms.PART)(open_part)
    app.action(UNDO)(take_back)
    app.view(forms.SAVE)(_saver(services))


async def look(services: Services, person: Person, text: str) -> Card:
    """Return what somebody asked to see of the policy: all of it in short, a team, the rules, or the changes."""
    shown = await shown_to(services, person)
    match text.casefold():
        case "":
            return policy_card(shown)
        case "rules":
            return rules_card(shown.policy)
        case "changes" | "history" | "log":
            return changes_card(shown)
        case _:
            return team_card(shown.policy.team(team_named(shown.policy, text, "policy")))


async def ask_what(services: Services, person: Person, text: str) -> Card:
    """Return the ways to describe a change that shall be simulated on the last tickets. Raises NotAllowed."""
    lead_of(person, services.policy)
    return simulate_card(await shown_to(services, person, _last(text)))


async def shown_to(services: Services, person: Person, last: int = LAST) -> Shown:
    """Return the policy as a person may see and change it."""
    async with services.store.reader() as connection:
        log = await policy_log.changes(connection, services.workspace)
    stands = standing(log)
    now = services.policies.now
    return Shown(
        policy=now.policy,
        number=now.number,
        changes=log[::-1],
        stands=stands[-1].number if stands else 0,
        misfits=now.misfits,
        leads=_leads(services, person),
        last=last,
        desks=tuple(desk for desk in DESKS if desk in services.helpdesks),
    )


async def asked(services: Services, body: Body) -> tuple[Asked, Actor, list[Step]]:
    """Return what a form asks for, and who; authorised anew. Raises NotAllowed, Unfit or PolicyError."""
    form, policy = read_asked(body), services.policy
    person = await services.chat.person(form.user)
    lead_of(person, policy)  # before anything else is told
    steps = steps_of(form.form, form.about, form.values, policy)
    return form, may_take(person, policy, steps), steps


def read_asked(body: Body) -> Asked:
    """Read a form's payload. Raises BadPayload."""
    try:
        view = body["view"]
        return Asked(
            user=addressed(body, body["user"]["id"]), **json.loads(view["private_metadata"]), values=read_values(view)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadPayload("This form is not one of mine.") from error


async def pushed(client: AsyncWebClient, body: Body, make: Callable[[], Awaitable[Element]]) -> str:
    """Push what `make` returns, or why not, over the form; return the new view's id, "" where Slack took none."""
    try:
        view = await make()
    except TriageError as error:
        view = forms.notice_view("Not yet", said(error))
    try:
        answer = await client.views_push(trigger_id=body["trigger_id"], view=view)
    except UNREACHED:
        return ""  # the form still stands as it was
    return str(answer["view"]["id"])


def _saver(services: Services) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        await answered(body, _saved(services, body), ack, client)

    return listen


async def _saved(services: Services, body: Body) -> dict[str, Any]:
    values: Values = {}
    kind = ""
    try:
        values, kind = (sent := read_asked(body)).values, sent.form
        form, by, steps = await asked(services, body)
        why = next(iter(form.values.get("why", ())), "")
        made = await change(services, by, steps, why, form.seen)
    except Unfit as unfit:
        return {"response_action": "errors", "errors": {unfit.block: plain_sentence(unfit)}}
    except PolicyError as error:
        return {"response_action": "errors", "errors": mistakes(error, values, kind)}
    except TriageError as error:
        return {"response_action": "errors", "errors": {next(iter(values), "why"): said(error)}}
    return {"response_action": "update", "view": forms.saved_view(made)}


async def _change_form(services: Services, body: Body) -> Element:
    person = await services.chat.person(addressed(body, body["user"]["id"]))
    lead_of(person, services.policy)
    action = body["actions"][0]
    kind, _, name = str((action.get("selected_option") or {}).get("value", "")).partition(":")
    if kind == "roles":
        must_have(Right.ROLES, person, services.policy)  # nobody fills in a form that would be refused
    last = str(action.get("block_id", "")).partition(":")[2]
    return form_of(await shown_to(services, person, _last(last)), kind, name)


async def _member_form(services: Services, body: Body) -> Element:
    person = await services.chat.person(addressed(body, body["user"]["id"]))
    lead_of(person, services.policy)
    form = read_asked(body)
    shown = await shown_to(services, person, form.last)
    team = next((team for team in shown.policy.teams if team.name in form.about), None)
    chosen = (body["actions"][0].get("selected_option") or {}).get("value", "")
    if team is None:
        raise OldButton
    member = next((member for member in team.members if member.name == chosen), None)
    if member is None and chosen != forms.NEW:
        raise OldButton
    return forms.member_form(shown, team, member)


async def _part_form(services: Services, body: Body) -> Element:
    """Return the form for a part of what another form is about: of a team, or one of the rules."""
    person = await services.chat.person(addressed(body, body["user"]["id"]))
    lead_of(person, services.policy)
    form = read_asked(body)
    kind, _, name = str((body["actions"][0].get("selected_option") or {}).get("value", "")).partition(":")
    return part_of(await shown_to(services, person, form.last), form.about, kind, name)


async def _undone(services: Services, body: Body, respond: AsyncRespond) -> None:
    person = await services.chat.person(addressed(body, body["user"]["id"]))
    lead_of(person, services.policy)
    number = str(body["actions"][0].get("value", ""))
    if not number.isdecimal():
        raise OldButton
    async with services.store.reader() as connection:
        log = await policy_log.changes(connection, services.workspace)
    steps = next((each.steps for each in log if each.number == int(number)), ())
    by = may_take(person, services.policy, steps)
    await undo(services, by, int(number))
    card = policy_card(await shown_to(services, person))
    try:
        async with asyncio.timeout(SECONDS):
            await respond(text=card.text, blocks=[dict(block) for block in card.blocks], replace_original=True)
    except UNREACHED:
        return  # it is taken back all the same, as the next look shows


def _leads(services: Services, person: Person) -> bool:
    try:
        lead_of(person, services.policy)
    except NotAllowed:
        return False
    return True


def _last(text: str) -> int:
    said_ = text.casefold().removeprefix("last").strip().replace(",", "")
    if not said_:
        return LAST
    if not said_.isascii() or not said_.isdecimal() or not 1 <= int(said_[:9]) <= MOST_LAST:
        raise NoNumber(
            f"Say how many of the newest tickets to replay, {MOST_LAST:,} at most: /triage simulate last 200"
        )
    return int(said_)
