"""Global shortcuts: what the app offers anywhere, without a message."""

from bot.playground.delivery import Ack, Delivery, Kind
from bot.playground.interactions import who
from bot.playground.playground import Playground


async def use_global_shortcut(playground: Playground, user: str, callback_id: str) -> Ack:
    """From the composer's menu: the payload names no channel and no message."""
    payload = {
        **who(playground, "shortcut", user),
        "action_ts": playground.clock.ts(),
        "callback_id": callback_id,
        "trigger_id": playground.triggers.give(user),
    }
    return await playground.line.deliver(Delivery(Kind.INTERACTION, f"shortcut {callback_id}", payload))
