"""Policy: categories, teams, people, targets, thresholds and rules, as data that a lead can change."""

from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator

from pipeline.classify import Urgency
from pipeline.escalation import Level
from pipeline.macro import MOST, Macro
from pipeline.value import Value
from pipeline.wording import Wording, in_language


class Member(Value):
    """A person of a team, known to Slack by e-mail or by user id."""

    name: str
    email: str = ""
    slack: str = Field(default="", description="Slack user id; wins over the e-mail")
    skills: tuple[str, ...] = Field(default=(), description="categories, subcategories or language codes")
    hours: str = Field(default="", pattern=r"^(\d\d:\d\d-\d\d:\d\d)?$", description="empty: always")
    zone: str = Field(default="UTC", description="IANA time zone of the hours")
    capacity: int = Field(default=20, ge=1, description="open cases that one person can hold")

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
    helpdesk_group: str = Field(default="", description="the group's name in the helpdesk; empty: left alone")
    sign_off: Wording = Field(default_factory=dict, description="one text, or one for each language")
    macros: tuple[Macro, ...] = Field(default=(), max_length=MOST)

    def signs(self, language: str) -> str:
        """Return how the team signs a reply in a language."""
        return in_language(self.sign_off, language)


class Subcategory(Value):
    """A finer name within a category, found by likeness to its description."""

    name: str
    description: str


class Category(Value):
    """What a ticket can be about, who owns it, and how many hours each urgency allows."""

    name: str
    description: str = Field(min_length=10)
    team: str
    escalation_team: str
    sla_hours: dict[Urgency, float]
    subcategories: tuple[Subcategory, ...] = ()
    autopilot: bool = Field(default=False, description="send drafts graded 'answer' without a person")

    def target(self, urgency: Urgency) -> timedelta:
        """Return the time in which a ticket of this urgency wants its first response."""
        return timedelta(hours=self.sla_hours[urgency])


class Rule(Value):
    """An audited escalation rule. Its examples are tried when the policy is loaded."""

    id: str
    pattern: str
    why: str
    level: Level
    positive: tuple[str, ...] = Field(min_length=1)
    negative: tuple[str, ...] = Field(min_length=1)


class Thresholds(Value):
    """Where confidence changes its name, and what counts as good evidence."""

    high: float = Field(default=0.8, ge=0, le=1)
    medium: float = Field(default=0.55, ge=0, le=1, description="below it a person chooses the category")
    secondary: float = Field(default=0.25, ge=0, le=1, description="a second category from this probability on")
    alarm: float = Field(default=0.067, ge=0, le=1, description="a probable complaint escalates from this on")
    notice: float = Field(default=0.05, ge=0, le=1, description="a possible one is shown on the card from this on")
    answer: float = Field(default=0.6, ge=0, le=1, description="evidence from which a draft is an answer")
    suggestion: float = Field(default=0.42, ge=0, le=1, description="evidence from which it is a suggestion")


class Policy(Value):
    """The whole policy; every name that it mentions exists in it."""

    categories: tuple[Category, ...] = Field(min_length=1)
    teams: tuple[Team, ...] = Field(min_length=1)
    rules: tuple[Rule, ...] = ()
    thresholds: Thresholds = Thresholds()
    leads: tuple[Member, ...] = Field(default=(), description="may decide on every ticket")
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
