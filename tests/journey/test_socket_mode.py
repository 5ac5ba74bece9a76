"""The product without a public address: Slack reaches it over the connection that it opened itself."""

from pathlib import Path

from pydantic import SecretStr

from bot.playground import credentials
from tests.journey.world import Object, World, world

ANA = "U0ANA"


async def test_a_click_over_the_products_own_connection_brings_the_customer_the_reply(tmp_path: Path) -> None:
    token = SecretStr(credentials.APP_TOKEN)
    async with world(tmp_path, slack_app_token=token, slack_signing_secret=SecretStr("")) as desk:
        await desk.until(lambda: connected(desk))
        ticket = await desk.writes("Charged twice in May", "I was charged twice. Please refund the second payment.")
        card = await desk.card("Charged twice in May")
        await desk.quiet()
        assert (await desk.click(ANA, card, "ticket.edit")) == {"ok": True}
        view = await desk.view(ANA)
        text = {"type": "plain_text_input", "value": "Hello Mara, the second charge is on its way back."}
        assert (await desk.submit(ANA, view, {"reply": {"text": text}})) == {"ok": True}
        assert await desk.replied(ticket) == ["Hello Mara, the second charge is on its way back."]

        other = await desk.writes("Charged twice in June", "I was charged twice. Please refund the second payment.")
        card = await desk.card("Charged twice in June")
        await desk.quiet()
        assert (await desk.click(ANA, card, "ticket.approve")) == {"ok": True}
        assert len(await desk.replied(other)) == 1
        typed = {"user": ANA, "channel": card["channel"], "command": "/triage", "text": "help"}
        assert (await desk.client.post("/playground/command", json=typed)).json() == {"ok": True}
        assert await desk.told_one_of((ANA,), "/triage")

        told = await deliveries(desk)
        assert [entry["what"] for entry in told] == [
            "block_actions ticket.edit",
            "view_submission edit.submit",
            "block_actions ticket.approve",
            "command /triage",
        ]
        assert {entry["path"] for entry in told} == {"socket mode"}


async def connected(desk: World) -> bool | None:
    return True if desk.playground.sockets else None


async def deliveries(desk: World) -> list[Object]:
    """What Slack told the product; the helpdesk's webhooks and what is said in channels are left out."""
    entries = (await desk.client.get("/playground/wire")).json()["entries"]
    return [e for e in entries if e["direction"] == "to_bot" and not e["what"].startswith(("webhook", "event message"))]
