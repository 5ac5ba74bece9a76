"""A ticket's thread in Slack goes on: what is said, edited and taken back there follows to its case."""

from datetime import UTC, datetime

from handlers.intake import receive
from handlers.services import Services
from handlers.slack_ticket import messages_of
from pipeline.ports import Spoken
from pipeline.ticket import SLACK, Arrival, Ticket
from pipeline.value import Value
from storage.cases import by_ticket


class Heard(Value):
    """What a person said in a thread. `edited` is Slack's time of an edit; `gone`: they took the message back."""

    channel: str
    said: Spoken
    edited: str = ""
    gone: bool = False


async def hear(services: Services, heard: Heard) -> None:
    """Take it into the ticket that was made of that thread, once; any other thread costs one look."""
    number = f"{heard.channel}:{heard.said.thread}"
    async with services.store.reader() as connection:
        known = await by_ticket(connection, services.workspace, SLACK, number)
    if known is None:
        return
    ticket = Ticket(source=SLACK, id=number, created_at=known.ticket.created_at)
    if heard.gone:
        told, what = ticket.model_copy(update={"deleted": (heard.said.ts,)}), "gone"
    else:
        messages = await messages_of(services, heard.channel, (heard.said,), known.ticket.customer)
        if heard.edited:
            at = datetime.fromtimestamp(float(heard.edited), UTC)
            messages = tuple(each.model_copy(update={"edited": True, "edited_at": at}) for each in messages)
        told, what = ticket.model_copy(update={"messages": messages}), heard.edited or "said"
    await receive(services, Arrival(delivery=f"{heard.channel}:{heard.said.ts}:{what}", ticket=told))
