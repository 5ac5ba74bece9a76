"""Makes the database ready, or says in one sentence why it is not."""

from pathlib import Path

from pipeline.errors import TriageError, Unavailable
from storage.migrate import migrate
from storage.store import DATABASE_ERRORS, Store


class NoFolder(TriageError):
    """The data folder cannot be made."""


class NoDatabase(Unavailable):
    """The database does not answer."""


def make_folder(folder: Path) -> None:
    """Make the data folder. Raises NoFolder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoFolder(f"TRIAGE_DATA_DIR: {folder} cannot be made: {error.strerror}") from None


async def bring_up(store: Store) -> None:
    """Bring the database to the present shape. Raises NoDatabase."""
    try:
        await migrate(store)
    except DATABASE_ERRORS as error:
        cause = getattr(error, "orig", None) or error
        said = str(cause).partition("\n")[0]
        raise NoDatabase(f"The database cannot be used: {said}. Check TRIAGE_DATABASE_URL.") from error
