"""The doors of the house: what the pipeline and the handlers ask of the world."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from pipeline.alike import FLOOR, Alike
from pipeline.classify import Classification, Evidence, Urgency
from pipeline.lesson import Learnt, Lesson
from pipeline.mask import Masked
from pipeline.passage import Passage
from pipeline.policy import Policy
from pipeline.precedent import Precedent
from pipeline.prompt import Prompt
from pipeline.quarantine import Neighbour
from pipeline.ticket import Arrival, Ticket, TicketStatus
from pipeline.value import Value

Answer = TypeVar("Answer", bound=BaseModel)
Block = Mapping[str, Any]  # one block of Block Kit, as Slack's wire has it


class Clock(Protocol):
    """Tells the time, always aware and in UTC."""

    def now(self) -> datetime: ...


class Embedder(Protocol):
    """Turns masked texts into unit vectors of shape (texts, dimensions), float32.

    `name` tells the model apart from others: vectors of two names are never compared. `languages` are those that
    it knows, as ISO 639-1; none are named where it is not known to lack any.
    """

    @property
    def name(self) -> str: ...
    @property
    def dimensions(self) -> int: ...
    @property
    def languages(self) -> frozenset[str]: ...
    async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]: ...


class Classifier(Protocol):
    """Reads a ticket. Raises Unavailable when it cannot now."""

    async def classify(self, masked: Masked, policy: Policy) -> Classification: ...


class LocalReader(Classifier, Protocol):
    """A classifier on this machine that can also say which words of a ticket speak for an alarm."""

    async def evidence(self, masked: Masked, found: Classification) -> Evidence:
        """Return the loudest words for each alarm in a classification of this ticket, whoever made it."""


class LanguageModel(Protocol):
    """A model behind a strict schema.

    Raises Unavailable when it cannot now, and Refused when what came back cannot be used.
    """

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer: ...


class KnowledgeIndex(Protocol):
    """Finds what was answered before, best first."""

    async def search(self, masked: Masked, *, category: str | None = None, k: int = 5) -> tuple[Passage, ...]: ...
    async def index_waiting(self) -> int:
        """Take in what the knowledge base has and the index lacks. Returns how many."""


class CaseIndex(Protocol):
    """Finds cases, open and closed, that are like a text."""

    async def like(self, masked: Masked, *, but: str = "", k: int = 5, floor: float = FLOOR) -> tuple[Alike, ...]:
        """Return up to k cases from a likeness on, the likest first; `but` is left out."""

    async def index_waiting(self) -> int:
        """Bring the index up to the cases as they are. Returns how many are new. Raises Unavailable."""


class Precedents(Protocol):
    """Remembers where people filed earlier tickets."""

    async def note(self, case_id: str, filed: Precedent) -> None:
        """Remember where a person filed a case; said again, the later word counts."""

    async def forget(self, case_id: str) -> None:
        """Forget where a case was filed, if it is remembered."""

    async def nearest(self, masked: Masked) -> tuple[Precedent, ...]:
        """Return a few tickets like this one, corrected ones first. Raises Unavailable when it cannot now."""

    async def around(self, masked: Masked, but: str) -> tuple[Neighbour, ...]:
        """Return where the tickets nearest to this one were filed, all but that case. Raises Unavailable."""

    async def likenesses(self, masked: Masked, others: Sequence[Masked]) -> tuple[float, ...]:
        """Return the cosine of this ticket with each of the others. Raises Unavailable."""

    async def index_waiting(self) -> int:
        """Make findable what was noted since. Returns how many. Raises Unavailable; call it again."""


class Learner(Protocol):
    """Learns from what people corrected how to read better. `name` tells what can use the result."""

    @property
    def name(self) -> str: ...
    async def learn(self, lessons: Sequence[Lesson], policy: Policy) -> Learnt:
        """Learn from all lessons anew, and try it on some held out. Raises Unavailable when it cannot now."""

    async def use(self, content: bytes) -> None:
        """Read with what was learnt; nothing: as if nothing had been. Raises Unavailable, or Refused when damaged."""


class Note(Value):
    """What the helpdesk shall know after triage. `key` makes it happen once."""

    key: str
    text: str
    tags: tuple[str, ...]
    urgency: Urgency
    group: str = Field(default="", description="name of the helpdesk's group; empty: left alone")
    assignee: str = Field(default="", description="e-mail or id there of who works on it; empty: left alone")


class Reply(Value):
    """A public answer that a person approved. `key` makes it happen once."""

    key: str
    text: str
    answers: bool = Field(default=True, description="else it says only that somebody looks into it: the ticket waits")
    author: str = Field(default="", description="e-mail or id there of who says it; empty: the account that we use")


class Remark(Value):
    """An internal note on what people did here, with the status that the ticket shall have where one is named."""

    key: str
    text: str
    status: TicketStatus | None = None
    author: str = Field(default="", description="e-mail or id there of who says it; empty: the account that we use")


class Agent(Value):
    """Somebody who works in the helpdesk, as the helpdesk knows them."""

    id: str
    name: str = ""
    email: str = ""

    def goes_by(self, who: str) -> bool:
        """Whether an e-mail or an id is theirs."""
        return bool(who) and who.casefold() in (self.id.casefold(), self.email.casefold())


class HelpDesk(Protocol):
    """Where a ticket lives: verify and read what it sends, write what was decided.

    The writing methods raise Unavailable (nothing happened), Unknown (it may have happened) or Refused.
    """

    @property
    def source(self) -> str: ...
    @property
    def voice(self) -> str:
        """Under whose name the customer gets a reply, and by which way, as people are told before they send it."""

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Raise BadSignature unless one of our secrets signed the raw body. Header names are lower case."""

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Arrival | None:
        """Parse a verified body strictly. None: understood, and nothing for us. Raises BadPayload."""

    async def complete(self, ticket: Ticket) -> Ticket:
        """Fill in what the webhook did not tell, such as the requester's name, where that is needed."""

    async def annotate(self, ticket_id: str, note: Note) -> None:
        """Merge tags, set priority and group, add an internal note."""

    async def reply(self, ticket_id: str, reply: Reply) -> None:
        """Send a public answer."""

    async def remark(self, ticket_id: str, remark: Remark) -> None:
        """Add an internal note, and set the status where the remark names one."""

    async def assign(self, ticket_id: str, who: str, key: str) -> None:
        """Make the agent with this e-mail or id the one who works on the ticket; "": nobody."""

    async def assigned(self, ticket_id: str, who: str) -> bool:
        """Ask whether the ticket is theirs now; "": whether it is nobody's."""

    async def assignee(self, ticket_id: str) -> Agent | None:
        """Return who works on the ticket there, None where nobody does."""

    async def agent(self, who: str) -> Agent | None:
        """Return the agent with this e-mail or id, None where there is none."""

    async def happened(self, ticket_id: str, key: str) -> bool:
        """Ask whether the write with this key is there."""


class Card(Value):
    """A Slack message: blocks, and the text that notifications and screen readers read."""

    text: str = Field(max_length=4000)
    blocks: tuple[Block, ...]


class Spoken(Value):
    """What somebody said in Slack, in Slack's own markup. `thread` is the message that began the conversation."""

    ts: str
    thread: str
    user: str
    text: str
    by_app: bool = Field(default=False, description="an app wrote it, such as this one")


class Person(Value):
    """Who acts in Slack, as the workspace knows them."""

    id: str
    name: str
    email: str = ""
    zone: str = Field(default="", description="IANA time zone that they have in Slack; empty: not told")
    stranger: bool = Field(default=True, description="a guest, a bot, deactivated, or of another workspace")
    groups: frozenset[str] | None = Field(
        default=frozenset(), description="handles and ids of their user groups; None: Slack did not tell"
    )
    workspaces: frozenset[str] = Field(
        default=frozenset({""}), description='under what names the policy knows where they act; "" is the usual one'
    )


class Chat(Protocol):
    """Slack. Channels are ids; raises Unavailable, Unknown or Refused.

    A name or an id in another workspace than the usual one has the id of that workspace before it: T0AB/C0DE.
    """

    async def channel(self, name: str) -> str:
        """Return the id of the channel with that name. Raises Refused when there is none that we can see."""

    async def post(self, channel: str, card: Card, *, key: str, thread: str | None = None) -> str:
        """Post once and return the message's ts. `key` goes into the message's metadata."""

    async def find(self, channel: str, key: str, *, since: datetime, thread: str | None = None) -> str | None:
        """Return the ts of the message that carries the key, if it is there."""

    async def update(self, channel: str, ts: str, card: Card) -> None: ...
    async def busy(self, channel: str, thread: str, words: str) -> None:
        """Show in a thread that we work on it, until we say something there. A courtesy, which never fails."""

    async def complete_step(self, execution: str, outputs: Mapping[str, str]) -> None:
        """End a workflow's step. Raises Refused with execution_not_in_running_state when it has ended before."""

    async def fail_step(self, execution: str, reason: str) -> None:
        """End a workflow's step with a sentence for whoever runs it; Refused as above."""

    async def permalink(self, channel: str, ts: str) -> str: ...
    async def whisper(self, channel: str, user: str, card: Card, *, thread: str | None = None) -> None:
        """Show something to one person alone. It may be lost, and nothing is kept of it."""

    async def show_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Put a view in the place of what a person's Home shows."""

    async def conversation(self, channel: str, ts: str) -> tuple[Spoken, ...]:
        """Return what was said in a message's thread up to that message, which comes last, oldest first.

        It is limited in size. Raises Refused where we cannot read, and when the message is gone.
        """

    async def is_internal(self, channel: str) -> bool:
        """Whether nobody of another company reads a channel, or will. Raises Refused where Slack does not show it."""

    async def person(self, user: str) -> Person: ...
    async def user_id(self, email: str) -> str | None:
        """Return the Slack user id of a member, to mention them."""

    async def workspace(self, team: str) -> str:
        """Return what stands before addresses in the workspace with that id of Slack's: nothing in the usual one."""

    async def user_groups(self, workspace: str = "") -> frozenset[str] | None:
        """Return the handles and ids of all user groups, or None where Slack does not tell."""

    async def scopes(self, workspace: str = "") -> frozenset[str]:
        """Return what we were granted there."""

    async def direct(self, user: str) -> str:
        """Return the id of the channel for direct messages to a person. Raises Refused where there can be none."""

    async def quiet_until(self, user: str) -> datetime | None:
        """Return until when a person has notifications switched off; None when they do not now."""
