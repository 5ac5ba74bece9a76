"""What Slack sends, one file per kind."""

from slack_bolt.async_app import AsyncApp

from handlers.services import Services
from handlers.slack import (
    actions,
    asking,
    clusters,
    commands,
    digests,
    events,
    failures,
    home,
    link_buttons,
    macros,
    paging,
    policy,
    preferences,
    proposals,
    reactions,
    saying,
    sharing,
    shortcuts,
    simulating,
    submissions,
    threads,
    unfurls,
    uninstalls,
    whence,
    workflow,
)

__all__ = ["register"]


def register(app: AsyncApp, services: Services) -> None:
    """Give Bolt's app every listener; what nobody listens to is answered all the same."""
    whence.register(app, services)  # before all of them, since they ask where something comes from
    sharing.register(app, services)
    macros.register(app, services)
    paging.register(app, services)
    preferences.register(app, services)
    proposals.register(app, services)
    threads.register(app, services)  # before what listens to messages of other places
    asking.register(app, services)
    unfurls.register(app, services)
    link_buttons.register(app, services)
    policy.register(app, services)
    simulating.register(app, services)
    digests.register(app, services)
    clusters.register(app, services)
    actions.register(app, services)  # after these, since it answers every button that nobody else does
    submissions.register(app, services)
    commands.register(app, services)
    workflow.register(app, services)
    home.register(app, services)
    shortcuts.register(app, services)
    saying.register(app, services)
    reactions.register(app, services)
    uninstalls.register(app, services)
    events.register(app, services)  # the same for events
    failures.register(app)
