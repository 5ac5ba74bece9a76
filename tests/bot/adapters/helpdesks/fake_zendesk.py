"""A Zendesk in memory, as strict about collisions as the service, with faults to order."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

Fault = Callable[[httpx.Request], httpx.Response | None]
PER_PAGE = 2  # so that paging is seen with little data


@dataclass
class FakeZendesk:
    """One ticket, its audits, groups and users; `requests` is what was asked of it."""

    assignee: int | None = None
    tags: list[str] = field(default_factory=lambda: ["vip"])
    version: int = 1
    changes: list[dict[str, Any]] = field(default_factory=list)
    audits: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"id": 1, "name": "Support", "deleted": False},
            {"id": 3, "name": "Billing"},
            {"id": 2, "name": "Billing", "deleted": True},
        ]
    )
    users: dict[int, dict[str, Any]] = field(default_factory=dict)
    agents: dict[int, dict[str, Any]] = field(
        default_factory=lambda: {
            814: {"id": 814, "name": "Ana Ribeiro", "email": "ana@desk.example", "role": "agent"},
            815: {"id": 815, "name": "Maria", "email": "maria@customer.example", "role": "end-user"},
        }
    )
    requests: list[httpx.Request] = field(default_factory=list)
    before_write: Fault | None = None
    after_write: Fault | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        if path == "/api/v2/tickets/77.json" and request.method == "GET":
            return httpx.Response(200, json={"ticket": self._ticket()})
        if path == "/api/v2/tickets/77.json" and request.method == "PUT":
            return self._put(request)
        if path == "/api/v2/tickets/77/audits.json":
            return self._page(request, "audits", self.audits)
        if path == "/api/v2/groups.json":
            return self._page(request, "groups", self.groups)
        if path == "/api/v2/users/search.json":
            wanted = request.url.params["query"].removeprefix('email:"').removesuffix('"')
            near = [user for user in self.agents.values() if wanted.casefold() in user["email"]]
            return httpx.Response(200, json={"users": near, "count": len(near)})
        number = int(path.removeprefix("/api/v2/users/").removesuffix(".json") or 0) if "users" in path else 0
        if user := self.users.get(number, self.agents.get(number)):
            return httpx.Response(200, json={"user": user})
        return httpx.Response(404, json={"error": "RecordNotFound"})

    def move_on(self) -> None:
        """Somebody else changes the ticket."""
        self.version += 1
        self.tags.append(f"change-{self.version}")

    def writes(self) -> list[dict[str, Any]]:
        return [json.loads(each.content)["ticket"] for each in self.requests if each.method == "PUT"]

    def _stamp(self) -> str:
        return f"2026-03-02T09:{self.version:02}:00Z"

    def _ticket(self) -> dict[str, Any]:
        return {
            "id": 77,
            "assignee_id": self.assignee,
            "tags": self.tags,
            "updated_at": self._stamp(),
            "unknown": {"to": "us"},
        }

    def _put(self, request: httpx.Request) -> httpx.Response:
        if self.before_write and (answer := self.before_write(request)):
            return answer
        change = json.loads(request.content)["ticket"]
        if change.get("safe_update") and change["updated_stamp"] != self._stamp():
            return httpx.Response(409, json={"error": "UpdateConflict"})
        self.version += 1
        self.tags = change.get("tags", self.tags)
        self.assignee = change.get("assignee_id", self.assignee)
        if named := change.get("assignee_email"):
            self.assignee = next(user["id"] for user in self.agents.values() if user["email"] == named)
        self.changes.append(change)
        self.audits.append({"id": self.version, "metadata": {"custom": change.get("metadata", {}), "system": {}}})
        if self.after_write and (answer := self.after_write(request)):
            return answer
        return httpx.Response(200, json={"ticket": self._ticket()})

    def _page(self, request: httpx.Request, name: str, items: list[dict[str, Any]]) -> httpx.Response:
        number = int(request.url.params.get("page", "1"))
        rest = items[(number - 1) * PER_PAGE :]
        more = f"https://elsewhere.example{request.url.path}?page={number + 1}" if len(rest) > PER_PAGE else None
        return httpx.Response(200, json={name: rest[:PER_PAGE], "next_page": more, "count": len(items)})
