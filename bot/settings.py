"""Settings: everything that the environment can say, read once."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.price import Price, prices_from
from pipeline.errors import TriageError
from storage.sealing import keys_in

SHORTEST_API_KEY = 24


class BadSettings(TriageError):
    """A setting has no usable value."""


def _web_address(written: str) -> str:
    if written and not _is_web_address(written):
        raise ValueError("write a whole address, such as https://example.com")
    return written


def _is_web_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False  # such as a port that is no number


def _database(written: str) -> str:
    if written and urlsplit(written).scheme not in ("postgresql+asyncpg", "sqlite+aiosqlite"):
        raise ValueError(
            "write postgresql+asyncpg://USER:PASSWORD@HOST/DATABASE, or leave it empty for SQLite in the data folder"
        )
    return written


def _price(written: str) -> str:
    if written:
        prices_from(written)
    return written


def _keys(written: SecretStr) -> SecretStr:
    keys_in(written.get_secret_value())
    return written


def _api_keys(written: SecretStr) -> SecretStr:
    if any(len(key) < SHORTEST_API_KEY for key in _separate(written)):
        raise ValueError(f"write keys of {SHORTEST_API_KEY} characters at least, with a comma between two")
    return written


def _separate(written: SecretStr) -> tuple[str, ...]:
    return tuple(key.strip() for key in written.get_secret_value().split(",") if key.strip())


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseSettings):
    """One frozen value for the whole process; an empty variable counts as absent."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(Path(".triage"), validation_alias="TRIAGE_DATA_DIR")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "", validation_alias="TRIAGE_DATABASE_URL", repr=False
    )
    policy: Path | None = Field(None, validation_alias="TRIAGE_POLICY")
    chroma_url: WebAddress = Field("", validation_alias="TRIAGE_CHROMA_URL")
    embedder: str = Field("", validation_alias="TRIAGE_EMBEDDER")
    host: str = Field("127.0.0.1", validation_alias="TRIAGE_HOST")
    port: int = Field(3000, validation_alias="TRIAGE_PORT", ge=1, le=65535)
    log: Literal["json", "console"] = Field("console", validation_alias="TRIAGE_LOG")
    concurrency: int = Field(16, validation_alias="TRIAGE_CONCURRENCY", ge=1, le=1000)

    openai_api_key: SecretStr = Field(SecretStr(""), validation_alias="OPENAI_API_KEY")
    openai_base_url: WebAddress = Field("", validation_alias="OPENAI_BASE_URL")
    model: str = Field("gpt-4o-mini", validation_alias="TRIAGE_MODEL")
    model_price: Annotated[str, AfterValidator(_price)] = Field("", validation_alias="TRIAGE_MODEL_PRICE")
    llm_timeout: float = Field(30.0, validation_alias="TRIAGE_LLM_TIMEOUT", gt=0, allow_inf_nan=False)

    slack_bot_token: SecretStr = Field(SecretStr(""), validation_alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr = Field(SecretStr(""), validation_alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr = Field(SecretStr(""), validation_alias="SLACK_APP_TOKEN")
    slack_client_id: str = Field("", validation_alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr = Field(SecretStr(""), validation_alias="SLACK_CLIENT_SECRET")
    secret_key: Annotated[SecretStr, AfterValidator(_keys)] = Field(SecretStr(""), validation_alias="TRIAGE_SECRET_KEY")
    public_url: WebAddress = Field("", validation_alias="TRIAGE_PUBLIC_URL")
    slack_api_url: WebAddress = Field("https://slack.com/api/", validation_alias="TRIAGE_SLACK_API_URL")

    zendesk_base_url: WebAddress = Field("", validation_alias="ZENDESK_BASE_URL")
    zendesk_email: str = Field("", validation_alias="ZENDESK_EMAIL")
    zendesk_api_token: SecretStr = Field(SecretStr(""), validation_alias="ZENDESK_API_TOKEN")
    zendesk_webhook_secret: SecretStr = Field(SecretStr(""), validation_alias="ZENDESK_WEBHOOK_SECRET")
    freshdesk_base_url: WebAddress = Field("", validation_alias="FRESHDESK_BASE_URL")
    freshdesk_api_key: SecretStr = Field(SecretStr(""), validation_alias="FRESHDESK_API_KEY")
    freshdesk_webhook_secret: SecretStr = Field(SecretStr(""), validation_alias="FRESHDESK_WEBHOOK_SECRET")
    intercom_base_url: WebAddress = Field("https://api.intercom.io", validation_alias="INTERCOM_BASE_URL")
    intercom_token: SecretStr = Field(SecretStr(""), validation_alias="INTERCOM_TOKEN")
    intercom_client_secret: SecretStr = Field(SecretStr(""), validation_alias="INTERCOM_CLIENT_SECRET")
    intercom_admin_id: str = Field("", validation_alias="INTERCOM_ADMIN_ID")
    api_keys: Annotated[SecretStr, AfterValidator(_api_keys)] = Field(SecretStr(""), validation_alias="TRIAGE_API_KEYS")
    webhook_secret: SecretStr = Field(SecretStr(""), validation_alias="TRIAGE_WEBHOOK_SECRET")

    models_dir: Path | None = Field(None, exclude=True)  # where what was learnt is kept; the demo shares it

    @property
    def known_keys(self) -> tuple[str, ...]:
        """The keys with which programs may ask /v1; without one nobody may."""
        return _separate(self.api_keys)

    @property
    def kept_dir(self) -> Path:
        """The folder below which models are kept that were learnt or translated here."""
        return self.models_dir or self.data_dir

    @cached_property
    def store_url(self) -> str:
        """The database's URL; SQLite in the data folder unless another is named."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'triage.db'}"

    @property
    def trained_dir(self) -> Path:
        """Where `triage train` keeps a team's own heads unless told otherwise, and where the product looks."""
        return self.kept_dir / "trained"

    @property
    def price(self) -> Price | None:
        """What the model's tokens cost, where it was written down: for it by name, or for any model."""
        prices = prices_from(self.model_price) if self.model_price else {}
        return prices.get(self.model, prices.get(""))

    @property
    def installs(self) -> bool:
        """Whether workspaces install the app by OAuth, and all is there for it."""
        return self._wants_installs and not self.lacking_to_install

    @property
    def _wants_installs(self) -> bool:
        """A token of our own says that there is one workspace, which has the app already."""
        return bool(self.slack_client_id) and not self.slack_bot_token.get_secret_value()

    @property
    def lacking_to_install(self) -> tuple[str, ...]:
        """Return the names of the settings that installing by OAuth needs and that are empty."""
        needed = {
            "SLACK_CLIENT_SECRET": self.slack_client_secret.get_secret_value(),
            "TRIAGE_SECRET_KEY": self.secret_key.get_secret_value(),
            "TRIAGE_PUBLIC_URL": self.public_url,
        }
        return tuple(name for name, value in needed.items() if not value) if self._wants_installs else ()

    @property
    def has_model(self) -> bool:
        """Whether a language model is configured; a local server needs a URL only."""
        return bool(self.openai_api_key.get_secret_value() or self.openai_base_url)


def load_settings(env_file: str | None = ".env") -> Settings:
    """Read the environment and a file. Raises BadSettings with a line for each setting that cannot be used."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)  # the input may be a secret
        raise BadSettings("\n".join(f"{each['loc'][0]}: {_advice(each['msg'])}" for each in wrong)) from None
    except UnicodeDecodeError:
        raise BadSettings(f"{env_file} is not UTF-8: save the file as UTF-8") from None


def _advice(message: str) -> str:
    said = message.removeprefix("Value error, ").removeprefix("Input should be ")
    return said if said.startswith("write ") else f"it should be {said}"
