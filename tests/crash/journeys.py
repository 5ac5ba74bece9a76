"""The journeys that are stopped everywhere, in stages. After each stage all is quiet, and every promise holds."""

from collections.abc import Awaitable, Callable

from pipeline.case import Status
from pipeline.decide import Change
from pipeline.ticket import Arrival
from tests.crash.mortal import Mortal
from tests.fakes.tickets import arrival, ticket

Stage = Callable[[Mortal], Awaitable[None]]
Journey = tuple[Stage, ...]
ASKS = "Hello, our card was charged twice this month. Please give one payment back."
THREATENS = "You charged us twice and do not answer. If we get no refund by Friday, our lawyer will file a lawsuit."
AGAIN = "Here is the invoice: number 20418. Both charges are on it."
UNKNOWN = "I cannot find my login any more."
THANKS = "Thank you. When will the refund be there?"


async def told_three_times(desk: Mortal) -> None:
    """The ticket arrives three times, in two deliveries."""
    asked = ticket("41", ASKS)
    await desk.hears(arrival(asked, "delivery-1"))
    await desk.hears(arrival(asked, "delivery-1"))
    await desk.hears(arrival(asked, "delivery-2"))
    await desk.quiet()


async def told_while_too_much_comes(desk: Mortal) -> None:
    """The ticket is a line of a digest at first, and gets its card when the pressure is over."""
    await desk.hears(arrival(ticket("41", ASKS), "delivery-1"))
    await desk.is_put_off()
    await desk.quiet()


async def written_again_in_between(desk: Mortal) -> None:
    """The customer writes again while a lead reads the card: the approval is refused."""
    before = (await desk.case()).shown
    await desk.hears(arrival(ticket("41", ASKS, AGAIN), "delivery-3"))
    assert Change.MESSAGE in (await desk.is_refused(before)).changes
    await desk.quiet()


async def approved(desk: Mortal) -> None:
    await desk.approves()
    await desk.quiet()


async def written_after_the_reply(desk: Mortal) -> None:
    await desk.hears(arrival(ticket("41", ASKS, AGAIN, THANKS), "delivery-4"))
    await desk.quiet()
    assert (await desk.case()).status is Status.OPEN


async def edited(desk: Mortal) -> None:
    await desk.edits("The second payment is on its way back to you, within five working days.")
    await desk.quiet()


async def escalated(desk: Mortal) -> None:
    """Its card stands in the escalation team's channel, with a pointer in the owner's."""
    await desk.hears(arrival(ticket("42", THREATENS), "delivery-1"))
    await desk.quiet()
    case = await desk.case()
    assert case.home != case.team


async def reassigned(desk: Mortal) -> None:
    await desk.reassigns("tech_support")
    await desk.quiet()


async def moved_before_slack_showed_it(desk: Mortal) -> None:
    """Moved on, and written again, before Slack could show any of it."""
    await desk.reassigns("billing_support")
    await desk.hears(arrival(ticket("42", THREATENS, AGAIN), "delivery-2"))
    await desk.quiet()


async def heard_and_taken_back(desk: Mortal) -> None:
    """Everybody was called already: an acknowledgement shows on each call, and goes again."""
    await desk.acknowledges()
    await desk.quiet()
    assert (await desk.case()).acknowledged is not None
    await desk.takes_that_back()
    await desk.quiet()


async def heard_before_slack_showed_it(desk: Mortal) -> None:
    """An answer comes while the target's first call is on its way; the others are not made."""
    await desk.acknowledges()
    await desk.quiet()
    case = await desk.case()
    assert case.due_at is not None
    desk.world.clock.set(max(desk.world.clock.now(), case.due_at - (case.due_at - case.created_at) / 6))
    await desk.looks_at_the_clock()
    await desk.acknowledges()
    await desk.quiet()


async def missed(desk: Mortal) -> None:
    """The target is missed: the lead is called once more."""
    case = await desk.case()
    assert case.due_at is not None
    desk.world.clock.set(max(desk.world.clock.now(), case.due_at))
    await desk.looks_at_the_clock()
    await desk.quiet()


async def told_what_nobody_knows(desk: Mortal) -> None:
    await desk.hears(arrival(ticket("43", UNKNOWN, subject="Login"), "delivery-1"))
    await desk.quiet()


async def held(desk: Mortal) -> None:
    """The customer is told that somebody looks into it; the ticket is still to be answered."""
    await desk.tells_that_it_is_looked_into()
    await desk.quiet()
    case = await desk.case()
    assert (case.status, case.held is not None) == (Status.OPEN, True)


async def told_with_a_map(desk: Mortal) -> None:
    """The ticket is its agent's in the helpdesk, too."""
    await desk.knows_everybody()
    await desk.hears(arrival(ticket("43", ASKS), "delivery-1"))
    await desk.quiet()
    assert desk.world.helpdesk.has_it("43") == "ana@desk.example"


async def claimed(desk: Mortal) -> None:
    await desk.claims("ULENA")
    await desk.quiet()
    assert desk.world.helpdesk.has_it("43") == "lena@desk.example"


async def released_and_claimed_at_once(desk: Mortal) -> None:
    """Three turns before the helpdesk heard of one: the last of them counts."""
    await desk.claims("ULENA", hold=False)
    await desk.claims("ULENA")
    await desk.claims("ULENA", hold=False)
    await desk.quiet()
    assert desk.world.helpdesk.has_it("43") == "ana@desk.example"


async def given_away_there(desk: Mortal) -> None:
    """Somebody puts another agent on it in the helpdesk; the delivery comes three times."""
    desk.world.helpdesk.gives("43", "ben@desk.example")
    for delivery in ("assigned-1", "assigned-1", "assigned-2"):
        silent = ticket("43", ASKS).model_copy(update={"messages": ()})
        await desk.hears(Arrival(delivery=delivery, ticket=silent, assigned=True))
    await desk.quiet()
    assert (await desk.case()).agent == "Ben Adeyemi"


ANSWERED_TWICE: Journey = (
    told_three_times,
    written_again_in_between,
    approved,
    written_after_the_reply,
    edited,
)
MOVED_AROUND: Journey = (escalated, reassigned, moved_before_slack_showed_it, edited)
PUT_OFF: Journey = (told_while_too_much_comes, approved, written_after_the_reply)
IN_STEP: Journey = (told_with_a_map, claimed, released_and_claimed_at_once, given_away_there, reassigned)
CALLED: Journey = (escalated, heard_and_taken_back, heard_before_slack_showed_it, missed, edited)
HELD: Journey = (told_what_nobody_knows, held, edited)
JOURNEYS = {
    "in step": IN_STEP,
    "called": CALLED,
    "put off": PUT_OFF,
    "answered twice": ANSWERED_TWICE,
    "moved around": MOVED_AROUND,
    "held": HELD,
}
