"""The doctor looks at every door and says what to do; whatever is broken, it looks at the rest."""

import io
import json
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import redirect_stdout
from importlib.resources import files
from pathlib import Path

import pytest
import structlog
from fastapi import FastAPI

from bot.demo import free_port
from bot.doctor import examine, show
from bot.own_checks import shapes
from bot.playground import credentials
from bot.playground.manifest import shipped
from bot.playground.server import Playground, create_app
from bot.settings import Settings
from handlers.app_scopes import app_scopes
from handlers.health_checks import Check
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
    playground = Playground("", scopes=shipped().scopes)
    async with running(create_app(playground)) as url:
        monkeypatch.setenv("TRIAGE_SLACK_API_URL", f"{url}/api/")
        monkeypatch.setenv("SLACK_BOT_TOKEN", credentials.BOT_TOKEN)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", credentials.SIGNING_SECRET)
        monkeypatch.setenv("TRIAGE_PORT", str(free_port(0)))
        monkeypatch.setenv("ZENDESK_BASE_URL", url)
        monkeypatch.setenv("ZENDESK_EMAIL", credentials.ZENDESK_EMAIL)
        monkeypatch.setenv("ZENDESK_API_TOKEN", credentials.ZENDESK_API_TOKEN)
        yield playground


async def found() -> dict[str, Check]:
    return {finding.name: finding for finding in await examine()}


def printed(findings: tuple[Check, ...], *, as_json: bool) -> str:
    with redirect_stdout(io.StringIO()) as out:
        show(findings, as_json=as_json)
    return out.getvalue()


async def test_with_nothing_set_it_says_what_to_set() -> None:
    findings = await found()
    assert [what for what, finding in findings.items() if finding.ok] == ["policy", "database", "policy changes"]
    assert "set SLACK_BOT_TOKEN" in findings["slack"].told
    assert "set ZENDESK_BASE_URL" in findings["helpdesks"].told
    assert "/nowhere" in findings["local engine"].told


async def test_a_token_alone_cannot_hear_clicks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET" in (await found())["slack"].told


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [("TRIAGE_PORT", "x", "settings"), ("TRIAGE_POLICY", "absent.toml", "policy")],
)
async def test_what_stands_before_every_door_is_told_alone(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str
) -> None:
    monkeypatch.setenv(name, value)
    [finding] = await examine()
    assert (finding.name, finding.ok) == (what, False)
    assert (name if what == "settings" else value) in finding.told


async def test_a_database_that_is_away_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        monkeypatch.setenv("TRIAGE_DATABASE_URL", f"postgresql+asyncpg://me:sesame@127.0.0.1:{port}/triage")
        findings = await found()
    assert "Check TRIAGE_DATABASE_URL" in findings["database"].told
    assert "sesame" not in str(findings)
    assert "helpdesks" in findings


async def test_a_workspace_that_is_ready_is_ok(slack: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_WEBHOOK_SECRET", "secret")
    findings = await found()
    assert [what for what, finding in findings.items() if not finding.ok] == ["local engine"]
    assert {"helpdesk plain", "helpdesk zendesk"} <= set(findings)
    assert findings["signed delivery"].told == "verified in this process; triage serve does not run"
    assert findings["scopes"].told == f"all {len(app_scopes())} granted"
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
    assert "create it, or invite me with /invite" in findings["channel #lobby"].told
    assert "ann@nowhere.example, zoe@nowhere.example" in findings["people"].told


async def test_a_wrong_token_is_told_and_nothing_else_is_asked_of_slack(
    slack: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
    findings = await found()
    assert "check SLACK_BOT_TOKEN" in findings["slack"].told
    assert not any(what.startswith("channel") for what in findings)


async def test_a_slack_that_does_not_answer_is_told_with_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/api/"
        monkeypatch.setenv("TRIAGE_SLACK_API_URL", url)
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
        monkeypatch.setenv("SLACK_SIGNING_SECRET", "secret")
        findings = await found()
    assert findings["slack"].told == f"{url}: Slack cannot be reached."


def test_findings_are_lines_for_people_and_one_object_for_programs() -> None:
    findings = (
        Check(name="policy", ok=True, says="fine"),
        Check(name="slack", ok=False, says="no token", fix="set it"),
    )
    assert printed(findings, as_json=False) == "ok    policy: fine\nMEND  slack: no token: set it\n"
    told = json.loads(printed(findings, as_json=True))
    assert told == {"checks": [finding.model_dump() for finding in findings]}


async def test_what_was_not_granted_or_is_not_let_in_is_named_with_the_step(
    slack: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.scopes = shipped().scopes - {"usergroups:read"}
    monkeypatch.setenv("ZENDESK_API_TOKEN", "sesame")
    findings = await found()
    assert "not granted: usergroups:read: add them under OAuth & Permissions" in findings["scopes"].told
    assert (findings["helpdesk zendesk"].ok, "ZENDESK" in findings["helpdesk zendesk"].told) == (False, True)
    assert "sesame" not in str(findings)


async def test_a_user_group_that_slack_does_not_have_is_named(
    slack: Playground, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = files("manifests").joinpath("policy.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace("# [roles]", '[roles]\nlead = ["tech-team", "nobodys"]'))
    monkeypatch.setenv("TRIAGE_POLICY", "mine.toml")
    findings = await found()
    assert findings["user group @tech-team"].ok
    assert "create it in Slack" in findings["user group @nobodys"].told


async def test_what_was_copied_wrongly_is_told_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"SLACK_BOT_TOKEN": "xoxp-sesame", "SLACK_APP_TOKEN": "xoxb-sesame", "SLACK_SIGNING_SECRET": "sesame"}
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    settings = Settings(_env_file=None)
    assert [check.name for check in shapes(settings)] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"]
    assert "sesame" not in str(shapes(settings))


async def test_installing_by_oauth_names_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1000.2000")
    assert "set SLACK_CLIENT_SECRET and TRIAGE_SECRET_KEY and TRIAGE_PUBLIC_URL" in (await found())["installing"].told


async def test_a_server_with_another_secret_is_told(slack: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = FastAPI()
    async with running(refusing) as url:
        monkeypatch.setenv("TRIAGE_PORT", url.rpartition(":")[2])
        assert "answered 404 by the server that runs" in (await found())["signed delivery"].told
