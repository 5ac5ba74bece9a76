"""A method's arguments, however they came: query, form, multipart form or JSON."""

import base64
import binascii
import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.playground.multipart import read_multipart
from bot.playground.wire import Object, Refusal, refuse_arguments

LARGEST_BODY = 1_000_000


class Arguments:
    """Reads each argument as its type, from text as from JSON."""

    def __init__(self, values: Mapping[str, object], *, posted: bool = True) -> None:
        self.values = dict(values)
        self.posted = posted

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool | dict | list):
            raise refuse_arguments(f"must be a string [json-pointer:/{name}]")
        return str(value)

    def boolean(self, name: str) -> bool:
        return self.values.get(name) in (True, 1, "true", "True", "1")

    def integer(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise refuse_arguments(f"must be an integer [json-pointer:/{name}]") from None

    def json(self, name: str, wrong: str) -> object:
        """A structured argument: native in a JSON body, else JSON in a string. None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refusal(wrong) from None

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None


async def read_arguments(request: Request) -> Arguments:
    """The query, then the body over it."""
    values: Object = dict(request.query_params)
    body = await request.body()
    if len(body) > LARGEST_BODY:
        raise Refusal("request_too_large")
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip()
    if kind == "application/json" and body:
        values |= _read_json(body)
    elif kind == "application/x-www-form-urlencoded":
        values |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    elif kind == "multipart/form-data":
        values |= read_multipart(content_type, body)
    elif body:
        raise Refusal("invalid_post_type")
    return Arguments(values, posted=request.method == "POST")


def read_basic(header: str) -> Object:
    """The client's id and secret, which may come by HTTP Basic instead of by fields."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return {}
    return {"client_id": client_id, "client_secret": secret}


def _read_json(body: bytes) -> Object:
    try:
        read = json.loads(body)
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(read, dict):
        raise Refusal("json_not_object")
    return read
