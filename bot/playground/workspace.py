"""One workspace of the town: its people, channels, groups, and who is where."""

from dataclasses import dataclass, field, replace

from bot.playground import residents
from bot.playground.people import Channel, Person, UserGroup
from bot.playground.stream import Stream
from bot.playground.team import Team
from bot.playground.wire import Refusal


@dataclass
class Town:
    """Everybody and every conversation of all workspaces: a shared channel is one channel, seen from each."""

    stream: Stream
    people: dict[str, Person] = field(default_factory=lambda: {person.id: person for person in residents.PEOPLE})
    channels: dict[str, Channel] = field(
        default_factory=lambda: {channel.id: channel for channel in residents.CHANNELS}
    )

    def keep_person(self, person: Person) -> None:
        self.people[person.id] = person
        self.stream.publish("town")

    def keep_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self.stream.publish("town")


class Workspace:
    """Finds people and channels as this team sees them, or refuses as Slack does."""

    def __init__(self, team: Team, town: Town) -> None:
        self.team = team
        self._town = town
        self._groups = {group.id: group for group in residents.USER_GROUPS if group.team == team.id}
        self.away: set[str] = set()
        """Who said that they are not there."""
        self.marks: dict[tuple[str, str], str] = {}
        """Up to which timestamp a person has read a conversation."""

    @property
    def people(self) -> list[Person]:
        """Its own, and those of other workspaces that are in a channel shared with it."""
        guests = {user for channel in self.channels for user in channel.members}
        return [p for p in self._town.people.values() if p.team == self.team.id or p.id in guests]

    @property
    def channels(self) -> list[Channel]:
        return [channel for channel in self._town.channels.values() if self.team.id in channel.teams]

    @property
    def groups(self) -> tuple[UserGroup, ...]:
        return tuple(self._groups.values())

    @property
    def has_app(self) -> bool:
        bot = self._town.people.get(self.team.bot_user)
        return bot is not None and not bot.deleted

    def person(self, user: str | None) -> Person:
        found = self._town.people.get(user or "")
        if found is None or (found.team != self.team.id and found not in self.people):
            raise Refusal("user_not_found")
        return found

    def by_email(self, email: str) -> Person:
        for person in self.people:
            if person.email.lower() == email.lower() and not person.is_bot and not person.deleted:
                return person
        raise Refusal("users_not_found")

    def admit(self, person: Person) -> None:
        """Somebody joins, or changes."""
        self._town.keep_person(person)

    def reactivate(self, person: Person) -> None:
        """Somebody comes, perhaps again: then their direct messages are there as before."""
        self.admit(person)
        for channel in self.channels:
            if channel.is_direct and channel.is_archived and person.id in channel.members:
                self.keep(replace(channel, is_archived=False))

    def deactivate(self, user: str) -> Person:
        """They leave every channel, their direct messages are archived."""
        gone = replace(self.person(user), deleted=True)
        self.admit(gone)
        for channel in self.channels:
            if channel.is_direct and user in channel.members:
                self.keep(replace(channel, is_archived=True))
            elif user in channel.members:
                self.leave(channel.id, user)
        return gone

    def channel(self, channel: str | None) -> Channel:
        """By its id; `#name` and a person's id (the direct message) work too, as they do for posting."""
        found = self._town.channels.get(channel or "")
        if found and self.team.id in found.teams:
            return found
        if channel in self._town.people and not self._town.people[channel].deleted:
            return self.direct(self.person(channel).id)
        for known in self.channels:
            if known.name and channel in {known.name, f"#{known.name}"}:
                return known
        raise Refusal("channel_not_found")

    def direct(self, user: str) -> Channel:
        """The app's direct message with one person, opened when it was not."""
        channel_id = "D" + user.removeprefix("U")
        members = frozenset({user, self.team.bot_user})
        opened = Channel(channel_id, "", "", members, is_private=True, partner=user, teams=(self.team.id,))
        return self._town.channels.get(channel_id) or self.keep(opened)

    def between(self, one: str, other: str) -> Channel:
        """The direct message of two people, opened when it was not; with the app, the app's own."""
        if self.team.bot_user in {one, other}:
            return self.direct(other if one == self.team.bot_user else one)
        first, second = sorted((one, other))
        channel_id = f"D{first.removeprefix('U')}{second.removeprefix('U')}"
        opened = Channel(channel_id, "", "", frozenset({one, other}), is_private=True, partner=other)
        return self._town.channels.get(channel_id) or self.keep(replace(opened, teams=(self.team.id,)))

    def join(self, channel: str, user: str) -> Channel:
        found = self.channel(channel)
        return self.keep(replace(found, members=found.members | {user}))

    def leave(self, channel: str, user: str) -> Channel:
        found = self.channel(channel)
        return self.keep(replace(found, members=found.members - {user}))

    def archive(self, channel: str, archived: bool) -> Channel:
        return self.keep(replace(self.channel(channel), is_archived=archived))

    def keep(self, channel: Channel) -> Channel:
        """A new conversation, or a changed one."""
        self._town.keep_channel(channel)
        return channel

    def group(self, group_id: str) -> UserGroup:
        if group_id not in self._groups:
            raise Refusal("no_such_subteam")
        return self._groups[group_id]

    def keep_group(self, group: UserGroup) -> UserGroup:
        self._groups[group.id] = group
        return group

    def sees(self, viewer: str, other: str) -> bool:
        """Members see their own people; guests, and people of two workspaces, those with whom they share a channel."""
        one, two = self.person(viewer), self.person(other)
        if one.team == two.team and not one.is_guest:
            return True
        return one == two or any({viewer, other} <= channel.members for channel in self.channels)
