"""A case to store, with whatever a test wants to be different."""

from pipeline.case import DESK, Actor, Case
from storage.cases import Event, create
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.house import told

WORKSPACE = "w"
ANA = Actor(id="U-ana", name="Ana")
OPENED = Event(kind="ticket.opened", actor=DESK)


def new_case(id_: str = "case1", *, ticket_id: str = "t1", **more: object) -> Case:
    usual: dict[str, object] = {"workspace": WORKSPACE, "ticket": told(id_=ticket_id), "created_at": MORNING}
    return Case.model_validate({"id": id_} | usual | more)


async def stored(store: Store, case: Case) -> Case:
    async with store.begin() as tx:
        assert await create(tx, case, OPENED)
    return case
