"""entity.presentDetails: what a work object shows when a person opens it."""

from bot.playground.methods.call import Call, Method
from bot.playground.methods.metadata import is_entity
from bot.playground.wire import Object, Refusal, refuse_arguments


def present_details(call: Call) -> Object:
    """The object itself, a demand to sign in, or why there is nothing to show."""
    pane = call.playground.flexpanes.find(call.arguments.text("trigger_id"), call.playground.team.id)
    if call.arguments.boolean("user_auth_required"):
        if not call.arguments.text("user_auth_url"):
            raise Refusal("user_auth_url_missing")
        answer: Object = {"user_auth_url": call.arguments.text("user_auth_url")}
    elif "error" in call.arguments:
        answer = {"error": _error(call)}
    else:
        answer = {"metadata": _metadata(call, pane.entity_id)}
    call.playground.flexpanes.fill(pane, answer)
    return {}


def _metadata(call: Call, entity_id: str) -> Object:
    metadata = call.arguments.json("metadata", "invalid_metadata")
    if not isinstance(metadata, dict) or not is_entity(metadata):
        raise Refusal("invalid_metadata")
    if metadata["external_ref"]["id"] != entity_id:
        raise Refusal("entity_metadata_does_not_match_trigger")
    return metadata


def _error(call: Call) -> Object:
    error = call.arguments.json("error", "invalid_arguments")
    if not isinstance(error, dict) or not isinstance(error.get("status"), str):
        raise refuse_arguments("must be an object with status [json-pointer:/error]")
    return error


METHODS = (
    Method(
        "entity.presentDetails",
        present_details,
        ("trigger_id",),
        ("metadata", "user_auth_required", "user_auth_url", "error"),
    ),
)
