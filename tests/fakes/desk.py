"""Desk: Services on a store, with the outside world in memory."""

from dataclasses import dataclass, field
from functools import cache

from bot.adapters.helpdesks.slack import SlackThreads
from bot.policy_file import default_policy
from handlers.policies import Policies
from handlers.services import Services
from pipeline.policy import Policy
from pipeline.ports import Chat
from pipeline.ticket import SLACK
from storage.knowledge import KnowledgeBase
from storage.store import Store
from tests.fakes.chat import FakeChat, people_of
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse
from tests.fakes.helpdesk import FakeHelpDesk
from tests.fakes.learning import FakeLearner
from tests.fakes.reading import FakeClassifier, FakeIndex, FakePrecedents

WORKSPACE = "default"


@cache
def policy() -> Policy:
    """Return the policy that ships, read once: trying all of its rules takes a second."""
    return default_policy()


@dataclass
class World:
    """Everything that is still there after the product has died."""

    clock: FakeClock = field(default_factory=FakeClock)
    fuse: Fuse = field(default_factory=Fuse)
    approved: list[str] = field(default_factory=list)  # what people agreed to send, in their order
    chat: FakeChat = field(init=False)
    helpdesk: FakeHelpDesk = field(init=False)

    def __post_init__(self) -> None:
        self.chat = FakeChat(self.clock, self.fuse, people_of(policy()))
        self.helpdesk = FakeHelpDesk(self.clock, self.fuse)


def build_services(store: Store, world: World, *, chat: Chat | None = None) -> Services:
    """Return a product on this database and this world. `chat` may stand between it and Slack."""
    return Services(
        workspace=WORKSPACE,
        store=store,
        clock=world.clock,
        policies=Policies(policy()),
        classifier=FakeClassifier(),
        model=None,
        index=FakeIndex(),
        knowledge=KnowledgeBase(store, world.clock),
        precedents=FakePrecedents(),
        learner=FakeLearner(),
        chat=chat or world.chat,
        helpdesks={world.helpdesk.source: world.helpdesk, SLACK: SlackThreads(chat or world.chat)},
    )
