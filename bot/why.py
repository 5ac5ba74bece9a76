"""triage why: the receipt of a decision, and the same decision made again from it."""

import hashlib
import json
from typing import Any

from bot.governing import opened
from bot.lines import write_line
from bot.wiring import WORKSPACE
from handlers.policies import Policies
from pipeline.analysis import Analysis
from pipeline.case import Case
from pipeline.errors import TriageError
from pipeline.mask import Masked
from pipeline.policy_change import PolicyChange, combined
from pipeline.replay import differences, replayed, same_words, serialised
from pipeline.triage import read
from storage import policy_log
from storage.cases import named


class NoSuchTicket(TriageError):
    """No ticket has that number, and no case that id."""


class NoReceipt(TriageError):
    """No receipt was kept with this ticket: it was not read yet, or by an earlier version. Read it anew first."""


async def why(name: str, *, replay: bool) -> bool:
    """Print a receipt, or what a replay of it comes to, and return whether that is the same.

    Raises NoSuchTicket or NoReceipt.
    """
    async with opened() as (store, policies), store.reader() as connection:
        case = await named(connection, WORKSPACE, name.removeprefix("#"))
        log = await policy_log.changes(connection, WORKSPACE)
    if case is None:
        raise NoSuchTicket
    if case.analysis is None or case.analysis.receipt is None:
        raise NoReceipt
    if not replay:
        write_line({"case": case.id, **json.loads(serialised(case.analysis))})
        return True
    found = compared(case, case.analysis, policies, log)
    write_line(found)
    return bool(found["same"])


def compared(case: Case, analysis: Analysis, policies: Policies, log: tuple[PolicyChange, ...]) -> dict[str, Any]:
    """Decide again under the policy in force, and under that of then, and tell what differs."""
    kept, (_, masked, _) = analysis.receipt, read(case.ticket)
    assert kept is not None
    now = replayed(analysis, masked, policies.now.policy, policies.now.number)
    then = _then(analysis, masked, policies, log, kept.policy)
    return {
        "case": case.id,
        "same": serialised(now) == serialised(analysis),
        "sha256": hashlib.sha256(serialised(analysis)).hexdigest(),
        "same_by_the_policy_of_then": serialised(then) == serialised(analysis),
        "same_words": same_words(analysis, masked),
        "differs": {path: list(pair) for path, pair in differences(analysis, now).items()},
    }


def _then(
    analysis: Analysis, masked: Masked, policies: Policies, log: tuple[PolicyChange, ...], number: int
) -> Analysis:
    """Decide again with the changes of then; the file is today's, as older ones are not kept."""
    policy = combined(policies.base, log[:number]).policy
    return replayed(analysis, masked, policy, number)
