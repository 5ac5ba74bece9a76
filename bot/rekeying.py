"""triage rekey: seal the tokens of every workspace with the newest key, so that older ones can go."""

from bot.database import bring_up, make_folder
from bot.settings import BadSettings, load_settings
from bot.slack_app import installations
from bot.wiring import WORKSPACE, SystemClock
from storage.store import Store


async def rekey() -> int:
    """Return how many workspaces were sealed anew. Raises Unreadable where no key opens one."""
    settings = load_settings()
    if not settings.secret_key.get_secret_value():
        raise BadSettings("TRIAGE_SECRET_KEY: write the new key before the old one, with a comma between")
    make_folder(settings.data_dir)
    store = Store(settings.store_url)
    try:
        await bring_up(store)
        return await installations(settings, store, SystemClock(), WORKSPACE).reseal()
    finally:
        await store.close()
