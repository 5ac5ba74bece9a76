"""triage train: a team's labelled history into heads of its own."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.adapters import heads
from bot.adapters.embedder import LocalEmbedder
from bot.labelled_lines import COLUMNS, Labelled, read_labelled
from bot.lines import Complaints, write_line
from bot.logs import configure
from bot.policy_file import policy_from
from bot.progress import progress
from bot.settings import load_settings
from pipeline.errors import TriageError
from pipeline.learn import fit
from pipeline.mask import Masked
from pipeline.policy import Policy
from pipeline.triage import read

AT_ONCE = 512  # tickets between two looks at the progress bar


class NothingToLearn(TriageError):
    """No line has a label: give lines a category, an urgency, a sentiment or an escalation."""


class NotAModel(TriageError):
    """The folder holds something else, and what train writes would replace it: name another one with --out."""


async def train(source: str, out: Path | None) -> int:
    """Learn heads for every label column, write them and print what was learnt.

    Returns how many lines could not be taken. Raises NothingToLearn or NotAModel.
    """
    settings = load_settings()
    configure(settings.log, quiet=True)
    policy = policy_from(settings.policy)
    began = time.monotonic()
    folder = out or settings.trained_dir
    if not heads.may_replace(folder):
        raise NotAModel
    complaints = Complaints()
    every = await asyncio.to_thread(lambda: list(read_labelled(source, complaints)))
    rows = [row for row in every if row.labels]
    if not rows:
        raise NothingToLearn
    embedder = LocalEmbedder(settings.embedder, settings.kept_dir)
    texts, vectors = await _understood(rows, embedder)
    columns = _columns(rows)
    model = await asyncio.to_thread(fit, [text.whole for text in texts], vectors, columns)
    await asyncio.to_thread(heads.save, model, folder, embedder=embedder.name)
    _warn(columns, policy)
    write_line(
        {
            "out": str(folder),
            "rows": len(rows),
            "without_label": len(every) - len(rows),
            "labels": {column: dict(_counted(labels)) for column, labels in columns.items()},
            "seconds": round(time.monotonic() - began, 1),
        }
    )
    return complaints.count


async def _understood(rows: Sequence[Labelled], embedder: LocalEmbedder) -> tuple[list[Masked], NDArray[np.float32]]:
    """Return each ticket as the classifier will read it, and its vector."""
    texts: list[Masked] = []
    vectors: list[NDArray[np.float32]] = []
    with progress("Reading tickets", len(rows)) as advance:
        for start in range(0, len(rows), AT_ONCE):
            part = await asyncio.to_thread(_read, rows[start : start + AT_ONCE])
            texts += part
            vectors.append(await embedder.embed(part))
            advance(len(part))
    return texts, np.vstack(vectors)


def _read(rows: Sequence[Labelled]) -> list[Masked]:
    return [masked for _, masked, _ in (read(row.ticket) for row in rows)]


def _columns(rows: Sequence[Labelled]) -> dict[str, list[str | None]]:
    """Return the labels of each column that has any, row by row."""
    columns = {column: [row.labels.get(column) for row in rows] for column in COLUMNS}
    return {column: labels for column, labels in columns.items() if any(labels)}


def _counted(labels: Sequence[str | None]) -> list[tuple[str, int]]:
    return Counter(label for label in labels if label).most_common()


def _warn(columns: dict[str, list[str | None]], policy: Policy) -> None:
    for column, labels in columns.items():
        if len(found := _counted(labels)) == 1:
            sys.stderr.write(f"{column}: every ticket is {found[0][0]!r}, so nothing can be told apart by it\n")
    known = {category.name.casefold() for category in policy.categories}
    strange = [label for label, _ in _counted(columns.get("category", [])) if label.casefold() not in known]
    if strange:
        named = ", ".join(strange[:5]) + (", …" if len(strange) > 5 else "")
        sys.stderr.write(
            f"the policy has no category {named}: add [[categories]] of that name, so that tickets are routed there\n"
        )
