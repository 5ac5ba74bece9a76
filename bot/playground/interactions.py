"""What people do to the app: press, send forms, type commands. Each becomes one delivery."""

from bot.playground.blocks.together import controls, holders
from bot.playground.credentials import APP_ID, VERIFICATION_TOKEN
from bot.playground.delivery import Ack, Delivery, Kind
from bot.playground.input_state import initial_state, merge, value_key
from bot.playground.people import Channel
from bot.playground.playground import Playground
from bot.playground.respond import respond
from bot.playground.shown import show_message
from bot.playground.wire import Object, Refusal

ACTION_FIELDS = ("text", "value", "style", "placeholder", "url", "initial_option", "accessibility_label")


async def press_in_message(
    playground: Playground, user: str, channel_id: str, ts: str, action: Object, filled: Object
) -> Ack:
    """A button pressed, an option chosen, on a message; `filled` is what its other elements hold for this person."""
    channel = playground.workspace.channel(channel_id)
    message = playground.messages.find_for(user, channel.id, ts)
    _refuse_strangers(playground, user, channel, message)
    blocks = _blocks(message)
    element, block_id = _element(blocks, action)
    whispered = bool(message.get("is_ephemeral"))
    thread = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
    payload = {
        **who(playground, "block_actions", user),
        "container": {
            "type": "message",
            "message_ts": ts,
            "channel_id": channel.id,
            "is_ephemeral": whispered,
            **thread,
        },
        "trigger_id": playground.triggers.give(user),
        "channel": _named(channel),
        "message": show_message(message, with_metadata=True),
        "state": {"values": _with_action(merge(initial_state(blocks), filled), block_id, action)},
        "response_url": response_url(playground, user, channel.id, ts, message.get("thread_ts", "")),
        "actions": [_action(playground, element, block_id, action)],
    }
    return await playground.line.deliver(Delivery(Kind.INTERACTION, f"block_actions {element['action_id']}", payload))


async def press_in_view(playground: Playground, user: str, view_id: str, action: Object, filled: Object) -> Ack:
    """The same inside a modal or the Home; `filled` is what the other inputs hold by now."""
    view = playground.views.find(user, view_id)
    element, block_id = _element(view["blocks"], action)
    values = _with_action(merge(view["state"]["values"], filled), block_id, action)
    view = playground.views.remember(user, view, values)
    payload = {
        **who(playground, "block_actions", user),
        "container": {"type": "view", "view_id": view_id},
        "trigger_id": playground.triggers.give(user, view_id if view["type"] == "modal" else ""),
        "view": view,
        "actions": [_action(playground, element, block_id, action)],
    }
    return await playground.line.deliver(Delivery(Kind.INTERACTION, f"block_actions {element['action_id']}", payload))


async def type_command(playground: Playground, user: str, channel_id: str, command: str, text: str) -> Ack:
    channel = playground.workspace.channel(channel_id)
    fields = {
        "token": VERIFICATION_TOKEN,
        "team_id": playground.team.id,
        "team_domain": playground.team.domain,
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "user_id": user,
        "user_name": playground.workspace.person(user).name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url(playground, user, channel.id),
        "trigger_id": playground.triggers.give(user),
    }
    ack = await playground.line.deliver(Delivery(Kind.COMMAND, f"command {command}", fields))
    if not ack.error and ack.body.strip():
        secret = fields["response_url"].rsplit("/", 1)[-1]
        respond(playground, secret, ack.json() or {"text": ack.body})
    return ack


async def use_shortcut(playground: Playground, user: str, channel_id: str, ts: str, callback_id: str) -> Ack:
    """A shortcut from a message's menu."""
    channel = playground.workspace.channel(channel_id)
    message = playground.messages.find(channel.id, ts)
    payload = {
        **_who_on_a_message(playground, user),
        "action_ts": playground.clock.ts(),
        "callback_id": callback_id,
        "trigger_id": playground.triggers.give(user),
        "channel": _named(channel),
        "message_ts": ts,
        "message": show_message(message, with_metadata=True),
        "response_url": response_url(playground, user, channel.id, ts, message.get("thread_ts", "")),
    }
    return await playground.line.deliver(Delivery(Kind.INTERACTION, f"message_action {callback_id}", payload))


def who(playground: Playground, kind: str, user: str) -> Object:
    """The head of every interactive payload."""
    team, person = playground.team, playground.workspace.person(user)
    return {
        "type": kind,
        "team": {"id": team.id, "domain": team.domain},
        "user": {"id": user, "username": person.name, "name": person.name, "team_id": person.team},
        "enterprise": None,
        "is_enterprise_install": False,
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
    }


def _who_on_a_message(playground: Playground, user: str) -> Object:
    """The head of a message shortcut's payload, which says less than the others."""
    head = who(playground, "message_action", user)
    del head["api_app_id"], head["user"]["username"]
    return head


def _named(channel: Channel) -> Object:
    return {"id": channel.id, "name": channel.name or "directmessage"}


def _refuse_strangers(playground: Playground, user: str, channel: Channel, message: Object) -> None:
    playground.workspace.person(user)
    if user not in channel.members and not message.get("is_ephemeral"):
        raise Refusal("not_in_channel")


def _blocks(message: Object) -> list[Object]:
    """The message's own, and those of its attachments."""
    attached = (block for each in message.get("attachments", []) for block in each.get("blocks", []))
    return [*message.get("blocks", []), *attached]


def _element(blocks: list[Object], action: Object) -> tuple[Object, str]:
    """The element that was worked, if it is (still) there."""
    for block in holders(blocks):
        for element in controls(block):
            if element["action_id"] == action.get("action_id") and block["block_id"] == action.get("block_id"):
                return element, block["block_id"]
    raise Refusal("element_not_found")


def _action(playground: Playground, element: Object, block_id: str, action: Object) -> Object:
    key = value_key(element["type"])
    chosen = {name: action[name] for name in (key, "selected_option") if name and name in action}
    if element["type"] == "feedback_buttons":
        chosen = {"value": action.get("value"), "text": action.get("text")}
    return {
        **{name: element[name] for name in ACTION_FIELDS if name in element},
        **chosen,
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block_id,
        "action_ts": playground.clock.ts(),
    }


def _with_action(values: Object, block_id: str, action: Object) -> Object:
    return merge(values, {block_id: {action["action_id"]: action}})


def response_url(playground: Playground, user: str, channel: str, ts: str = "", thread_ts: str = "") -> str:
    secret = playground.response_urls.give(playground.team_id, user, channel, ts, thread_ts)
    return f"{playground.url}/response/{secret}"
