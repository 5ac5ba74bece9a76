"""Everything that can be pressed, sent or typed, found by pressing it: what the matrix of roles and states is made of.

A lead looks at the cards, Home and answers, presses all that is there, and looks at what opens. What was found that
way is a Deed: a payload as Slack delivers it, which anybody may send again in any state, and with other values.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.deliveries import sign

Payload = dict[str, Any]
CHANNEL, TS, WORKSPACE = "C0BILLING", "1772445600.000100", "T0PLAY"
_SUBMITTED = {"plain_text_input": "tomorrow", "email_text_input": "ana@playground.example", "number_input": "5",
              "url_text_input": "https://help.example/a"}  # fmt: skip
_CHOSEN = {
    "static_select": "selected_option", "radio_buttons": "selected_option", "overflow": "selected_option",
    "users_select": "selected_user", "conversations_select": "selected_conversation",
    "channels_select": "selected_channel", "datepicker": "selected_date", "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}  # fmt: skip
_PICKED: dict[str, object] = {"selected_user": "UANA", "selected_conversation": CHANNEL, "selected_channel": CHANNEL,
           "selected_date": "2026-12-01", "selected_time": "10:00", "selected_date_time": 1_800_000_000}  # fmt: skip
_MULTIPLE = {"checkboxes": "selected_options", "multi_static_select": "selected_options",
             "multi_users_select": "selected_users"}  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """What somebody does in Slack. `payload` lacks who does it, and where they are."""

    name: str
    payload: str  # JSON, so that two alike are one

    def by(self, user: str, team: str = WORKSPACE, **more: object) -> Payload:
        """Return it as Slack delivers it for a person of a workspace."""
        who = {"id": user, "username": user.lower(), "name": user.lower(), "team_id": team}
        said = {**json.loads(self.payload), **more}
        place = {"team": {"id": team, "domain": team.lower()}, "api_app_id": "A0PLAY", "trigger_id": "1.2.3"}
        return {"user": who, **place, "token": "x", "is_enterprise_install": False, **said}


def presses(surface: Payload, blocks: Iterable[Payload]) -> Iterator[Deed]:
    """Yield a deed for each thing that can be pressed or chosen in these blocks."""
    for block in blocks:
        if block.get("type") == "input" and not block.get("dispatch_action"):
            continue
        elements = [block.get("accessory"), block.get("element"), *_elements(block)]
        for element in (each for each in elements if each and "action_id" in each):
            for chosen in _choices(element):
                action = {"block_id": block.get("block_id", "b"), "action_id": element["action_id"],
                          "type": element["type"], **chosen}  # fmt: skip
                name = f"press {element['action_id']} {_worth(chosen)}"
                yield Deed(name, json.dumps({"type": "block_actions", "actions": [action], **surface}))


def _elements(block: Payload) -> list[Payload]:
    found = block.get("elements")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _choices(element: Payload) -> list[Payload]:
    kind = element["type"]
    if kind == "feedback_buttons":
        return [{"value": element[side]["value"]} for side in ("positive_button", "negative_button")]
    if kind in _CHOSEN:
        key = _CHOSEN[kind]
        options = _options(element)
        most = 9 if kind == "static_select" else len(options)
        return [{key: option} for option in options[:most]] if options else [{key: _PICKED.get(key)}]
    return [{"value": element.get("value", "")}]


def _options(element: Payload) -> list[Payload]:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _worth(chosen: Payload) -> str:
    value = next(iter(chosen.values()))
    return str(value.get("value") if isinstance(value, dict) else value)[:40]


def on_message(blocks: Iterable[Payload], *, ephemeral: bool = False) -> list[Deed]:
    container = {"type": "message", "message_ts": TS, "channel_id": CHANNEL, "is_ephemeral": ephemeral}
    surface: Payload = {"container": container, "channel": {"id": CHANNEL, "name": "billing-support"}}
    return list(presses(surface, blocks))


def on_view(view: Payload) -> list[Deed]:
    """Return what can be done in a form or on Home, filled in with what is plausible."""
    shown = {"id": "V1", "hash": "1.2", "type": view["type"], "callback_id": view.get("callback_id", ""),
             "private_metadata": view.get("private_metadata", ""), "root_view_id": "V1", "blocks": view["blocks"],
             "state": {"values": _filled(view["blocks"])}}  # fmt: skip
    deeds = list(presses({"container": {"type": "view", "view_id": "V1"}, "view": shown}, view["blocks"]))
    if view["type"] == "modal" and "submit" in view:
        inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
        name = f"submit {view.get('callback_id', '')} {'+'.join(inputs)[:40]}"
        deeds.append(Deed(name, json.dumps({"type": "view_submission", "view": shown, "response_urls": []})))
    return deeds


def _filled(blocks: Iterable[Payload]) -> Payload:
    values: Payload = {}
    for block in blocks:
        for element in (block.get("element"), block.get("accessory"), *_elements(block)):
            if isinstance(element, dict) and "action_id" in element:
                values.setdefault(block["block_id"], {})[element["action_id"]] = _state(element)
    return values


def _state(element: Payload) -> Payload:
    kind = element["type"]
    if kind in _SUBMITTED:
        return {"type": kind, "value": _other(element.get("initial_value", "")) or _SUBMITTED[kind]}
    if kind in _MULTIPLE:
        options = _options(element)[:1]
        return {"type": kind, _MULTIPLE[kind]: options or ["UANA"]}
    if kind in _CHOSEN:
        key, options = _CHOSEN[kind], _options(element)
        return {"type": kind, key: element.get("initial_option") or (options[0] if options else _PICKED.get(key))}
    return {"type": kind}


def _other(value: str) -> str:
    """Return another number for a number, so that a form asks for a change; words stay as they are."""
    try:
        return f"{float(value) * 0.99:.3f}"
    except ValueError:
        return value


@dataclass
class Slack:
    """A Slack that takes everything and keeps what it was told."""

    told: list[tuple[str, Payload]] = field(default_factory=list)

    def app(self) -> Starlette:
        routes = [Route("/api/{method:path}", self._called, methods=["GET", "POST"]),
                  Route("/respond", self._responded, methods=["POST"])]  # fmt: skip
        return Starlette(routes=routes)

    async def _called(self, request: Request) -> Response:
        raw = await request.body()
        is_json = request.headers.get("content-type", "").startswith("application/json")
        said = json.loads(raw) if is_json else {key: _parsed(value) for key, value in parse_qsl(raw.decode())}
        self.told.append((request.path_params["method"], said))
        who = {
            "team_id": WORKSPACE,
            "team": "Acme",
            "user_id": "U0BOT",
            "bot_id": "B0BOT",
            "url": "https://acme.example/",
        }
        link = "https://acme.example/archives/C0BILLING/p1"
        view = {"id": "V1", "hash": "1.2", "root_view_id": "V1"}
        return JSONResponse({"ok": True, "ts": TS, "channel": CHANNEL, "view": view, "permalink": link, **who,
                             "messages": [], "message": {}})  # fmt: skip

    async def _responded(self, request: Request) -> Response:
        self.told.append(("response_url", await request.json()))
        return Response("ok")


def _parsed(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


@dataclass
class Bot:
    """The bot, reached without a socket, and the Slack that it answers."""

    http: httpx.AsyncClient
    slack: Slack
    url: str

    async def hears(self, payload: Payload) -> list[Payload]:
        """Deliver a payload and return all that the person, or anybody, was shown in return."""
        self.slack.told.clear()
        responding = {"response_url": f"{self.url}/respond", **payload}
        answer = await self._deliver(urlencode({"payload": json.dumps(responding)}).encode())
        return [said for _, said in self.slack.told] + answer

    async def hears_event(self, event: Payload, team: str = WORKSPACE) -> list[Payload]:
        self.slack.told.clear()
        said = {"type": "event_callback", "team_id": team, "api_app_id": "A0PLAY", "event": event,
                "event_id": f"Ev{time.monotonic_ns()}", "event_time": 1,
                "authorizations": [{"team_id": team, "user_id": "U0BOT", "is_bot": True}]}  # fmt: skip
        answer = await self._deliver(json.dumps(said).encode(), "application/json")
        return [said for _, said in self.slack.told] + answer

    async def hears_command(self, user: str, text: str, team: str = WORKSPACE) -> list[Payload]:
        self.slack.told.clear()
        said = {"command": "/triage", "text": text, "user_id": user, "team_id": team, "channel_id": CHANNEL,
                "trigger_id": "1.2.3", "response_url": f"{self.url}/respond", "api_app_id": "A0PLAY"}  # fmt: skip
        answer = await self._deliver(urlencode(said).encode())
        return [said for _, said in self.slack.told] + answer

    async def _deliver(self, body: bytes, kind: str = "application/x-www-form-urlencoded") -> list[Payload]:
        headers = {**sign(body, str(int(time.time()))), "content-type": kind}
        answer = await self.http.post("/slack/events", content=body, headers=headers)
        assert answer.status_code in (200, 401, 403), answer.text
        if answer.headers.get("content-type", "").startswith("application/json"):
            return [answer.json()]
        return [{"text": answer.text}] if answer.text else []


def surfaces(shown: Iterable[Payload]) -> Iterator[Deed]:
    """Yield every deed that what was shown offers."""
    for said in shown:
        view = said.get("view")
        if isinstance(view, dict) and "blocks" in view:
            yield from on_view(view)
        if isinstance(said.get("blocks"), list):
            yield from on_message(said["blocks"], ephemeral=True)


class Memory:
    """What a database file holds, read anew only after somebody wrote."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._version, self._held = -1, dict[str, list[tuple[object, ...]]]()

    def __call__(self, but: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
        """Return the rows by table, without those that tell of refusals and deliveries, and the tables in `but`."""
        version = self._database.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._version, self._held = version, self._read()
        return {name: rows for name, rows in self._held.items() if rows and name not in but}

    def close(self) -> None:
        self._database.close()

    def _read(self) -> dict[str, list[tuple[object, ...]]]:
        names = [name for (name,) in self._database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: self._rows(name) for name in names if name not in _BESIDE}

    def _rows(self, table: str) -> list[tuple[object, ...]]:
        rows = self._database.execute(_SEEN.get(table) or f'SELECT * FROM "{table}"').fetchall()
        return sorted(rows, key=repr)


_BESIDE = ("deliveries", "sqlite_sequence", "retold")  # the last: that a story is to be summed up anew
_SEEN = {
    "cases": "SELECT id, status, team, agent, category, escalated, ticket, json_remove(body, '$.version') FROM cases",
    "events": "SELECT case_id, kind, actor, detail FROM events WHERE kind != 'decision.refused'",
}
