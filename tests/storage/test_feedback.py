"""The log of what people said keeps everything, and the last word on a case counts."""

from datetime import UTC, datetime, timedelta

from pipeline.case import Actor, Case
from pipeline.feedback import Aspect, Fate, Feedback, Standing, edit_distance
from storage import cases, feedback
from storage.cases import Event
from storage.store import Store
from tests.fakes.tickets import ticket

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
ANA, BEN = Actor(id="U1", name="Ana"), Actor(id="U2", name="Ben")


def said(case: str, chosen: str, by: Actor = ANA, minutes: int = 0, **more: object) -> Feedback:
    return Feedback.model_validate(
        {
            "case_id": case,
            "aspect": Aspect.CATEGORY,
            "by": by,
            "at": NOW + timedelta(minutes=minutes),
            "shown": "billing",
            "chosen": chosen,
            **more,
        }
    )


async def log(store: Store, *entries: Feedback, workspace: str = "here") -> None:
    async with store.begin() as tx:
        for case_id in {entry.case_id for entry in entries}:
            case = Case(id=case_id, workspace=workspace, ticket=ticket(case_id, "Where is my invoice?"), created_at=NOW)
            await cases.create(tx, case, Event(kind="case.created", actor=ANA))
        await feedback.note(tx, entries, workspace)


async def test_the_last_word_on_a_case_counts(store: Store) -> None:
    await log(store, said("c1", "technical"), said("c2", "billing"), said("c1", "account", BEN, 5))
    async with store.reader() as connection:
        found = await feedback.judged(connection, "here", Aspect.CATEGORY)
        elsewhere = await feedback.judged(connection, "there", Aspect.CATEGORY)
    assert [(each.case_id, each.chosen, each.by.name) for each in found] == [
        ("c2", "billing", "Ana"),
        ("c1", "account", "Ben"),
    ]
    assert [each.corrects for each in found] == [False, True]
    assert elsewhere == ()


async def test_what_is_undone_gives_way_to_what_was_said_before(store: Store) -> None:
    await log(store, said("c1", "technical"), said("c1", "account", BEN, 5))
    async with store.begin() as tx:
        theirs = await feedback.entries(tx.connection, "here", by="ben", since=NOW)
        assert await feedback.place(tx, [each.number for each in theirs], Standing.UNDONE) == 1
    async with store.reader() as connection:
        [found] = await feedback.judged(connection, "here", Aspect.CATEGORY)
        again = await feedback.entries(connection, "here", by=BEN.id, standings=[Standing.COUNTED])
        whole = await feedback.of_case(connection, "c1")
    assert found.chosen == "technical"
    assert again == ()
    assert [each.standing for each in whole] == [Standing.COUNTED, Standing.UNDONE]


async def test_a_period_has_a_beginning_and_an_end(store: Store) -> None:
    await log(store, said("c1", "technical"), said("c2", "account", minutes=10))
    async with store.reader() as connection:
        late = await feedback.judged(connection, "here", Aspect.CATEGORY, since=NOW + timedelta(minutes=1))
        early = await feedback.judged(connection, "here", Aspect.CATEGORY, until=NOW + timedelta(minutes=1))
    assert [each.case_id for each in late] == ["c2"]
    assert [each.case_id for each in early] == ["c1"]


def test_the_fate_of_a_draft_follows_from_how_much_of_it_was_kept() -> None:
    draft = "Please open Settings, choose Billing, and press Download."
    assert edit_distance(draft, "Please open  Settings, choose Billing,\nand press Download.") == 0
    fates = [
        said("c1", sent, aspect=Aspect.DRAFT, distance=edit_distance(draft, sent)).fate
        for sent in (draft, draft.replace("Download", "Save as PDF"), "We called you about this today.")
    ]
    assert fates == [Fate.AS_IT_WAS, Fate.EDITED, Fate.REJECTED]
