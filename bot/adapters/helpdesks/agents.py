"""Agents: who works in a helpdesk, asked of it and believed for a while."""

import time
from collections.abc import Awaitable, Callable

from pipeline.errors import Refused
from pipeline.ports import Agent

_LASTS = 600.0  # seconds for which an answer is believed
_MOST = 2_000  # answers that are kept

Look = Callable[[str], Awaitable[Agent | None]]


class Agents:
    """`look` asks the helpdesk for the agent with an e-mail or an id. Who was not found is looked for each time."""

    def __init__(self, name: str, look: Look, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._look = look
        self._monotonic = monotonic
        self._known: dict[str, tuple[float, Agent]] = {}

    async def find(self, who: str) -> Agent | None:
        """Return the agent, None where there is none."""
        until, agent = self._known.get(who.casefold(), (0.0, None))
        if agent is not None and self._monotonic() < until:
            return agent
        found = await self._look(who)
        if found is not None:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[who.casefold()] = (self._monotonic() + _LASTS, found)
        return found

    async def id_of(self, who: str) -> str:
        """Return the agent's id. Raises Refused where there is none."""
        if who.isascii() and who.isdecimal():
            return who
        agent = await self.find(who)
        if agent is None:
            raise Refused(f"{self._name} has no agent with this e-mail: correct it under /triage policy.", code="agent")
        return agent.id

    async def is_theirs(self, there: Agent | None, who: str) -> bool:
        """Whether what somebody has is theirs; "" is nobody's."""
        if there is None or not who:
            return there is None and not who
        return there.goes_by(who) or there.id == await self.id_of(who)
