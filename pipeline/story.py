"""Story: what happened to one case, as far as figures need it."""

from pydantic import AwareDatetime, Field

from pipeline.judgements import Judged
from pipeline.value import Value


class Spent(Value):
    """What language models took for a ticket; the engine on this machine takes nothing."""

    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = Field(default=0.0, description="in the policy's currency, by the prices in the settings")
    unpriced: bool = Field(default=False, description="for some of it no price was set")


class Story(Value):
    """What happened to one case until now. Whatever happens, it counts on the day on which the ticket came in."""

    case_id: str = ""
    agent: str = Field(default="", description="whom it is assigned to, by their name in the policy")
    team: str
    category: str
    urgency: str
    created_at: AwareDatetime
    due_at: AwareDatetime | None = Field(default=None, description="when the first response was due, or is")
    responded_at: AwareDatetime | None = Field(default=None, description="when the customer first got an answer")
    resolved_at: AwareDatetime | None = None
    answered: bool = False
    open: bool = True
    escalated: bool = False
    judged: Judged = Judged()
    spent: Spent = Spent()
