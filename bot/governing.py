"""triage policy: what leads changed over the file, who and when, and the way back."""

import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.database import bring_up, make_folder
from bot.lines import write_line
from bot.logs import configure
from bot.policy_file import policy_from
from bot.settings import load_settings
from bot.wiring import WORKSPACE, SystemClock
from handlers.changing import undone, written
from handlers.policies import Policies
from pipeline.case import Actor
from pipeline.errors import TriageError
from pipeline.policy_change import PolicyChange, Step, found, standing
from pipeline.policy_words import told
from storage import policy_log
from storage.store import Store

OPERATOR = Actor(id="command-line", name="the command line")


class NoSuchPlace(TriageError):
    """The policy has no such place: name one like thresholds/answer or teams/billing_support/members."""


async def show_changes(*, as_json: bool) -> None:
    """Print every change, newest first, with what became of it."""
    async with opened() as (store, policies):
        async with store.reader() as connection:
            log = await policy_log.changes(connection, WORKSPACE)
        stands = {change.number for change in standing(log)}
        waits = {misfit.change.number: misfit.say for misfit in policies.now.misfits}
    lines = [_line(change, stands, waits) for change in reversed(log)]
    if as_json:
        for each in lines:
            write_line(each)
    else:
        _show(lines)


async def show_policy(place: str) -> None:
    """Print what is in force, or one place of it, as JSON. Raises NoSuchPlace."""
    async with opened() as (_, policies):
        policy = policies.now.policy
    if not place:
        write_line(policy.model_dump(mode="json"))
    elif (said := found(policy, tuple(place.split("/")))) is None:
        raise NoSuchPlace
    else:
        write_line({place: said})


async def set_value(place: str, value: str, why: str) -> None:
    """Change one place of the policy, whichever it is, and print what was written down.

    Raises PolicyError with every mistake, or NothingChanged. JSON is taken as such, everything else as text.
    """
    try:
        said = json.loads(value)
    except ValueError:
        said = value
    step = Step(path=tuple(place.split("/")), value=said)
    async with opened() as (store, policies):
        seen = policies.now.number
        made = await written(store, SystemClock(), policies, WORKSPACE, OPERATOR, [step], why, seen)
    write_line({"number": made.number, "what": list(told(made))})


async def undo_change() -> None:
    """Take back the newest change that stands, and print which. Raises NothingToUndo."""
    async with opened() as (store, _):
        taken_back = await undone(store, SystemClock(), WORKSPACE, OPERATOR)
    write_line({"number": taken_back.number, "undoes": taken_back.undoes})


@asynccontextmanager
async def opened() -> AsyncGenerator[tuple[Store, Policies]]:
    """Yield the database and the policy in force, for one command."""
    settings = load_settings()
    configure(settings.log, quiet=True)
    policies = Policies(policy_from(settings.policy))
    make_folder(settings.data_dir)
    store = Store(settings.store_url)
    try:
        await bring_up(store)
        await policies.catch_up(store, WORKSPACE)
        for misfit in policies.now.misfits:
            sys.stderr.write(f"change {misfit.change.number} waits, since the file has no place for it: {misfit.say}\n")
        yield store, policies
    finally:
        await store.close()


def _line(change: PolicyChange, stands: set[int], waits: dict[int, str]) -> dict[str, Any]:
    state = "waits" if change.number in waits else "in force" if change.number in stands else "undone"
    return {
        "number": change.number,
        "at": change.at.isoformat(),
        "by": change.by.name,
        "why": change.why,
        "state": "undo" if change.undoes is not None else state,
        "what": list(told(change)),
    }


def _show(lines: list[dict[str, Any]]) -> None:
    table = Table(title="Changes to the policy", title_justify="left")
    for column in ("", "when", "who", "state", "what", "why"):
        table.add_column(column)
    for each in lines:
        table.add_row(
            str(each["number"]), each["at"][:16], each["by"], each["state"], "\n".join(each["what"]), each["why"]
        )
    Console().print(table)
