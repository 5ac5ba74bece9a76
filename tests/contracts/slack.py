"""Requests to Slack, held against the methods and blocks that Slack itself documents."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tests.shared import shared

_BOLTS_OWN = {"team_id"}  # Bolt adds it to every call


def violations(method: str, arguments: Mapping[str, Any]) -> list[str]:
    """Return what the contract holds against one call: unknown or missing arguments, invalid blocks."""
    contract = _method(method)["args"]
    known = set(contract["properties"])
    found = [f"{method}: unknown argument {name}" for name in arguments if name not in known | _BOLTS_OWN]
    missing = set(contract.get("required", ())) - set(arguments) - {"token"}
    found += [f"{method}: {name} is missing" for name in sorted(missing)]
    return found + [f"{method}: {problem}" for problem in _block_problems(arguments)]


def _block_problems(arguments: Mapping[str, Any]) -> Iterator[str]:
    for name in ("blocks", "view"):
        if (value := arguments.get(name)) is not None:
            value = json.loads(value) if isinstance(value, str) else value
            blocks = value if name == "blocks" else value["blocks"]
            for error in _blocks().iter_errors(blocks):
                yield f"{name}{list(error.absolute_path)}: {error.message[:200]}"


@cache
def _method(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared(f"contracts/slack-methods/{name}.json").read_text())
    return found


@cache
def _blocks() -> Draft202012Validator:
    return Draft202012Validator(json.loads(shared("contracts/slack-block-kit.schema.json").read_text()))
