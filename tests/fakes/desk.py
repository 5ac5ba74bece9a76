"""Desk: Services on a store, with the outside world in memory."""

from dataclasses import dataclass, field
from functools import cache

from bot.adapters.helpdesks.slack import SlackThreads
from bot.policy_file import default_policy
from handlers.policies import Policies
from handlers.services import Services
from pipeline.policy import Member, Policy
from pipeline.ports import Chat
from pipeline.ticket import SLACK
from storage.knowledge import KnowledgeBase
from storage.store import Store
from tests.fakes.chat import FakeChat, people_of
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse
from tests.fakes.helpdesk import FakeHelpDesk
from tests.fakes.learning import FakeLearner
from tests.fakes.reading import FakeCases, FakeClassifier, FakeIndex, FakePrecedents

WORKSPACE = "default"


@cache
def policy() -> Policy:
    """Return the policy that ships, read once: trying all of its rules takes a second."""
    return default_policy()


@cache
def mapped() -> Policy:
    """Return the same policy, in which everybody has an e-mail of their own in the pretend helpdesk."""

    def known(member: Member) -> Member:
        return member.model_copy(update={"helpdesk": {"zendesk": f"{member.name.split()[0].lower()}@desk.example"}})

    def all_known(members: tuple[Member, ...]) -> tuple[Member, ...]:
        return tuple(map(known, members))

    teams = tuple(team.model_copy(update={"members": all_known(team.members)}) for team in policy().teams)
    changes = {"teams": teams, "leads": all_known(policy().leads), "admins": all_known(policy().admins)}
    return policy().model_copy(update=changes)


@dataclass
class World:
    """Everything that is still there after the product has died."""

    clock: FakeClock = field(default_factory=FakeClock)
    fuse: Fuse = field(default_factory=Fuse)
    mapped: bool = False  # the policy says who everybody is in the helpdesk
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
        policies=Policies(mapped() if world.mapped else policy()),
        classifier=FakeClassifier(),
        model=None,
        index=FakeIndex(),
        knowledge=KnowledgeBase(store, world.clock),
        precedents=FakePrecedents(),
        cases=FakeCases(),
        learner=FakeLearner(),
        chat=chat or world.chat,
        helpdesks={world.helpdesk.source: world.helpdesk, SLACK: SlackThreads(chat or world.chat)},
    )
