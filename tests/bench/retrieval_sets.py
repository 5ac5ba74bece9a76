"""What retrieval is asked: resolutions, and questions with the ids that are right for each."""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.likeness import alike, telling_words
from pipeline.passage import Resolution
from tests.bench.histories import CODES_EVERY, code_of, histories, retold

MOST_KNOWN, MOST_ASKED = 1_000, 300  # of one set; a sample of what there is more of
MADE_UP = 1_000
INTENTS = {"banking77": ("train.jsonl.gz", "dev.jsonl.gz"), "clinc150": ("train.jsonl.gz", "val.jsonl.gz")}


@dataclass(frozen=True)
class Asking:
    """A set: its name, what is known, and what is asked with the ids of which one has to be found."""

    name: str
    known: Sequence[Resolution]
    queries: Sequence[tuple[str, frozenset[str]]]


def made_up() -> Iterator[Asking]:
    """Yield sets of our own: identifiers, in another customer's ticket and alone."""
    known = [
        Resolution(id=line["id"], title=line["subject"], question=line["text"], answer=line["answer"])
        for line in histories(MADE_UP)
    ]
    numbers = range(0, MADE_UP, CODES_EVERY)
    for name, asked in (("a code in a ticket", retold), ("a code alone", code_of)):
        yield Asking(name, known, [(asked(number), frozenset({f"h{number}"})) for number in numbers])


def of_folder(folder: Path) -> Iterator[Asking]:
    """Yield those of the public sets that the folder has."""
    if (folder / "faq_retrieval").is_dir():
        yield from _faqs(folder / "faq_retrieval")
    if (folder / "tickets_multilang").is_dir():
        yield from _tickets(folder / "tickets_multilang" / "dev.jsonl.gz")
    for name, (known, asked) in INTENTS.items():
        if (folder / name).is_dir():
            yield _neighbours(name, folder / name / known, folder / name / asked)


def _faqs(folder: Path) -> Iterator[Asking]:
    rows = _read(folder / "faqs.jsonl")
    some = _sample(_read(folder / "queries.jsonl"), MOST_ASKED)
    asked = [(row["query"], frozenset({str(row["faq_id"])})) for row in some]
    whole = [Resolution(id=str(row["faq_id"]), question=row["question"], answer=row["answer"]) for row in rows]
    yield Asking("paraphrases, questions with answers", whole, asked)
    yield Asking("paraphrases, answers alone", [each.model_copy(update={"question": ""}) for each in whole], asked)
    yield Asking("paraphrases, questions alone", [each.model_copy(update={"answer": ""}) for each in whole], asked)


def _tickets(path: Path) -> Iterator[Asking]:
    """Yield, by language, tickets whose own answers are to be found, whole and by their subject alone."""
    by_language = defaultdict(list)
    for row in _read(path):
        if row["answer"]:
            by_language[row["language"]].append(row)
    for language, several in sorted(by_language.items()):
        rows = _sample(several, MOST_KNOWN)
        known = [Resolution(id=str(number), question="", answer=row["answer"]) for number, row in enumerate(rows)]
        right = _same_answers(known)
        some = _sample(range(len(rows)), MOST_ASKED)
        whole = [(f"{rows[each]['subject']}\n\n{rows[each]['body']}", right[each]) for each in some]
        yield Asking(f"tickets to their answers, {language}", known, whole)
        titles = [(rows[each]["subject"], right[each]) for each in some if rows[each]["subject"]]
        yield Asking(f"subjects to their answers, {language}", known, titles)


def _same_answers(known: Sequence[Resolution]) -> list[frozenset[str]]:
    """Return for each the ids of those that answer nearly the same, of which retrieval shows one."""
    said = [telling_words(each.answer) for each in known]
    return [
        frozenset(other.id for other, words in zip(known, said, strict=True) if alike(mine, words)) for mine in said
    ]


def _neighbours(name: str, known: Path, asked: Path) -> Asking:
    """Return questions for which one of the same intent is to be found."""
    rows = _sample(_read(known), MOST_KNOWN)
    of_intent = defaultdict(set)
    for number, row in enumerate(rows):
        of_intent[row["category"]].add(str(number))
    queries = [(row["text"], frozenset(of_intent[row["category"]])) for row in _sample(_read(asked), MOST_ASKED)]
    return Asking(
        f"same intent, {name}",
        [Resolution(id=str(number), question=row["text"], answer="") for number, row in enumerate(rows)],
        queries,
    )


def _sample(rows: Sequence[Any], most: int) -> list[Any]:
    return list(rows) if len(rows) <= most else random.Random(1).sample(rows, most)


def _read(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.decode("utf-8").splitlines() if line.strip()]
