"""Authors: in whose name words go out, where the policy says who somebody is in the helpdesk."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from handlers.identities import identity_of
from handlers.services import Services
from pipeline.case import Actor, Case
from pipeline.errors import Refused, Unavailable
from pipeline.ports import Remark, Reply
from storage.jobs import Job

_PATIENCE = 3  # attempts at which we wait for Slack to say who somebody is

Said = TypeVar("Said", Reply, Remark)


async def author_of(services: Services, job: Job, by: Actor, desk: str) -> str:
    """Return the e-mail or id of whoever says something. A Slack that is away long delays no customer's answer."""
    try:
        return await identity_of(services, by, desk)
    except Unavailable:
        if job.attempt < _PATIENCE:
            raise
        return ""


async def in_their_name(write: Callable[[str, Said], Awaitable[None]], case: Case, said: Said) -> None:
    """Write in a person's name, and in the account's own where the helpdesk does not take that: words come first."""
    try:
        await write(case.ticket.id, said)
    except Refused as refusal:
        if not said.author:
            raise
        structlog.get_logger().warning("author.refused", case=case.id, code=refusal.code)
        await write(case.ticket.id, said.model_copy(update={"author": ""}))
