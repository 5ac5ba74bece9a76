"""Spending: what the calls of one command took, summed up for the person who typed it."""

import sys

from bot.adapters.language_model import Call
from bot.price import Price


class Spending:
    """Counts calls and tokens; implements the Meter of the language model."""

    def __init__(self, price: Price | None = None) -> None:
        self._price = price
        self._model = ""
        self._calls = self._failed = 0
        self._prompt = self._cached = self._completion = 0

    def record(self, call: Call) -> None:
        """Add a call. One that failed may have cost tokens, too."""
        self._model = call.model
        self._calls += 1
        self._failed += call.outcome != "ok"
        self._prompt += call.usage.prompt_tokens
        self._cached += call.usage.cached_tokens
        self._completion += call.usage.completion_tokens

    def __str__(self) -> str:
        """One line; empty when no model was called."""
        if not self._calls:
            return ""
        failed = f" ({self._failed} failed)" if self._failed else ""
        tokens = f"{self._prompt:,} tokens in ({self._cached:,} cached), {self._completion:,} out"
        cost = self._price.cost(self._prompt, self._cached, self._completion) if self._price else None
        calls = f"{self._calls:,} call{'s' if self._calls > 1 else ''}"
        return f"{self._model}: {calls}{failed}, {tokens}" + ("" if cost is None else f", cost {cost:.4f}")

    def tell(self) -> None:
        """Say it on standard error, if there is anything to say."""
        if said := str(self):
            sys.stderr.write(f"{said}\n")
