"""apps.*: the app's own connection, for Socket Mode."""

from urllib.parse import urlencode

from bot.playground.credentials import APP_ID
from bot.playground.methods.call import Call, Method
from bot.playground.wire import Object, Refusal


def open_connection(call: Call) -> Object:
    """An address that lets one connection in, within half a minute."""
    if not call.arguments.posted:
        raise Refusal("insecure_request")
    query = urlencode({"ticket": call.playground.sockets.ticket(), "app_id": APP_ID})
    return {"url": f"{call.playground.url.replace('http', 'ws', 1)}/link/?{query}"}


METHODS = (Method("apps.connections.open", open_connection, app_level=True),)
