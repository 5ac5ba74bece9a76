"""triage prepare: translate the embedding model and learn the shipped text now, instead of at the first start."""

import sys

from bot.database import make_folder
from bot.logs import configure
from bot.settings import load_settings
from bot.wiring import local_classifier


async def prepare() -> None:
    """Make what the engine needs where the product looks for it. Raises Unavailable without an embedder."""
    settings = load_settings()
    configure(settings.log, quiet=True)
    make_folder(settings.data_dir)
    local = local_classifier(settings)
    local.readiness.listeners.append(say)
    await local.warm()


def say(doing: str) -> None:
    """Tell whoever waits at the terminal what is done now, on standard error."""
    if doing:
        sys.stderr.write(f"{doing}\n")
        sys.stderr.flush()
