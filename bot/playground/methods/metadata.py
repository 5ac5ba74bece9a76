"""Message metadata: an app's own event with its payload, and work objects."""

import json

from bot.playground.wire import Object, Refusal

LARGEST = 16_000
"""Characters of JSON."""
_KNOWN = {"event_type", "event_payload", "entities"}


def read_metadata(metadata: object) -> Object:
    """As it is stored; the empty object stands for none."""
    if metadata == {}:
        return {}
    if not isinstance(metadata, dict) or metadata.keys() - _KNOWN:
        raise Refusal("invalid_metadata_format")
    if "entities" in metadata:
        read_entities(metadata["entities"], "invalid_metadata_schema")
    if ("entities" not in metadata or metadata.keys() & {"event_type", "event_payload"}) and not _is_event(metadata):
        raise Refusal("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST:
        raise Refusal("metadata_too_large")
    return metadata


def read_entities(entities: object, wrong: str) -> list[Object]:
    """Work objects; `wrong` is the error when one of them is none."""
    if not isinstance(entities, list) or not all(is_entity(entity) for entity in entities):
        raise Refusal(wrong)
    return entities


def is_entity(entity: object) -> bool:
    """A kind, a URL, the other system's own id, and a title."""
    if not isinstance(entity, dict):
        return False
    kind, reference, payload = (entity.get(key) for key in ("entity_type", "external_ref", "entity_payload"))
    return (
        isinstance(kind, str)
        and kind.startswith("slack#/entities/")
        and isinstance(entity.get("url"), str)
        and isinstance(reference, dict)
        and isinstance(reference.get("id"), str)
        and _has_title(payload)
    )


def _has_title(payload: object) -> bool:
    attributes = payload.get("attributes") if isinstance(payload, dict) else None
    title = attributes.get("title") if isinstance(attributes, dict) else None
    return isinstance(title, dict) and isinstance(title.get("text"), str)


def _is_event(metadata: Object) -> bool:
    return isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
