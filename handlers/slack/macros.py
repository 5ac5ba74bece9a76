"""Somebody chose a macro in the form for a reply: its text joins what they have written."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.decisions import NotAllowed, load_case, may_act
from handlers.services import Services
from handlers.slack.answers import UNREACHED
from handlers.slack.press import Form, read_form
from handlers.views.blocks import Element
from handlers.views.modals import closed_modal, edit_modal
from handlers.views.told import sentence
from pipeline.case import Actor, Case
from pipeline.decide import NotNow
from pipeline.draft import LONGEST
from pipeline.macro import Filling, Macro, filled
from pipeline.policy import Policy

ACTION = "edit.macro"
Body = dict[str, Any]  # as Bolt hands it over; read_form is the border


class NoRoom(NotNow):
    """There is no room left for this macro: shorten the reply first."""


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the list of macros."""

    async def listen(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        view = await _with_macro(services, body)
        try:
            await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
        except UNREACHED as error:  # the form still stands as it was
            structlog.get_logger().warning("macro.not_shown", error=type(error).__name__)
        await ack()

    app.action(ACTION)(listen)


def macros_for(case: Case, policy: Policy) -> tuple[Macro, ...]:
    """Return what the team of a case has at hand."""
    return next((team.macros for team in policy.teams if team.name == case.team), ())


def joined(written: str, said: str, sign_off: str) -> str:
    """Return a reply with a further paragraph, above the sign-off where it ends with one. Raises NoRoom."""
    head, gap, last = written.rstrip().rpartition("\n\n")
    signed = bool(gap and sign_off) and last.endswith(sign_off)
    text = f"{head}\n\n{said}\n\n{last}" if signed else f"{written.rstrip()}\n\n{said}".strip()
    if len(text) > LONGEST:
        raise NoRoom
    return text


async def _with_macro(services: Services, body: Body) -> Element:
    """Return the form with the macro in it, or with the reason why it is not; what was typed stays.

    Who may no longer act, as after the ticket was moved, gets the reason alone.
    """
    form = read_form(body)
    case = await load_case(services, form.case)
    written, notice = form.values.get("reply", ""), ""
    try:
        by = await may_act(services, form.user, case)
    except NotAllowed as refusal:
        return closed_modal("Edit reply", sentence(refusal))
    try:
        written = _inserted(services.policy, case, form, by)
    except NotNow as refusal:
        notice = sentence(refusal)
    macros = macros_for(case, services.policy)
    view = edit_modal(case, written, notice, macros=macros, anew=True)
    # Bound to what the person had in front of them when they began, and not to what came since.
    return {**view, "private_metadata": body["view"]["private_metadata"]}


def _inserted(policy: Policy, case: Case, form: Form, by: Actor) -> str:
    written, named = form.values.get("reply", ""), form.values.get("macros", "")
    macro = next((each for each in macros_for(case, policy) if each.name == named), None)
    if macro is None:
        return written
    language = case.analysis.language if case.analysis else ""
    filling = Filling(customer=case.ticket.customer.name, agent=by.name, ticket=case.ticket.id)
    return joined(written, filled(macro, language, filling), policy.known_team(case.team).signs(language))
