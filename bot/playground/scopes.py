"""The scopes that an app may ask for here: those that some method or event of the playground looks at."""

from bot.playground.announcing import HEARD_WITH
from bot.playground.credentials import BOT_SCOPES

SCOPES = BOT_SCOPES.union(
    *HEARD_WITH.values(),
    {
        "assistant:write",
        "channels:manage",
        "channels:write",
        "channels:write.invites",
        "channels:write.topic",
        "chat:write.customize",
        "chat:write.public",
        "dnd:read",
        "emoji:read",
        "files:read",
        "files:write",
        "groups:write",
        "groups:write.invites",
        "groups:write.topic",
        "im:write.topic",
        "links:write",
        "mpim:read",
        "mpim:write",
        "mpim:write.topic",
        "pins:read",
        "pins:write",
        "usergroups:write",
        "users.profile:read",
        "users:write",
    },
)
