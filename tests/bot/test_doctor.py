"""The doctor looks at every door and says what to do; whatever is broken, it looks at the rest."""

import io
import json
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
import structlog

from bot.doctor import Finding, examine, show
from bot.playground import credentials
from bot.playground.server import Playground, create_app
from tests.playground.running import running

PREFIXES = ("TRIAGE_", "SLACK_", "OPENAI_", "ZENDESK_", "FRESHDESK_", "INTERCOM_")


@pytest.fixture(autouse=True)
def quiet_and_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An empty folder, no setting, and an engine whose model is not there, since loading one takes long."""
    for name in [name for name in os.environ if name.startswith(PREFIXES)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIAGE_EMBEDDER", "/nowhere")
    with structlog.testing.capture_logs():
        yield


@pytest.fixture
async def slack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Playground]:
    playground = Playground("")
    async with running(create_app(playground)) as url:
        monkeypatch.setenv("TRIAGE_SLACK_API_URL", f"{url}/api/")
        monkeypatch.setenv("SLACK_BOT_TOKEN", credentials.BOT_TOKEN)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", credentials.SIGNING_SECRET)
        yield playground


async def found() -> dict[str, Finding]:
    return {finding.what: finding for finding in await examine()}


def printed(findings: tuple[Finding, ...], *, as_json: bool) -> str:
    with redirect_stdout(io.StringIO()) as out:
        show(findings, as_json=as_json)
    return out.getvalue()


async def test_with_nothing_set_it_says_what_to_set() -> None:
    findings = await found()
    assert [what for what, finding in findings.items() if finding.ok] == ["policy", "database"]
    assert "set SLACK_BOT_TOKEN" in findings["slack"].advice
    assert "set ZENDESK_BASE_URL" in findings["helpdesks"].advice
    assert "/nowhere" in findings["local engine"].advice


async def test_a_token_alone_cannot_hear_clicks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET" in (await found())["slack"].advice


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [("TRIAGE_PORT", "x", "settings"), ("TRIAGE_POLICY", "absent.toml", "policy")],
)
async def test_what_stands_before_every_door_is_told_alone(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str
) -> None:
    monkeypatch.setenv(name, value)
    [finding] = await examine()
    assert (finding.what, finding.ok) == (what, False)
    assert (name if what == "settings" else value) in finding.advice


async def test_a_database_that_is_away_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        monkeypatch.setenv("TRIAGE_DATABASE_URL", f"postgresql+asyncpg://me:sesame@127.0.0.1:{port}/triage")
        findings = await found()
    assert "Check TRIAGE_DATABASE_URL" in findings["database"].advice
    assert "sesame" not in str(findings)
    assert "helpdesks" in findings


async def test_a_workspace_that_is_ready_is_ok(slack: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_WEBHOOK_SECRET", "secret")
    monkeypatch.setenv("ZENDESK_BASE_URL", "https://acme.zendesk.com")
    findings = await found()
    assert [what for what, finding in findings.items() if not finding.ok] == ["local engine"]
    assert findings["helpdesks"].advice == "plain, zendesk"
    assert "channel #billing-support" in findings


async def test_people_and_channels_that_the_workspace_lacks_are_named(
    slack: Playground, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(
        'fallback_category = "all"\nfallback_channel = "lobby"\nrules = []\n'
        'leads = [{ name = "Zoe", email = "zoe@nowhere.example" }]\n'
        '[[categories]]\nname = "all"\ndescription = "Everything that people ask."\nteam = "front"\n'
        'escalation_team = "front"\nsla_hours = { P1 = 1, P2 = 2, P3 = 3, P4 = 4 }\n'
        '[[teams]]\nname = "front"\nchannel = "billing-support"\n'
        'members = [{ name = "Ann", email = "ann@nowhere.example" }]\n'
    )
    monkeypatch.setenv("TRIAGE_POLICY", "mine.toml")
    findings = await found()
    assert findings["channel #billing-support"].ok
    assert "create it, or invite me with /invite" in findings["channel #lobby"].advice
    assert "ann@nowhere.example, zoe@nowhere.example" in findings["people"].advice


async def test_a_wrong_token_is_told_and_nothing_else_is_asked_of_slack(
    slack: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    findings = await found()
    assert "check SLACK_BOT_TOKEN" in findings["slack"].advice
    assert not any(what.startswith("channel") for what in findings)


async def test_a_slack_that_does_not_answer_is_told_with_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/api/"
        monkeypatch.setenv("TRIAGE_SLACK_API_URL", url)
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
        monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
        findings = await found()
    assert findings["slack"].advice == f"{url}: Slack cannot be reached."


def test_findings_are_lines_for_people_and_one_object_for_programs() -> None:
    findings = (Finding(what="policy", ok=True, advice="fine"), Finding(what="slack", ok=False, advice="set it"))
    assert printed(findings, as_json=False) == "ok    policy: fine\nMEND  slack: set it\n"
    told = json.loads(printed(findings, as_json=True))
    assert told == {"findings": [finding.model_dump() for finding in findings]}
