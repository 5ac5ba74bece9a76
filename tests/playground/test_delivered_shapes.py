"""What the app is told, against Slack's own samples: no field that a sample does not have, none of another type."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import credentials, events
from bot.playground.server import Playground
from bot.playground.snapshot import read_messages
from tests.playground.block_cases import entry, plain, section
from tests.playground.running import Bot
from tests.playground.test_contracts import strange
from tests.playground.test_interactions import PRESS, posted
from tests.shared import shared

Object = dict[str, Any]
NEWER = {"context_team_id", "context_enterprise_id"}
"""Fields of the envelope that the older samples lack and the others have."""


KNOWN_STRANGERS = {"/event/event_ts", "/event/team", "/event/view/blocks", "/event/message/reply_users"}
"""Given with every event, message or view of its kind, though one or the other sample is without."""


def sample(name: str) -> Object:
    found: Object = json.loads(shared(f"contracts/slack-payloads/{name}.json").read_text())
    return found


class Scene:
    """A person acts on the page or the app calls; either becomes an event."""

    def __init__(self, page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground) -> None:
        self.page = page
        self.slack = slack
        self.playground = playground

    async def does(self, act: str, **said: object) -> Object:
        answer: Object = (await self.page.post(f"/playground/{act}", json={"user": "U0BEN", **said})).json()
        assert answer["ok"], answer
        return answer

    async def says(self, text: str, **more: object) -> str:
        await self.does("say", channel="C0TECH", text=text, **more)
        return str(read_messages(self.playground, "C0TECH", "")[-1]["ts"])

    async def calls(self, method: str, **arguments: object) -> Object:
        data = (await self.slack.api_call(method, json=arguments)).data
        assert isinstance(data, dict)
        return data

    async def controls(self, what: str, **said: object) -> None:
        assert (await self.page.post(f"/playground/control/{what}", json=said)).json()["ok"]


Act = Callable[[Scene], Awaitable[object]]


async def edit(scene: Scene) -> None:
    ts = await scene.says("Before")
    await scene.does("edit", channel="C0TECH", ts=ts, text="After")


async def erase(scene: Scene) -> None:
    ts = await scene.says("Gone")
    await scene.does("erase", channel="C0TECH", ts=ts)


async def reply(scene: Scene, **more: object) -> None:
    root = await scene.says("Root")
    await scene.says("Reply", thread_ts=root, **more)


async def react(scene: Scene, *, take_back: bool = False) -> None:
    ts = await scene.says("Nice")
    await scene.does("react", channel="C0TECH", ts=ts, name="eyes")
    if take_back:
        await scene.does("react", channel="C0TECH", ts=ts, name="eyes", remove=True)


async def open_home(scene: Scene) -> None:
    await scene.calls("views.publish", user_id="U0BEN", view={"type": "home", "blocks": [section()]})
    await scene.does("home")


async def share_a_file(scene: Scene) -> None:
    file = {"id": "F0LOG", "name": "log.txt", "created": 1, "size": 7, "mimetype": "text/plain"}
    said = {"user": "U0BEN", "text": "Log", "files": [file]}
    events.announce_message(scene.playground, scene.playground.messages.post("C0TECH", said))


async def archive(scene: Scene) -> None:
    events.announce_archiving(scene.playground, "U0LENA", scene.playground.workspace.archive("C0TECH", True))


async def rename(scene: Scene) -> None:
    events.announce_rename(scene.playground, scene.playground.workspace.channel("C0TECH"))


async def swap(scene: Scene) -> None:
    group = scene.playground.workspace.groups[0]
    events.announce_group(scene.playground, group, ("U0OTTO",))


async def leave(scene: Scene) -> None:
    events.announce_leaving(scene.playground, "U0BEN", "C0TECH")


async def revoke(scene: Scene) -> None:
    events.announce_revoked(scene.playground, [credentials.BOT_USER], [])


async def uninstall(scene: Scene) -> None:
    events.announce_uninstalled(scene.playground)


HAPPENS: dict[str, Act] = {
    "AppHomeOpened": open_home,
    "AppMention": lambda scene: scene.says(f"<@{credentials.BOT_USER}> hello"),
    "AppUninstalled": uninstall,
    "ChannelArchive": archive,
    "ChannelRename": rename,
    "LinkShared": lambda scene: scene.says("See https://desk.playground.example/tickets/7"),
    "MemberJoinedChannel": lambda scene: scene.does("join", user="U0GINA", channel="C0TECH"),
    "MemberLeftChannel": leave,
    "Message": reply,
    "MessageBot": lambda scene: scene.calls("chat.postMessage", channel="C0TECH", text="x", username="Clerk"),
    "MessageChanged": edit,
    "MessageDeleted": erase,
    "MessageFileShare": share_a_file,
    "MessageThreadBroadcast": lambda scene: reply(scene, broadcast=True),
    "ReactionAdded": react,
    "ReactionRemoved": lambda scene: react(scene, take_back=True),
    "SubteamMembersChanged": swap,
    "TeamJoin": lambda scene: scene.controls("newcomer", name="zoe", real_name="Zoe Roth"),
    "TokensRevoked": revoke,
    "UserChange": lambda scene: scene.controls("person", user="U0BEN", active=False),
}


@pytest.mark.parametrize("name", HAPPENS)
async def test_an_event_has_the_shape_of_the_sample(
    name: str, page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.scopes |= {"links:read", "chat:write.customize"}
    theirs = sample(f"event.{name}")
    await HAPPENS[name](Scene(page, slack, playground))
    await playground.background.settle()
    told = [json.loads(got.body) for got in bot.received]
    wanted = (theirs["event"]["type"], theirs["event"].get("subtype") or None)
    ours = next(each for each in reversed(told) if (each["event"]["type"], each["event"].get("subtype")) == wanted)
    found = strange({key: value for key, value in ours.items() if key not in NEWER}, theirs)
    assert [each for each in found if each not in KNOWN_STRANGERS] == []


@pytest.mark.parametrize("sent", ["ViewSubmissionPayload", "ViewClosedPayload"])
async def test_a_form_that_is_sent_or_closed_has_the_shape_of_the_sample(
    sent: str, page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset()
    form = {
        "type": "modal",
        "callback_id": "edit",
        "title": plain("Edit"),
        "submit": plain("Send"),
        "notify_on_close": True,
        "blocks": [{**entry(initial_value="Dear Maria"), "block_id": "reply"}],
    }
    view = (await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=form))["view"]
    scene = Scene(page, slack, playground)
    await scene.does("submit" if sent == "ViewSubmissionPayload" else "close", view_id=view["id"])
    found = strange(json.loads(bot.received[0].form["payload"]), sample(sent))
    assert [each for each in found if each != "/view/blocks"] in ([], ["/response_urls"])


async def test_a_message_shortcut_has_the_shape_of_the_sample(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset()
    ts = await posted(slack)
    await Scene(page, slack, playground).does("shortcut", channel="C0TECH", ts=ts, callback_id="take")
    found = strange(json.loads(bot.received[0].form["payload"]), sample("MessageShortcutPayload"))
    assert [each for each in found if not each.startswith("/message/")] == []


async def test_a_press_has_the_shape_of_the_sample(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset()
    ts = await posted(slack)
    await Scene(page, slack, playground).does("click", channel="C0TECH", ts=ts, action=PRESS)
    found = strange(json.loads(bot.received[0].form["payload"]), sample("BlockActionPayload"))
    assert [each for each in found if not each.startswith(("/message/", "/state/"))] == []


async def test_a_conversation_chosen_in_a_form_brings_a_response_url_for_it(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset()
    element = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    block = {"type": "input", "block_id": "place", "label": plain("Where"), "element": element}
    form = {"type": "modal", "title": plain("Share"), "submit": plain("Send"), "blocks": [block]}
    view = (await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=form))["view"]
    filled = {"place": {"where": {"type": "conversations_select", "selected_conversation": "C0TECH"}}}
    await Scene(page, slack, playground).does("submit", view_id=view["id"], values=filled)
    [given] = json.loads(bot.received[0].form["payload"])["response_urls"]
    assert (given["block_id"], given["action_id"], given["channel_id"]) == ("place", "where", "C0TECH")
    assert (await page.post(given["response_url"], json={"text": "Shared"})).text == "ok"
    assert playground.messages.ephemerals()[0]["channel"] == "C0TECH"


async def test_a_window_that_is_closed_takes_its_whole_stack_along(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset()
    form = {"type": "modal", "title": plain("Edit"), "blocks": [section()], "notify_on_close": True}
    views = playground.views
    first = views.open("U0BEN", {**form, "callback_id": "first"})
    views.push("U0BEN", {**form, "callback_id": "second", "notify_on_close": False})
    views.push("U0BEN", {**form, "callback_id": "third"})
    await Scene(page, slack, playground).does("close", view_id=first["id"], everything=True)
    told = [json.loads(got.form["payload"]) for got in bot.received]
    assert [(each["view"]["callback_id"], each["is_cleared"]) for each in told] == [("third", True), ("first", True)]
    assert views.stacks["U0BEN"] == []
