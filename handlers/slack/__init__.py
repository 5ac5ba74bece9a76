"""What Slack sends, one file per kind."""

from slack_bolt.async_app import AsyncApp

from handlers.services import Services
from handlers.slack import actions, commands, events, failures, home, macros, proposals, sharing, submissions

__all__ = ["register"]


def register(app: AsyncApp, services: Services) -> None:
    """Give Bolt's app every listener; what nobody listens to is answered all the same."""
    sharing.register(app, services)
    macros.register(app, services)
    proposals.register(app, services)
    actions.register(app, services)  # after these, since it answers every button that nobody else does
    submissions.register(app, services)
    commands.register(app, services)
    home.register(app, services)
    events.register(app, services)  # the same for events
    failures.register(app)
