"""Price: what a model's tokens cost, where somebody has written it down."""

from dataclasses import dataclass

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """Prices of a million tokens, in the currency that the policy's savings name."""

    prompt: float
    cached: float  # of the prompt's tokens that the provider had read before
    completion: float

    def cost(self, prompt: int, cached: int, completion: int) -> float:
        """Return what these tokens cost; the cached ones are among those of the prompt."""
        cached = min(cached, prompt)
        return ((prompt - cached) * self.prompt + cached * self.cached + completion * self.completion) / _MILLION


def prices_from(written: str) -> dict[str, Price]:
    """Read "gpt-4o-mini: 0.15, 0.075, 0.6; gpt-4o: 2.5, 1.25, 10"; the name "" is for all that are not named.

    Raises ValueError with what to write instead.
    """
    prices: dict[str, Price] = {}
    for part in written.split(";"):
        model, _, price = part.rpartition(":")  # a model's name may have a colon, such as llama3:8b
        prices[model.strip()] = price_from(price)
    return prices


def price_from(written: str) -> Price:
    """Read "0.15, 0.075, 0.6". Raises ValueError with what to write instead."""
    try:
        prompt, cached, completion = (float(part) for part in written.split(","))
    except ValueError:
        prompt = cached = completion = -1.0
    if not all(0 <= each < float("inf") for each in (prompt, cached, completion)):
        raise ValueError("write the prices of a million tokens of prompt, cached prompt and answer: 0.15, 0.075, 0.6")
    return Price(prompt, cached, completion)
