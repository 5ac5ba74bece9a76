"""The environment says what the product needs to know; what cannot be is named, and secrets stay where they are."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import BadSettings, Settings, load_settings

# name in the environment -> (field, what is written, what is read)
WRITTEN: dict[str, tuple[str, str, object]] = {
    "TRIAGE_DATA_DIR": ("data_dir", "/var/lib/triage", Path("/var/lib/triage")),
    "TRIAGE_DATABASE_URL": ("database_url", "postgresql+asyncpg://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
    "TRIAGE_POLICY": ("policy", "mine.toml", Path("mine.toml")),
    "TRIAGE_CHROMA_URL": ("chroma_url", "http://chroma:8000", "http://chroma:8000"),
    "TRIAGE_EMBEDDER": ("embedder", "some/model", "some/model"),
    "TRIAGE_HOST": ("host", "0.0.0.0", "0.0.0.0"),
    "TRIAGE_PORT": ("port", "8080", 8080),
    "TRIAGE_LOG": ("log", "json", "json"),
    "TRIAGE_CONCURRENCY": ("concurrency", "32", 32),
    "OPENAI_BASE_URL": ("openai_base_url", "http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
    "TRIAGE_MODEL": ("model", "gpt-5", "gpt-5"),
    "TRIAGE_MODEL_PRICE": ("model_price", "0.15, 0.075, 0.6", "0.15, 0.075, 0.6"),
    "TRIAGE_API_KEYS": ("api_keys", 24 * "k", SecretStr(24 * "k")),
    "TRIAGE_LLM_TIMEOUT": ("llm_timeout", "12.5", 12.5),
    "SLACK_CLIENT_ID": ("slack_client_id", "1000.2000", "1000.2000"),
    "TRIAGE_PUBLIC_URL": ("public_url", "https://triage.example", "https://triage.example"),
    "TRIAGE_SLACK_API_URL": ("slack_api_url", "http://slack.test/api/", "http://slack.test/api/"),
    "ZENDESK_BASE_URL": ("zendesk_base_url", "https://acme.zendesk.com", "https://acme.zendesk.com"),
    "ZENDESK_EMAIL": ("zendesk_email", "bot@acme.example", "bot@acme.example"),
    "FRESHDESK_BASE_URL": ("freshdesk_base_url", "https://acme.freshdesk.com", "https://acme.freshdesk.com"),
    "INTERCOM_BASE_URL": ("intercom_base_url", "https://api.eu.intercom.io", "https://api.eu.intercom.io"),
    "INTERCOM_ADMIN_ID": ("intercom_admin_id", "77", "77"),
}
SECRETS = {
    "OPENAI_API_KEY": "openai_api_key",
    "SLACK_BOT_TOKEN": "slack_bot_token",
    "SLACK_SIGNING_SECRET": "slack_signing_secret",
    "SLACK_APP_TOKEN": "slack_app_token",
    "SLACK_CLIENT_SECRET": "slack_client_secret",
    "TRIAGE_SECRET_KEY": "secret_key",
    "ZENDESK_API_TOKEN": "zendesk_api_token",
    "ZENDESK_WEBHOOK_SECRET": "zendesk_webhook_secret",
    "FRESHDESK_API_KEY": "freshdesk_api_key",
    "FRESHDESK_WEBHOOK_SECRET": "freshdesk_webhook_secret",
    "INTERCOM_TOKEN": "intercom_token",
    "INTERCOM_CLIENT_SECRET": "intercom_client_secret",
    "TRIAGE_WEBHOOK_SECRET": "webhook_secret",
}
NOT_FROM_OUTSIDE = {"models_dir"}


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in {*WRITTEN, *SECRETS} & set(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_every_setting_is_named_here() -> None:
    named = {field for field, _, _ in WRITTEN.values()} | set(SECRETS.values())
    assert named == set(Settings.model_fields) - NOT_FROM_OUTSIDE


@pytest.mark.parametrize("name", WRITTEN)
def test_a_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    field, written, read = WRITTEN[name]
    monkeypatch.setenv(name, written)
    assert getattr(load_settings(), field) == read


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_read_and_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "sesame-opens-it and all that lies behind")
    settings = load_settings()
    secret = getattr(settings, SECRETS[name])
    assert isinstance(secret, SecretStr)
    assert secret.get_secret_value() == "sesame-opens-it and all that lies behind"
    assert "sesame" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_the_databases_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_DATABASE_URL", "postgresql+asyncpg://me:sesame@127.0.0.1/triage")
    settings = load_settings()
    assert "sesame" in settings.store_url
    assert "sesame" not in f"{settings!r} {settings}"


def test_nothing_needs_to_be_said_at_all(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.store_url == f"sqlite+aiosqlite:///{tmp_path / '.triage' / 'triage.db'}"
    assert (settings.host, settings.port, settings.model) == ("127.0.0.1", 3000, "gpt-4o-mini")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert not settings.has_model


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*WRITTEN, *SECRETS):
        monkeypatch.setenv(name, "")
    assert load_settings() == Settings(_env_file=None)


def test_the_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TRIAGE_PORT=4001\nTRIAGE_HOST=0.0.0.0\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("TRIAGE_PORT", "4002")
    settings = load_settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 4002)
    assert load_settings(env_file=None).host == "127.0.0.1"


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_a_key_or_a_server_of_ones_own_is_a_model(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:11434/v1")
    assert load_settings().has_model


@pytest.mark.parametrize(
    ("name", "written", "says"),
    [
        ("TRIAGE_PORT", "0", "it should be greater than or equal to 1"),
        ("TRIAGE_PORT", "http", "it should be a valid integer"),
        ("TRIAGE_CONCURRENCY", "5000", "it should be less than or equal to 1000"),
        ("TRIAGE_LOG", "xml", "it should be 'json' or 'console'"),
        ("TRIAGE_LLM_TIMEOUT", "-1", "it should be greater than 0"),
        ("TRIAGE_MODEL_PRICE", "0.15, 0.6", "write the prices of a million tokens"),
        ("TRIAGE_API_KEYS", "sesame", "write keys of 24 characters"),
        ("TRIAGE_MODEL_PRICE", "1, 2, -3", "write the prices of a million tokens"),
        ("TRIAGE_MODEL_PRICE", "1, nan, 3", "write the prices of a million tokens"),
        ("TRIAGE_LLM_TIMEOUT", "inf", "it should be a finite number"),
        ("TRIAGE_DATABASE_URL", "postgres://me:sesame@h/d", "write postgresql+asyncpg://USER"),
        ("TRIAGE_DATABASE_URL", "mysql://me:sesame@h/d", "write postgresql+asyncpg://USER"),
        ("TRIAGE_DATABASE_URL", "triage.db", "write postgresql+asyncpg://USER"),
        ("ZENDESK_BASE_URL", "acme.zendesk.com", "write a whole address, such as https://"),
        ("FRESHDESK_BASE_URL", "ftp://acme.example", "write a whole address"),
        ("INTERCOM_BASE_URL", "https://", "write a whole address"),
        ("OPENAI_BASE_URL", "http://[::1", "write a whole address"),
        ("TRIAGE_SLACK_API_URL", "http://slack.test:many/api/", "write a whole address"),
        ("TRIAGE_CHROMA_URL", "chroma:8000", "write a whole address"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_to_write_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, written: str, says: str
) -> None:
    monkeypatch.setenv(name, written)
    with pytest.raises(BadSettings) as refusal:
        load_settings()
    assert str(refusal.value).startswith(f"{name}: {says}")
    assert "sesame" not in str(refusal.value)


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_PORT", "x")
    monkeypatch.setenv("TRIAGE_LOG", "x")
    with pytest.raises(BadSettings) as refusal:
        load_settings()
    assert [line.partition(":")[0] for line in str(refusal.value).splitlines()] == ["TRIAGE_PORT", "TRIAGE_LOG"]


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TRIAGE_HOST=caf\xe9\n")
    with pytest.raises(BadSettings, match=r"\.env is not UTF-8"):
        load_settings()
