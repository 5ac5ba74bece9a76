"""Questions: what people asked the desk in a direct message, until it is answered."""

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import Column, Index, String, Table, Text, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.value import Value
from storage.store import Transaction
from storage.tables import Moment, metadata

questions = Table(
    "questions",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("asker", String(32), nullable=False),  # a Slack user id
    Column("channel", String(32), nullable=False),
    Column("thread", String(32), nullable=False),
    Column("text", Text, nullable=False),  # empty once it is answered
    Column("about", String(255), nullable=False, server_default=""),  # the ticket that it names, for what follows
    Column("at", Moment, nullable=False),
    Index(None, "asker", "at"),
)


class Asked(Value):
    """A question, who asked it and where the answer goes."""

    id: str
    workspace: str
    asker: str
    channel: str
    thread: str
    text: str
    about: str = ""
    at: AwareDatetime


async def keep(tx: Transaction, asked: Asked) -> None:
    """Remember a question until it is answered."""
    await tx.connection.execute(questions.insert().values(asked.model_dump()))


async def asked_since(connection: AsyncConnection, workspace: str, asker: str, since: datetime) -> int:
    """Return how many questions a person has asked since a moment."""
    theirs = (questions.c.workspace == workspace, questions.c.asker == asker, questions.c.at > since)
    return int((await connection.execute(select(func.count()).select_from(questions).where(*theirs))).scalar_one())


async def question(connection: AsyncConnection, question_id: str) -> Asked | None:
    """Return the question with that id, if it still waits for its answer."""
    wanted = (questions.c.id == question_id, questions.c.text != "")
    row = (await connection.execute(select(questions).where(*wanted))).mappings().first()
    return None if row is None else Asked.model_validate(dict(row))


async def about_in(connection: AsyncConnection, asked: Asked) -> str:
    """Return the ticket that a question or one before it in its thread named last, "" for none."""
    here = (questions.c.workspace == asked.workspace, questions.c.channel == asked.channel)
    named = select(questions.c.about).where(
        *here, questions.c.thread == asked.thread, questions.c.at <= asked.at, questions.c.about != ""
    )
    return (await connection.execute(named.order_by(questions.c.at.desc()).limit(1))).scalar_one_or_none() or ""


async def answered(tx: Transaction, asked: Asked, before: datetime) -> None:
    """Forget the words of a question, and all of those that were asked before a moment."""
    await tx.connection.execute(update(questions).where(questions.c.id == asked.id).values(text=""))
    old = (questions.c.workspace == asked.workspace, questions.c.at < before, questions.c.text == "")
    await tx.connection.execute(delete(questions).where(*old))
