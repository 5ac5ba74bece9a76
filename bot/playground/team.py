"""The workspaces that there are, and who the app is in each of them."""

from dataclasses import dataclass

from bot.playground import credentials


@dataclass(frozen=True)
class Team:
    """Slack calls a workspace a team on the wire; the app has another user and bot id in each."""

    id: str
    name: str
    domain: str
    bot_user: str
    bot_id: str

    @property
    def url(self) -> str:
        return f"https://{self.domain}.slack.com/"


HOME = Team(
    credentials.TEAM_ID,
    credentials.TEAM_NAME,
    credentials.TEAM_DOMAIN,
    credentials.BOT_USER,
    credentials.BOT_ID,
)
HARBOR = Team("T0HARBOR", "Harbor Labs", "harbor-labs", "U1TRIAGE", "B1TRIAGE")
TEAMS = {team.id: team for team in (HOME, HARBOR)}
