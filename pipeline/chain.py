"""Chain: who is called when a case must not wait, and whom next while nobody acknowledges it."""

from enum import StrEnum

from pydantic import Field

from pipeline.value import Value


class Occasion(StrEnum):
    """What people are called for."""

    CRITICAL = "critical"  # an escalation of that level, or a P1
    HIGH = "high"  # any other escalation
    DUE = "due"  # four fifths of the time for a first response are gone
    OVERDUE = "overdue"

    @property
    def escalates(self) -> bool:
        """Whether it is about what the customer wrote, and not about the time that has gone."""
        return self in (Occasion.CRITICAL, Occasion.HIGH)


class Whom(StrEnum):
    """Words that stand for somebody; anything else in a step is a member's name, or a channel's with #."""

    OWNER = "owner"  # who claimed or acknowledged the case, else who it is assigned to
    ON_CALL = "on-call"
    LEAD = "lead"
    CHANNEL = "channel"  # the team's
    DIRECT = "direct"  # the lead, by direct message
    FALLBACK = "fallback"  # the fallback channel


class Step(Value):
    """One call. `after` are minutes without acknowledgement since the step before."""

    call: str = Field(min_length=1)
    after: float = Field(default=10, ge=0, le=7 * 24 * 60)


class Chain(Value):
    """The steps for some occasions. After an escalation's come the lead by direct message and the fallback channel."""

    on: tuple[Occasion, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=1, max_length=12)
    last_resort: float = Field(default=15, ge=0, le=7 * 24 * 60, description="minutes after the last step")


USUAL = (
    Chain(
        on=(Occasion.CRITICAL,),
        steps=(
            Step(call=Whom.ON_CALL, after=0),
            Step(call=Whom.LEAD, after=5),
            Step(call=Whom.CHANNEL, after=5),
        ),
        last_resort=10,
    ),
    Chain(
        on=(Occasion.HIGH,),
        steps=(
            Step(call=Whom.ON_CALL, after=0),
            Step(call=Whom.LEAD, after=15),
            Step(call=Whom.CHANNEL, after=15),
        ),
        last_resort=30,
    ),
    Chain(
        on=(Occasion.DUE,),
        steps=(
            Step(call=Whom.OWNER, after=0),
            Step(call=Whom.ON_CALL, after=30),
            Step(call=Whom.LEAD, after=30),
        ),
    ),
    Chain(on=(Occasion.OVERDUE,), steps=(Step(call=Whom.LEAD, after=0),)),
)
"""What happens where a team's policy says nothing."""


def steps_for(chains: tuple[Chain, ...], occasion: Occasion) -> tuple[Step, ...]:
    """Return every step for an occasion, the last resort of an escalation included."""
    chain = next(chain for chain in (*chains, *USUAL) if occasion in chain.on)
    if not occasion.escalates:
        return chain.steps
    last = (Step(call=Whom.DIRECT, after=chain.last_resort), Step(call=Whom.FALLBACK, after=0))
    return (*chain.steps, *last)
