"""Somebody says that a ticket repeats another one: it leads to that one, and both tell of it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.decisions import Beside, UnknownCase, act, owe
from handlers.services import Services
from pipeline.acts import MarkDuplicate
from pipeline.case import Actor, Case
from pipeline.decide import NotNow
from storage.cases import Event, load, save
from storage.store import Transaction


class InARing(NotNow):
    """That ticket counts as a duplicate of this one. Answer this one, or reopen that one first."""


class MovedOn(NotNow):
    """That ticket has just been marked as a duplicate itself. Choose again."""


async def repeat(services: Services, user: str, case_id: str, of: str) -> Case:
    """Close a case as a duplicate of another one, or of what that one repeats itself. Raises NotNow."""
    services = services.still()
    async with services.store.reader() as connection:
        root = await _root(connection, services.workspace, case_id, of)

    async def told_there(tx: Transaction, before: Case, _after: Case, by: Actor) -> None:
        other = await load(tx.connection, root)
        if other is None or other.workspace != services.workspace:
            raise UnknownCase
        if other.duplicate_of:
            raise InARing if other.duplicate_of == case_id else MovedOn
        event = Event(kind="case.repeated", actor=by, detail={"other": before.id, "ticket": before.ticket.id})
        saved = await save(tx, other, event, services.clock.now())
        await owe(services, tx, saved, event)

    return await act(
        services, user, case_id, lambda _, by: MarkDuplicate(by=by, of=root), beside=Beside((root,), told_there)
    )


async def _root(connection: AsyncConnection, workspace: str, case_id: str, of: str) -> str:
    """Return the case that is repeated in the end. Only such a one is led to, so no ring can close."""
    seen: set[str] = set()
    while True:
        if of == case_id or of in seen:
            raise InARing
        seen.add(of)
        other = await load(connection, of)
        if other is None or other.workspace != workspace:
            raise UnknownCase
        if not other.duplicate_of:
            return of
        of = other.duplicate_of
