"""Question: what somebody asks the desk, as one of the queries that it answers from its own records."""

from enum import StrEnum

from pydantic import Field

from pipeline.classify import Urgency
from pipeline.value import Value

LONGEST_QUESTION = 2000  # characters of a question that are read


class Wants(StrEnum):
    """What is asked for."""

    QUEUE = "queue"  # which tickets wait for a decision
    COUNT = "count"  # how many came in
    FIGURES = "figures"  # how well it goes
    LIKE = "like"  # what was answered before, for a text or a ticket
    TICKET = "ticket"  # how one ticket stands
    WHY = "why"  # how it was read
    COMPARE = "compare"  # how many each agent, customer or company has
    UNSURE = "unsure"  # none of these, as far as we understand


class Span(StrEnum):
    """The time that a question is about."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"


class By(StrEnum):
    """Whom a comparison compares."""

    AGENT = "agent"
    CUSTOMER = "customer"
    COMPANY = "company"  # customers by the domain of their e-mail


class Counted(StrEnum):
    """Which tickets a comparison counts."""

    OPEN = "open"  # those that wait for a decision now
    CAME = "came"
    SOLVED = "solved"


class Question(Value):
    """One query. Names are those of the policy; "" and None mean all of them.

    `person` is a member's name, or a Slack user id where somebody was mentioned.
    """

    wants: Wants
    team: str = ""
    category: str = ""
    person: str = ""
    urgency: Urgency | None = None
    burning: bool = Field(default=False, description="only what must not wait: P1, escalated, or late")
    escalated: bool = False
    span: Span | None = None
    by: By | None = Field(default=None, description="of a comparison, as is `counted`")
    counted: Counted | None = None
    ticket: str = Field(default="", max_length=255)
    text: str = Field(default="", description="the words to find tickets like")


UNSURE = Question(wants=Wants.UNSURE)
