"""What people write, change and mark on the page: kept, and told to the app as events."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.playground.__main__ import main
from bot.playground.manifest import read_manifest, shipped
from bot.playground.server import Playground
from tests.playground.running import Bot

HERE = {"user": "U0BEN", "channel": "C0TECH"}


async def act(page: httpx.AsyncClient, what: str, **said: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await page.post(f"/playground/{what}", json=said)).json()
    return answer


async def said(page: httpx.AsyncClient, playground: Playground, text: str) -> str:
    assert (await act(page, "say", **HERE, text=text))["ok"]
    return str(playground.messages.top_level("C0TECH")[-1]["ts"])


async def test_a_person_changes_and_deletes_their_own_message(
    page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    ts = await said(page, playground, "Helo")
    assert (await act(page, "edit", **HERE, ts=ts, text="Hello"))["ok"]
    message = playground.messages.find("C0TECH", ts)
    assert (message["text"], message["edited"]["user"]) == ("Hello", "U0BEN")
    assert (await act(page, "erase", **HERE, ts=ts))["ok"]
    assert playground.messages.top_level("C0TECH") == []
    events = [json.loads(got.body)["event"] for got in await bot.until(3)]
    assert {event.get("subtype") for event in events} == {None, "message_changed", "message_deleted"}


async def test_nobody_changes_what_another_wrote(page: httpx.AsyncClient, playground: Playground) -> None:
    ts = await said(page, playground, "Mine")
    for what in ("edit", "erase"):
        more = {"text": "Yours"} if what == "edit" else {}
        answer = await act(page, what, user="U0ANA", channel="C0TECH", ts=ts, **more)
        assert not answer["ok"]
        assert "author" in answer["error"]


async def test_a_reaction_is_given_and_taken_back(page: httpx.AsyncClient, playground: Playground, bot: Bot) -> None:
    ts = await said(page, playground, "Look")
    assert (await act(page, "react", **HERE, ts=ts, name="eyes"))["ok"]
    assert not (await act(page, "react", **HERE, ts=ts, name="eyes"))["ok"]
    assert (await act(page, "react", **HERE, ts=ts, name="eyes", remove=True))["ok"]
    assert "reactions" not in playground.messages.find("C0TECH", ts)
    kinds = [json.loads(got.body)["event"]["type"] for got in await bot.until(3)]
    assert sorted(kinds) == ["message", "reaction_added", "reaction_removed"]


async def test_a_reply_is_shown_in_the_channel_too_when_asked(page: httpx.AsyncClient, playground: Playground) -> None:
    ts = await said(page, playground, "Root")
    await act(page, "say", **HERE, text="Only here", thread_ts=ts)
    await act(page, "say", **HERE, text="For all", thread_ts=ts, broadcast=True)
    assert [message["text"] for message in playground.messages.top_level("C0TECH")] == ["Root", "For all"]
    assert [message["text"] for message in playground.messages.replies("C0TECH", ts)] == ["Only here", "For all"]


async def test_a_whisper_is_dismissed_by_its_reader_only(page: httpx.AsyncClient, playground: Playground) -> None:
    whisper = playground.messages.whisper("U0BEN", "C0TECH", {"text": "Only you"})
    assert not (await act(page, "dismiss", user="U0ANA", channel="C0TECH", ts=whisper["ts"]))["ok"]
    assert (await act(page, "dismiss", **HERE, ts=whisper["ts"]))["ok"]
    assert playground.messages.ephemerals() == []


async def test_two_people_write_to_each_other_and_the_app_does_not_hear(
    page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    opened = (await act(page, "direct", user="U0BEN", partner="U0ANA"))["channel"]
    again = (await act(page, "direct", user="U0ANA", partner="U0BEN"))["channel"]
    assert opened["id"] == again["id"]
    assert sorted(opened["members"]) == ["U0ANA", "U0BEN"]
    assert (await act(page, "say", user="U0BEN", channel=opened["id"], text="Lunch?"))["ok"]
    await playground.background.settle()
    assert bot.received == []


@pytest.mark.parametrize("what", ["say", "react", "edit", "home"])
async def test_a_deactivated_person_cannot_act(page: httpx.AsyncClient, playground: Playground, what: str) -> None:
    playground.workspace.deactivate("U0BEN")
    ts = playground.messages.post("C0TECH", {"user": "U0BEN", "text": "From before"})["ts"]
    more: dict[str, Any] = {"say": {"text": "Hi"}, "react": {"ts": ts, "name": "eyes"}, "edit": {"ts": ts, "text": "x"}}
    place = {} if what == "home" else {"channel": "C0TECH"}
    answer = await act(page, what, user="U0BEN", **place, **more.get(what, {}))
    assert answer == {"ok": False, "error": "This account is deactivated."}


async def test_nothing_is_added_to_an_archived_channel(page: httpx.AsyncClient, playground: Playground) -> None:
    playground.workspace.archive("C0TECH", True)
    assert (await act(page, "say", **HERE, text="Hi"))["error"] == "This channel is archived."


async def test_a_global_shortcut_names_no_channel(page: httpx.AsyncClient, bot: Bot) -> None:
    assert (await act(page, "global_shortcut", user="U0BEN", callback_id="new_ticket"))["ok"]
    payload = json.loads((await bot.until(1))[0].form["payload"])
    assert (payload["type"], payload["callback_id"], payload["user"]["id"]) == ("shortcut", "new_ticket", "U0BEN")
    assert "channel" not in payload
    assert payload["trigger_id"]


def test_the_manifest_says_what_the_app_offers() -> None:
    text = (
        "features:\n  slash_commands: [{command: /go, description: Goes, usage_hint: there}]\n"
        "  shortcuts:\n    - {name: On it, type: message, callback_id: onto, description: d}\n"
        "    - {name: Any, type: global, callback_id: any, description: d}\n"
    )
    shown = read_manifest(text).shown()
    assert shown["commands"] == [{"command": "/go", "description": "Goes", "hint": "there"}]
    placed = [(each["callback_id"], each["on_message"]) for each in shown["shortcuts"]]
    assert placed == [("onto", True), ("any", False)]
    assert shipped().shown()["commands"][0]["command"] == "/triage"


def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "app.yaml"
    broken.write_text("features: {slash_commands: [{description: nameless}]}")
    for path in (broken, tmp_path / "missing.yaml"):
        with pytest.raises(SystemExit):
            main(["--manifest", str(path)])
        assert str(path) in capsys.readouterr().err


async def test_what_is_switched_on_to_go_wrong_is_shown(page: httpx.AsyncClient) -> None:
    plan = [
        {"method": "chat.*", "kind": "error:fatal_error", "probability": 0.5},
        {"method": "*", "script": ["ok", "slow@2"]},
    ]
    assert (await act(page, "control", rate_limits=True, faults=plan))["ok"]
    shown = (await page.get("/playground/snapshot")).json()["control"]
    assert shown["rate_limits"] is True
    assert shown["faults"][0]["kind"] == "error:fatal_error"
    assert (await act(page, "control", faults=shown["faults"]))["ok"], "the page can send back what it was shown"
