"""Likenesses: from which likeness on a case is about the same thing, by public sets and the embedder that ships."""

import gzip
import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.adapters.embedder import LocalEmbedder
from pipeline.alike import FLOOR, LIKELY
from pipeline.mask import mask_text
from pipeline.ticket import Author, Message, Ticket
from storage.case_index import HybridCases
from storage.cases import Event, create, save
from storage.migrate import migrate
from storage.store import Store
from storage.vectors import FolderVectors
from tests.fakes.clock import MORNING
from tests.storage.casework import ANA, new_case

KNOWN, ASKED = 1_500, 300
STEPS = (0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85)


async def likenesses(_seconds: int, *, data: Path) -> None:
    """Print, for each threshold, how many questions find a case, and how many of the first found are of their intent.

    `strange` are questions of another field altogether: none of them should find anything.
    """
    known, asked = _split(_rows(data / "banking77/train.jsonl.gz")), _sample(data / "banking77/dev.jsonl.gz", ASKED)
    strange = [
        (row["text"], "")
        for row in random.Random(3).sample(_rows(data / "clinc150/val.jsonl.gz"), 2 * ASKED)
        if not any(word in str(row["category"]) for word in _FIELD)
    ][:ASKED]
    intents = {f"c{number}": intent for number, (_, intent) in enumerate(known)}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite+aiosqlite:///{folder}/triage.db")
        await migrate(store)
        vectors, embedder = FolderVectors(Path(folder) / "index"), LocalEmbedder()
        cases = HybridCases(store, vectors, embedder, "w")
        await _keep(store, [text for text, _ in known])
        await cases.index_waiting()
        print(f"{len(known)} cases, floor {FLOOR}, likely {LIKELY}")
        for name, questions in (("same field", asked), ("strange", strange)):
            found = [
                (next(iter(await cases.like(mask_text(text), k=1, floor=0)), None), intent)
                for text, intent in questions
            ]
            for step in STEPS:
                over = [(each, intent) for each, intent in found if each is not None and each.likeness >= step]
                right = sum(intents[each.case] == intent for each, intent in over)
                share = f"{right / len(over):.0%} of the same intent" if over and name == "same field" else ""
                print(f"{name:12} from {step:.2f}: {len(over) / len(questions):6.1%} find one  {share}")
        await vectors.close()
        await store.close()


_FIELD = ("bank", "card", "credit", "balance", "transfer", "pin", "bill", "pay", "account", "transactions", "exchange",
          "apr", "interest", "rate", "check", "spending", "fraud", "income", "rewards", "atm")  # fmt: skip


async def _keep(store: Store, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts):
        said = Message(id="m1", author=Author.CUSTOMER, text=text, at=MORNING)
        ticket = Ticket(source="zendesk", id=str(number), created_at=MORNING, messages=(said,))
        case = new_case(f"c{number}", ticket=ticket).but(problem="read")
        async with store.begin() as tx:
            await create(tx, case, Event(kind="ticket.opened", actor=ANA))
            await save(tx, case, Event(kind="case.untriaged", actor=ANA), MORNING)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.open(path, "rt")]


def _split(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["text"], row["category"]) for row in random.Random(1).sample(rows, KNOWN)]


def _sample(path: Path, number: int) -> list[tuple[str, str]]:
    return [(row["text"], row["category"]) for row in random.Random(2).sample(_rows(path), number)]
