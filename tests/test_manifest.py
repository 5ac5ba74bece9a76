"""The Slack manifest asks for what the code uses: no less, so that it works, and no more."""

import ast
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft7Validator, FormatChecker

from tests.shared import shared

ROOT = Path(__file__).parents[1]
_MESSAGES = {"message.channels", "message.groups", "message.im"}
BESIDE_METHODS = {"commands", "users:read.email"}  # the slash command; the e-mail that users.info answers with


def test_slack_accepts_it() -> None:
    schema = json.loads(shared("contracts/slack-manifest.schema.json").read_text(encoding="utf-8"))
    assert [
        error.message for error in Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(_manifest())
    ] == []


def test_every_method_that_is_called_finds_a_scope() -> None:
    asked = _asked()
    lacking = {name: accepted for name, accepted in _accepted().items() if accepted and not accepted & asked}
    assert lacking == {}


def test_every_event_that_is_heard_finds_a_scope() -> None:
    assert [name for name, accepted in _heard_with().items() if accepted and not accepted & _asked()] == []


def test_no_scope_is_asked_for_that_nothing_needs() -> None:
    needed = BESIDE_METHODS.union(*_accepted().values(), *_heard_with().values())
    assert _asked() - needed == set()


def test_public_and_private_channels_are_treated_alike() -> None:
    """A team may keep its channel private: whatever is asked for one kind is asked for the other."""
    kinds = [
        {scope.partition(":")[2] for scope in _asked() if scope.startswith(kind)} for kind in ("channels:", "groups:")
    ]
    assert kinds[0] == kinds[1] != set()


def test_it_names_the_commands_that_the_bot_hears() -> None:
    commands = {entry["command"] for entry in _manifest()["features"].get("slash_commands", [])}
    assert commands == _heard("command")


def test_it_subscribes_to_the_events_that_the_bot_hears() -> None:
    subscribed = _manifest()["settings"].get("event_subscriptions", {}).get("bot_events", [])
    assert set(subscribed) == _events()


def test_it_offers_the_steps_that_the_bot_runs() -> None:
    assert set(_manifest().get("functions", {})) == _heard("function")


def test_it_lists_the_shortcuts_that_the_bot_hears() -> None:
    listed = {entry["callback_id"] for entry in _manifest()["features"].get("shortcuts", [])}
    assert listed == _heard("shortcut")


def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(files("manifests").joinpath("slack.yaml").read_text(encoding="utf-8"))
    return manifest


def _asked() -> set[str]:
    return set(_manifest()["oauth_config"]["scopes"]["bot"])


def _accepted() -> dict[str, set[str]]:
    """Return the scopes, any of which will do, for each Web API method that the product calls."""
    contracts = {path.stem: path for path in shared("contracts/slack-methods").glob("*.*.json")}
    called = _called(contracts)
    assert {"chat.postMessage", "chat.update", "users.info"} <= called, "the source is read wrongly"
    scopes = {name: json.loads(contracts[name].read_text())["scope"] for name in called}  # "none" where there is none
    return {name: set(scope.get("bot", [])) if isinstance(scope, dict) else set() for name, scope in scopes.items()}


def _heard_with() -> dict[str, set[str]]:
    """Return the scopes, any of which will do, for each event that the product listens to."""
    contracts = json.loads(shared("contracts/slack-events.json").read_text(encoding="utf-8"))
    scopes = {event["name"]: event.get("scopes") or [] for event in contracts}
    # The contract writes app_mentions.read, which Slack calls app_mentions:read.
    return {
        name: {scope if ":" in scope else scope.replace(".", ":", 1) for scope in scopes[name]} for name in _events()
    }


def _events() -> set[str]:
    """Return the events that are subscribed to for what is heard: Slack names messages by their kind of channel."""
    steps = {"function_executed"} if _heard("function") else set()
    heard = _heard("event")
    return steps | (heard - {"message"}) | (_MESSAGES if "message" in heard else set())


def _called(contracts: dict[str, Path]) -> set[str]:
    """Return the methods that occur as client.chat_postMessage or as "chat.postMessage"."""
    by_attribute = {name.replace(".", "_"): name for name in contracts}
    found = set()
    for node in _nodes("bot", "handlers"):
        if isinstance(node, ast.Attribute) and node.attr in by_attribute:
            found.add(by_attribute[node.attr])
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in contracts:
            found.add(node.value)
    return found


def _heard(kind: str) -> set[str]:
    """Return what listeners are registered for, as in app.command("/triage")."""
    return {
        node.args[0].value
        for node in _nodes("handlers/slack")
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == kind
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def _nodes(*folders: str) -> Iterator[ast.AST]:
    for source in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        if "playground" not in source.parts:  # it answers the calls; the product makes them
            yield from ast.walk(ast.parse(source.read_text(encoding="utf-8")))
