"""Forms sent and closed: view_submission, view_closed, and what the app answers to them."""

from dataclasses import dataclass, field

from bot.playground.blocks.together import holders
from bot.playground.delivery import Ack, Delivery, Kind
from bot.playground.input_state import complaints, merge
from bot.playground.interactions import response_url, who
from bot.playground.playground import Playground
from bot.playground.wire import Object, Refusal


@dataclass(frozen=True)
class Sent:
    """How a form was taken: `errors` by block, or one `error` about the whole."""

    errors: dict[str, str] = field(default_factory=dict)
    error: str = ""


async def submit(playground: Playground, user: str, view_id: str, filled: Object) -> Sent:
    """Send the form; inputs that nobody touched go with their `initial_value`."""
    view = playground.views.find(user, view_id)
    values = merge(view["state"]["values"], filled)
    if errors := complaints(view["blocks"], values):
        return Sent(errors)
    view = playground.views.remember(user, view, values)
    payload = {
        **who(playground, "view_submission", user),
        "trigger_id": playground.triggers.give(user, view_id),
        "view": view,
        "response_urls": _response_urls(playground, user, view),
    }
    ack = await playground.line.deliver(Delivery(Kind.INTERACTION, f"view_submission {view['callback_id']}", payload))
    return Sent(error=ack.explanation) if ack.error else _follow(playground, user, view, ack)


async def close(playground: Playground, user: str, view_id: str, *, everything: bool) -> Ack:
    """Close the modal, and with it what lies on it, or the whole stack; of each view the app hears if it asked to."""
    view, stack = playground.views.find(user, view_id), playground.views.stacks.get(user, [])
    is_cleared = everything or bool(view["clear_on_close"])
    closed = stack if is_cleared else stack[stack.index(view) :]
    if is_cleared:
        playground.views.clear(user)
    else:
        playground.views.close(user, view_id)
    acks = [await _tell_closed(playground, user, each, is_cleared) for each in closed[::-1] if each["notify_on_close"]]
    return next((ack for ack in acks if ack.error), Ack(200, ""))


async def _tell_closed(playground: Playground, user: str, view: Object, is_cleared: bool) -> Ack:
    payload = {**who(playground, "view_closed", user), "view": view, "is_cleared": is_cleared}
    return await playground.line.deliver(Delivery(Kind.INTERACTION, f"view_closed {view['callback_id']}", payload))


def _response_urls(playground: Playground, user: str, view: Object) -> list[Object]:
    """One for each input that asked for it, to answer in the conversation that was chosen there."""
    found = []
    for block in holders(view["blocks"]):
        element = block.get("element", {})
        if element.get("response_url_enabled"):
            filled = view["state"]["values"][block["block_id"]][element["action_id"]]
            if channel := filled.get("selected_conversation") or filled.get("selected_channel"):
                names = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel}
                found.append({**names, "response_url": response_url(playground, user, channel)})
    return found


def _follow(playground: Playground, user: str, view: Object, ack: Ack) -> Sent:
    """Do what the app's response_action says; without one the form closes."""
    answer = ack.json()
    action = answer.get("response_action")
    if action == "errors":
        return _errors(view, answer)
    try:
        _show_next(playground, user, view, action, answer)
    except Refusal as refusal:
        said = refusal.more.get("response_metadata", refusal.error)
        return Sent(error=f"The app answered with a view that is not allowed: {said}")
    return Sent()


def _errors(view: Object, answer: Object) -> Sent:
    """Slack shows errors only at inputs; any other answer leaves the person with nothing to see."""
    errors = answer.get("errors")
    inputs = {block["block_id"] for block in holders(view["blocks"]) if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        return Sent(error="The app answered with errors for inputs that the form does not have.")
    return Sent({block_id: str(text) for block_id, text in errors.items()})


def _show_next(playground: Playground, user: str, view: Object, action: object, answer: Object) -> None:
    """While it thought, the app may itself have closed the form: then nothing is left to close."""
    if action == "update":
        playground.views.update(view["id"], "", answer.get("view", {}), "")
    elif action == "push":
        playground.views.push(user, answer.get("view", {}))
    elif action == "clear":
        playground.views.clear(user)
    elif action is not None:
        raise Refusal(f"unknown response_action {action}")
    elif any(open_view["id"] == view["id"] for open_view in playground.views.stacks.get(user, [])):
        playground.views.close(user, view["id"])
