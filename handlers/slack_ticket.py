"""A message in Slack becomes a ticket: its thread is what the customer wrote, and where the reply goes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

import structlog

from handlers.card_links import link_to_card
from handlers.decisions import card_at
from handlers.intake import Receipt, receive
from handlers.services import Services
from handlers.views.asked import asked_card
from pipeline.authorise import NotAllowed, may_ask, role_of
from pipeline.decide import NotNow
from pipeline.errors import Refused, TriageError, Unavailable
from pipeline.ports import Person, Spoken
from pipeline.slack_markup import mentioned, plain_words
from pipeline.ticket import SLACK, Arrival, Author, Channel, Customer, Message, Ticket
from pipeline.whereabouts import beside
from storage.cases import by_ticket
from storage.jobs import Job, Kind, Priority, enqueue, finish

MOST_SAID = 30  # of the messages before the one that is asked about
LONGEST_TEXT = 10_000  # characters of one message
LONGEST_SUBJECT = 100
MOST_NAMES = 20  # people whose names are looked up
MOST_WAITS = 120  # seconds, about, after which nobody waits for the card any more


class NoWords(NotNow):
    """There are no words in this message that could be answered."""


class NotInvited(NotNow):
    """I am not in this channel, so I could not answer there: invite me with /invite, then ask again."""


class OfACard(NotNow):
    """This belongs to a ticket already."""


async def ask_for_ticket(services: Services, user: str, channel: str, ts: str) -> None:
    """Make a ticket of a message, once however often it is asked for, and tell who asked where it is.

    Raises NotNow with a sentence for the person.
    """
    may_ask(await services.chat.person(user))
    said = await _read(services, channel, ts)
    if await card_at(services, channel, said[-1].thread) is not None:
        raise OfACard("This belongs to a ticket already: the card above.")
    ticket = await _ticket(services, channel, said)
    received = await receive(services, Arrival(delivery=f"{channel}:{ts}", ticket=ticket))
    if received.receipt is Receipt.IGNORED:
        raise NoWords
    link = await link_to_card(services, received.case_id)
    await _whisper(services, channel, user, link)
    if not link:
        async with services.store.begin() as tx:
            subject = f"{received.case_id}:{user}:{channel}"
            await enqueue(tx, Kind.TELL_ASKER, subject, now=services.clock.now(), priority=Priority.SOON)


async def tell_asker(services: Services, job: Job) -> None:
    """Tell who asked for a ticket where its card is. Raises Unavailable while there is none."""
    case_id, user, channel = job.subject.split(":")
    link = await link_to_card(services, case_id)
    if not link and job.attempt < MOST_WAITS:
        raise Unavailable("the card is not there yet", retry_after=1.0)
    if link:
        await _whisper(services, channel, user, link)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _whisper(services: Services, channel: str, user: str, link: str) -> None:
    try:
        await services.chat.whisper(channel, user, asked_card(link))
    except TriageError as error:  # the ticket is there, whoever hears of it
        structlog.get_logger().warning("asker.not_told", error=type(error).__name__)


async def _read(services: Services, channel: str, ts: str) -> tuple[Spoken, ...]:
    try:
        said = await services.chat.conversation(channel, ts)
    except Refused as refusal:
        if refusal.code in ("not_in_channel", "channel_not_found", "missing_scope"):
            raise NotInvited from refusal
        raise
    if not said[-1].text.strip():
        raise NoWords
    return said[-MOST_SAID - 1 :]


async def _ticket(services: Services, channel: str, said: Sequence[Spoken]) -> Ticket:
    asked = said[-1]
    number = f"{channel}:{asked.thread}"
    async with services.store.reader() as connection:
        known = await by_ticket(connection, services.workspace, SLACK, number)
    customer = known.ticket.customer if known else _customer(await _asker(services, channel, asked))
    messages = await messages_of(services, channel, [each for each in said if each.text.strip()], customer)
    return Ticket(
        source=SLACK,
        id=number,
        created_at=messages[0].at,
        subject=messages[-1].text.partition("\n")[0][:LONGEST_SUBJECT],
        messages=messages,
        channel=Channel.CHAT,
        customer=customer,
        url=await services.chat.permalink(channel, asked.ts),
    )


async def _asker(services: Services, channel: str, asked: Spoken) -> Person:
    if asked.by_app or not asked.user:
        raise NotAllowed("An app wrote this, and would not read an answer. Use it on what a person wrote.")
    return await services.chat.person(beside(channel, asked.user))


def _customer(person: Person) -> Customer:
    return Customer(id=person.id, name=person.name, email=person.email)


async def messages_of(
    services: Services, channel: str, said: Sequence[Spoken], customer: Customer
) -> tuple[Message, ...]:
    """Return what was said as a ticket has it: whoever has no role here speaks for the customer's side."""
    users = (word for each in said for word in mentioned(each.text))
    names = {user: (await _person(services, channel, user)).name for user in list(dict.fromkeys(users))[:MOST_NAMES]}
    speakers = {each.user for each in said if not each.by_app and each.user not in ("", customer.id)}
    ours = {user for user in speakers if role_of(await _person(services, channel, user), services.policy)}
    return tuple(_message(each, ours, names) for each in said)


async def _person(services: Services, channel: str, user: str) -> Person:
    try:
        return await services.chat.person(beside(channel, user))
    except Refused:  # of another company, or gone
        return Person(id=user, name="")


def _message(said: Spoken, ours: Collection[str], names: Mapping[str, str]) -> Message:
    author = Author.SYSTEM if said.by_app else Author.AGENT if said.user in ours else Author.CUSTOMER
    return Message(
        id=said.ts,
        author=author,
        text=plain_words(said.text[:LONGEST_TEXT], names),
        at=datetime.fromtimestamp(float(said.ts), UTC),
    )
