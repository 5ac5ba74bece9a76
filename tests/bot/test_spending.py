"""What a model's calls took is counted for a page of metrics, and summed up for whoever typed a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.language_model import Call
from bot.adapters.model_reply import CachedTokens, Usage
from bot.metrics import Metrics
from bot.price import Price, price_from, prices_from
from bot.spending import Spending

PRICE = Price(prompt=2.0, cached=0.5, completion=8.0)
COUNT = st.integers(0, 10**9)


def call(prompt: int, cached: int, completion: int, outcome: str = "ok") -> Call:
    told = CachedTokens(cached_tokens=cached)
    usage = Usage(prompt_tokens=prompt, completion_tokens=completion, prompt_tokens_details=told)
    return Call("gpt-4o-mini", "TicketReadings", outcome, 0.5, usage)


CALLS = (call(1_000_000, 400_000, 100_000), call(2_000, 0, 0, "length"), Call("gpt-4o-mini", "x", "ok", 1.0, Usage()))


def test_cached_tokens_cost_their_own_price() -> None:
    assert PRICE.cost(1_000_000, 400_000, 100_000) == pytest.approx(0.6 * 2 + 0.4 * 0.5 + 0.1 * 8)
    assert PRICE.cost(0, 0, 0) == 0


@given(COUNT, COUNT, COUNT)
def test_no_count_that_a_server_tells_makes_a_negative_cost(prompt: int, cached: int, completion: int) -> None:
    assert PRICE.cost(prompt, cached, completion) >= 0


def test_prices_are_read_as_they_are_written() -> None:
    assert price_from(" 2,0.5 , 8") == PRICE


def test_a_command_says_what_its_calls_took(capsys: pytest.CaptureFixture[str]) -> None:
    spending = Spending(PRICE)
    for each in CALLS:
        spending.record(each)
    spending.tell()
    said = "gpt-4o-mini: 3 calls (1 failed), 1,002,000 tokens in (400,000 cached), 100,000 out, cost 2.2040\n"
    assert capsys.readouterr() == ("", said)


def test_without_prices_no_cost_is_named_and_without_calls_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    spending = Spending()
    spending.tell()
    assert capsys.readouterr() == ("", "")
    spending.record(CALLS[0])
    assert str(spending) == "gpt-4o-mini: 1 call, 1,000,000 tokens in (400,000 cached), 100,000 out"


def test_the_metrics_count_every_call_with_its_tokens() -> None:
    metrics = Metrics(PRICE)
    for each in CALLS:
        metrics.record(each)
    lines = metrics.page().decode().splitlines()
    assert 'triage_model_tokens_total{direction="in"} 1.002e+06' in lines
    assert 'triage_model_tokens_total{direction="out"} 100000.0' in lines
    assert "triage_model_cached_tokens_total 400000.0" in lines
    assert "triage_model_cost_total 2.204" in lines
    assert 'triage_model_seconds_count{outcome="length"} 1.0' in lines
    assert not any("cost" in line for line in Metrics().page().decode().splitlines())


def test_prices_may_be_written_by_model() -> None:
    found = prices_from("llama3:8b: 0,0,0; gpt-4o: 2.5, 1.25, 10; 2, 0.5, 8")
    assert found == {"llama3:8b": Price(0, 0, 0), "gpt-4o": Price(2.5, 1.25, 10), "": PRICE}
