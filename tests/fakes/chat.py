"""FakeChat: a Slack in memory."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pipeline.errors import Refused
from pipeline.policy import Member, Policy
from pipeline.ports import Card, Person, Spoken
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse

SCOPES = frozenset({"chat:write", "commands"})
LAG = timedelta(seconds=5)  # a look-up does not see what is younger, as Slack's own do now and then


@dataclass(frozen=True, slots=True)
class Posted:
    """A message as the workspace has it. `card` is what it shows now."""

    channel: str
    ts: str
    key: str
    thread: str | None
    card: Card
    at: datetime
    edits: int = 0


class FakeChat:
    """Implements the Chat door. `posts` is everything that was ever posted, oldest first."""

    def __init__(self, clock: FakeClock, fuse: Fuse, people: Mapping[str, Person], *, lag: timedelta = LAG) -> None:
        self._clock = clock
        self._fuse = fuse
        self._people = dict(people)
        self._posted = 0
        self.home = "T0PLAY"
        self.lag = lag
        self.posts: list[Posted] = []
        self.ended: dict[str, dict[str, str] | str] = {}  # by execution: the outputs, or why it failed
        self.busy_in: list[tuple[str, str]] = []
        self.homes: list[tuple[str, dict[str, Any]]] = []
        self.whispers: list[tuple[str, str, Card]] = []
        self.spoken: dict[str, list[Spoken]] = {}
        self.missing_channels: set[str] = set()
        self.without_direct: set[str] = set()
        self.external: set[str] = set()
        self.quiet: dict[str, datetime] = {}

    @property
    def counts(self) -> Counter[str]:
        """How often each key was posted."""
        return Counter(post.key for post in self.posts)

    def keyed(self, key: str) -> Posted:
        """Return the one post with that key."""
        [post] = [post for post in self.posts if post.key == key]
        return post

    def join(self, person: Person) -> None:
        """Somebody comes into the workspace, or becomes somebody else in it."""
        self._people[person.id] = person

    def delete(self, ts: str) -> None:
        """A person deletes a message."""
        self.posts = [post for post in self.posts if post.ts != ts]

    async def channel(self, name: str) -> str:
        if name in self.missing_channels:
            raise Refused(f"no channel {name}", code="channel_not_found")
        return f"C-{name}"

    async def post(self, channel: str, card: Card, *, key: str, thread: str | None = None) -> str:
        with self._fuse.around(f"chat.post {key.partition(':')[0]}"):
            self._posted += 1
            ts = f"{self._clock.now().timestamp():.0f}.{self._posted:06}"
            self.posts.append(Posted(channel, ts, key, thread, card, self._clock.now()))
        return ts

    async def find(self, channel: str, key: str, *, since: datetime, thread: str | None = None) -> str | None:
        until = self._clock.now() - self.lag
        for post in self.posts:
            if (post.channel, post.key, post.thread) == (channel, key, thread) and since <= post.at <= until:
                return post.ts
        return None

    async def update(self, channel: str, ts: str, card: Card) -> None:
        with self._fuse.around("chat.update"):
            index = self._index(channel, ts)
            self.posts[index] = replace(self.posts[index], card=card, edits=self.posts[index].edits + 1)

    async def busy(self, channel: str, thread: str, words: str) -> None:
        self.busy_in.append((channel, thread))

    async def complete_step(self, execution: str, outputs: Mapping[str, str]) -> None:
        self._end(execution, dict(outputs))

    async def fail_step(self, execution: str, reason: str) -> None:
        self._end(execution, reason)

    def _end(self, execution: str, how: dict[str, str] | str) -> None:
        with self._fuse.around("functions.complete"):
            if execution in self.ended:
                raise Refused("it has ended", code="execution_not_in_running_state")
            self.ended[execution] = how

    async def permalink(self, channel: str, ts: str) -> str:
        if not any(said.ts == ts for said in self.spoken.get(channel, ())):
            self._index(channel, ts)
        return f"https://slack.example/archives/{channel}/p{ts.replace('.', '')}"

    async def show_home(self, user: str, view: Mapping[str, Any]) -> None:
        self.homes.append((user, dict(view)))

    async def whisper(self, channel: str, user: str, card: Card, *, thread: str | None = None) -> None:
        self.whispers.append((channel, user, card))

    def says(self, channel: str, user: str, text: str, thread: str = "") -> str:
        """A person writes in a channel, or in a thread of it; return the message's ts."""
        self._posted += 1
        ts = f"{self._clock.now().timestamp():.0f}.{self._posted:06}"
        said = Spoken(ts=ts, thread=thread or ts, user=user, text=text)
        self.spoken.setdefault(channel, []).append(said)
        return ts

    def unsays(self, channel: str, ts: str) -> None:
        """A person deletes what they wrote."""
        self.spoken[channel] = [each for each in self.spoken[channel] if each.ts != ts]

    async def conversation(self, channel: str, ts: str) -> tuple[Spoken, ...]:
        said = self.spoken.get(channel, [])
        thread = next((each.thread for each in said if each.ts == ts), None)
        if thread is None:
            raise Refused("That message is gone.", code="message_not_found")
        return tuple(each for each in said if each.thread == thread and each.ts <= ts)

    async def is_internal(self, channel: str) -> bool:
        return channel not in self.external

    async def person(self, user: str) -> Person:
        return self._people.get(user, Person(id=user, name="somebody"))

    async def user_id(self, email: str) -> str | None:
        known = (person.id for person in self._people.values() if person.email == email)
        return next(known, None)

    async def workspace(self, team: str) -> str:
        return "" if team in ("", self.home) else team

    async def user_groups(self, workspace: str = "") -> frozenset[str] | None:
        return frozenset(group for person in self._people.values() for group in person.groups or ())

    async def scopes(self, workspace: str = "") -> frozenset[str]:
        return SCOPES

    async def direct(self, user: str) -> str:
        if user in self.without_direct:
            raise Refused("no direct messages", code="cannot_dm_bot")
        return f"D-{user}"

    async def quiet_until(self, user: str) -> datetime | None:
        return self.quiet.get(user)

    def _index(self, channel: str, ts: str) -> int:
        for index, post in enumerate(self.posts):
            if (post.channel, post.ts) == (channel, ts):
                return index
        raise Refused("no such message", code="message_not_found")


def people_of(policy: Policy) -> dict[str, Person]:
    """Return everybody whom the policy names, by a user id made of U and their first name."""
    return {person.id: person for person in map(_person, policy.everybody)}


def _person(member: Member) -> Person:
    user = f"U{member.name.split()[0].upper()}"
    return Person(id=user, name=member.name, email=member.email, stranger=False)
