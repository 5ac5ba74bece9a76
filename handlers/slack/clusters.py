"""Somebody looks at clusters or ends an incident: /triage cluster, and the buttons and forms of it."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers import intents as acts
from handlers.bursts import end_by_hand
from handlers.card_links import links_to
from handlers.clusters import clusters
from handlers.intent_parts import chosen_parts, drafted, keep_article, parts_of
from handlers.intents import leads, the_intent
from handlers.services import Services
from handlers.slack.answers import attempt, whisper
from handlers.slack.forms import answered
from handlers.slack.opening import opening
from handlers.slack.policy_inputs import Values, read_values
from handlers.slack.press import Press, read_press
from handlers.slack.submissions import said
from handlers.slack.unfit import Unfit
from handlers.slack.whence import addressed
from handlers.views import clusters as view
from handlers.views import intent_forms as forms
from handlers.views.blocks import Element
from handlers.views.clusters import clusters_card
from handlers.views.incident import END
from handlers.views.told import plain_sentence
from handlers.watching import watch
from pipeline.authorise import may_look
from pipeline.errors import BadPayload, TriageError
from pipeline.ports import Card, Person
from storage import intents

Body = dict[str, Any]  # as Bolt hands it over
Making = Callable[[Services, str, str], Awaitable[Element]]  # for a person and an intent
Doing = Callable[[Services, str, str, Values], Awaitable[Element]]


async def cluster(services: Services, person: Person, text: str) -> Card:
    """Return the clusters of a period, of one team or of all. Raises UnknownTeam."""
    return clusters_card(await clusters(services, text))


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the buttons under clusters, and to their forms."""
    for name, make in _OPENING.items():
        app.action(_numbered(name))(_opener(services, make))
    app.action(_numbered(view.WATCH))(_watcher(services))
    app.action(END)(_ender(services))
    for callback, (block, do) in _FORMS.items():
        app.view(callback)(_saver(services, block, do))


def _numbered(name: str) -> re.Pattern[str]:
    """An action's id is there once in a message, so it ends in a number."""
    return re.compile(rf"{re.escape(name)}\.\d+")


def _opener(services: Services, make: Making) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, respond: AsyncRespond, client: AsyncWebClient) -> None:
        async def making() -> Element:
            press = read_press(body)
            return await make(services.still(), press.user, press.value)

        await opening(making, client, str(body.get("trigger_id", "")), ack, respond)

    return listen


def _watcher(services: Services) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        async def work() -> None:
            press: Press = read_press(body)
            may_look(await services.chat.person(press.user), services.policy)
            await whisper(respond, await watch(services, press.user, await the_intent(services, press.value)))

        await attempt(work, ack, respond)

    return listen


def _ender(services: Services) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        async def work() -> None:
            press = read_press(body)
            await end_by_hand(services.still(), press.user, press.value)

        await attempt(work, ack, respond)

    return listen


def _saver(services: Services, block: str, do: Doing) -> Callable[..., Awaitable[None]]:
    async def listen(body: Body, ack: AsyncAck, client: AsyncWebClient) -> None:
        await answered(body, _answer(services.still(), body, block, do), ack, client)

    return listen


async def _answer(services: Services, body: Body, block: str, do: Doing) -> dict[str, Any]:
    try:
        user, id_ = addressed(body, body["user"]["id"]), str(_meta(body)["intent"])
        return {"response_action": "update", "view": await do(services, user, id_, read_values(body["view"]))}
    except Unfit as unfit:
        return {"response_action": "errors", "errors": {unfit.block: plain_sentence(unfit)}}
    except TriageError as error:
        return {"response_action": "errors", "errors": {block: said(error)}}


def _meta(body: Body) -> Mapping[str, Any]:
    try:
        meta = json.loads(body["view"]["private_metadata"])
        return {"intent": meta["intent"]}
    except (KeyError, TypeError, ValueError) as error:
        raise BadPayload("This form is not one of mine.") from error


async def _tickets(services: Services, user: str, id_: str) -> Element:
    may_look(await services.chat.person(user), services.policy)
    intent = await the_intent(services, id_)
    async with services.store.reader() as connection:
        newest = await intents.tickets_in(connection, services.workspace, id_, forms.MOST_TICKETS)
        total = await intents.counted(connection, services.workspace, intent=id_)
    links = await links_to(services, [each.case_id for each in newest])
    return forms.tickets_modal(intent, newest, links, total)


async def _rename_form(services: Services, user: str, id_: str) -> Element:
    await leads(services, user)
    return forms.rename_modal(await the_intent(services, id_))


async def _more_form(services: Services, user: str, id_: str) -> Element:
    await leads(services, user)
    return forms.intent_more_modal(await the_intent(services, id_))


async def _article_form(services: Services, user: str, id_: str) -> Element:
    await leads(services, user)
    intent = await the_intent(services, id_)
    draft = await drafted(services, intent)
    return forms.article_modal(intent, draft.question, draft.answer, draft.sources)


async def _rename(services: Services, user: str, id_: str, values: Values) -> Element:
    if not (name := _one(values, "name")):
        raise Unfit("name", "Write a name.")
    after = await acts.rename(services, user, id_, name)
    return forms.intent_done_modal("Rename", forms.named(after))


async def _further(services: Services, user: str, id_: str, values: Values) -> Element:
    await leads(services, user)
    intent = await the_intent(services, id_)
    async with services.store.reader() as connection:
        active = await intents.active(connection, services.workspace)
        odd = await intents.tickets_in(connection, services.workspace, id_, 10, farthest=True)
    others = [each for each in active if each.id != id_]
    match _one(values, "rarer"):
        case "merge":
            return forms.intent_merge_modal(intent, others)
        case "split":
            parts = await parts_of(services, id_)
            return forms.intent_split_modal(intent, [(part.medoid, len(part.cases)) for part in parts])
        case "part":
            return forms.intent_part_modal(intent, odd, others)
        case "file":
            return forms.intent_file_modal(intent, [category.name for category in services.policy.categories])
    raise Unfit("rarer", "Choose what is to be done.")


async def _merge(services: Services, user: str, id_: str, values: Values) -> Element:
    after = await acts.merge_intents(services, user, id_, _one(values, "into"))
    return forms.intent_done_modal("Merge", forms.merged_into(after))


async def _split(services: Services, user: str, id_: str, values: Values) -> Element:
    await leads(services, user)
    chosen = chosen_parts(await parts_of(services, id_), values.get("parts", ()))
    made = await acts.split_off(services, user, id_, chosen)
    return forms.intent_done_modal("Split", forms.began(made))


async def _file(services: Services, user: str, id_: str, values: Values) -> Element:
    after = await acts.file(services, user, id_, _one(values, "l1"), _one(values, "l2"))
    return forms.intent_done_modal("Move in the tree", forms.filed(after))


async def _part(services: Services, user: str, id_: str, values: Values) -> Element:
    out, into = values.get("tickets", ()), _one(values, "into")
    if not out:
        raise Unfit("tickets", "Choose the tickets that do not belong.")
    if into == forms.NEW:
        made = await acts.split_off(services, user, id_, [out], wrong=True)
        return forms.intent_done_modal("Move tickets", forms.began(made))
    async with services.store.reader() as connection:
        shown = await intents.tickets_in(connection, services.workspace, id_, 10, farthest=True)
    moved = await acts.take_out(services, user, id_, [each.case_id for each in shown], out, into)
    return forms.intent_done_modal("Move tickets", forms.moved_tickets(moved, await the_intent(services, into)))


async def _article(services: Services, user: str, id_: str, values: Values) -> Element:
    if not (answer := _one(values, "answer")):
        raise Unfit("answer", "Write what helps.")
    if not (name := _one(values, "title")):
        raise Unfit("title", "Write a title.")
    await keep_article(services, user, id_, name, _one(values, "question"), answer)
    return forms.intent_done_modal("Write an article", forms.kept_article(name))


def _one(values: Values, block: str) -> str:
    return next(iter(values.get(block, ())), "")


_OPENING: dict[str, Making] = {
    view.OPEN: _tickets,
    view.RENAME: _rename_form,
    view.MORE: _more_form,
    view.ARTICLE: _article_form,
}
_FORMS: dict[str, tuple[str, Doing]] = {
    forms.RENAME: ("name", _rename),
    forms.RARER: ("rarer", _further),
    forms.MERGE: ("into", _merge),
    forms.SPLIT: ("parts", _split),
    forms.FILE: ("l1", _file),
    forms.PART: ("tickets", _part),
    forms.ARTICLE: ("answer", _article),
}
