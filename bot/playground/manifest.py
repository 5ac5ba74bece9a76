"""What the app says of itself in its manifest: what it may do and hear, and what the page offers for it."""

from dataclasses import dataclass
from importlib.resources import files

import yaml  # with uvicorn[standard], for log settings

from bot.playground.credentials import APP_NAME
from bot.playground.executions import Function, Parameter
from bot.playground.wire import Object


@dataclass(frozen=True)
class Command:
    command: str
    description: str
    hint: str


@dataclass(frozen=True)
class Shortcut:
    """On a message's menu, or (`on_message` false) in the composer's."""

    name: str
    callback_id: str
    description: str
    on_message: bool


@dataclass(frozen=True)
class Manifest:
    name: str = APP_NAME
    description: str = ""
    long_description: str = ""
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: frozenset[str] = frozenset()
    """What the bot is granted when the app is installed."""
    functions: tuple[Function, ...] = ()
    events: frozenset[str] = frozenset()
    """What it is subscribed to."""

    def shown(self) -> Object:
        """In the page's own shape."""
        return {
            "name": self.name,
            "description": self.description,
            "long_description": self.long_description,
            "commands": [vars(command) for command in self.commands],
            "shortcuts": [vars(shortcut) for shortcut in self.shortcuts],
        }


def shipped() -> Manifest:
    """The manifest with which this app is installed."""
    return read_manifest(files("manifests").joinpath("slack.yaml").read_text(encoding="utf-8"))


def read_manifest(text: str) -> Manifest:
    """From YAML or JSON, as Slack takes it; unknown parts are left alone."""
    said = yaml.safe_load(text) or {}
    about, features = said.get("display_information", {}), said.get("features", {})
    return Manifest(
        name=about.get("name", APP_NAME),
        description=about.get("description", ""),
        long_description=about.get("long_description", ""),
        commands=tuple(_command(each) for each in features.get("slash_commands", [])),
        shortcuts=tuple(_shortcut(each) for each in features.get("shortcuts", [])),
        functions=tuple(_function(name, each) for name, each in said.get("functions", {}).items()),
        scopes=frozenset(said.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=frozenset(said.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])),
    )


def _command(said: Object) -> Command:
    return Command(said["command"], said.get("description", ""), said.get("usage_hint", ""))


def _function(callback_id: str, said: Object) -> Function:
    inputs, outputs = (_parameters(said.get(key, {})) for key in ("input_parameters", "output_parameters"))
    return Function(callback_id, said["title"], inputs, outputs, said.get("description", ""))


def _parameters(said: Object) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(
            name, each["type"], each.get("title", name), each.get("description", ""), bool(each.get("is_required"))
        )
        for name, each in said.items()
    )


def _shortcut(said: Object) -> Shortcut:
    return Shortcut(said["name"], said["callback_id"], said.get("description", ""), said.get("type") == "message")
