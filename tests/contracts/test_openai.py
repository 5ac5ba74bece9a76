"""Contract: what we ask a model stands in the provider's description, and in its rules for strict schemas."""

import asyncio
import functools
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import takewhile
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator
from openai import AsyncOpenAI

from bot.adapters.breaker import Breaker
from bot.adapters.language_model import Call, OpenAILanguageModel
from bot.adapters.llm_classifier import LLMClassifier
from bot.policy_file import default_policy
from pipeline.classify import Engine
from pipeline.policy import Policy
from pipeline.precedent import Precedent
from pipeline.write_llm import ask_for_draft
from tests.contracts.openapi import Contract
from tests.fakes.reading import FakePrecedents
from tests.shared import shared
from tests.stubs.openai_stub import Stub, answer_for, create_app
from tests.stubs.understanding import LocalEngine, classification, masked, passage, policy

Body = dict[str, Any]
CORRECTED = Precedent(text="Who pays for the seats?", category="billing", instead_of="general")
PATH = "/chat/completions"

# What strict structured output does not take, or took only lately and not on every server.
UNSUPPORTED = {
    "default", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "multipleOf", "minItems",
    "maxItems", "uniqueItems", "patternProperties", "oneOf", "allOf", "not", "if", "prefixItems",
}  # fmt: skip


class NoMeter:
    def record(self, call: Call) -> None:
        """Nothing is counted here."""


@functools.cache
def openai_api() -> Contract:
    return Contract(shared("contracts/openai.yaml"))


@asynccontextmanager
async def model_at(base_url: str) -> AsyncIterator[tuple[OpenAILanguageModel, Stub]]:
    """A model that believes to be there, and the stub that answers it instead."""
    stub = Stub()
    transport = httpx2.ASGITransport(app=create_app(stub=stub))
    async with AsyncOpenAI(
        api_key="key", base_url=base_url, http_client=httpx2.AsyncClient(transport=transport)
    ) as client:
        yield OpenAILanguageModel(client, "gpt-4o-mini", 5, Breaker(), 2, NoMeter()), stub


async def asked(base_url: str, policy: Policy) -> list[Body]:
    """The bodies of two readings, the second of them of two tickets with precedents, and of a draft."""
    async with model_at(base_url) as (model, stub):
        found = await LLMClassifier(model, LocalEngine(), 10).classify(masked("my invoice"), policy)
        assert found.engine is Engine.LLM
        remembering = LLMClassifier(model, LocalEngine(), 10, at_once=1, precedents=FakePrecedents((CORRECTED,)))
        await asyncio.gather(*(remembering.classify(masked(text), policy) for text in ("my login", "\ud800 a crash")))
        await ask_for_draft(
            masked("refund?"), classification(), [passage(1), passage(2)], policy, policy.teams[0], "de", model
        )
    return stub.requests


@pytest.fixture(params=["https://api.openai.com/v1", "http://ollama.local:11434/v1"])
async def bodies(request: pytest.FixtureRequest) -> list[Body]:
    return await asked(request.param, policy())


async def test_every_request_is_what_the_contract_describes(bodies: list[Body]) -> None:
    assert len(bodies) == 3
    for body in bodies:
        assert openai_api().violations("POST", PATH, body) == []


async def test_the_contract_check_notices_a_field_too_many_and_a_wrong_value(bodies: list[Body]) -> None:
    wrong = {**bodies[0], "temprature": 0}
    assert openai_api().violations("POST", PATH, wrong) != []
    assert openai_api().violations("POST", PATH, {**bodies[0], "temperature": "cold"}) != []
    assert openai_api().violations("POST", PATH, {**bodies[0], "messages": [{"role": "user"}]}) != []


async def test_the_answer_is_asked_for_strictly_deterministically_and_capped(bodies: list[Body]) -> None:
    for body in bodies:
        assert body["temperature"] == 0
        assert body.get("max_completion_tokens", body.get("max_tokens")) == 4096
        assert body["response_format"]["json_schema"]["strict"] is True
        assert [message["role"] for message in body["messages"]] == ["system", "user"]
        assert "tools" not in body


async def test_two_readings_differ_in_the_data_alone_which_comes_last(bodies: list[Body]) -> None:
    """What a provider's cache compares: the schema, then the messages in their order, from the first byte."""
    shared_start = _shared_start(bodies[:2])
    assert json.dumps(bodies[0]["messages"][0]) in shared_start
    assert shared_start.endswith('"role": "user", "content": "The mark of this message is ')
    assert {name: value for name, value in bodies[0].items() if name != "messages"} == {
        name: value for name, value in bodies[1].items() if name != "messages"
    }
    assert not _shared_start(bodies).startswith(shared_start)  # a draft is another question


async def test_what_a_cache_can_keep_is_as_long_as_providers_want_it() -> None:
    """OpenAI caches from 1,024 tokens on; a token of English has four to five characters."""
    async with model_at("https://api.openai.com/v1") as (model, stub):
        for text in ("my invoice", "the app has a crash"):
            await LLMClassifier(model, LocalEngine(), 10).classify(masked(text), default_policy())
    assert len(_shared_start(stub.requests)) / 5 > 1024


async def test_only_the_official_service_gets_the_newer_name_of_the_cap() -> None:
    official, *_ = await asked("https://api.openai.com/v1", policy())
    own, *_ = await asked("http://ollama.local:11434/v1", policy())
    assert "max_tokens" not in official
    assert "max_completion_tokens" not in own


async def test_every_object_of_a_schema_is_closed_and_complete(bodies: list[Body]) -> None:
    for body in bodies:
        schema = body["response_format"]["json_schema"]["schema"]
        Draft202012Validator.check_schema(schema)
        objects = [node for node in _nodes(schema) if node.get("type") == "object"]
        assert len(objects) == 2
        for node in objects:
            assert node["additionalProperties"] is False
            assert sorted(node["required"]) == sorted(node["properties"])
        assert not [key for node in _nodes(schema) for key in UNSUPPORTED & node.keys()]


async def test_a_plausible_answer_fits_the_schema_and_a_hostile_one_does_not(bodies: list[Body]) -> None:
    readings = Draft202012Validator(bodies[0]["response_format"]["json_schema"]["schema"])
    answer = answer_for(bodies[0])
    assert readings.is_valid(answer)
    for field, value in (("category", "world_domination"), ("urgency", "P0"), ("tool", "send_reply")):
        assert not readings.is_valid({"items": [{**answer["items"][0], field: value}]})


async def test_a_policy_without_subcategories_has_a_valid_schema_too() -> None:
    plain = policy()
    bare = plain.model_copy(
        update={"categories": tuple(each.model_copy(update={"subcategories": ()}) for each in plain.categories)}
    )
    body = (await asked("https://api.openai.com/v1", bare))[0]
    schema = body["response_format"]["json_schema"]["schema"]
    assert Draft202012Validator(schema).is_valid(answer_for(body))
    assert not any(node.get("enum") == [] for node in _nodes(schema))


def _shared_start(bodies: Sequence[Body]) -> str:
    """What these requests have in common from their first byte on, in the order in which a cache reads them."""
    read = [json.dumps([body["response_format"], body["messages"]]) for body in bodies]
    return "".join(signs[0] for signs in takewhile(lambda signs: len(set(signs)) == 1, zip(*read, strict=False)))


def _nodes(schema: Body) -> Iterator[Body]:
    """Every schema within the schema: names of properties are no keywords."""
    yield schema
    inner = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    inner += [schema["items"]] if "items" in schema else []
    for node in (*inner, *schema.get("anyOf", [])):
        yield from _nodes(node)
