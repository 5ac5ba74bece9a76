"""OpenAILanguageModel: any server that speaks chat.completions, behind a strict schema."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakKeyDictionary

import openai
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, pydantic_function_tool
from openai.types.chat import ChatCompletionMessageParam
from openai.types.shared_params import ResponseFormatJSONSchema
from pydantic import BaseModel

from bot.adapters.breaker import PATIENCE, Breaker
from bot.adapters.model_errors import FAULTS, translated, wait_before_retry
from bot.adapters.model_reply import Reply, Usage, read_answer, read_body, read_reply
from bot.price import Price
from pipeline.bill import Used, charge
from pipeline.errors import Refused, Unavailable
from pipeline.ports import Answer
from pipeline.prompt import Prompt

OPENAI = "https://api.openai.com/v1"
_OFFICIAL = ("openai.com", "azure.com")  # hosts that want the newer name of the cap on tokens


@dataclass(frozen=True, slots=True)
class Call:
    """One question to a model, retry included, and what became of it."""

    model: str
    schema: str
    outcome: str  # "ok", or the code of the error
    seconds: float
    usage: Usage


class Meter(Protocol):
    """Counts calls and tokens."""

    def record(self, call: Call) -> None: ...


def openai_client(api_key: str, base_url: str = "", *, timeout: float) -> AsyncOpenAI:
    """Make the client. Servers of one's own, such as Ollama, want no key, and the library wants one.

    Redirects are not followed: a ticket's text goes to the address in the settings and nowhere else.
    """
    return AsyncOpenAI(
        api_key=api_key or "none",
        base_url=base_url or OPENAI,
        timeout=timeout,
        max_retries=0,
        http_client=DefaultAsyncHttpxClient(follow_redirects=False),
    )


class OpenAILanguageModel:
    """Asks at most `at_once` questions at a time, each within `timeout` seconds, a single retry included.

    Raises Unavailable for whatever concerns the service (no answer, 401, 403, 404, 429, 5xx, a page of a
    proxy), and Refused for whatever concerns this question (400, refusal, truncation, filter, bad answer).
    """

    def __init__(
        self,
        client: AsyncOpenAI,
        model: str,
        timeout: float,
        breaker: Breaker,
        at_once: int,
        meter: Meter,
        *,
        longest: int = 4096,
        price: Price | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client.with_options(max_retries=0)
        self._model = model
        self._timeout = timeout
        self._breaker = breaker
        self._slots = asyncio.Semaphore(at_once)
        self._starting = asyncio.Lock()
        self._meter = meter
        self._price = price
        self._sleep = sleep
        self._formats: WeakKeyDictionary[type[BaseModel], ResponseFormatJSONSchema] = WeakKeyDictionary()
        official = str(client.base_url.host).endswith(_OFFICIAL)
        cap = "max_completion_tokens" if official else "max_tokens"
        self._options: dict[str, float] = {"temperature": 0, cap: longest}

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        """Return the model's answer, validated against the schema here, whatever the server promised."""
        async with self._slots:
            async with self._starting:  # one in a turn of the loop: a hundred would hold it for half a second
                await asyncio.sleep(0)
            with self._breaker.guard():
                return await self._measured(prompt, schema)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _measured(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        began = time.monotonic()
        outcome, usage = "cancelled", Usage()
        try:
            reply = await self._in_time(prompt, schema)
            usage = reply.usage or usage
            answer = read_answer(reply, schema)
            outcome = "ok"
            return answer
        except Unavailable:
            outcome = "unavailable"
            raise
        except Refused as refused:
            outcome = refused.code
            raise
        finally:
            seconds = time.monotonic() - began
            call = Call(self._model, schema.__name__, outcome, seconds, usage)
            self._meter.record(call)
            charge(_used(call, self._price))

    async def _in_time(self, prompt: Prompt, schema: type[Answer]) -> Reply:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._with_retry(prompt, schema)
        except TimeoutError:
            raise Unavailable(f"The model did not answer within {self._timeout:g} s.") from None
        except FAULTS as error:  # without its cause, which may quote the ticket
            raise translated(error) from None

    async def _with_retry(self, prompt: Prompt, schema: type[Answer]) -> Reply:
        try:
            return await self._once(prompt, schema)
        except FAULTS as error:
            wait = 0.0 if self._adapted(error) else wait_before_retry(error)
            if wait is None or wait > PATIENCE:
                raise
        await self._sleep(wait)
        return await self._once(prompt, schema)

    async def _once(self, prompt: Prompt, schema: type[Answer]) -> Reply:
        create = self._client.chat.completions.with_streaming_response.create
        async with create(
            model=self._model,
            messages=_messages(prompt),
            timeout=self._timeout,
            # Not as the parameter: the library would walk through the whole schema at every call.
            extra_body={**self._options, "response_format": self._format(schema)},
        ) as response:
            return read_reply(await read_body(response.iter_bytes()))

    def _format(self, schema: type[BaseModel]) -> ResponseFormatJSONSchema:
        if (known := self._formats.get(schema)) is None:
            known = self._formats[schema] = _response_format(schema)
        return known

    def _adapted(self, error: Exception) -> bool:
        """Do without what this model cannot take, from now on: reasoning models refuse two options."""
        if not isinstance(error, openai.BadRequestError) or error.param not in ("temperature", "max_tokens"):
            return False
        value = self._options.pop(error.param, None)
        if error.param == "max_tokens" and value is not None:
            self._options["max_completion_tokens"] = value
        return True


def _used(call: Call, price: Price | None) -> Used:
    usage = call.usage
    return Used(
        model=call.model[:128],
        purpose=call.schema[:64],
        outcome=call.outcome[:16],
        tokens_in=usage.prompt_tokens,
        tokens_cached=usage.cached_tokens,
        tokens_out=usage.completion_tokens,
        cost=price.cost(usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens) if price else None,
    )


def _messages(prompt: Prompt) -> list[ChatCompletionMessageParam]:
    return [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.data}]


def _response_format(schema: type[BaseModel]) -> ResponseFormatJSONSchema:
    # The library has one public way to its strict schemas, and it is meant for tools.
    strict = pydantic_function_tool(schema)["function"]["parameters"]
    return {
        "type": "json_schema",
        "json_schema": {"name": schema.__name__, "schema": strict, "strict": True},
    }
