"""One choice per door, on explicit settings, each logged at start."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import structlog

from bot.adapters import heads
from bot.adapters.breaker import Breaker
from bot.adapters.classifier import LocalClassifier
from bot.adapters.embedder import LocalEmbedder
from bot.adapters.helpdesks.freshdesk import Freshdesk
from bot.adapters.helpdesks.intercom import Intercom
from bot.adapters.helpdesks.plain import Plain
from bot.adapters.helpdesks.slack import SlackThreads
from bot.adapters.helpdesks.workflow import WorkflowDesk
from bot.adapters.helpdesks.zendesk import Zendesk
from bot.adapters.language_model import Meter, OpenAILanguageModel, openai_client
from bot.adapters.learner import LocalLearner
from bot.adapters.llm_classifier import LLMClassifier
from bot.settings import Settings
from bot.slack_app import slack_chat
from handlers.policies import Policies
from handlers.services import Services
from pipeline.policy import Policy
from pipeline.ports import Classifier, HelpDesk, Precedents
from pipeline.ticket import SLACK, WORKFLOW
from storage.case_index import HybridCases
from storage.corrections import Corrections
from storage.index import HybridIndex
from storage.knowledge import KnowledgeBase
from storage.precedents import CaseMemory
from storage.store import Store
from storage.vectors import vectors_at

WORKSPACE = "default"  # one company with one policy for now; every row carries its name already
_REMEMBERED_ANSWERS = 2_000


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Engines:
    """Who reads and who writes. `model` is None on a machine that has none."""

    local: LocalClassifier
    classifier: Classifier
    model: OpenAILanguageModel | None

    async def close(self) -> None:
        """Give the model's connections back; the engines cannot be used afterwards."""
        if self.model is not None:
            await self.model.close()


def wire_services(
    settings: Settings, policy: Policy, http: httpx.AsyncClient, meter: Meter
) -> tuple[Services, Engines]:
    """Build every door behind its settings."""
    store, clock, policies = Store(settings.store_url), SystemClock(), Policies(policy)
    embedder = LocalEmbedder(settings.embedder, settings.kept_dir)
    own = own_heads(settings, embedder)
    local = LocalClassifier(embedder, settings.kept_dir, own)
    knowledge = KnowledgeBase(store, clock)
    vectors = vectors_at(settings.data_dir / "index", settings.chroma_url)
    precedents = CaseMemory(Corrections(store, clock), knowledge, vectors, embedder, WORKSPACE)
    read = engines(settings, local, meter, precedents)
    chat = slack_chat(settings, store, clock, WORKSPACE, lambda: policies.now.policy)
    services = Services(
        workspace=WORKSPACE,
        store=store,
        clock=clock,
        policies=policies,
        classifier=read.classifier,
        model=read.model,
        index=HybridIndex(knowledge, vectors, embedder, WORKSPACE),
        knowledge=knowledge,
        precedents=precedents,
        cases=HybridCases(store, vectors, embedder, WORKSPACE),
        learner=LocalLearner(local, embedder),
        chat=chat,
        helpdesks=_helpdesks(settings, http)
        | {WORKFLOW: WorkflowDesk(chat, store, WORKSPACE), SLACK: SlackThreads(chat)},
        embedder=embedder,
    )
    structlog.get_logger().info(
        "doors.chosen",
        database=store.dialect,
        index="chroma server" if settings.chroma_url else "chroma folder",
        engine=settings.model if read.model else "local",
        heads="own" if own else "shipped",
        helpdesks=sorted(services.helpdesks),
    )
    return services, read


def own_heads(settings: Settings, embedder: LocalEmbedder) -> Path | None:
    """Return the folder with a team's own heads, where train wrote some with this embedder."""
    return settings.trained_dir if heads.made_with(settings.trained_dir) == embedder.name else None


def local_classifier(settings: Settings, model: Path | None = None) -> LocalClassifier:
    """Return the engine that reads on this machine, alone, with the heads of a folder that train wrote."""
    return LocalClassifier(LocalEmbedder(settings.embedder, settings.kept_dir), settings.kept_dir, model)


def engines(settings: Settings, local: LocalClassifier, meter: Meter, precedents: Precedents | None = None) -> Engines:
    """Choose who reads: the model with the local engine behind it, or the local engine alone."""
    if not settings.has_model:
        return Engines(local, local, None)
    breaker = Breaker()
    client = openai_client(
        settings.openai_api_key.get_secret_value(), settings.openai_base_url, timeout=settings.llm_timeout
    )
    model = OpenAILanguageModel(
        client, settings.model, settings.llm_timeout, breaker, settings.concurrency, meter, price=settings.price
    )
    reader = LLMClassifier(
        model, local, _REMEMBERED_ANSWERS, at_once=settings.concurrency, breaker=breaker, precedents=precedents
    )
    return Engines(local, reader, model)


def _helpdesks(settings: Settings, http: httpx.AsyncClient) -> dict[str, HelpDesk]:
    desks: list[HelpDesk] = []
    if settings.zendesk_base_url:
        desks.append(
            Zendesk(
                http,
                base_url=settings.zendesk_base_url,
                email=settings.zendesk_email,
                api_token=settings.zendesk_api_token.get_secret_value(),
                secret=settings.zendesk_webhook_secret.get_secret_value(),
            )
        )
    if settings.freshdesk_base_url:
        desks.append(
            Freshdesk(
                http,
                base_url=settings.freshdesk_base_url,
                api_key=settings.freshdesk_api_key.get_secret_value(),
                secret=settings.freshdesk_webhook_secret.get_secret_value(),
            )
        )
    if settings.intercom_token.get_secret_value():
        desks.append(
            Intercom(
                http,
                base_url=settings.intercom_base_url,
                token=settings.intercom_token.get_secret_value(),
                client_secret=settings.intercom_client_secret.get_secret_value(),
                admin_id=settings.intercom_admin_id,
            )
        )
    if secret := settings.webhook_secret.get_secret_value():
        desks.append(Plain(http, secret=secret))
    return {desk.source: desk for desk in desks}
