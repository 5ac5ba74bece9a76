"""What Bolt's listeners call: counted at the workspace's gate, and never behind the cards that wait there."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook import WebhookResponse

from bot.adapters.slack_errors import seconds_in
from bot.adapters.slack_gate import Gate
from bot.adapters.slack_tiers import POST, RESPONSE_URL
from pipeline.errors import Unavailable

Next = Callable[[], Awaitable[None]]
PATIENCE: Final = {"views.open": 0.5, "views.push": 0.5, RESPONSE_URL: 1.0}
"""Seconds for a door that Slack has closed: where a press waits, it is told soon that it has to be made again."""
USUAL_PATIENCE: Final = 10.0  # of what follows an acknowledgement


def through_gates(gate_of: Callable[[str], Gate]) -> Callable[[AsyncBoltContext, Next], Awaitable[None]]:
    """Return a middleware after which a listener's `client` and `respond` go through the gate of its workspace."""

    async def gated(context: AsyncBoltContext, next: Next) -> None:
        found = context.authorize_result
        gate = gate_of((found.team_id if found else None) or "")
        if context.client is not None:
            context["client"] = GatedClient(context.client, gate)
        context["respond"] = GatedRespond(context.response_url, gate)
        await next()

    return gated


class GatedClient(AsyncWebClient):
    """Bolt's client for one delivery. While Slack has asked to wait, the gate answers as Slack would."""

    def __init__(self, client: AsyncWebClient, gate: Gate) -> None:
        super().__init__(
            token=client.token,
            base_url=client.base_url,
            timeout=client.timeout,
            ssl=client.ssl,
            proxy=client.proxy,
            session=client.session,
            trust_env_in_session=client.trust_env_in_session,
            headers=client.headers,
            logger=client._logger,
            retry_handlers=[],
        )
        self._gate = gate

    async def api_call(self, api_method: str, **said: Any) -> AsyncSlackResponse:
        """Call at once. Raises SlackApiError, with `ratelimited` also where Slack need not be asked."""
        body = said.get("json") or said.get("params") or said.get("data") or {}
        channel = str(body.get("channel", "")) if api_method == POST else ""
        patience = PATIENCE.get(api_method, USUAL_PATIENCE)
        try:
            async with self._gate.at_once(api_method, channel, patience=patience):
                return await super().api_call(api_method, **said)
        except Unavailable as closed:
            raise _refusal(self, api_method, closed.retry_after or 1.0) from closed


class GatedRespond(AsyncRespond):
    """Answers by the address that came with a press."""

    def __init__(self, response_url: str | None, gate: Gate) -> None:
        super().__init__(response_url=response_url)
        self._gate = gate

    async def __call__(self, *said: Any, **named: Any) -> WebhookResponse:
        """Answer at once; 429 where Slack has asked to wait. Raises ValueError without an address."""
        url = self.response_url or ""
        try:
            async with self._gate.at_once(RESPONSE_URL, url, patience=PATIENCE[RESPONSE_URL]):
                answer = await super().__call__(*said, **named)
        except Unavailable as closed:
            headers = {"Retry-After": str(closed.retry_after)}
            return WebhookResponse(url=url, status_code=429, body="ratelimited", headers=headers)
        if answer.status_code == 429:
            await self._gate.refused(RESPONSE_URL, url, seconds_in(answer.headers))
        return answer


def _refusal(client: AsyncWebClient, method: str, seconds: float) -> SlackApiError:
    answer = AsyncSlackResponse(
        client=client,
        http_verb="POST",
        api_url=f"{client.base_url}{method}",
        req_args={},
        data={"ok": False, "error": "ratelimited"},
        headers={"Retry-After": str(max(round(seconds), 1))},
        status_code=429,
    )
    told = "The gate did not ask Slack, which wants us to wait."
    return SlackApiError(told, answer)  # type: ignore[no-untyped-call]  # slack_sdk ships no type for it
