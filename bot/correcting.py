"""triage corrections and triage acceptance: what people said of our work, and taking it back."""

import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table

from bot.database import bring_up, make_folder
from bot.lines import write_line
from bot.logs import configure
from bot.settings import load_settings
from bot.wiring import WORKSPACE, SystemClock
from handlers import correcting
from pipeline.acceptance import Acceptance, acceptance
from pipeline.errors import TriageError
from pipeline.feedback import TAUGHT_BY, Aspect, Feedback, Standing
from pipeline.triage import shorten
from storage.feedback import entries
from storage.store import Store

SHOWN = 60  # characters of a text in a table
_STANDING = (*TAUGHT_BY, Standing.QUARANTINED)


class NoMoment(TriageError):
    """Give a day or a moment, such as 2026-05-04 or 2026-05-04T09:00+02:00."""


class Several(TriageError):
    """More than one person is called so: give a Slack user id."""


class NotThere(TriageError):
    """No correction has that number: see triage corrections list."""


async def show_corrections(by: str, since: str, standing: str | None, *, as_json: bool) -> None:
    """Print the log, oldest first. Raises NoMoment."""
    standings = (Standing(standing),) if standing else tuple(Standing)
    async with _store() as store, store.reader() as connection:
        found = await entries(connection, WORKSPACE, standings=standings, by=by, since=_moment(since))
    if as_json:
        for each in found:
            write_line(each.model_dump(mode="json"))
    else:
        _show(found)


async def undo_corrections(by: str, since: str, *, dry_run: bool) -> None:
    """Take back what one person said since a moment, and print how much that was. Raises NoMoment or Several."""
    async with _store() as store:
        async with store.reader() as connection:
            theirs = await entries(connection, WORKSPACE, standings=_STANDING, by=by, since=_moment(since))
        if len(people := sorted({each.by.id for each in theirs})) > 1:
            raise Several(f"{len(people)} people are called {by}: name one of {', '.join(people)}.")
        undone = 0 if dry_run else await correcting.undo(store, SystemClock(), theirs, WORKSPACE)
    write_line({"found": len(theirs), "undone": undone, "people": people, "cases": len({e.case_id for e in theirs})})


async def accept_corrections(numbers: Sequence[int]) -> None:
    """Let corrections out of quarantine. Raises NotThere."""
    async with _store() as store:
        async with store.reader() as connection:
            log = await entries(connection, WORKSPACE, standings=_STANDING)
        if strange := set(numbers) - {each.number for each in log}:
            raise NotThere(f"No correction that counts has the number {min(strange)}: see triage corrections list.")
        held = [each for each in log if each.number in numbers]
        accepted = await correcting.accept(store, SystemClock(), held, WORKSPACE)
    write_line({"accepted": accepted})


async def show_acceptance(days: int, *, as_json: bool) -> None:
    """Print what became of the drafts of the last days."""
    since = datetime.now(UTC) - timedelta(days=days)
    async with _store() as store, store.reader() as connection:
        said = await entries(connection, WORKSPACE, aspects=(Aspect.DRAFT, Aspect.RATING), since=since)
    report = acceptance(said)
    if as_json:
        write_line(report.model_dump(mode="json"))
        return
    table = _table(
        f"Drafts of the last {days} days", "drafts", "as they were", "edited", "changed", "rejected", "👍", "👎"
    )
    _add(table, "all", report.whole)
    for kind in ("category", "team", "grade", "week"):
        for name, part in getattr(report, f"by_{kind}").items():
            _add(table, f"{kind} {name or '-'}", part)
    Console().print(table)


@asynccontextmanager
async def _store() -> AsyncGenerator[Store]:
    settings = load_settings()
    configure(settings.log, quiet=True)
    make_folder(settings.data_dir)
    store = Store(settings.store_url)
    try:
        await bring_up(store)
        yield store
    finally:
        await store.close()


def _moment(since: str) -> datetime | None:
    if not since:
        return None
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        raise NoMoment from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _show(found: Sequence[Feedback]) -> None:
    if not found:
        sys.stderr.write("nobody has said anything yet\n")
        return
    table = _table("Corrections", "when", "who", "case", "what", "shown", "chosen", "standing")
    for each in found:
        texts = (shorten(each.shown, SHOWN), shorten(each.chosen, SHOWN))
        when, who = f"{each.at:%Y-%m-%d %H:%M}", f"{each.by.name} ({each.by.id})"
        table.add_row(str(each.number), when, who, each.case_id, each.aspect.value, *texts, each.standing.value)
    Console().print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("", no_wrap=True)
    for column in columns:
        table.add_column(column)
    return table


def _add(table: Table, name: str, part: Acceptance) -> None:
    shares = (part.as_it_was, part.edited, part.changed, part.rejected)
    table.add_row(name, str(part.drafts), *(f"{share:.0%}" for share in shares), str(part.up), str(part.down))
