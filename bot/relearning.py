"""triage models: what was learnt from corrections, and the way back from it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.adapters.classifier import LocalClassifier
from bot.adapters.embedder import LocalEmbedder
from bot.adapters.learner import LocalLearner
from bot.database import bring_up, make_folder
from bot.lines import Line, write_line
from bot.logs import configure
from bot.policy_file import policy_from
from bot.settings import load_settings
from bot.wiring import WORKSPACE, SystemClock, own_heads
from handlers.policies import Policies
from handlers.retrain import learn_anew
from pipeline.errors import TriageError
from pipeline.policy import Policy
from storage import models
from storage.models import Kept
from storage.store import Store


class TooLittleSaid(TriageError):
    """People have said too little of tickets to learn from: twenty with one word each are the least."""


class NothingAdopted(TriageError):
    """No model is in force: the engine reads as it was shipped, or trained."""


@dataclass(frozen=True, slots=True)
class _Learning:
    """What a command works on."""

    store: Store
    learner: LocalLearner
    policy: Policy


async def show_models(*, as_json: bool) -> None:
    """Print the models, newest first, with the figures by which they were adopted or refused."""
    async with _learning() as it, it.store.reader() as connection:
        found = await models.listed(connection, WORKSPACE)
        present = await models.present(connection, WORKSPACE, it.learner.name)
    lines = [{**_line(each), "present": present is not None and each.number == present.number} for each in found]
    if as_json:
        for each in lines:
            write_line(each)
    else:
        _show(lines)


async def retrain() -> bool:
    """Learn anew now, print what came of it, and return whether it was adopted. Raises TooLittleSaid."""
    async with _learning() as it:
        kept = await learn_anew(it.store, it.learner, it.policy, SystemClock(), WORKSPACE)
    if kept is None:
        raise TooLittleSaid
    write_line(_line(kept))
    return kept.state is models.State.ADOPTED


async def give_back() -> None:
    """Return to the model before the present one, and print which was given back. Raises NothingAdopted."""
    async with _learning() as it, it.store.begin() as tx:
        gone = await models.give_back(tx, WORKSPACE, it.learner.name)
        now = await models.present(tx.connection, WORKSPACE, it.learner.name)
    if gone is None:
        raise NothingAdopted
    write_line({"given_back": gone.number, "present": now.number if now else None})


@asynccontextmanager
async def _learning() -> AsyncGenerator[_Learning]:
    settings = load_settings()
    configure(settings.log, quiet=True)
    make_folder(settings.data_dir)
    embedder = LocalEmbedder(settings.embedder, settings.kept_dir)
    classifier = LocalClassifier(embedder, settings.kept_dir, own_heads(settings, embedder))
    store, policies = Store(settings.store_url), Policies(policy_from(settings.policy))
    try:
        await bring_up(store)
        await policies.catch_up(store, WORKSPACE)
        yield _Learning(store, LocalLearner(classifier, embedder), policies.now.policy)
    finally:
        await store.close()


def _line(kept: Kept) -> dict[str, Any]:
    return {"number": kept.number, "at": kept.at.isoformat(), "state": kept.state.value, **kept.figures}


def _show(lines: Sequence[Line]) -> None:
    table = Table(title="Learnt from corrections", title_justify="left")
    for column in ("", "when", "state", "column", "rows", "right", "rows changed"):
        table.add_column(column)
    for each in lines:
        told = (str(each["number"]), each["at"][:10], "in force" if each["present"] else each["state"])
        for name, trial in each["columns"].items():
            right = f"{trial['before']:.1%} → {trial['after']:.1%}"
            table.add_row(*told, name, str(trial["rows"]), right, f"+{trial['better']} -{trial['worse']}")
        if not each["columns"]:
            table.add_row(*told)
    Console().print(table)
