"""A pretend chat.completions server, for tests and benchmarks: `python -m tests.stubs.openai_stub --help`.

It answers the two schemas of this project by keywords, after `latency` seconds, and fails on demand.
"""

import argparse
import asyncio
import json
import re
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

MARKED = re.compile(
    r"^<<<(?P<mark>[0-9a-f]{32}) begin (?P<label>[^>]+)>>>\n(?P<text>.*?)\n<<<(?P=mark) end (?P=label)>>>$",
    re.DOTALL | re.MULTILINE,
)
KEYWORDS = {
    "billing": ("invoice", "charge", "refund", "payment", "billed", "rechnung"),
    "technical": ("error", "crash", "bug", "broken", "slow", "timeout"),
    "account": ("password", "login", "log in", "account", "username", "locked"),
    "feature_request": ("feature", "wish", "would be nice", "please add", "dark mode"),
}
ANGRY = ("unacceptable", "furious", "worst", "terrible")


class Fault(StrEnum):
    """How the stub can fail."""

    HANG = "hang"
    DROP = "drop"
    HALF = "half"
    TRICKLE = "trickle"
    RATE = "429"
    RATE_SOON = "429_soon"
    RATE_LONG = "429_long"
    QUOTA = "quota"
    SERVER = "500"
    KEY = "401"
    MODEL = "404"
    REQUEST = "400"
    TEMPERATURE = "temperature"
    REDIRECT = "redirect"
    HTML = "html"
    NOT_JSON = "not_json"
    HUGE = "huge"
    NO_CHOICES = "no_choices"
    REFUSAL = "refusal"
    LENGTH = "length"
    FILTER = "filter"
    EMPTY = "empty"
    PROSE = "prose"
    FENCED = "fenced"
    EXTRA_FIELD = "extra_field"
    BAD_ENUM = "bad_enum"
    MISSING_ITEM = "missing_item"
    NO_USAGE = "no_usage"


RETRY_AFTER = {
    Fault.RATE_SOON: {"retry-after": "1", "retry-after-ms": "250"},
    Fault.RATE_LONG: {"retry-after": "90"},
}
STATUS: dict[Fault, tuple[int, str, str | None]] = {
    Fault.RATE: (429, "rate_limit_exceeded", None),
    Fault.RATE_SOON: (429, "rate_limit_exceeded", None),
    Fault.RATE_LONG: (429, "rate_limit_exceeded", None),
    Fault.QUOTA: (429, "insufficient_quota", None),
    Fault.SERVER: (500, "server_error", None),
    Fault.KEY: (401, "invalid_api_key", None),
    Fault.MODEL: (404, "model_not_found", None),
    Fault.REQUEST: (400, "context_length_exceeded", "messages"),
    Fault.TEMPERATURE: (400, "unsupported_value", "temperature"),
}


@dataclass
class Stub:
    """What the stub does next, and what it saw."""

    latency: float = 0.0
    faults: deque[Fault | None] = field(default_factory=deque)  # one, or none, for each of the next calls
    standing: Fault | None = None  # for every call after those
    keep: bool = True  # remember the requests
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    calls: int = 0
    tickets: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)  # ends calls that hang

    def next_fault(self) -> Fault | None:
        return self.faults.popleft() if self.faults else self.standing


def create_app(latency: float = 2.5, stub: Stub | None = None) -> FastAPI:
    """Return the server. With a stub of your own you see its requests and switch its faults."""
    state = stub or Stub(latency=latency, keep=False)
    app = FastAPI()
    app.state.stub = state

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        body = await request.json()
        if state.keep:
            state.requests.append(body)
            state.headers.append(dict(request.headers))
        state.calls += 1
        state.in_flight += 1
        state.most_in_flight = max(state.most_in_flight, state.in_flight)
        try:
            await asyncio.sleep(state.latency)
            return await _answer(state, body, state.next_fault())
        finally:
            state.in_flight -= 1

    @app.put("/faults")
    async def switch(told: dict[str, Any]) -> dict[str, str | None]:
        """{"fault": "500", "times": 3}; without times it stays; {"fault": null} ends it."""
        fault = Fault(told["fault"]) if told.get("fault") else None
        if fault is not None and told.get("times"):
            state.faults.extend([fault] * int(told["times"]))
        else:
            state.standing = fault
        return {"standing": state.standing}

    @app.get("/seen")
    async def seen() -> dict[str, int]:
        return {"calls": state.calls, "tickets": state.tickets, "most_in_flight": state.most_in_flight}

    return app


async def _answer(state: Stub, body: dict[str, Any], fault: Fault | None) -> Response:
    if fault is Fault.HANG:
        await state.released.wait()
    if fault in STATUS:
        return _status(fault)
    match fault:
        case Fault.DROP:
            return Response(b"{", headers={"content-length": "1000"})  # the server hangs up after it
        case Fault.HALF:
            return Response(_half(body), headers={"content-length": "100000"}, media_type="application/json")
        case Fault.TRICKLE:
            return StreamingResponse(_trickle(state, body), media_type="application/json")
        case Fault.REDIRECT:
            return Response(status_code=307, headers={"location": "http://127.0.0.1:1/v1/chat/completions"})
        case Fault.HTML:
            return HTMLResponse("<html><body>Please log in to the corporate proxy</body></html>")
        case Fault.NOT_JSON:
            return Response('{"choices": [', media_type="application/json")
        case Fault.HUGE:
            return Response(b" " * 3_000_000, media_type="application/json")
        case Fault.NO_CHOICES:
            return JSONResponse({**_completion(body, ""), "choices": []})
    return JSONResponse(_spoiled(state, body, fault))


def _half(body: dict[str, Any]) -> bytes:
    """The beginning of a good answer; the server hangs up after it."""
    whole = json.dumps(_completion(body, json.dumps(answer_for(body)))).encode()
    return whole[: len(whole) // 2]


async def _trickle(state: Stub, body: dict[str, Any]) -> AsyncIterator[bytes]:
    """The same, and then a byte now and then until it is released, so that no single read is ever late."""
    yield _half(body)
    while not state.released.is_set():
        yield b" "
        await asyncio.sleep(0.02)


def _spoiled(state: Stub, body: dict[str, Any], fault: Fault | None) -> dict[str, Any]:
    answer = answer_for(body)
    state.tickets += len(answer.get("items", ()))
    if fault is Fault.MISSING_ITEM:
        answer["items"] = answer["items"][1:]
    if fault is Fault.BAD_ENUM:
        answer["items"][0]["category"] = "world_domination"
    if fault is Fault.EXTRA_FIELD:
        (answer.get("items") or [answer])[0]["tool"] = "send_reply"
    content = json.dumps(answer)
    match fault:
        case Fault.REFUSAL:
            return _completion(body, None, refusal="I cannot help with that.")
        case Fault.LENGTH:
            return _completion(body, content[: len(content) // 2], finish="length")
        case Fault.FILTER:
            return _completion(body, None, finish="content_filter")
        case Fault.EMPTY:
            return _completion(body, "")
        case Fault.PROSE:
            return _completion(body, "Sure! The first ticket is about billing.")
        case Fault.FENCED:
            return _completion(body, f"Here it is:\n```json\n{content}\n```")
        case Fault.NO_USAGE:
            return {**_completion(body, content), "usage": None}
    return _completion(body, content)


def answer_for(body: dict[str, Any]) -> dict[str, Any]:
    """What a reasonable model would say to one of the project's two questions."""
    schema = body["response_format"]["json_schema"]["schema"]["properties"]
    parts = {found["label"]: found["text"] for found in MARKED.finditer(body["messages"][1]["content"])}
    if "items" not in schema:
        return _reply(parts)
    categories = schema["items"]["items"]["properties"]["category"]["enum"]
    tickets = {label.removeprefix("ticket "): text for label, text in parts.items() if label.startswith("ticket ")}
    return {"items": [_item(int(number), text, categories) for number, text in tickets.items()]}


def _item(number: int, text: str, categories: list[str]) -> dict[str, Any]:
    lower = text.lower()
    category = next(
        (name for name in categories if any(word in lower for word in KEYWORDS.get(name, (name,)))),
        categories[-1],
    )
    angry = any(word in lower for word in ANGRY)
    return {
        "ticket": number,
        "summary": text[:120],
        "category": category,
        "confidence": 0.9,
        "runner_up": next((name for name in categories if name != category), None),
        "runner_up_confidence": 0.05,
        "subcategory": None,
        "urgency": "P1" if "outage" in lower else "P3",
        "sentiment": "angry" if angry else "neutral",
        "risk": "The customer mentions a lawyer." if "lawyer" in lower else "",
        "quote": "",
    }


def _reply(parts: dict[str, str]) -> dict[str, Any]:
    sources = [label for label in parts if label.startswith("source ")]
    said = parts[sources[0]].rpartition("Answer: ")[2] if sources else "Could you tell us a little more?"
    return {
        "paragraphs": [
            {"text": "Hello,", "sources": []},
            {"text": said, "sources": [1] if sources else []},
        ],
        "answers_everything": bool(sources),
    }


def _completion(
    body: dict[str, Any], content: str | None, *, refusal: str | None = None, finish: str = "stop"
) -> dict[str, Any]:
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": body.get("model", ""),
        "choices": [{"index": 0, "finish_reason": finish, "logprobs": None, "message": message}],
        "usage": {
            "prompt_tokens": sum(len(message["content"]) for message in body["messages"]) // 4,
            "completion_tokens": len(content or "") // 4,
            "total_tokens": 0,
            "prompt_tokens_details": {"cached_tokens": 64},
        },
    }


def _status(fault: Fault) -> JSONResponse:
    status, code, param = STATUS[fault]
    headers = RETRY_AFTER.get(fault, {})
    error = {"message": f"the stub says {code}", "type": "stub", "code": code, "param": param}
    return JSONResponse({"error": error}, status_code=status, headers=headers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=4010)
    parser.add_argument("--latency", type=float, default=2.5, help="seconds before every answer")
    parser.add_argument("--fault", choices=[fault.value for fault in Fault], help="fail every call this way")
    given = parser.parse_args()
    stub = Stub(latency=given.latency, keep=False, standing=Fault(given.fault) if given.fault else None)
    uvicorn.run(create_app(stub=stub), host="127.0.0.1", port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
