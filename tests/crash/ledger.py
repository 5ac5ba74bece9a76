"""Ledger: compares what the outside world has with what the product remembers, and counts the differences."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import httpx
from sqlalchemy import select

from bot.playground import credentials
from pipeline.case import Case, Sending
from storage.cases import load, tampered
from storage.jobs import Kind, depth
from storage.store import Store
from storage.tables import cases
from tests.crash.town import Town

_AUTHORITY = (f"{credentials.ZENDESK_EMAIL}/token", credentials.ZENDESK_API_TOKEN)


class Ledger:
    """`lost` and `twice` say in words what was lost, and what happened twice."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self.twice: list[str] = []
        self.cards = self.replies = 0

    async def close_books(self, store: Store, town: Town, playground: str) -> None:
        known = await _cases(store)
        posted = Counter(key for message in town.messages() if (key := _key(message)))
        self._count(posted)
        self.cards = sum(key.startswith("card:") for key in posted)
        tickets = [str(ticket["id"]) for ticket in town.tickets()]
        with httpx.Client(base_url=playground, auth=_AUTHORITY, timeout=15, trust_env=False) as helpdesk:
            for ticket in tickets:
                written = Counter(_written(helpdesk, ticket))
                self._count(written)
                self.replies += sum(key.startswith("reply:") for key in written)
                self._compare(ticket, [case for case in known if case.ticket.id == ticket], posted, written)
        await self._look_inside(store, known)

    def _count(self, keys: Counter[str]) -> None:
        self.twice += [f"{key} {count} times" for key, count in keys.items() if count > 1]

    def _compare(self, ticket: str, found: list[Case], posted: Counter[str], written: Counter[str]) -> None:
        if not found:
            self.lost.append(f"ticket {ticket} has no case")
        if len(found) > 1:
            self.twice.append(f"ticket {ticket} has {len(found)} cases")
        for case in found:
            cards = (f"card:{case.id}:{placement}" for placement in range(1, case.placement + 1))
            self.lost += [f"{key} of ticket {ticket}" for key in cards if not posted[key]]
            if not case.placement:
                self.lost.append(f"ticket {ticket} was never shown")
            if case.analysis and not any(key.startswith(f"note:{case.id}:") for key in written):
                self.lost.append(f"the note of ticket {ticket}")
            if case.sending is Sending.SENT and not written[f"reply:{case.id}:{case.replies}"]:
                self.lost.append(f"reply {case.replies} of ticket {ticket}")
            if case.sending is Sending.QUEUED:
                self.lost.append(f"reply {case.replies} of ticket {ticket} is still on its way")
            for number, held in enumerate(case.holdings, start=1):
                gone = held.sending is Sending.SENT and not written[f"holding:{case.id}:{number}"]
                if gone or held.sending is Sending.QUEUED:
                    self.lost.append(f"acknowledgement {number} of ticket {ticket}, which is {held.sending}")

    async def _look_inside(self, store: Store, known: list[Case]) -> None:
        async with store.reader() as connection:
            for case in known:
                if await tampered(connection, case.id):
                    self.lost.append(f"the history of case {case.id} is not whole")
            for (kind, state), count in (await depth(connection)).items():
                if kind != Kind.INDEX:
                    self.lost.append(f"{count} jobs {kind} are {state}")


async def _cases(store: Store) -> list[Case]:
    async with store.reader() as connection:
        ids = (await connection.execute(select(cases.c.id))).scalars().all()
        found = [await load(connection, case_id) for case_id in ids]
    return [case for case in found if case is not None]


def _key(message: dict[str, Any]) -> str:
    return str((message.get("metadata") or {}).get("event_payload", {}).get("key", ""))


def _written(helpdesk: httpx.Client, ticket: str) -> Iterable[str]:
    """Yield the key of every write of ours that the helpdesk has on record."""
    answer = helpdesk.get(f"/api/v2/tickets/{ticket}/audits.json", params={"per_page": "100"})
    answer.raise_for_status()
    for audit in answer.json()["audits"]:
        if key := audit["metadata"]["custom"].get("triage_key"):
            yield key
