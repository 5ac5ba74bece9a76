"""A workspace in which everything can be said and everything can go wrong."""

from dataclasses import dataclass
from typing import Any

from bot.playground import credentials
from bot.playground.announcing import HEARD_WITH
from bot.playground.executions import Function, Parameter
from bot.playground.files import LARGEST_FILE, File, Files
from bot.playground.pins import Pin
from bot.playground.playground import Playground
from bot.playground.restrictions import Posting
from bot.playground.sessions import Session
from bot.playground.shown import by_bot
from bot.playground.team import HARBOR
from bot.playground.tokens import TokenKind
from bot.playground.wire import Refusal
from tests.playground.running import Ticking

Arguments = dict[str, Any]

SCOPES = credentials.BOT_SCOPES | {
    "assistant:write",
    "chat:write.customize",
    "files:read",
    "files:write",
    "links:write",
    "pins:read",
    "pins:write",
    *(scope for scopes in HEARD_WITH.values() for scope in scopes),
}

TECH, PUBLIC, ARCHIVED = "C0TECH", "C0RANDOM", "C0ONCALL"
NOBODY, READ_ONLY, THREADS_ONLY, NO_THREADS = "C0BILLING", "C0ACCOUNT", "C0PRODUCT", "C0GENERAL"
NOWHERE, NO_TS = "C0NOWHERE", "1.000001"
LINK = "https://desk.playground.example/tickets/7"


@dataclass
class Stage:
    playground: Playground
    clock: Ticking

    def __post_init__(self) -> None:
        self.playground.scopes = SCOPES
        forbidden = self.playground.restrictions.channels
        forbidden[NOBODY] = Posting.NOBODY
        forbidden[READ_ONLY] = Posting.READ_ONLY
        forbidden[THREADS_ONLY] = Posting.THREADS_ONLY
        forbidden[NO_THREADS] = Posting.NO_THREADS
        self.stray = self.posted(PUBLIC)
        self.playground.workspace.archive(ARCHIVED, True)
        self.private = self.playground.workspace.between("U0ANA", "U0BEN").id
        self.direct = self.playground.workspace.direct("U0BEN").id

    def reset(self) -> None:
        """What a case forbade for the whole workspace is allowed again, and there is room for files."""
        self.playground.files = Files(self.playground.clock, self.playground.identifiers)
        restrictions = self.playground.restrictions
        restrictions.messages_tab = restrictions.home_tab = restrictions.agent = True

    def posted(self, channel: str = TECH, **more: object) -> str:
        """The timestamp of a message of the app's."""
        message = {**by_bot(self.playground.team), "text": "Posted", **more}
        return str(self.playground.messages.post(channel, message)["ts"])

    def said(self, text: str = "Said", channel: str = TECH) -> str:
        return str(self.playground.messages.post(channel, {"user": "U0BEN", "text": text})["ts"])

    def gone(self, **more: str) -> str:
        ts = self.posted(TECH, **more)
        self.playground.messages.delete(TECH, ts)
        return ts

    def buried(self) -> str:
        """A deleted message that still has a reply."""
        ts = self.posted()
        self.reply(ts)
        self.playground.messages.delete(TECH, ts)
        return ts

    def reply(self, root: str = "", channel: str = TECH, **more: object) -> str:
        return self.posted(channel, thread_ts=root or self.posted(channel), **more)

    def growing(self, channel: str = TECH, text: str = "So far", **more: object) -> str:
        """A message that streams."""
        parts = [{"type": "markdown_text", "text": text}] if text else []
        streaming = {"mode": "timeline", "recipient": "U0BEN", "parts": parts, **more}
        return self.reply("", channel, text=text, streaming=streaming)

    def locked(self) -> str:
        ts = self.posted()
        self.playground.restrictions.locked_threads.add((TECH, ts))
        return ts

    def locked_growing(self) -> str:
        ts = self.growing()
        message = self.playground.messages.find(TECH, ts)
        self.playground.restrictions.locked_threads.add((TECH, message["thread_ts"]))
        return ts

    def person_token(self) -> str:
        """With which the app speaks as a person."""
        team = self.playground.team_id
        return self.playground.tokens.issue(TokenKind.USER, team, "U0BEN", SCOPES, rotating=False).secret

    def without_messages_tab(self, **arguments: object) -> Arguments:
        self.playground.restrictions.messages_tab = False
        return arguments

    def without_home_tab(self, **arguments: object) -> Arguments:
        self.playground.restrictions.home_tab = False
        return arguments

    def no_agent(self, **arguments: object) -> Arguments:
        self.playground.restrictions.agent = False
        return arguments

    def named(self, client_msg_id: str, channel: str = TECH) -> str:
        """The id, under which something was posted there."""
        self.posted(channel, client_msg_id=client_msg_id)
        return client_msg_id

    def lost(self, client_msg_id: str) -> str:
        self.gone(client_msg_id=client_msg_id)
        return client_msg_id

    def reacted(self, emoji: int = 1, people: int = 1) -> str:
        """So many emoji by so many people; the app is the first of them."""
        ts = self.posted()
        users = [self.playground.team.bot_user, "U0ANA", "U0BEN"]
        for number in range(emoji):
            user = users[number % people] if people > 1 else users[0]
            self.playground.messages.react(TECH, ts, f"emoji{number}", user)
        return ts

    def crowded(self) -> str:
        """As many different emoji as a message takes, none of them the app's."""
        ts = self.posted()
        for number in range(50):
            self.playground.messages.react(TECH, ts, f"emoji{number}", ("U0ANA", "U0BEN", "U0LENA")[number % 3])
        return ts

    def at(self, seconds: float) -> int:
        return int(self.clock.at + seconds)

    def scheduled(self, seconds: float = 3600, channel: str = TECH) -> str:
        """In nobody's background: it waits until it is taken."""
        team, now = self.playground.team_id, int(self.clock.at)
        return self.playground.schedule.add(team, channel, self.at(seconds), now, {"text": "Later"}).id

    def booked_out(self) -> int:
        """A time for which enough is scheduled."""
        for _ in range(30):
            self.scheduled(7200)
        return self.at(7200)

    def file(self, user: str = "", **more: object) -> File:
        files, team = self.playground.files, self.playground.team
        new = files.new(team.id, user or team.bot_user, "notes.txt", 5)
        return files.put(new, b"notes")

    def deleted_file(self) -> str:
        file = self.file()
        self.playground.files.delete(file)
        return file.id

    def uploaded(self, *titles: str) -> list[Arguments]:
        """Files whose bytes have come, as files.completeUploadExternal takes them."""
        files, team = self.playground.files, self.playground.team
        made = [files.new(team.id, team.bot_user, "notes.txt", 5) for _ in titles or ("Notes",)]
        for file in made:
            files.receive(files.announce(file), b"notes")
        return [{"id": file.id, "title": title} for file, title in zip(made, titles or ("Notes",), strict=True)]

    def announced(self) -> list[Arguments]:
        """A file whose bytes have not come."""
        files, team = self.playground.files, self.playground.team
        file = files.new(team.id, team.bot_user, "notes.txt", 5)
        files.announce(file)
        return [{"id": file.id}]

    def pinned(self) -> str:
        ts = self.posted()
        self.pin(TECH, ts)
        return ts

    def pin(self, channel: str, ts: str) -> None:
        self.playground.pins.add(channel, Pin(ts, "U0BEN", 0))

    def pinned_full(self, channel: str) -> str:
        """A message in a channel where as much is pinned as can be."""
        for number in range(100):
            self.pin(channel, f"1.{number:06d}")
        return self.posted(channel)

    def full(self) -> int:
        """The size of a file for which there is no room left."""
        files, team = self.playground.files, self.playground.team
        while True:
            film = files.new(team.id, team.bot_user, "film.mp4", LARGEST_FILE)
            try:
                files.announce(film)
            except Refusal:
                return film.size

    def trigger(self, view_id: str = "", user: str = "U0BEN") -> str:
        return self.playground.triggers.give(user, view_id)

    def spent_trigger(self) -> str:
        trigger = self.trigger()
        self.playground.triggers.spend(trigger)
        return trigger

    def old_trigger(self) -> str:
        trigger = self.trigger()
        self.clock.advance(4)
        return trigger

    def opened(self, view: Arguments, user: str = "U0BEN") -> str:
        """The id of an open modal."""
        return str(self.playground.views.open(user, view)["id"])

    def stacked(self, view: Arguments) -> str:
        """The first of three modals on each other."""
        first = self.opened(view)
        self.playground.views.push("U0BEN", view)
        self.playground.views.push("U0BEN", view)
        return first

    def taken(self) -> str:
        """An external id that another person's modal has."""
        text = {"type": "plain_text", "text": "Text"}
        modal = {"type": "modal", "title": text, "blocks": [{"type": "section", "text": text}]}
        self.playground.views.clear("U0LENA")
        self.opened({**modal, "external_id": "taken"}, "U0LENA")
        return "taken"

    def at_home(self, view: Arguments) -> str:
        """A person with a Home."""
        self.playground.views.publish("U0ANA", view, "")
        return "U0ANA"

    def run(self, ended: bool = False, abroad: bool = False) -> str:
        """An execution of a step that gives back a person."""
        executions = self.playground.executions
        answer = Parameter("answer", "string", "Answer", is_required=True)
        step = Function("triage", "Triage", outputs=(answer,))
        executions.declare(step)
        team = HARBOR.id if abroad else self.playground.team_id
        execution = executions.start(step, {}, "U0BEN", team)
        if ended:
            executions.succeed(execution, {"answer": "yes"})
        return execution.id

    def pane(self, entity_id: str = "7") -> str:
        """The trigger of a work object that somebody opened."""
        return self.playground.flexpanes.open(self.playground.team_id, "U0BEN", entity_id, LINK).trigger_id

    def offered_link(self) -> str:
        return self.playground.unfurls.offer(TECH, self.said(LINK))

    def session(self) -> str:
        """The thread of an agent's session."""
        ts = self.said()
        self.playground.sessions.keep(Session(TECH, ts, self.playground.team_id, "active", "Session"))
        return ts
