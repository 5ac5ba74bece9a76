"""What Slack would say to a message or a modal."""

import json
from functools import cache, lru_cache
from typing import Any

from jsonschema import Draft202012Validator

from bot.playground.blocks import Surface, check_blocks, check_view
from bot.playground.methods.metadata import is_entity
from handlers.views.escape import size
from pipeline.ports import Card
from tests.shared import shared


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(shared("contracts/slack-block-kit.schema.json").read_text()))


def must_be_valid(card: Card) -> None:
    blocks = json.loads(json.dumps([dict(block) for block in card.blocks]))
    assert card.text.strip()
    assert size(card.text) < 4000
    assert check_blocks(blocks, Surface.MESSAGE) == []
    _follows_schema(blocks)


def must_be_valid_view(view: dict[str, Any]) -> None:
    read = json.loads(json.dumps(view))
    assert check_view(read) == []
    assert len(read.get("private_metadata", "")) < 3000
    _follows_schema(read["blocks"])


def _follows_schema(blocks: list[Any]) -> None:
    for block in blocks:
        assert _wrong(json.dumps(block, sort_keys=True)) == ""


@lru_cache(maxsize=20_000)
def _wrong(block: str) -> str:
    """What the schema has against a block; of the whole list it only asks how long it is, which we count ourselves."""
    error = next(_schema().iter_errors([json.loads(block)]), None)
    return error.message if error else ""


def must_be_taken(shown: Card | dict[str, Any] | str | None) -> None:
    """Whatever a view returns, be valid as what it is."""
    match shown:
        case None | str():  # nothing, or plain words for a helpdesk
            pass
        case Card():
            must_be_valid(shown)
        case {"entity_type": _}:
            assert is_entity(json.loads(json.dumps(shown)))
        case _:
            must_be_valid_view(shown)
