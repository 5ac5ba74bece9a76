"""What a card has no room for stands in its thread: whole, in order, and once."""

import asyncio
import hashlib

from handlers.decisions import draft_text
from handlers.once import once
from handlers.place_card import posting
from handlers.services import Services
from handlers.views.overflow import Piece, draft_goes_on, in_pieces, reply_goes_on, words_go_on
from pipeline.case import Case, Status
from pipeline.mask import mask_all
from pipeline.normalise import in_full, normalise
from pipeline.ticket import Message
from storage import outbox
from storage.cards import Placed
from storage.jobs import Job

_SHORT_DRAFT = 1000  # characters, which no restored name makes too long for a card


async def overflow(services: Services, job: Job, case: Case, here: Placed) -> None:
    """Post what is missing in the thread. A piece that stands there stays, whatever changed beside it."""
    if not _may_overflow(case):
        return
    known = f"rest:{case.id}:{case.placement}:{_state(case)}"
    async with services.store.reader() as connection:
        if await outbox.effect(connection, known) is not None:
            return
    owed = await asyncio.to_thread(_owed, case)
    for piece in owed:
        key = f"rest:{case.id}:{case.placement}:{piece.key}"
        await once(services, job, posting(services, here.channel, piece.card, key, case, thread=here.root))
    if owed:
        async with services.store.begin() as tx:  # nobody reads and masks it all again for the next change
            await outbox.intend(tx, known, case.id, services.clock.now())
            await outbox.happened(tx, known, str(len(owed)))


def _may_overflow(case: Case) -> bool:
    if case.status is Status.WAITING:
        return False  # what is not read yet is not masked either
    return words_go_on(case) or _may_be_long(case) or reply_goes_on(case)


def _may_be_long(case: Case) -> bool:
    return case.analysis is not None and case.open and len(case.analysis.draft.text) > _SHORT_DRAFT


def _state(case: Case) -> str:
    marks = [message.mark for message in case.ticket.asked]
    sent = case.decision.text if case.decision else ""
    told = f"{case.analysis is None}\n{case.shown}\n{marks}\n{sent}"
    return "all:" + hashlib.sha256(told.encode()).hexdigest()[:16]


def _owed(case: Case) -> list[Piece]:
    """Read and mask everything; call it in a thread."""
    owed: list[Piece] = []
    if words_go_on(case):
        for number, (message, text) in enumerate(_words(case), 1):
            edited = ", edited" if message.edited else ""
            owed += in_pieces(f"The customer’s message {number} in full{edited}", message.id, text)
    if _may_be_long(case) and draft_goes_on(draft := draft_text(case)):
        owed += in_pieces("The draft in full", "draft", draft)
    if case.decision is not None and reply_goes_on(case):
        owed += in_pieces("The reply in full", f"reply {case.replies}", case.decision.text)
    return owed


def _words(case: Case) -> list[tuple[Message, str]]:
    """The customer's words as the card has them: masked once they are read, and as they came where nobody could."""
    ticket = case.ticket
    if case.analysis is None:
        return [(message, message.text) for message in ticket.asked]
    said = in_full(ticket)
    _, *masked = mask_all((normalise(ticket).subject, *(text for _, text in said)), ticket.customer)
    return list(zip((message for message, _ in said), masked, strict=True))
