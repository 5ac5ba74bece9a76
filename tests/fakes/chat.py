"""FakeChat: a Slack in memory."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.errors import Refused
from pipeline.policy import Member, Policy
from pipeline.ports import Card, Person
from tests.fakes.clock import FakeClock
from tests.fakes.fuse import Fuse

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
        self.lag = lag
        self.posts: list[Posted] = []
        self.missing_channels: set[str] = set()

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

    async def permalink(self, channel: str, ts: str) -> str:
        self._index(channel, ts)
        return f"https://slack.example/archives/{channel}/p{ts.replace('.', '')}"

    async def person(self, user: str) -> Person:
        return self._people.get(user, Person(id=user, name="somebody"))

    async def user_id(self, email: str) -> str | None:
        known = (person.id for person in self._people.values() if person.email == email)
        return next(known, None)

    def _index(self, channel: str, ts: str) -> int:
        for index, post in enumerate(self.posts):
            if (post.channel, post.ts) == (channel, ts):
                return index
        raise Refused("no such message", code="message_not_found")


def people_of(policy: Policy) -> dict[str, Person]:
    """Return everybody whom the policy names, by a user id made of U and their first name."""
    members = (*policy.leads, *(member for team in policy.teams for member in team.members))
    return {person.id: person for person in map(_person, members)}


def _person(member: Member) -> Person:
    user = f"U{member.name.split()[0].upper()}"
    return Person(id=user, name=member.name, email=member.email, stranger=False)
