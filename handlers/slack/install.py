"""The two pages of an installation: the way to Slack, and the way back."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest


def router(flow: AsyncOAuthFlow) -> APIRouter:
    """Return /slack/install and /slack/oauth_redirect. Neither takes a body."""
    routes = APIRouter(tags=["slack"])

    @routes.get(flow.install_path, include_in_schema=False)
    async def begin(request: Request) -> Response:
        return to_starlette_response(await flow.handle_installation(_for_bolt(request)))

    @routes.get(flow.redirect_uri_path, include_in_schema=False)
    async def come_back(request: Request) -> Response:
        return to_starlette_response(await flow.handle_callback(_for_bolt(request)))

    return routes


def _for_bolt(request: Request) -> AsyncBoltRequest:
    return AsyncBoltRequest(body="", query=request.url.query, headers=dict(request.headers))
