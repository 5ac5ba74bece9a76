"""Twins: resolutions that say nearly the same, found by the marks of their questions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.likeness import alike, marks, telling_words
from pipeline.passage import Resolution
from storage.knowledge_tables import marks as marks_table
from storage.knowledge_tables import resolutions

MOST_COMPARED = 20  # of the resolutions that share a mark with one; a question asked daily has thousands
_MOST_ASKED = 4_000  # marks in one query


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a resolution: the words of its question and of its answer, and the question's marks."""

    id: str
    question: frozenset[str]
    answer: frozenset[str]
    marks: tuple[int, ...]

    @classmethod
    def of(cls, solved: Resolution) -> "Sketch":
        """Take a resolution's words. Costs about a millisecond: call it in a thread for many."""
        question = telling_words(f"{solved.title}\n{solved.question}")
        return cls(solved.id, question, telling_words(solved.answer), marks(question))

    def says_what(self, other: "Sketch") -> bool:
        """Whether both parts are near-duplicates: the same question with another answer is news."""
        return alike(self.question, other.question) and alike(self.answer, other.answer)


def sketched(solved: Sequence[Resolution]) -> list[Sketch]:
    """Take the words of several. Call it in a thread."""
    return [Sketch.of(each) for each in solved]


async def mark(connection: AsyncConnection, by_number: Mapping[int, Iterable[int]], workspace: str) -> None:
    """Write down the marks of new resolutions, in the transaction that adds them."""
    rows = [
        {"workspace": workspace, "mark": each, "number": number}
        for number, several in by_number.items()
        for each in dict.fromkeys(several)
    ]
    if rows:
        await connection.execute(insert(marks_table), rows)


async def candidates(
    connection: AsyncConnection, sketches: Sequence[Sketch], workspace: str
) -> Mapping[int, Sequence[Sketch]]:
    """Return, by mark, the resolutions of the workspace that have it; the latest where there are many."""
    asked = sorted({each for sketch in sketches for each in sketch.marks})
    numbers: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(asked), _MOST_ASKED):
        found = (
            select(marks_table.c.mark, marks_table.c.number)
            .where(marks_table.c.workspace == workspace, marks_table.c.mark.in_(asked[start : start + _MOST_ASKED]))
            .order_by(marks_table.c.number.desc())
        )
        for each, number in await connection.execute(found):
            if len(numbers[each]) < MOST_COMPARED:
                numbers[each].append(number)
    wanted = sorted({number for several in numbers.values() for number in several})
    known: dict[int, Sketch] = {}
    for start in range(0, len(wanted), _MOST_ASKED):
        rows = select(
            resolutions.c.number, resolutions.c.id, resolutions.c.title, resolutions.c.question, resolutions.c.answer
        ).where(resolutions.c.number.in_(wanted[start : start + _MOST_ASKED]))
        for row in await connection.execute(rows):
            question = telling_words(f"{row.title}\n{row.question}")
            known[row.number] = Sketch(row.id, question, telling_words(row.answer), ())
    return {each: [known[number] for number in several if number in known] for each, several in numbers.items()}


def twins(sketches: Sequence[Sketch], near: Mapping[int, Sequence[Sketch]]) -> dict[str, str]:
    """Return the ids of those that have a twin, with the twin's id: one of `near`, or an earlier sketch."""
    found: dict[str, str] = {}
    earlier: dict[int, list[Sketch]] = defaultdict(list)
    for sketch in sketches:
        several = {other.id: other for each in sketch.marks for other in (*near.get(each, ()), *earlier[each])}
        if twin := next((other for other in several.values() if sketch.says_what(other)), None):
            found[sketch.id] = twin.id
            continue
        for each in sketch.marks:
            earlier[each].append(sketch)
    return found
