"""What Slack sends, one file per kind."""

from slack_bolt.async_app import AsyncApp

from handlers.services import Services
from handlers.slack import actions, commands, events, failures, submissions

__all__ = ["register"]


def register(app: AsyncApp, services: Services) -> None:
    """Give Bolt's app every listener; what nobody listens to is answered all the same."""
    actions.register(app, services)
    submissions.register(app, services)
    commands.register(app, services)
    events.register(app, services)
    failures.register(app)
