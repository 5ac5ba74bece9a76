"""Policy: categories, teams, people, targets, thresholds and rules, as data that a lead can change."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from pipeline.chain import Chain
from pipeline.classify import Urgency
from pipeline.escalation import Level
from pipeline.hours import Hours
from pipeline.macro import MOST, Macro
from pipeline.roles import Role, RoleGroups
from pipeline.rotation import Rotation
from pipeline.value import Value
from pipeline.wording import Wording, in_language


def _as_text(who: object) -> object:
    """An id may be written as the number that it is."""
    return str(who) if isinstance(who, int) and not isinstance(who, bool) else who


class Member(Value):
    """A person of a team, known to Slack by e-mail or by user id."""

    name: str
    email: str = ""
    slack: str = Field(default="", description="Slack user id; wins over the e-mail")
    skills: tuple[str, ...] = Field(default=(), description="categories, subcategories or language codes")
    hours: str = Field(default="", pattern=r"^([0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2})?$", description="empty: always")
    zone: str = Field(default="UTC", description="IANA time zone of the hours")
    capacity: int = Field(default=20, ge=1, description="open cases that one person can hold")
    helpdesk: dict[str, Annotated[str, BeforeValidator(_as_text)]] = Field(
        default_factory=dict, description="their e-mail or id in each helpdesk, by its name"
    )

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.email or self.slack):
            raise ValueError(f"member {self.name!r} needs an email or a slack user id")
        return self


class Team(Value):
    """People who own tickets, and the Slack channel in which they see them."""

    name: str
    channel: str = Field(min_length=1, description="channel name without #, or its id")
    lead: str = Field(default="", description="name of the member who is told when nobody else is left")
    members: tuple[Member, ...] = ()
    user_group: str = Field(
        default="", description="Slack user group, by handle or id, whose members belong to it, too"
    )
    workspace: str = Field(default="", description="id of the Slack workspace of its channel; empty: the usual one")
    helpdesk_group: str = Field(default="", description="the group's name in the helpdesk; empty: left alone")
    sign_off: Wording = Field(default_factory=dict, description="one text, or one for each language")
    macros: tuple[Macro, ...] = Field(default=(), max_length=MOST)
    hours: Hours | None = Field(default=None, description="when it is open; left out: always")
    on_call: Rotation | None = Field(default=None, description="who is on call by the calendar")
    chains: tuple[Chain, ...] = Field(default=(), description="who is called and whom next; the usual where silent")

    @property
    def address(self) -> str:
        """Where its channel is, as the Chat door takes it: with the workspace before it unless it is the usual one."""
        return self.there(self.channel)

    def there(self, name: str) -> str:
        """Return the name of a channel or person with the team's workspace before it, unless it is the usual one."""
        return f"{self.workspace}/{name}" if self.workspace else name

    def signs(self, language: str) -> str:
        """Return how the team signs a reply in a language."""
        return in_language(self.sign_off, language)


class Subcategory(Value):
    """A finer name within a category, found by likeness to its description."""

    name: str
    description: str


class Category(Value):
    """What a ticket can be about, who owns it, and how many business hours each urgency allows."""

    name: str
    description: str = Field(min_length=10)
    team: str
    escalation_team: str
    sla_hours: dict[Urgency, float]
    resolution_hours: dict[Urgency, float] = Field(
        default_factory=dict, description="until it is solved; may be left out"
    )
    subcategories: tuple[Subcategory, ...] = ()
    autopilot: bool = Field(default=False, description="send drafts graded 'answer' without a person")

    def target(self, urgency: Urgency) -> timedelta:
        """Return the time in which a ticket of this urgency wants its first response."""
        return timedelta(hours=self.sla_hours[urgency])

    def resolution(self, urgency: Urgency) -> timedelta | None:
        """Return the time in which it wants to be solved; None where nothing is said of it."""
        hours = self.resolution_hours.get(urgency)
        return None if hours is None else timedelta(hours=hours)


class Rule(Value):
    """An audited escalation rule. Its examples are tried when the policy is loaded."""

    id: str
    pattern: str
    why: str
    level: Level
    positive: tuple[str, ...] = Field(min_length=1)
    negative: tuple[str, ...] = Field(min_length=1)
    off: bool = Field(default=False, description="kept, and tried on its examples, but not on tickets")


class Thresholds(Value):
    """Where confidence changes its name, and what counts as good evidence."""

    high: float = Field(default=0.8, ge=0, le=1, description="the category is taken as certain from here on")
    medium: float = Field(default=0.55, ge=0, le=1, description="below it a person chooses the category")
    secondary: float = Field(default=0.25, ge=0, le=1, description="a second category from this probability on")
    alarm: float = Field(default=0.067, ge=0, le=1, description="a probable complaint escalates from this on")
    notice: float = Field(default=0.05, ge=0, le=1, description="a possible one is shown on the card from this on")
    answer: float = Field(default=0.6, ge=0, le=1, description="evidence from which a draft is an answer")
    suggestion: float = Field(default=0.42, ge=0, le=1, description="evidence from which it is a suggestion")


class Savings(Value):
    """What we assume: minutes that a person would have taken for what was done for them. Zeroes are off."""

    triage_minutes: float = Field(default=0, ge=0, le=240, description="to read, file and route a ticket")
    approved_minutes: float = Field(default=0, ge=0, le=240, description="to write a reply that was sent as drafted")
    edited_minutes: float = Field(default=0, ge=0, le=240, description="saved where the draft was edited, then sent")
    cost_per_hour: float = Field(default=0, ge=0, le=10_000, description="of a person's work; 0: money is not told")
    currency: str = Field(default="EUR", min_length=1, max_length=8)


class Policy(Value):
    """The whole policy; every name that it mentions exists in it."""

    categories: tuple[Category, ...] = Field(min_length=1)
    teams: tuple[Team, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    thresholds: Thresholds = Thresholds()
    savings: Savings = Savings()
    leads: tuple[Member, ...] = Field(default=(), description="may decide on every ticket")
    admins: tuple[Member, ...] = Field(default=(), description="may also change roles, install the app, and erase")
    roles: RoleGroups = Field(default=RoleGroups(), description="Slack user groups that give a role")
    everybody_looks: bool = Field(default=False, description="every member sees tickets, whatever their role")
    workspace: str = Field(default="", description="id of the usual Slack workspace; empty: the first that installs")
    fallback_channel: str = Field(default="general-support", description="where a card goes that found no home")
    fallback_category: str = Field(default="general")
    allowed_urls: tuple[str, ...] = Field(default=(), description="https prefixes that a draft may always cite")
    approval_hours: float = Field(default=72, gt=0, description="a shown draft older than this is not sent")

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        teams = {team.name for team in self.teams}
        for category in self.categories:
            for name in (category.team, category.escalation_team):
                if name not in teams:
                    raise ValueError(f"category {category.name!r} names team {name!r}: add [[teams]] name = {name!r}")
            if missing := set(Urgency) - set(category.sla_hours):
                raise ValueError(f"category {category.name!r} lacks sla_hours for {', '.join(sorted(missing))}")
        if self.fallback_category not in {category.name for category in self.categories}:
            raise ValueError(f"fallback_category {self.fallback_category!r} is not one of the categories")
        return self

    @property
    def everybody(self) -> tuple[Member, ...]:
        """Every entry for a person; who has several roles is there several times."""
        return (*self.admins, *self.leads, *(member for team in self.teams for member in team.members))

    @property
    def user_groups(self) -> tuple[str, ...]:
        """Every Slack user group that is named, each once, as it was written."""
        named = (*(group for role in Role for group in self.roles.of(role)), *(team.user_group for team in self.teams))
        return tuple(dict.fromkeys(group for group in named if group))

    def identity(self, name: str, desk: str) -> str:
        """Return a member's e-mail or id in a helpdesk, "" where the policy has none."""
        return next((each.helpdesk[desk] for each in self.everybody if each.name == name and desk in each.helpdesk), "")

    def maps(self, desk: str) -> bool:
        """Whether the policy says of anybody who they are in a helpdesk."""
        return any(desk in each.helpdesk for each in self.everybody)

    def category(self, name: str) -> Category:
        """Return the category of that name. Raises KeyError when the policy has none."""
        return {category.name: category for category in self.categories}[name]

    def known(self, name: str) -> Category:
        """Return the category of that name, or the one for what has none: an older case may name another."""
        return next((category for category in self.categories if category.name == name), self.fallback)

    @property
    def fallback(self) -> Category:
        """The category of what fits nowhere."""
        return self.category(self.fallback_category)

    def owned_by(self, team: str) -> str:
        """Return the category that a team owns alone, "" where it owns none or several."""
        owned = [category.name for category in self.categories if category.team == team]
        return owned[0] if len(owned) == 1 else ""

    def team(self, name: str) -> Team:
        """Return the team of that name. Raises KeyError when the policy has none."""
        return {team.name: team for team in self.teams}[name]

    def known_team(self, name: str) -> Team:
        """Return the team of that name, or the fallback's: an older case may name another."""
        return next((team for team in self.teams if team.name == name), self.team(self.fallback.team))
