"""triage policy: who changed what, what is in force, and one step back."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor import policy_changes
from bot.wiring import WORKSPACE
from handlers.policies import Policies
from handlers.services import Services
from pipeline.case import Actor
from pipeline.policy_change import PolicyChange, Step
from storage import policy_log
from storage.migrate import migrate
from storage.store import Store
from tests.bot.command import Run
from tests.fakes.desk import policy
from tests.fakes.house import House

NOW, LENA = datetime(2026, 3, 2, 9, tzinfo=UTC), Actor(id="ULENA", name="Lena Fischer")
ANSWER = Step(path=("thresholds", "answer"), value=0.55, was=0.6)
LEAD = Step(path=("teams", "billing_support", "lead"), value="Ana Ribeiro", was="")
OFF = Step(path=("rules", "churn", "off"), value=True, was=False)


def change(number: int, *steps: Step, undoes: int | None = None) -> PolicyChange:
    return PolicyChange(number=number, at=NOW, by=LENA, why="Too shy.", steps=steps, undoes=undoes)


async def _written(path: Path, *changes: PolicyChange) -> None:
    store = Store(f"sqlite+aiosqlite:///{path / '.triage' / 'triage.db'}")
    await migrate(store)
    async with store.begin() as tx:
        for each in changes:
            await policy_log.append(tx, WORKSPACE, each)
    await store.close()


@pytest.fixture
def changed(tmp_path: Path) -> None:
    (tmp_path / ".triage").mkdir()
    asyncio.run(_written(tmp_path, change(1, ANSWER), change(2, OFF), change(3, undoes=2)))


@pytest.mark.usefixtures("changed")
def test_the_list_tells_who_changed_what_when_and_what_became_of_it(run: Run) -> None:
    lines = run("policy", "list", "--json").lines
    assert [(each["number"], each["state"]) for each in lines] == [(3, "undo"), (2, "undone"), (1, "in force")]
    assert lines[2]["what"] == ["thresholds › answer: 0.6 → 0.55"]
    assert lines[0]["what"] == ["took back change 2"]
    ran = run("policy", "list")
    assert ran.status == 0
    assert "Lena" in ran.out


@pytest.mark.usefixtures("changed")
def test_what_is_in_force_is_shown_and_one_change_is_taken_back(run: Run) -> None:
    assert run("policy", "show", "thresholds/answer").lines == [{"thresholds/answer": 0.55}]
    assert run("policy", "undo").lines == [{"number": 4, "undoes": 1}]
    assert run("policy", "show").lines == [policy().model_dump(mode="json")]
    ran = run("policy", "undo")
    assert (ran.status, ran.out) == (2, "")
    assert "No change stands" in ran.err


def test_any_place_is_set_checked_as_the_file_is(run: Run) -> None:
    assert run("policy", "set", "categories/billing/sla_hours/P1", "0.5", "--why", "Month's end").lines == [
        {"number": 1, "what": ["categories › billing › sla_hours › P1: 1.0 → 0.5"]}
    ]
    assert run("policy", "set", "teams/billing_support/channel", "money").lines[0]["number"] == 2
    assert run("policy", "show", "teams/billing_support/channel").lines == [{"teams/billing_support/channel": "money"}]
    for place, value, said in (
        ("thresholds/medium", "0.9", "is above high"),
        ("thresholds/anser", "0.9", "check the spelling"),
        ("teams/billing_support/channel", "money", "says already"),
    ):
        ran = run("policy", "set", place, value)
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err


def test_who_somebody_is_in_the_helpdesk_is_set_and_nobody_is_two(run: Run) -> None:
    people = "teams/billing_support/members"
    assert run("policy", "set", f"{people}/Ana Ribeiro/helpdesk/zendesk", "9001").status == 0
    assert run("policy", "show", f"{people}/Ana Ribeiro/helpdesk/zendesk").lines[0].popitem()[1] == "9001"
    refused = run("policy", "set", "teams/tech_support/members/Ben Adeyemi/helpdesk/zendesk", "9001")
    assert refused.status != 0
    assert "'9001' in zendesk is 'Ben Adeyemi' already" in refused.err or "is 'Ana Ribeiro' already" in refused.err


@pytest.mark.usefixtures("changed")
def test_a_place_that_is_not_there_is_named(run: Run) -> None:
    ran = run("policy", "show", "threshold")
    assert ran.status == 2
    assert "thresholds/answer" in ran.err


def test_a_change_that_the_file_has_no_place_for_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".triage").mkdir()
    asyncio.run(_written(tmp_path, change(1, LEAD.model_copy(update={"value": "Nobody"})), change(2, ANSWER)))
    ran = run("policy", "show", "thresholds/answer")
    assert ran.lines == [{"thresholds/answer": 0.55}]
    assert "change 1 waits" in ran.err
    assert [each["state"] for each in run("policy", "list", "--json").lines] == ["in force", "waits"]


async def test_the_doctor_names_changes_that_do_not_fit_or_were_altered(store: Store) -> None:
    services = House(store).services
    assert (await policy_changes(services)).ok
    async with store.begin() as tx:
        await policy_log.append(tx, services.workspace, change(1, LEAD.model_copy(update={"value": "Nobody"})))
    finding = await policy_changes(services)
    assert not finding.ok
    assert "change 1: lead 'Nobody'" in finding.says
    await _altered(services)
    assert "altered" in (await policy_changes(services)).says


async def _altered(services: Services) -> None:
    async with services.store.begin() as tx:
        await tx.connection.execute(policy_log.policy_changes.update().values(why="No reason."))
    services.policies.now = Policies(policy()).now
