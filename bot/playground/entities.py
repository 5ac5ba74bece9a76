"""A person opens a work object that stands in a message, and the app is asked for its details."""

from urllib.parse import urlsplit

from bot.playground.announcing import announce
from bot.playground.playground import Playground
from bot.playground.wire import Object, Refusal


def open_entity(playground: Playground, user: str, channel: str, ts: str, entity_id: str) -> str:
    """The trigger with which the app answers."""
    person = playground.workspace.person(user)
    message = playground.messages.find_for(user, channel, ts)
    entity = _find(message, entity_id)
    pane = playground.flexpanes.open(playground.team.id, person.id, entity_id, entity["url"])
    announce(playground, _event(message, entity, person.id, pane.trigger_id))
    return pane.trigger_id


def _find(message: Object, entity_id: str) -> Object:
    entities: list[Object] = message.get("metadata", {}).get("entities", [])
    unfurled: list[Object] = message.get("work_objects", [])
    for entity in [*entities, *unfurled]:
        if entity["external_ref"]["id"] == entity_id:
            return entity
    raise Refusal("entity_not_found")


def _event(message: Object, entity: Object, user: str, trigger_id: str) -> Object:
    unfurled = entity.get("app_unfurl_url", entity["url"])
    return {
        "type": "entity_details_requested",
        "user": user,
        "external_ref": entity["external_ref"],
        "entity_url": entity["url"],
        "link": {"url": unfurled, "domain": urlsplit(unfurled).hostname or ""},
        "app_unfurl_url": unfurled,
        "trigger_id": trigger_id,
        "user_locale": "en-US",
        "channel": message["channel"],
        "message_ts": message["ts"],
        **({"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}),
    }
