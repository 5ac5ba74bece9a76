"""Services: the one frozen bundle that every handler receives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from handlers.policies import Policies
from pipeline.policy import Policy
from pipeline.ports import (
    CaseIndex,
    Chat,
    Classifier,
    Clock,
    Embedder,
    HelpDesk,
    KnowledgeIndex,
    LanguageModel,
    Learner,
    Precedents,
)
from storage.knowledge import KnowledgeBase
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a handler may reach."""

    workspace: str
    store: Store
    clock: Clock
    policies: Policies
    classifier: Classifier
    model: LanguageModel | None
    index: KnowledgeIndex
    knowledge: KnowledgeBase
    precedents: Precedents
    cases: CaseIndex
    learner: Learner
    chat: Chat
    helpdesks: Mapping[str, HelpDesk]
    embedder: Embedder | None = None  # without one tickets are not matched to intents

    @property
    def policy(self) -> Policy:
        """The policy in force at this moment."""
        return self.policies.now.policy

    def still(self) -> Self:
        """Return the same with the policy as it is now, so that one job or decision sees one policy throughout."""
        return replace(self, policies=self.policies.still())
