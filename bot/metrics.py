"""Prometheus metrics: rates and durations, without a customer's words in any label."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.adapters.language_model import Call
from bot.price import Price
from pipeline.backlog import Backlog

_BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """Holds a registry of its own, so that two products in one process do not mix."""

    def __init__(self, price: Price | None = None) -> None:
        self._price = price
        self._registry = CollectorRegistry()
        self._jobs = Histogram(
            "triage_job_seconds", "time per job", ["kind"], buckets=_BUCKETS, registry=self._registry
        )
        self._given_up = Counter(
            "triage_jobs_given_up", "jobs that went to a person", ["kind"], registry=self._registry
        )
        self._depth = Gauge("triage_queue_depth", "jobs", ["kind", "state"], registry=self._registry)
        self._waiting = Gauge("triage_tickets_waiting", "for an answer", ["team", "age"], registry=self._registry)
        self._oldest = Gauge("triage_oldest_waiting_seconds", "the oldest of them", ["team"], registry=self._registry)
        self._calls = Histogram(
            "triage_model_seconds", "time per call", ["outcome"], buckets=_BUCKETS, registry=self._registry
        )
        self._tokens = Counter("triage_model_tokens", "tokens", ["direction"], registry=self._registry)
        self._cached = Counter(
            "triage_model_cached_tokens", "those of direction in that the provider had cached", registry=self._registry
        )
        if price is not None:
            self._cost = Counter("triage_model_cost", "cost by the prices in the settings", registry=self._registry)

    @contextmanager
    def job(self, kind: str) -> Iterator[None]:
        """Time one job."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._jobs.labels(kind).observe(time.monotonic() - began)

    def gave_up(self, kind: str) -> None:
        """Count a job that went to a person."""
        self._given_up.labels(kind).inc()

    def queue(self, depth: dict[tuple[str, str], int]) -> None:
        """Note how many jobs there are by (kind, state)."""
        self._depth.clear()
        for (kind, state), count in depth.items():
            self._depth.labels(kind, state).set(count)

    def backlog(self, waiting: Mapping[str, Backlog], now: datetime) -> None:
        """Note what waits, by team and age."""
        self._waiting.clear()
        self._oldest.clear()
        for team, each in waiting.items():
            for age, count in each.ages.items():
                self._waiting.labels(team, age).set(count)
            if each.first is not None:
                self._oldest.labels(team).set((now - each.first).total_seconds())

    def record(self, call: Call) -> None:
        """Note a call of the language model, with the tokens that it cost."""
        self._calls.labels(call.outcome).observe(call.seconds)
        usage = call.usage
        self._tokens.labels("in").inc(usage.prompt_tokens)
        self._tokens.labels("out").inc(usage.completion_tokens)
        self._cached.inc(usage.cached_tokens)
        if self._price is not None:
            self._cost.inc(self._price.cost(usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens))

    def page(self) -> bytes:
        """Return the metrics in Prometheus' text format."""
        return generate_latest(self._registry)
