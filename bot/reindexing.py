"""triage reindex: the vectors, made again from the database."""

import time

from bot.history import bring_up_index
from bot.knowing import knowing
from bot.lines import write_line
from bot.logs import configure
from bot.settings import load_settings
from pipeline.errors import Unavailable


class IndexInUse(Unavailable):
    """Another process has the index in the data folder: stop it first, or let it do the work, which it does anyway."""


async def reindex(*, everything: bool) -> None:
    """Compare the index with the database and make what is missing; `everything` throws it away before.

    An interrupted one goes on where it was when it is called again without `everything`. Raises Unavailable.
    """
    settings = load_settings()
    configure(settings.log, quiet=True)
    began = time.monotonic()
    async with knowing(settings) as it:
        if not it.free:
            raise IndexInUse
        if everything:
            await it.index.clear()
        made = await it.index.check()
        await bring_up_index(it)
        counts = {"resolutions": await it.knowledge.count(it.workspace), "vectors": await it.index.count()}
    write_line({"made": made} | counts | {"seconds": round(time.monotonic() - began, 1)})
