"""LLMClassifier: a language model reads tickets together; the local engine answers where it cannot."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.adapters.batching import Batcher
from bot.adapters.breaker import Breaker
from pipeline.bill import Bill, bill_of_asker, billed, shared
from pipeline.classify import Classification, Evidence
from pipeline.errors import Refused, TriageError, Unavailable
from pipeline.mask import Masked
from pipeline.policy import Policy
from pipeline.ports import LanguageModel, LocalReader, Precedents
from pipeline.precedent import Precedent, together
from pipeline.prompt import Prompt, classification_prompt
from pipeline.read_llm import Answers, answers_model, read_answers

FALLBACK = "ai_fallback"
PATIENCE = 5.0  # seconds that remembering may take; it adds to an answer and is not worth a wait
Outcome = Classification | TriageError


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """What is built once for a policy: the schema to ask with, and a key for what was read under it."""

    policy: Policy
    schema: type[Answers]
    key: bytes


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    masked: Masked
    form: _Form
    earlier: Sequence[Precedent]
    bill: Bill  # of whoever asked; tickets that share a call share what it took


class LLMClassifier:
    """Asks about several waiting tickets in one call, and once about the same words.

    Tickets share a call only when more of them wait than calls may be made: an answer takes as long as it is
    long. The `precedents` nearest to a ticket go into its question.

    A TriageError of the model never gets out: the local engine answers, tagged `ai_fallback`.
    """

    def __init__(
        self,
        model: LanguageModel,
        local: LocalReader,
        cache_size: int,
        *,
        largest: int = 8,
        at_once: int = 8,
        breaker: Breaker | None = None,
        precedents: Precedents | None = None,
    ) -> None:
        self._model = model
        self._local = local
        self._cache_size = cache_size
        self._breaker = breaker
        self._precedents = precedents
        self._batcher: Batcher[_Item, Outcome] = Batcher(self._run, largest=largest, at_once=at_once)
        self._known: OrderedDict[bytes, Classification] = OrderedDict()
        self._asking: dict[bytes, asyncio.Task[Outcome]] = {}
        self._form: _Form | None = None
        self._policy: Policy | None = None

    async def classify(self, masked: Masked, policy: Policy) -> Classification:
        """Return the model's reading of the ticket, or the local engine's."""
        form = self._form_of(policy)
        earlier = await self._remembered(masked)
        key = _key(form, masked, earlier)
        if known := self._known.get(key):
            self._known.move_to_end(key)
            return known
        outcome = await self._coalesced(key, _Item(masked, form, earlier, bill_of_asker()))
        if isinstance(outcome, Classification):
            return outcome
        return await self._locally(masked, policy, outcome)

    async def _remembered(self, masked: Masked) -> Sequence[Precedent]:
        """The ticket's precedents; none where they cannot be had at once, or where nobody will be asked."""
        if self._precedents is None or not self._admitted:
            return ()
        try:
            async with asyncio.timeout(PATIENCE):
                return together([await self._precedents.nearest(masked)])
        except (TriageError, TimeoutError) as error:
            structlog.get_logger().info("precedents.failed", error=type(error).__name__, reason=str(error))
            return ()

    @property
    def _admitted(self) -> bool:
        return self._breaker is None or self._breaker.admits

    async def _coalesced(self, key: bytes, item: _Item) -> Outcome:
        """Ask, or wait with whoever asks about the same words. One who is cancelled leaves the others be."""
        asking = self._asking.get(key)
        if asking is None:
            asking = self._asking[key] = asyncio.create_task(self._ask_and_keep(key, item))
            asking.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(asking)

    async def _ask_and_keep(self, key: bytes, item: _Item) -> Outcome:
        if not self._admitted:
            return Unavailable("The model failed several times and is left alone for a while.")
        outcome = await self._batcher.ask(item)
        if isinstance(outcome, Classification):
            outcome = self._known[key] = await self._with_evidence(outcome, item.masked)
            while len(self._known) > self._cache_size:
                self._known.popitem(last=False)
        return outcome

    async def _with_evidence(self, found: Classification, masked: Masked) -> Classification:
        """Give every alarm a quote: the local engine's where the model's does not stand in the ticket."""
        if found.evidence != Evidence():
            return found
        return found.model_copy(update={"evidence": await self._local.evidence(masked, found)})

    async def _locally(self, masked: Masked, policy: Policy, error: TriageError) -> Classification:
        structlog.get_logger().info("classification.fell_back", error=type(error).__name__, reason=str(error))
        local = await self._local.classify(masked, policy)
        return local.model_copy(update={"tags": tuple(dict.fromkeys((*local.tags, FALLBACK)))})

    async def _run(self, items: Sequence[_Item]) -> Sequence[Outcome]:
        form = items[0].form
        if all(item.form is form for item in items):
            return await self._batch(items, halve=True)
        alone = [await self._batch([item], halve=False) for item in items]  # the policy has just changed
        return [outcome for outcomes in alone for outcome in outcomes]

    async def _batch(self, items: Sequence[_Item], *, halve: bool) -> Sequence[Outcome]:
        form = items[0].form
        earlier = together([item.earlier for item in items])
        prompt = classification_prompt(form.policy, [item.masked for item in items], earlier)
        try:
            answers = await self._asked(prompt, form, items)
        except Refused as refused:
            if halve and len(items) > 1:
                return await self._halves(items)
            return [refused] * len(items)
        except TriageError as error:
            return [error] * len(items)
        return read_answers(answers, [item.masked for item in items], form.policy)

    async def _asked(self, prompt: Prompt, form: _Form, items: Sequence[_Item]) -> Answers:
        with billed() as bill:
            try:
                return await self._model.ask(prompt, form.schema)
            finally:
                for used in bill:
                    for item, part in zip(items, shared(used, len(items)), strict=True):
                        item.bill.append(part)

    async def _halves(self, items: Sequence[_Item]) -> Sequence[Outcome]:
        """One ticket may have spoiled the answer for all, or all together were too much."""
        middle = len(items) // 2
        first = await self._batch(items[:middle], halve=False)
        return [*first, *await self._batch(items[middle:], halve=False)]

    def _form_of(self, policy: Policy) -> _Form:
        """Equal policies share a form, so that tickets whose policy was read twice still share a call."""
        if self._form is None or self._policy is not policy:
            key = hashlib.sha256(policy.model_dump_json().encode()).digest()
            if self._form is None or self._form.key != key:
                self._form = _Form(policy, answers_model(policy), key)
            self._policy = policy
        return self._form


def _key(form: _Form, masked: Masked, earlier: Sequence[Precedent]) -> bytes:
    """Name a question. What people have corrected since makes it another one."""
    told = [(precedent.text, precedent.category, precedent.instead_of) for precedent in earlier]
    asked = repr((masked.whole, told)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(form.key + asked).digest()
