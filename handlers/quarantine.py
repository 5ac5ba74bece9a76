"""A word on a category is weighed against what others said of tickets like it (pipeline.quarantine)."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from handlers.correcting import owe_learning
from handlers.services import Services
from pipeline.case import Case
from pipeline.feedback import Aspect, Feedback, Standing, last_word
from pipeline.mask import Masked
from pipeline.quarantine import Neighbour, agreeing, contradicts
from pipeline.triage import read
from storage import reviews
from storage.cases import load
from storage.feedback import judged, last_words, place

MOST_WAITING = 50  # words in quarantine that a new one may corroborate, the newest


async def weigh(services: Services, case: Case, said: Sequence[Feedback]) -> None:
    """Put the last word on a case in quarantine when it contradicts many, or let out what it corroborates.

    Whatever changes its standing is learnt, or forgotten, by the work that this owes. Doing it again changes
    nothing more. Raises Unavailable while the vectors are away; then it is to be called again.
    """
    word = last_word(said, Aspect.CATEGORY)
    if word is None or word.standing is Standing.TRUSTED:
        return
    masked = await asyncio.to_thread(_masked, case)
    waiting = await _waiting(services, word)
    if seconded := agreeing(word.chosen, word.by.id, await _alike(services, masked, waiting)):
        await _place(services, [word, *(waiting[case_id] for case_id in seconded)], Standing.TRUSTED)
    elif word.corrects and contradicts(word.chosen, word.by.id, await _around(services, masked, case.id)):
        await _place(services, [word], Standing.QUARANTINED)


async def _around(services: Services, masked: Masked, but: str) -> list[Neighbour]:
    """Return the tickets around it, each with who filed it there, where the log knows."""
    near = await services.precedents.around(masked, but)
    async with services.store.reader() as connection:
        words = await last_words(connection, [each.case_id for each in near], Aspect.CATEGORY)
    return [replace(each, by=words[each.case_id].by.id) if each.case_id in words else each for each in near]


async def _waiting(services: Services, word: Feedback) -> dict[str, Feedback]:
    """Return what others said in the same sense and nobody has answered yet that waits in quarantine, by case."""
    async with services.store.reader() as connection:
        answered = await reviews.answered(connection, services.workspace)
        held = await judged(connection, services.workspace, Aspect.CATEGORY, standings=(Standing.QUARANTINED,))
    same = [
        each for each in held if each.chosen == word.chosen and each.by.id != word.by.id and each.number not in answered
    ]
    return {each.case_id: each for each in same[-MOST_WAITING:] if each.case_id != word.case_id}


async def _alike(services: Services, masked: Masked, waiting: dict[str, Feedback]) -> list[Neighbour]:
    if not waiting:
        return []
    async with services.store.reader() as connection:
        cases = [case for case_id in waiting if (case := await load(connection, case_id)) is not None]
    others = await asyncio.to_thread(lambda: [_masked(case) for case in cases])
    likenesses = await services.precedents.likenesses(masked, others)
    return [
        Neighbour(case.id, waiting[case.id].chosen, waiting[case.id].by.id, likeness, Standing.QUARANTINED)
        for case, likeness in zip(cases, likenesses, strict=True)
    ]


async def _place(services: Services, words: Sequence[Feedback], standing: Standing) -> None:
    now = services.clock.now()
    async with services.store.begin() as tx:
        if await place(tx, [word.number for word in words], standing):
            await owe_learning(tx, words, now)


def _masked(case: Case) -> Masked:
    _, masked, _ = read(case.ticket)
    return masked
