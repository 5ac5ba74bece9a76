"""Tickets share calls, identical ones share an answer, and no failure of the model loses a ticket."""

import asyncio
from collections.abc import Callable
from typing import cast

import pytest

from bot.adapters.breaker import Breaker
from bot.adapters.llm_classifier import LLMClassifier
from pipeline.bill import Used, billed, charge
from pipeline.classify import Classification, Engine
from pipeline.errors import Refused, TriageError, Unavailable
from pipeline.mask import Masked
from pipeline.ports import Answer
from pipeline.precedent import Precedent
from pipeline.prompt import Prompt
from tests.fakes.reading import FakePrecedents
from tests.stubs.openai_stub import MARKED, answer_for
from tests.stubs.understanding import LocalEngine, masked, policy

POLICY = policy()
Spoil = Callable[[list[dict[str, object]]], None]


class Model:
    """Answers as a reasonable model would, unless a text that it was given makes it fail."""

    def __init__(self, errors: dict[str, TriageError] | None = None, spoil: Spoil | None = None) -> None:
        self.batches: list[int] = []
        self.prompts: list[Prompt] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._errors = errors or {}
        self._spoil = spoil

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        self.prompts.append(prompt)
        self.batches.append(sum(found["label"].startswith("ticket ") for found in MARKED.finditer(prompt.data)))
        await self.gate.wait()
        for word, error in self._errors.items():
            if word in prompt.data:
                raise error
        body = {
            "messages": [{"content": prompt.system}, {"content": prompt.data}],
            "response_format": {"json_schema": {"schema": schema.model_json_schema()}},
        }
        answer = answer_for(body)
        if self._spoil:
            self._spoil(answer["items"])
        return schema.model_validate(answer)


def made(model: Model, local: LocalEngine | None = None, **options: object) -> LLMClassifier:
    return LLMClassifier(model, local or LocalEngine(), 100, **cast(dict[str, int], options))


async def many(classifier: LLMClassifier, *texts: str) -> list[Classification]:
    return await asyncio.gather(*(classifier.classify(masked(text), POLICY) for text in texts))


async def test_waiting_tickets_share_one_call_and_each_gets_its_own_answer() -> None:
    model = Model()
    found = await many(made(model, at_once=1), "my invoice is wrong", "the app has a crash", "forgot my password")
    assert model.batches == [3]
    assert [each.category for each in found] == ["billing", "technical", "account"]
    assert {each.engine for each in found} == {Engine.LLM}
    assert all("ai_fallback" not in each.tags for each in found)


async def test_tickets_share_no_call_while_each_can_have_its_own() -> None:
    """An answer takes as long as it is long, so eight tickets in one make each of them wait for eight."""
    model = Model()
    found = await many(made(model, at_once=4), "invoice a", "invoice b", "invoice c")
    assert model.batches == [1, 1, 1]
    assert {each.category for each in found} == {"billing"}


async def test_a_batch_is_no_larger_than_allowed() -> None:
    model = Model()
    await many(made(model, largest=4, at_once=2), *(f"invoice number {n}" for n in range(10)))
    assert max(model.batches) == 4
    assert sum(model.batches) == 10


async def test_identical_tickets_are_asked_about_once_while_waiting_and_afterwards() -> None:
    model = Model()
    classifier = made(model)
    found = await many(classifier, *["my invoice is wrong"] * 5)
    again = await classifier.classify(masked("my invoice is wrong"), POLICY)
    assert model.batches == [1]
    assert all(each == again for each in found)


async def test_another_policy_is_another_question() -> None:
    model = Model()
    classifier = made(model)
    await classifier.classify(masked("my invoice is wrong"), POLICY)
    await classifier.classify(masked("my invoice is wrong"), policy())  # equal, read a second time
    assert model.batches == [1]
    other = POLICY.model_copy(update={"approval_hours": 1.0})
    await classifier.classify(masked("my invoice is wrong"), other)
    assert model.batches == [1, 1]


async def test_the_cache_forgets_the_least_used() -> None:
    model = Model()
    classifier = LLMClassifier(model, LocalEngine(), 2)
    for text in (
        "one invoice",
        "two invoices",
        "one invoice",
        "three invoices",
        "one invoice",
        "two invoices",
    ):
        await classifier.classify(masked(text), POLICY)
    assert len(model.batches) == 4


async def test_a_cancelled_waiter_does_not_take_the_answer_from_the_other() -> None:
    model = Model()
    model.gate.clear()
    classifier = made(model)
    first = asyncio.create_task(classifier.classify(masked("my invoice"), POLICY))
    second = asyncio.create_task(classifier.classify(masked("my invoice"), POLICY))
    while not model.batches:
        await asyncio.sleep(0)
    first.cancel()
    model.gate.set()
    assert (await second).category == "billing"
    assert model.batches == [1]


@pytest.mark.parametrize("error", [Unavailable(), Refused(code="refusal"), Refused(code="length")])
async def test_any_failure_of_the_model_ends_in_the_local_engine(error: TriageError) -> None:
    local = LocalEngine()
    (found,) = await many(made(Model({"invoice": error}), local), "my invoice")
    assert found.engine is Engine.LOCAL
    assert found.tags == ("from_rules", "ai_fallback")
    assert local.calls == 1


async def test_an_alarm_without_a_quote_that_stands_gets_the_local_engines() -> None:
    def invent(items: list[dict[str, object]]) -> None:
        items[0]["quote"] = "I shall sue every one of you."

    def copy(items: list[dict[str, object]]) -> None:
        items[0]["quote"] = "my lawyer will call about the invoice"

    text = "Good day, my lawyer will call about the invoice."
    for spoil, quote in ((invent, "as the local engine quotes it"), (copy, "my lawyer will call about the invoice")):
        (found,) = await many(made(Model(spoil=spoil)), text)
        assert (found.engine, found.evidence.risk) == (Engine.LLM, quote)


async def test_a_fallback_is_not_kept() -> None:
    errors: dict[str, TriageError] = {"invoice": Unavailable()}
    classifier = made(Model(errors))
    assert (await classifier.classify(masked("my invoice"), POLICY)).engine is Engine.LOCAL
    errors.clear()
    assert (await classifier.classify(masked("my invoice"), POLICY)).engine is Engine.LLM


async def test_a_refused_batch_is_tried_in_halves_once_and_only_the_bad_half_falls_back() -> None:
    model = Model({"poison": Refused(code="content_filter")})
    found = await many(made(model, at_once=1), "invoice a", "invoice b", "poison", "invoice d")
    assert model.batches == [4, 2, 2]
    assert [each.engine for each in found] == [Engine.LLM, Engine.LLM, Engine.LOCAL, Engine.LOCAL]


async def test_an_unreachable_model_is_not_asked_in_halves() -> None:
    model = Model({"invoice": Unavailable()})
    await many(made(model, at_once=1), "invoice a", "invoice b")
    assert model.batches == [2]


def _drop_first(items: list[dict[str, object]]) -> None:
    del items[0]


def _bad_enum(items: list[dict[str, object]]) -> None:
    items[0]["category"] = "world_domination"


def _extra(items: list[dict[str, object]]) -> None:
    items[0]["tool"] = "send_reply"


def _twice(items: list[dict[str, object]]) -> None:
    items.append({**items[0], "category": "general"})


@pytest.mark.parametrize("spoil", [_drop_first, _bad_enum, _extra, _twice])
async def test_a_ticket_whose_item_is_bad_falls_back_alone(spoil: Spoil) -> None:
    model = Model(spoil=spoil)
    found = await many(made(model, at_once=1), "invoice a", "invoice b", "invoice c")
    assert [each.engine for each in found] == [Engine.LOCAL, Engine.LLM, Engine.LLM]
    assert model.batches == [3]


async def test_while_the_breaker_is_open_tickets_go_local_though_calls_still_hang() -> None:
    model, breaker = Model(), Breaker()
    model.gate.clear()
    classifier = made(model, at_once=1, breaker=breaker)
    hanging = asyncio.create_task(classifier.classify(masked("my invoice"), POLICY))
    while not model.batches:
        await asyncio.sleep(0)
    for _ in range(5):
        with pytest.raises(Unavailable), breaker.guard():
            raise Unavailable
    found = await asyncio.wait_for(classifier.classify(masked("another invoice"), POLICY), 30)
    assert found.engine is Engine.LOCAL
    assert model.batches == [1]
    model.gate.set()
    assert (await hanging).engine is Engine.LLM


class Memory(FakePrecedents):
    """Remembers one ticket, unless it cannot now; then it waits as long as one likes, or says so."""

    def __init__(self, *nearest: Precedent, error: Exception | None = None) -> None:
        super().__init__(nearest)
        self.asked = 0
        self.error = error

    async def nearest(self, masked: Masked) -> tuple[Precedent, ...]:
        self.asked += 1
        if self.error:
            raise self.error
        return await super().nearest(masked)

    def nearest_now(self, *nearest: Precedent) -> None:
        self._nearest = nearest


CORRECTED = Precedent(text="The parrot food was charged twice", category="general", instead_of="billing")


async def test_what_people_corrected_is_in_the_question_and_without_it_the_question_is_as_before() -> None:
    plain, told = Model(), Model()
    await many(made(plain), "my invoice")
    await many(LLMClassifier(told, LocalEngine(), 100, precedents=Memory(CORRECTED)), "my invoice")
    await many(LLMClassifier(told, LocalEngine(), 100, precedents=Memory()), "my invoice")
    (before,) = plain.prompts
    with_it, without = told.prompts
    assert "begin earlier 1, filed under general, not billing>>>\nThe parrot food was charged twice\n" in with_it.data
    assert without == before
    assert with_it.system == before.system


async def test_a_correction_that_came_since_makes_it_another_question() -> None:
    model, memory = Model(), Memory()
    classifier = LLMClassifier(model, LocalEngine(), 100, precedents=memory)
    await many(classifier, "my invoice")
    await many(classifier, "my invoice")
    memory.nearest_now(CORRECTED)
    await many(classifier, "my invoice")
    await many(classifier, "my invoice")
    assert ["earlier 1" in prompt.data for prompt in model.prompts] == [False, True]


@pytest.mark.parametrize("error", [Unavailable("the index is away"), TimeoutError()])
async def test_a_memory_that_fails_keeps_no_ticket_from_the_model(error: Exception) -> None:
    model = Model()
    (found,) = await many(LLMClassifier(model, LocalEngine(), 100, precedents=Memory(error=error)), "my invoice")
    assert found.engine is Engine.LLM
    assert "earlier" not in model.prompts[0].data


async def test_nobody_looks_for_precedents_while_the_breaker_is_open() -> None:
    memory, breaker = Memory(CORRECTED), Breaker(failures=1)
    with pytest.raises(Unavailable), breaker.guard():
        raise Unavailable
    classifier = LLMClassifier(Model(), LocalEngine(), 100, breaker=breaker, precedents=memory)
    (found,) = await many(classifier, "my invoice")
    assert (found.engine, memory.asked) == (Engine.LOCAL, 0)


async def test_when_the_local_engine_fails_too_its_error_is_told() -> None:
    classifier = made(Model({"invoice": Unavailable()}), LocalEngine(Unavailable("not warm yet")))
    with pytest.raises(Unavailable, match="not warm yet"):
        await classifier.classify(masked("my invoice"), POLICY)


class Charging(Model):
    """Takes eleven tokens for each call, whatever comes of it."""

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        charge(Used(model="m", purpose="Answers", outcome="ok", tokens_in=11, tokens_cached=0, tokens_out=3, cost=1))
        return await super().ask(prompt, schema)


async def bill_of(classifier: LLMClassifier, text: str) -> int:
    with billed() as bill:
        await classifier.classify(masked(text), POLICY)
        return sum(used.tokens_in for used in bill)


async def test_tickets_that_share_a_call_share_what_it_took_and_what_is_known_costs_nothing() -> None:
    classifier = made(Charging(), at_once=1)
    first = bill_of(classifier, "The invoice is wrong")
    both = await asyncio.gather(first, bill_of(classifier, "I cannot log in"))
    assert sorted(both) == [5, 6]
    assert await bill_of(classifier, "The invoice is wrong") == 0


async def test_an_answer_that_never_came_is_paid_for_too() -> None:
    classifier = made(Charging({"invoice": Refused("no")}))
    assert await bill_of(classifier, "The invoice is wrong") == 11
