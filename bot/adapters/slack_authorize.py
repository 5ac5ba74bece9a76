"""Whose token answers what a workspace sends: Bolt asks for each delivery."""

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_installations import Installations, NotInstalled


class Authorize(AsyncAuthorize):
    """A workspace without the app gets no further; a click does not wait for a token that still opens."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Return who we are in that workspace, or None where the app is not installed."""
        try:
            found = await self._installations.find(team_id or "")
            token = await self._installations.token(found.team, renew=False)
        except NotInstalled:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=found.team,
            bot_user_id=found.bot_user,
            bot_id=found.bot_id,
            bot_token=token,
            user_id=user_id,
        )


class OneToken(AsyncAuthorize):
    """The one workspace that the settings have a token of; Slack is asked once who that makes us."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: AuthorizeResult | None = None

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Return who we are there. Slack's error is Bolt's to answer."""
        if self._known is None:
            told = await self._client.auth_test()
            self._known = AuthorizeResult(
                enterprise_id=told.get("enterprise_id"),
                team_id=told["team_id"],
                bot_user_id=told["user_id"],
                bot_id=told.get("bot_id"),
                bot_token=self._client.token,
            )
        return AuthorizeResult(**{**self._known, "user_id": user_id})
