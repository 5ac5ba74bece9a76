"""Whatever a chat.completions server does ends as an answer, as Unavailable or as Refused."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from bot.adapters.breaker import Breaker, BreakerState
from bot.adapters.language_model import Call, OpenAILanguageModel, openai_client
from pipeline.bill import billed
from pipeline.errors import Refused, Unavailable
from pipeline.prompt import classification_prompt
from pipeline.read_llm import Answers, answers_model, read_answers
from tests.stubs.openai_stub import Fault, Stub, create_app
from tests.stubs.serving import serving
from tests.stubs.understanding import masked, policy

SECRET = "my parrot Polly was overcharged"
POLICY = policy()
PROMPT = classification_prompt(POLICY, [masked(SECRET)])
SCHEMA = answers_model(POLICY)


class Calls(list[Call]):
    """A meter that remembers."""

    def record(self, call: Call) -> None:
        self.append(call)


class Desk:
    """A model in front of a stub."""

    def __init__(self, url: str, stub: Stub, at_once: int, timeout: float, name: str = "gpt-4o-mini") -> None:
        self.stub = stub
        self.meter = Calls()
        self.breaker = Breaker()
        self.waits: list[float] = []
        self.client = openai_client("", f"{url}/v1", timeout=timeout)
        self.model = OpenAILanguageModel(
            self.client, name, timeout, self.breaker, at_once, self.meter, sleep=self._wait
        )

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def ask(self) -> Answers:
        return await self.model.ask(PROMPT, SCHEMA)


MakeDesk = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def desk() -> AsyncIterator[MakeDesk]:
    async with AsyncExitStack() as stack:

        async def make(*faults: Fault, standing: Fault | None = None, at_once: int = 4,
                       timeout: float = 5.0, latency: float = 0.0) -> Desk:  # fmt: skip
            stub = Stub(latency=latency, standing=standing)
            stub.faults.extend(faults)
            url = await stack.enter_async_context(serving(create_app(stub=stub)))
            made = Desk(url, stub, at_once, timeout)
            stack.push_async_callback(made.client.close)
            stack.callback(stub.released.set)
            return made

        yield make


async def test_a_good_answer_comes_back_validated_and_its_tokens_are_counted(desk: MakeDesk) -> None:
    asked = await desk()
    (found,) = read_answers(await asked.ask(), [masked(SECRET)], POLICY)
    assert getattr(found, "category", None) == "billing"
    (call,) = asked.meter
    assert (call.outcome, call.schema, call.model) == ("ok", "TicketReadings", "gpt-4o-mini")
    assert call.usage.prompt_tokens > 500
    assert call.usage.completion_tokens > 20
    assert call.usage.cached_tokens == 64


@pytest.mark.parametrize(
    "fault",
    [Fault.DROP, Fault.HALF, Fault.RATE, Fault.RATE_SOON, Fault.RATE_LONG, Fault.QUOTA, Fault.SERVER, Fault.KEY,
     Fault.MODEL, Fault.REDIRECT, Fault.HTML, Fault.NOT_JSON, Fault.HUGE, Fault.NO_CHOICES],
)  # fmt: skip
async def test_trouble_of_the_service_is_unavailable(desk: MakeDesk, fault: Fault) -> None:
    asked = await desk(standing=fault)
    with pytest.raises(Unavailable) as error:
        await asked.ask()
    assert error.value.__cause__ is None
    assert "parrot" not in str(error.value)
    assert [call.outcome for call in asked.meter] == ["unavailable"]


@pytest.mark.parametrize(
    ("fault", "code"),
    [(Fault.REQUEST, "status_400"), (Fault.REFUSAL, "refusal"), (Fault.LENGTH, "length"),
     (Fault.FILTER, "content_filter"), (Fault.EMPTY, "empty"), (Fault.PROSE, "bad_answer")],
)  # fmt: skip
async def test_trouble_of_the_question_is_refused(desk: MakeDesk, fault: Fault, code: str) -> None:
    asked = await desk(standing=fault)
    with pytest.raises(Refused) as error:
        await asked.ask()
    assert error.value.code == code
    assert error.value.__cause__ is None
    assert [call.outcome for call in asked.meter] == [code]
    assert asked.stub.calls == 1
    assert asked.breaker.state is BreakerState.CLOSED


async def test_an_answer_that_was_cut_off_still_counts_its_tokens(desk: MakeDesk) -> None:
    asked = await desk(Fault.LENGTH)
    with billed() as bill, pytest.raises(Refused):
        await asked.ask()
    assert asked.meter[0].usage.prompt_tokens > 500
    assert [(used.tokens_in, used.outcome) for used in bill] == [(asked.meter[0].usage.prompt_tokens, "length")]


@pytest.mark.parametrize("fault", [Fault.FENCED, Fault.NO_USAGE])
async def test_sloppy_servers_are_understood(desk: MakeDesk, fault: Fault) -> None:
    asked = await desk(fault)
    assert len((await asked.ask()).items) == 1


@pytest.mark.parametrize("fault", [Fault.HANG, Fault.TRICKLE])
async def test_a_silent_server_is_given_up_in_time_and_not_asked_twice(desk: MakeDesk, fault: Fault) -> None:
    asked = await desk(standing=fault, timeout=0.2)
    with pytest.raises(Unavailable):
        await asyncio.wait_for(asked.ask(), 30)
    assert asked.stub.calls == 1
    assert asked.waits == []


async def test_nobody_listening_is_unavailable() -> None:
    model = OpenAILanguageModel(
        openai_client("", "http://127.0.0.1:9/v1", timeout=2), "m", 5, Breaker(), 1, Calls(), sleep=_at_once
    )
    with pytest.raises(Unavailable):
        await model.ask(PROMPT, SCHEMA)


async def _at_once(_: float) -> None:
    return None


@pytest.mark.parametrize(
    ("fault", "wait"),
    [(Fault.SERVER, 0.5), (Fault.RATE, 0.5), (Fault.DROP, 0.5), (Fault.HALF, 0.5), (Fault.RATE_SOON, 0.25)],
)
async def test_a_passing_fault_is_retried_once(desk: MakeDesk, fault: Fault, wait: float) -> None:
    asked = await desk(fault)
    assert len((await asked.ask()).items) == 1
    assert asked.stub.calls == 2
    assert asked.waits == [wait]


@pytest.mark.parametrize("fault", [Fault.QUOTA, Fault.KEY, Fault.RATE_LONG])
async def test_a_lasting_fault_is_not_retried(desk: MakeDesk, fault: Fault) -> None:
    asked = await desk(fault)
    with pytest.raises(Unavailable) as error:
        await asked.ask()
    assert asked.stub.calls == 1
    assert error.value.retry_after == (90 if fault is Fault.RATE_LONG else None)


async def test_a_server_that_asks_for_a_long_wait_is_not_called_meanwhile(desk: MakeDesk) -> None:
    asked = await desk(Fault.RATE_LONG)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await asked.ask()
    assert asked.stub.calls == 1


async def test_a_model_that_wants_no_temperature_is_asked_without_it_from_then_on(desk: MakeDesk) -> None:
    asked = await desk(Fault.TEMPERATURE)
    await asked.ask()
    await asked.ask()
    assert ["temperature" in body for body in asked.stub.requests] == [True, False, False]


async def test_after_five_failures_no_call_is_made(desk: MakeDesk) -> None:
    asked = await desk(standing=Fault.KEY)
    for _ in range(7):
        with pytest.raises(Unavailable):
            await asked.ask()
    assert asked.stub.calls == 5
    assert asked.breaker.state is BreakerState.OPEN


async def test_no_more_calls_at_once_than_allowed(desk: MakeDesk) -> None:
    asked = await desk(at_once=3, latency=0.02)
    await asyncio.gather(*(asked.ask() for _ in range(12)))
    assert asked.stub.most_in_flight == 3


async def test_a_cancelled_question_gives_its_place_back(desk: MakeDesk) -> None:
    asked = await desk(Fault.HANG, at_once=1)
    waiting = asyncio.create_task(asked.ask())
    while asked.stub.calls == 0:
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert len((await asked.ask()).items) == 1
    assert [call.outcome for call in asked.meter] == ["cancelled", "ok"]


async def test_servers_of_ones_own_get_the_older_name_of_the_cap(desk: MakeDesk) -> None:
    asked = await desk()
    await asked.ask()
    assert asked.stub.requests[0]["max_tokens"] == 4096
    assert asked.stub.headers[0]["authorization"] == "Bearer none"
