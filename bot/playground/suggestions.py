"""An external select asks the app for its options, as a person types."""

from bot.playground.blocks.checks import Findings, array, exactly_one, shape
from bot.playground.blocks.composition import OPTION
from bot.playground.blocks.options import option_groups
from bot.playground.blocks.together import controls
from bot.playground.delivery import Delivery, Kind
from bot.playground.interactions import who
from bot.playground.playground import Playground
from bot.playground.shown import show_message
from bot.playground.wire import Object, Refusal

ASKING = {"external_select", "multi_external_select"}
_ANSWER = shape(
    {},
    {"options": array(OPTION, 100, 0), "option_groups": option_groups},
    exactly_one("options", "option_groups"),
)


async def ask_in_message(playground: Playground, user: str, channel: str, ts: str, asked: Object) -> Object:
    """The app's `options` or `option_groups` for what was typed into a message's select."""
    found = playground.workspace.channel(channel)
    message = playground.messages.find_for(user, found.id, ts)
    place: Object = {
        "container": {"type": "message", "message_ts": ts, "channel_id": found.id},
        "channel": {"id": found.id, "name": found.name or "directmessage"},
        "message": show_message(message, with_metadata=True),
    }
    return await _ask(playground, user, message.get("blocks", []), place, asked)


async def ask_in_view(playground: Playground, user: str, view_id: str, asked: Object) -> Object:
    """The same inside a modal or the Home."""
    view = playground.views.find(user, view_id)
    place: Object = {"container": {"type": "view", "view_id": view_id}, "view": view}
    return await _ask(playground, user, view["blocks"], place, asked)


async def _ask(playground: Playground, user: str, blocks: list[Object], place: Object, asked: Object) -> Object:
    """`asked` names the select by block_id and action_id, and has the `value` typed so far."""
    if not any(_is_asked(element, asked) for element in controls(blocks)):
        raise Refusal("element_not_found")
    payload = {**who(playground, "block_suggestion", user), **place, **asked}
    what = f"block_suggestion {asked['action_id']}"
    ack = await playground.line.deliver(Delivery(Kind.INTERACTION, what, payload))
    if ack.error:
        return {"ok": False, "error": ack.explanation}
    return _read(ack.json())


def _is_asked(element: Object, asked: Object) -> bool:
    return element["type"] in ASKING and element["action_id"] == asked["action_id"]


def _read(answer: Object) -> Object:
    found = Findings()
    _ANSWER(answer, "", found)
    if found.messages:
        return {"ok": False, "error": f"The app answered with options that are not allowed: {found.messages[0]}"}
    return {"ok": True, **answer}
