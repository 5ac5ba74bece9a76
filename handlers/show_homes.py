"""What the Homes show may have changed: show those anew that people have open, and only where they differ."""

import hashlib
import json
from datetime import datetime

import structlog

from handlers.desk import home_of
from handlers.services import Services
from handlers.views.blocks import Element
from pipeline.errors import Refused
from storage import homes
from storage.jobs import Job, finish

AT_ONCE = 20


async def show_homes(services: Services, job: Job) -> None:
    """Look at every Home that may be open, once. Raises Unavailable to be called again for those that are left."""
    began = services.clock.now()
    while waiting := await _waiting(services, began):
        for each in waiting:
            view = await home_of(services, await services.chat.person(each.user))
            if (shown := digest_of(view)) != each.shown:
                await _show(services, each.user, view)
            async with services.store.begin() as tx:
                await homes.looked_at(tx, services.workspace, homes.Home(user=each.user, shown=shown), began)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _waiting(services: Services, began: datetime) -> tuple[homes.Home, ...]:
    async with services.store.reader() as connection:
        return await homes.to_look_at(connection, services.workspace, began, AT_ONCE)


def digest_of(view: Element) -> str:
    """Return a hash of a view."""
    return hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()


async def _show(services: Services, user: str, view: Element) -> None:
    try:
        await services.chat.show_home(user, view)
    except Refused as refusal:
        structlog.get_logger().warning("home.refused", code=refusal.code)
