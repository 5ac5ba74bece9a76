"""triage rekey seals what older keys have sealed with the newest one."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.rekeying import rekey
from bot.settings import BadSettings
from storage.installations import Installation, install, installations
from storage.migrate import migrate
from storage.sealing import Seal, Unreadable
from storage.store import Store
from tests.fakes.clock import MORNING

OLD, NEW = "an-old-key-of-more-than-32-characters", "a-new-key-of-more-than-32-characters"
PLAIN = '{"team": "T1", "bot": "xoxb-1", "refresh": ""}'


@pytest.fixture(autouse=True)
async def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A database with one installation under the old key."""
    monkeypatch.chdir(tmp_path)
    url = f"sqlite+aiosqlite:///{tmp_path / 'triage.db'}"
    monkeypatch.setenv("TRIAGE_DATABASE_URL", url)
    store = Store(url)
    await migrate(store)
    kept = {"team": "T1", "name": "One", "bot_user": "U1", "bot_id": "B1", "installer": "U2", "installed_at": MORNING}
    async with store.begin() as tx:
        await install(tx, "default", Installation(sealed=Seal((OLD,)).close(PLAIN), first_at=MORNING, **kept))
    await store.close()
    return url


async def test_each_is_sealed_anew_once(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    monkeypatch.setenv("TRIAGE_SECRET_KEY", f"{NEW},{OLD}")
    assert [await rekey(), await rekey()] == [1, 0]
    store = Store(database)
    async with store.reader() as connection:
        sealed = (await connection.execute(select(installations.c.sealed))).scalar_one()
    await store.close()
    assert "xoxb-1" in Seal((NEW,)).open(sealed)


async def test_without_the_old_key_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_SECRET_KEY", NEW)
    with pytest.raises(Unreadable, match="add the key it was sealed with"):
        await rekey()
    monkeypatch.setenv("TRIAGE_SECRET_KEY", f"{NEW},{OLD}")
    assert await rekey() == 1


async def test_without_any_key_it_says_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRIAGE_SECRET_KEY", raising=False)
    with pytest.raises(BadSettings, match="write the new key before the old one"):
        await rekey()
