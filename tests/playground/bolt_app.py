"""A small Bolt app that listens to one of each kind and shows what it heard in the workspace itself."""

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import credentials
from tests.playground.block_cases import actions, button, entry, plain, section, select

Object = dict[str, Any]
FORM: Object = {
    "type": "modal",
    "title": plain("Edit"),
    "submit": plain("Send"),
    "callback_id": "edit",
    "notify_on_close": True,
    "blocks": [{**entry(initial_value="Dear Maria"), "block_id": "reply"}],
}
CUSTOMER = {
    "type": "external_select",
    "action_id": "customer",
    "placeholder": plain("Customer"),
    "min_query_length": 1,
}
CARD: list[Object] = [
    {**actions(button("edit"), select(action_id="team"), CUSTOMER), "block_id": "row"},
]


def build_app(client: AsyncWebClient) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=credentials.SIGNING_SECRET)
    _listen_to_events(app)
    _listen_to_people(app)
    _listen_to_forms(app)

    @app.function("triage_step")
    async def step(inputs: Object, complete: Any, fail: Any) -> None:
        if inputs["text"]:
            await complete({"category": f"about {inputs['text']}"})
        else:
            await fail("There is nothing to read.")

    @app.event(re.compile(".*"))
    async def nothing() -> None:
        """What nobody listens to is acknowledged all the same."""

    return app


def _listen_to_events(app: AsyncApp) -> None:
    @app.message("ping")
    async def ping(message: Object, say: Any) -> None:
        await say(f"pong {message['user']}")

    @app.event("app_mention")
    async def mentioned(event: Object, say: Any) -> None:
        await say("Yes?", thread_ts=event["ts"])

    @app.event("reaction_added")
    async def reacted(event: Object, client: AsyncWebClient) -> None:
        item = event["item"]
        text = f"Saw {event['reaction']}"
        await client.chat_postMessage(channel=item["channel"], thread_ts=item["ts"], text=text)

    @app.event("app_home_opened")
    async def opened(event: Object, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section()]})


def _listen_to_people(app: AsyncApp) -> None:
    @app.command("/triage")
    async def triage(ack: Any, command: Object) -> None:
        await ack(f"You asked for {command['text']}")

    @app.action("team")
    async def chosen(ack: Any, action: Object, respond: Any) -> None:
        await ack()
        await respond(f"Chose {action['selected_option']['value']}")

    @app.options("customer")
    async def options(ack: Any, payload: Object) -> None:
        await ack(options=[{"text": plain(f"Like {payload['value']}"), "value": "1"}])

    @app.shortcut("take_message")
    async def take(ack: Any, shortcut: Object, respond: Any) -> None:
        await ack()
        await respond(f"Took {shortcut['message']['text']}")

    @app.shortcut("ask_anywhere")
    async def ask(ack: Any, shortcut: Object, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=shortcut["trigger_id"], view={**FORM, "callback_id": "asked"})
        await ack()


def _listen_to_forms(app: AsyncApp) -> None:
    @app.action("edit")
    async def edit(ack: Any, body: Object, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view={**FORM, "private_metadata": body["channel"]["id"]})
        await ack()

    @app.view("edit")
    async def send(ack: Any, view: Object, client: AsyncWebClient) -> None:
        written = view["state"]["values"]["reply"]["text"]["value"]
        if written == "no":
            await ack(response_action="errors", errors={"reply": "Say more."})
            return
        await client.chat_postMessage(channel=view["private_metadata"], text=f"Sent: {written}")
        await ack()

    @app.view_closed("edit")
    async def closed(ack: Any, view: Object, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=view["private_metadata"], text="Closed")
        await ack()
