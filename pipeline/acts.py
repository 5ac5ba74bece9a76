"""Acts: what a person can do with a case."""

from pydantic import AwareDatetime, Field

from pipeline.case import Actor, Worth
from pipeline.draft import LONGEST
from pipeline.value import Value


class Approve(Value):
    """Send the draft as it was shown. `text` is that draft with the customer's own data put back."""

    by: Actor
    shown: str
    text: str


class SendHolding(Value):
    """Send the draft as it was shown, which only says that somebody looks into it: the answer is still owed."""

    by: Actor
    shown: str
    text: str


class Edit(Value):
    """Send what the person wrote instead."""

    by: Actor
    shown: str
    text: str = Field(max_length=LONGEST)


class FollowUp(Value):
    """Write to the customer again. `after` is how many replies there were when the person began to write."""

    by: Actor
    shown: str
    after: int
    text: str = Field(max_length=LONGEST)


class KeepNote(Value):
    """Keep some words in the helpdesk, where no customer reads them."""

    by: Actor
    text: str = Field(min_length=1, max_length=LONGEST)


class Reassign(Value):
    """Give the ticket to another team or person."""

    by: Actor
    team: str
    agent: str = ""
    reason: str = Field(default="", max_length=500)


class Choose(Value):
    """Settle the category where the engine was not sure, or was wrong."""

    by: Actor
    category: str


class Claim(Value):
    """Say that one works on it (`hold`), or no more; without a word for that, said again it is released."""

    by: Actor
    hold: bool | None = None


class Dismiss(Value):
    """Say that this is not a request."""

    by: Actor


class MarkDuplicate(Value):
    """Say that another case is about the same thing."""

    by: Actor
    of: str


class Resolve(Value):
    """Say that it is solved without a further reply."""

    by: Actor


class Merge(Value):
    """Let another case of the same customer go on with this one. `category` is the one a person gave that case."""

    by: Actor
    into: str
    category: str = ""


class Snooze(Value):
    """Put it away until a moment."""

    by: Actor
    until: AwareDatetime


class Reopen(Value):
    """Take back that it was closed, however that was done."""

    by: Actor


class Escalate(Value):
    """Say that it must not wait."""

    by: Actor


class CallOff(Value):
    """Say that it was escalated for nothing."""

    by: Actor


class Acknowledge(Value):
    """Say that one has heard the call: nobody else is called meanwhile."""

    by: Actor


class Unacknowledge(Value):
    """Take that back: others are called again, from where it stood."""

    by: Actor


class Rate(Value):
    """Say whether the draft is a good one."""

    by: Actor
    good: bool


class Regenerate(Value):
    """Have the draft written anew, as the person says."""

    by: Actor
    instruction: str = Field(min_length=1, max_length=300)


class Keep(Value):
    """Say what the answer is worth to later tickets."""

    by: Actor
    worth: Worth


Act = (
    Approve
    | SendHolding
    | Edit
    | FollowUp
    | KeepNote
    | Reassign
    | Choose
    | Claim
    | Dismiss
    | MarkDuplicate
    | Resolve
    | Merge
    | Snooze
    | Reopen
    | Escalate
    | CallOff
    | Acknowledge
    | Unacknowledge
    | Rate
    | Keep
    | Regenerate
)
