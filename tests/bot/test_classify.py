"""triage classify: a decision per ticket, in the order of the lines, and nothing stored."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from bot.commands import AT_ONCE, decide_lines
from pipeline.classify import Classification
from pipeline.errors import Refused
from pipeline.mask import Masked
from pipeline.policy import Policy
from tests.bot.command import BY_WORDS, Run, tickets
from tests.fakes.desk import policy
from tests.fakes.reading import FakeClassifier
from tests.stubs.openai_stub import Fault, Stub, create_app
from tests.stubs.serving import served_beside


def test_classify_prints_a_decision_per_ticket_and_stores_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(*BY_WORDS)
    ran = run("classify", "-", stdin=tickets("We were charged twice. My lawyer will sue you.", "Hello."))
    first, second = ran.lines
    assert ran.status == 0
    assert [first["id"], second["id"]] == ["0", "1"]
    assert first["engine"] == "rules"
    assert first["escalation"]["level"] in ("high", "critical")
    assert {"layer", "rule", "quote"} >= set(first["escalation"]["signals"][0])
    assert set(first) == {
        *("id", "category", "secondary_category", "subcategory", "urgency", "sentiment", "confidence"),
        *("confidence_band", "needs_human_review", "top", "escalation", "language", "summary", "route", "engine", "ms"),
    }
    assert set(first["route"]) == {"team", "agent", "sla_minutes", "escalated", "reason"}
    assert not list(tmp_path.iterdir())


def test_with_a_model_its_tokens_are_told_beside_the_decisions(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with served_beside(create_app(stub=(stub := Stub()))) as url:
        for name, value in (BY_WORDS, ("OPENAI_BASE_URL", f"{url}/v1"), ("TRIAGE_MODEL_PRICE", "1,0.5,4")):
            monkeypatch.setenv(name, value)
        ran = run("classify", "-", stdin=tickets("We were charged twice.", "My login is locked."))
    assert [line["engine"] for line in ran.lines] == ["llm", "llm"]
    said = re.fullmatch(
        r"gpt-4o-mini: 2 calls, ([\d,]+) tokens in \(128 cached\), \d+ out, cost 0\.00\d\d", ran.err.strip()
    )
    assert said, ran.err
    texts = [message["content"] for body in stub.requests for message in body["messages"]]
    assert abs(int(said[1].replace(",", "")) - sum(map(len, texts)) // 4) < 10


def test_a_model_that_is_away_costs_no_ticket_and_its_calls_are_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with served_beside(create_app(stub=Stub(standing=Fault.KEY))) as url:
        for name, value in (BY_WORDS, ("OPENAI_BASE_URL", f"{url}/v1")):
            monkeypatch.setenv(name, value)
        ran = run("classify", "-", stdin=tickets("We were charged twice."))
    assert (ran.status, [line["engine"] for line in ran.lines]) == (0, ["rules"])
    assert "gpt-4o-mini: 1 call (1 failed), 0 tokens in (0 cached), 0 out" in ran.err


async def test_decisions_come_in_the_order_of_the_lines_whichever_is_read_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class BackwardClassifier(FakeClassifier):
        """Answers the last that asked first."""

        def __init__(self, expected: int) -> None:
            self._waiting: list[asyncio.Event] = []
            self._expected = expected

        async def classify(self, masked: Masked, policy: Policy) -> Classification:
            self._waiting.append(mine := asyncio.Event())
            if len(self._waiting) == self._expected:
                mine.set()
            await mine.wait()
            self._waiting.remove(mine)
            if self._waiting:
                self._waiting[-1].set()
            return await super().classify(masked, policy)

    (tmp_path / "in.jsonl").write_bytes(tickets(*(f"Ticket {n} has an error" for n in range(20))))
    assert await decide_lines(str(tmp_path / "in.jsonl"), policy(), BackwardClassifier(20)) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [str(n) for n in range(20)]


async def test_many_more_tickets_than_are_read_at_once_are_all_decided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class CountingClassifier(FakeClassifier):
        now = most = 0

        async def classify(self, masked: Masked, policy: Policy) -> Classification:
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0)
            self.now -= 1
            return await super().classify(masked, policy)

    count = AT_ONCE * 2 + 1
    (tmp_path / "in.jsonl").write_bytes(tickets(*["An error."] * count))
    assert await decide_lines(str(tmp_path / "in.jsonl"), policy(), classifier := CountingClassifier()) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [str(n) for n in range(count)]
    assert 1 <= classifier.most <= AT_ONCE


async def test_an_engine_that_fails_ends_the_command_and_leaves_nothing_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class PickyClassifier(FakeClassifier):
        async def classify(self, masked: Masked, policy: Policy) -> Classification:
            if "three" in masked.text:
                raise Refused("the model in this folder is of another embedder")
            return await super().classify(masked, policy)

    (tmp_path / "in.jsonl").write_bytes(tickets("one", "two", "three", "four"))
    with pytest.raises(Refused, match="of another embedder"):
        await decide_lines(str(tmp_path / "in.jsonl"), policy(), PickyClassifier())
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["0", "1"]
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("told", ["option", "setting"])
def test_a_policy_with_a_mistake_is_refused_with_its_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: str
) -> None:
    (tmp_path / "mine.toml").write_text('fallback_category = "all"\nteams = [\n')
    if told == "setting":
        monkeypatch.setenv("TRIAGE_POLICY", "mine.toml")
    ran = run("classify", "-", *(["--policy", "mine.toml"] if told == "option" else []), stdin=tickets("hello"))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("mine.toml:2: not TOML")


@pytest.mark.parametrize("option", ["--policy", "--model"])
def test_a_policy_or_a_model_that_is_not_there_is_bad_use(run: Run, option: str) -> None:
    ran = run("classify", "-", option, "absent", stdin=tickets("hello"))
    assert (ran.status, ran.out) == (2, "")
    assert "does not exist" in ran.err
