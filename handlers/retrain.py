"""Retraining: everything that people said of tickets, learnt anew, tried, and adopted when it is no worse."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.services import Services
from pipeline.case import Case
from pipeline.feedback import Aspect, Feedback, Standing
from pipeline.lesson import Learnt, Lesson
from pipeline.policy import Policy
from pipeline.ports import Clock, Learner
from pipeline.triage import read
from storage import models
from storage.cases import load
from storage.feedback import judged
from storage.jobs import Job, finish
from storage.models import Kept
from storage.store import Store, Transaction

MOST = 5_000  # tickets that are learnt from, the newest: what was said long ago was said of another product


async def retrain(services: Services, job: Job) -> None:
    """Learn anew and read with the result. Raises Unavailable to be called again."""
    it = services
    kept = await learn_anew(it.store, it.learner, it.policy, it.clock, it.workspace, job=job)
    if kept is None:
        async with services.store.begin() as tx:
            await finish(tx, job)


async def learn_anew(
    store: Store, learner: Learner, policy: Policy, clock: Clock, workspace: str, *, job: Job | None = None
) -> Kept | None:
    """Learn anew, keep the result with its figures, and return it; None where too little was said for a try.

    `job` is finished with that. Raises Unavailable, and then nothing is kept.
    """
    async with store.reader() as connection:
        present = await models.present(connection, workspace, learner.name)
        said = await _said(connection, workspace)
        cases = await _cases(connection, said)
    known = int(present.figures["until"]) if present else 0
    lessons = await asyncio.to_thread(_lessons, said, cases, known)
    learnt = await learner.learn(lessons, policy)
    if not learnt.tried and present is None:
        return None
    async with store.begin() as tx:
        if job is not None:
            await finish(tx, job)
        kept = await _keep(tx, learnt, _until(said), learner.name, clock, workspace)
    structlog.get_logger().info("model.kept", number=kept.number, state=kept.state.value, rows=len(lessons))
    return kept


async def catch_up(services: Services, using: int) -> int:
    """Read with the model in force. `using` is the number of the one in use, 0 for none; returns the new one.

    Raises Unavailable, or Refused when it cannot be used, and then what is in use stays.
    """
    name = services.learner.name
    async with services.store.reader() as connection:
        present = await models.present(connection, services.workspace, name)
        number = present.number if present else 0
        if number == using:
            return using
        content = await models.content_of(connection, number)
    await services.learner.use(content)
    return number


async def news(store: Store, workspace: str, learner: str) -> int:
    """Return of how many tickets somebody spoke since it was last learnt."""
    async with store.reader() as connection:
        last = await models.last_tried(connection, workspace, learner)
        said = await _said(connection, workspace)
    known = int(last.figures["until"]) if last else 0
    return sum(max(each.number for each in words) > known for words in said.values())


async def _said(connection: AsyncConnection, workspace: str) -> dict[str, list[Feedback]]:
    """Return the last words on the newest cases, by case; a category's before an escalation's."""
    found: dict[str, list[Feedback]] = {}
    for aspect in (Aspect.CATEGORY, Aspect.ESCALATION):
        for each in await judged(connection, workspace, aspect):
            found.setdefault(each.case_id, []).append(each)
    newest = sorted(found, key=lambda case_id: -found[case_id][0].number)[:MOST]
    return {case_id: found[case_id] for case_id in sorted(newest)}


async def _cases(connection: AsyncConnection, case_ids: Iterable[str]) -> list[Case]:
    return [case for case_id in case_ids if (case := await load(connection, case_id)) is not None]


def _lessons(said: Mapping[str, Sequence[Feedback]], cases: Sequence[Case], known: int) -> list[Lesson]:
    return [_lesson(case, said[case.id], known) for case in cases]


def _lesson(case: Case, words: Sequence[Feedback], known: int) -> Lesson:
    """Return the ticket with what was said of it. Who answered it without a word on its alarm was content with that."""
    labels = {word.aspect.value: word.chosen for word in words}
    if case.decision is not None and case.decision.text and case.analysis is not None:
        labels.setdefault(Aspect.ESCALATION.value, "true" if case.escalated else "false")
    _, masked, _ = read(case.ticket)
    return Lesson(
        masked=masked,
        by=words[0].by.id,
        labels=labels,
        present=max(word.number for word in words) <= known,
        trusted=words[0].standing is Standing.TRUSTED,
    )


def _until(said: Mapping[str, Sequence[Feedback]]) -> int:
    return max((word.number for words in said.values() for word in words), default=0)


async def _keep(tx: Transaction, learnt: Learnt, until: int, embedder: str, clock: Clock, workspace: str) -> Kept:
    """Adopt what is no worse, and what forgets what was taken back; otherwise keep the figures alone."""
    figures, now = {**learnt.figures, "until": until}, clock.now()
    if learnt.no_worse or not learnt.tried:
        return await models.adopt(tx, workspace, embedder, learnt.content, figures, now)
    return await models.refuse(tx, workspace, embedder, figures, now)
