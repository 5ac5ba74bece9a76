"""triage import: years of solved tickets into the knowledge base."""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bot.knowing import Knowing, knowing
from bot.lines import Complaints, read_lines, write_line
from bot.logs import configure
from bot.progress import progress
from bot.settings import load_settings
from bot.solved_lines import POOR, Solved, resolution, to_solved
from pipeline.errors import TriageError, Unavailable
from storage.jobs import Kind, enqueue
from storage.twins import sketched

AT_ONCE = 200  # lines in one transaction: what an interruption costs to do again

Note = Callable[[Solved, str, str], None]  # a line, what became of it, and why


class NoPlaceForSkipped(TriageError):
    """The file for what was skipped cannot be written."""


async def import_file(source: str, skipped: Path | None) -> int:
    """Add a file's solved tickets, masked, and bring the index up to them. Returns how many lines were wrong.

    What is there already is passed over, so that an import that was interrupted goes on when it is called again.
    """
    settings = load_settings()
    configure(settings.log, quiet=True)
    began = time.monotonic()
    complaints, tally = Complaints(), Counter[str]()
    async with knowing(settings) as it:
        with _noting(skipped, tally) as note, progress("Importing", None) as advance:
            tally["added"] = await take_in(it, read_lines(source, to_solved, complaints), note, advance)
        waiting = await index_or_tell(it)
    write_line(
        {name: tally[name] for name in ("added", "known", "duplicates", "near_duplicates", "poor", "empty")}
        | {"wrong": complaints.count, "waiting_for_index": waiting, "seconds": round(time.monotonic() - began, 1)}
    )
    return complaints.count


async def take_in(it: Knowing, lines: Iterator[Solved], note: Note, advance: Callable[[int], None]) -> int:
    """Add what is new of the lines, some in each transaction, and return how many were added."""
    added = 0
    while part := await asyncio.to_thread(lambda: list(islice(lines, AT_ONCE))):
        added += await _add(it, part, note)
        advance(len(part))
    return added


async def bring_up_index(it: Knowing) -> int:
    """Index whatever waits, with progress, and return what is left: all of it where another process has the index.

    Raises Unavailable where the index or the embedder fails; what was imported stays, and waits.
    """
    waiting = await it.knowledge.waiting(it.index.embedder, it.workspace)
    if not waiting:
        return 0
    if it.free:
        with progress("Indexing", waiting) as advance:
            return waiting - await it.index.index_waiting(advance)
    async with it.store.begin() as tx:
        await enqueue(tx, Kind.INDEX, it.workspace, now=it.knowledge.clock.now())
    return waiting


async def index_or_tell(it: Knowing) -> int:
    """Do the same, and where it fails say so, and what becomes of it."""
    try:
        return await bring_up_index(it)
    except Unavailable as error:
        sys.stderr.write(f"{error}: what came in waits for triage reindex, and is found by its words\n")
        return await it.knowledge.waiting(it.index.embedder, it.workspace)


async def _add(it: Knowing, part: Sequence[Solved], note: Note) -> int:
    """Add what is new of a part, in one transaction, and return how much that is."""
    wanted = await _unknown(it, part, note)
    read = await asyncio.to_thread(lambda: {each.id: resolution(each) for each in wanted.values()})
    for id_ in [id_ for id_, each in read.items() if not (each.question and each.answer)]:
        note(wanted[id_], "empty", "nothing is left of it without quotes, signatures and markup")
        del read[id_]
    sketches = await asyncio.to_thread(sketched, tuple(read.values()))
    for id_, twin in (await it.knowledge.near_duplicates(sketches, it.workspace)).items():
        note(wanted[id_], "near_duplicates", f"says nearly what {twin} says")
        del read[id_]
    added = frozenset(await it.knowledge.add(tuple(read.values()), it.workspace, sketches=sketches))
    for id_ in read.keys() - added:
        note(wanted[id_], "duplicates", "another one has the same question and answer")
    return len(added)


async def _unknown(it: Knowing, part: Sequence[Solved], note: Note) -> dict[str, Solved]:
    known = await it.knowledge.known([each.id for each in part])
    wanted: dict[str, Solved] = {}
    for each in part:
        if each.id in known:
            note(each, "known", "it is in the knowledge base already")
        elif each.id in wanted:
            note(each, "duplicates", f"line {wanted[each.id].number} has the same id")
        elif each.csat is not None and each.csat <= POOR and not each.gold:
            note(each, "poor", f"its customer rated it {each.csat} of 5")
        else:
            wanted[each.id] = each
    return wanted


@contextmanager
def _noting(skipped: Path | None, tally: Counter[str]) -> Iterator[Note]:
    """Yield what counts the lines that were left out, and writes them to a file where one is named."""

    def count(_: Solved, what: str, __: str) -> None:
        tally[what] += 1

    if skipped is None:
        yield count
        return
    try:
        file = skipped.open("w", encoding="utf-8")
    except OSError as error:
        raise NoPlaceForSkipped(f"{skipped} cannot be written: {error.strerror}") from None
    with file:

        def write(solved: Solved, what: str, why: str) -> None:
            count(solved, what, why)
            file.write(json.dumps({"line": solved.number, "id": solved.id, "skipped": what, "why": why}) + "\n")

        yield write
