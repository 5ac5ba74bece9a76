"""Services: the one frozen bundle that every handler receives."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.policy import Policy
from pipeline.ports import Chat, Classifier, Clock, HelpDesk, KnowledgeIndex, LanguageModel, Learner, Precedents
from storage.knowledge import KnowledgeBase
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a handler may reach."""

    workspace: str
    store: Store
    clock: Clock
    policy: Policy
    classifier: Classifier
    model: LanguageModel | None
    index: KnowledgeIndex
    knowledge: KnowledgeBase
    precedents: Precedents
    learner: Learner
    chat: Chat
    helpdesks: Mapping[str, HelpDesk]
