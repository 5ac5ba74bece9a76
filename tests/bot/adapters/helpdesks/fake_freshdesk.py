"""A Freshdesk in memory: one ticket, its conversation and the groups."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class FakeFreshdesk:
    tags: list[str] = field(default_factory=lambda: ["vip"])
    groups: int = 120  # more than one page of them
    changes: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    requester: dict[str, Any] | None = None
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        match request.method, request.url.path:
            case "GET", "/api/v2/tickets/77":
                return httpx.Response(200, json={"id": 77, "tags": self.tags, "requester": self.requester})
            case "PUT", "/api/v2/tickets/77":
                self.changes.append(json.loads(request.content))
                return httpx.Response(200, json={"id": 77})
            case "GET", "/api/v2/tickets/77/conversations":
                return self._page(request, self.said)
            case "POST", "/api/v2/tickets/77/notes" | "/api/v2/tickets/77/reply":
                self.said.append(json.loads(request.content) | {"incoming": False})
                return httpx.Response(201, json={"id": 1})
            case "GET", "/api/v2/groups":
                return self._page(request, [{"id": n, "name": f"Group {n}"} for n in range(self.groups)])
        return httpx.Response(404)

    def _page(self, request: httpx.Request, items: list[dict[str, Any]]) -> httpx.Response:
        number, size = int(request.url.params["page"]), int(request.url.params["per_page"])
        return httpx.Response(200, json=items[(number - 1) * size : number * size])
