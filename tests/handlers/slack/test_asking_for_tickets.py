"""A message becomes a ticket by an emoji or a shortcut, with its thread, once; who asked is told where it is."""

from pipeline.case import Case
from pipeline.ticket import Author
from storage.cases import by_ticket
from storage.jobs import Kind, claim
from storage.store import Store
from tests.handlers.slack.desk import Desk

TRIAGE = "triage_message"


async def ticket_of(desk: Desk, ts: str, channel: str = "C0BILLING") -> Case | None:
    async with desk.services.store.reader() as connection:
        return await by_ticket(connection, desk.services.workspace, "slack", f"{channel}:{ts}")


async def owed(store: Store, desk: Desk) -> list[Kind]:
    return [job.kind for job in await claim(store, tuple(Kind), 100, desk.services.clock.now())]


async def test_a_ticket_emoji_makes_one_with_what_was_said_before(desk: Desk) -> None:
    root = await desk.says("U0OTTO", "Our customer <@U0BEN> cannot log in &amp; asks for <https://a.example|help>")
    await desk.says("U0ANA", "Since when?", root)
    last = await desk.says("U0OTTO", "Since Monday.", root)
    await desk.says("U0OTTO", "Never mind what I say later.", root)
    await desk.react("U0ANA", "ticket", ts=last)
    made = await ticket_of(desk, root)
    assert made is not None
    assert [(each.author, each.text) for each in made.ticket.messages] == [
        (Author.CUSTOMER, "Our customer @Ben Adeyemi cannot log in & asks for help (https://a.example)"),
        (Author.AGENT, "Since when?"),
        (Author.CUSTOMER, "Since Monday."),
    ]
    assert (made.ticket.customer.id, made.ticket.subject) == ("U0OTTO", "Since Monday.")
    assert "I am reading it" in desk.whispered("U0ANA")
    assert set(await owed(desk.services.store, desk)) == {Kind.TRIAGE, Kind.TELL_ASKER, Kind.INDEX}


async def test_the_shortcut_does_the_same_and_one_message_makes_one_ticket(desk: Desk) -> None:
    ts = await desk.says("U0OTTO", "Where is the invoice of our customer?")
    await desk.shortcut("U0ANA", TRIAGE, ts)
    await desk.shortcut("U0LENA", TRIAGE, ts)
    await desk.react("U0ANA", "ticket", ts=ts)
    made = await ticket_of(desk, ts)
    assert made is not None and made.version == 0
    for user in ("U0ANA", "U0LENA"):
        assert "I am reading it" in desk.whispered(user)


async def test_strangers_make_no_tickets(desk: Desk) -> None:
    ts = await desk.says("U0ANA", "Where is the invoice?")
    await desk.shortcut("U0GINA", TRIAGE, ts)
    assert "Guests" in desk.whispered("U0GINA")
    assert await ticket_of(desk, ts) is None


async def test_what_belongs_to_a_card_or_was_written_by_an_app_is_no_ticket(desk: Desk) -> None:
    ts = await desk.says("U0ANA", "I look at it.", desk.ts)
    for asked in (ts, desk.ts):
        await desk.shortcut("U0ANA", TRIAGE, asked)
        assert "belongs to a ticket already" in desk.whispered("U0ANA")
    ours = await desk.services.chat.post("C0BILLING", (await desk.shown()), key="other")
    await desk.shortcut("U0LENA", TRIAGE, ours)
    assert "An app wrote this" in desk.whispered("U0LENA")


async def test_where_the_bot_is_not_it_says_how_to_invite_it(desk: Desk) -> None:
    channel = next(
        each.id
        for each in desk.playground.workspace.channels
        if desk.playground.team.bot_user not in each.members and "U0ANA" in each.members and not each.is_direct
    )
    ts = await desk.says("U0ANA", "A bug!", channel=channel)
    await desk.shortcut("U0ANA", TRIAGE, ts, channel)
    assert "/invite" in desk.whispered("U0ANA")
