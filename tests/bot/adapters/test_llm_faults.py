"""Whatever a model's server does, every ticket is read: by the model where it answered, else on this machine."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.adapters.breaker import Breaker
from bot.adapters.language_model import OpenAILanguageModel, openai_client
from bot.adapters.llm_classifier import LLMClassifier
from bot.spending import Spending
from pipeline.classify import Classification, Engine
from tests.stubs.openai_stub import Fault, Stub, create_app
from tests.stubs.serving import serving
from tests.stubs.understanding import LocalEngine, masked, policy

POLICY = policy()
TEXTS = ("my invoice is wrong", "the app has a crash", "my login is locked")
HARMLESS = {Fault.FENCED, Fault.NO_USAGE}
ONE_BAD_ITEM = {Fault.BAD_ENUM, Fault.EXTRA_FIELD, Fault.MISSING_ITEM}


@asynccontextmanager
async def desk(stub: Stub, *, at_once: int = 1, largest: int = 8, timeout: float = 5.0) -> AsyncIterator[LLMClassifier]:
    async with serving(create_app(stub=stub)) as url:
        client, breaker = openai_client("", f"{url}/v1", timeout=timeout), Breaker()
        model = OpenAILanguageModel(client, "m", timeout, breaker, at_once, Spending(), sleep=_at_once)
        try:
            yield LLMClassifier(model, LocalEngine(), 100, at_once=at_once, largest=largest, breaker=breaker)
        finally:
            await client.close()
            stub.released.set()


async def _at_once(_: float) -> None:
    return None


async def read(classifier: LLMClassifier, texts: Sequence[str]) -> list[Classification]:
    return await asyncio.gather(*(classifier.classify(masked(text), POLICY) for text in texts))


@pytest.mark.parametrize("fault", Fault)
async def test_no_way_of_failing_loses_a_ticket(fault: Fault) -> None:
    async with desk(Stub(standing=fault), timeout=0.3 if fault in (Fault.HANG, Fault.TRICKLE) else 5.0) as classifier:
        found = await read(classifier, TEXTS)
    by_model = [each.engine is Engine.LLM for each in found]
    assert by_model == [fault in HARMLESS or (fault in ONE_BAD_ITEM and number > 0) for number in range(3)]
    assert ["ai_fallback" in each.tags for each in found] == [not read_by_model for read_by_model in by_model]


async def test_a_server_that_fails_now_and_then_loses_nothing_and_mixes_nothing_up() -> None:
    """Each ticket gets its own answer, with many calls under way and every kind of fault among them."""
    stub = Stub(latency=0.002)
    for fault in Fault:
        if fault not in (Fault.HANG, Fault.TRICKLE, Fault.RATE_LONG):
            stub.faults.extend([None, fault])
    words = {"billing": "invoice", "technical": "crash", "account": "password"}
    asked = [(name, f"ticket {number} about a {word}") for number in range(40) for name, word in words.items()]
    async with desk(stub, at_once=4, largest=2) as classifier:
        found = await read(classifier, [text for _, text in asked])
    assert len(found) == len(asked)
    for (name, _), each in zip(asked, found, strict=True):
        assert each.category == (name if each.engine is Engine.LLM else POLICY.fallback_category)
    assert {each.engine for each in found} == {Engine.LLM, Engine.LOCAL}
