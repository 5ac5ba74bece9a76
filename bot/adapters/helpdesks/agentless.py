"""What desks have in common that know no agents: who works on a ticket stands on its card alone."""

from pipeline.ports import Agent


class Agentless:
    """There is nobody whom one could put on a ticket there."""

    async def assign(self, ticket_id: str, who: str, key: str) -> None:
        """There is nothing to tell."""

    async def assigned(self, ticket_id: str, who: str) -> bool:
        """There is nothing that could have happened otherwise."""
        return True

    async def assignee(self, ticket_id: str) -> Agent | None:
        """Nobody works on it anywhere but here."""
        return None

    async def agent(self, who: str) -> Agent | None:
        """Nobody works anywhere but here."""
        return None
