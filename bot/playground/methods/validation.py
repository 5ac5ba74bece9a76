"""blocks.validate: what Block Kit thinks of blocks, a view or a message, without posting them."""

import re

from bot.playground.blocks import Surface, check_blocks, check_view
from bot.playground.methods.call import Call, Method
from bot.playground.wire import Object, Refusal

LARGEST = 100_000
_KINDS = ("blocks", "message", "view")
_POINTER = re.compile(r"(?P<message>.*) \[json-pointer:(?P<pointer>.*)\]", re.DOTALL)


def validate(call: Call) -> Object:
    given = [kind for kind in _KINDS if kind in call.arguments]
    if len(given) != 1:
        raise _refuse("must provide exactly one of `blocks`, `view`, or `message`")
    kind = given[0]
    if len(str(call.arguments.values[kind])) > LARGEST:
        raise _refuse(f"must be less than {LARGEST + 1} characters")
    if errors := _complaints(kind, call.arguments.json(kind, "invalid_arguments")):
        raise Refusal(f"invalid_{kind}", errors=[_issue(complaint) for complaint in errors])
    return {}


def _complaints(kind: str, payload: object) -> list[str]:
    if kind == "view":
        return [complaint.replace("[json-pointer:/view", "[json-pointer:") for complaint in check_view(payload)]
    if kind == "blocks":
        return check_blocks(payload, Surface.MESSAGE, "")
    if not isinstance(payload, dict):
        return ["must be an object [json-pointer:]"]
    return check_blocks(payload.get("blocks", []), Surface.MESSAGE)


def _issue(complaint: str) -> Object:
    found = _POINTER.fullmatch(complaint)
    message, pointer = (found["message"], found["pointer"]) if found else (complaint, "")
    return {"code": "failed_constraint", "message": message, "pointer": pointer}


def _refuse(complaint: str) -> Refusal:
    return Refusal("invalid_arguments", response_metadata={"messages": [complaint]})


METHODS = (Method("blocks.validate", validate, (), _KINDS, needs_token=False),)
