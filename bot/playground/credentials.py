"""The pretend workspace's names and secrets: fixed, public, and worth nothing outside this machine."""

TEAM_ID = "T0PLAY"
TEAM_NAME = "Lumen Boards"
TEAM_DOMAIN = "playground"
APP_ID = "A0TRIAGE"
APP_NAME = "Triage Desk"
BOT_USER = "U0TRIAGE"
BOT_ID = "B0TRIAGE"
BOT_NAME = "triage_desk"
BOT_TOKEN = "xoxb-playground"
APP_TOKEN = "xapp-1-A0TRIAGE-playground"
CLIENT_ID = "1000000000.2000000000"
CLIENT_SECRET = "playground-client-secret"
SIGNING_SECRET = "playground-signing-secret"
VERIFICATION_TOKEN = "playground-verification-token"

ZENDESK_EMAIL = "bot@playground.example"
ZENDESK_API_TOKEN = "playground-zendesk-token"
ZENDESK_WEBHOOK_SECRET = "playground-zendesk-webhook-secret"

BOT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "reactions:read",
        "reactions:write",
        "team:read",
        "usergroups:read",
        "users:read",
        "users:read.email",
    }
)
