"""The web application around a house, reached without a socket, and a delivery for it."""

import httpx
from fastapi import FastAPI

from bot.app import build_web
from bot.metrics import Metrics
from bot.settings import Settings
from bot.slack_app import slack_app
from handlers.services import Services
from pipeline.ticket import Ticket
from tests.fakes.helpdesk import SIGNATURE, SIGNED
from tests.fakes.tickets import arrival

ADDRESS = "/webhooks/zendesk"
HEADERS = {"content-type": "application/json", SIGNATURE: SIGNED}


def web(services: Services) -> FastAPI:
    """Return the application as the product builds it."""
    settings = Settings.model_validate({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s"})
    return build_web(settings, services, Metrics(), slack_app(settings, services))


def client(services: Services) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(web(services), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://triage.example", headers=HEADERS)


def body(ticket: Ticket, delivery: str = "d1") -> bytes:
    return arrival(ticket, delivery).model_dump_json().encode()
