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
    responder: int | None = None
    agents: tuple[dict[str, Any], ...] = ({"id": 814, "contact": {"name": "Ana Ribeiro", "email": "ana@desk.example"}},)
    requester: dict[str, Any] | None = None
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        match request.method, request.url.path:
            case "GET", "/api/v2/tickets/77":
                return httpx.Response(200, json=self._ticket())
            case "PUT", "/api/v2/tickets/77":
                self.changes.append(json.loads(request.content))
                self.responder = self.changes[-1].get("responder_id", self.responder)
                return httpx.Response(200, json={"id": 77})
            case "GET", "/api/v2/tickets/77/conversations":
                return self._page(request, self.said)
            case "POST", "/api/v2/tickets/77/notes" | "/api/v2/tickets/77/reply":
                self.said.append(json.loads(request.content) | {"incoming": False})
                return httpx.Response(201, json={"id": 1})
            case "GET", "/api/v2/agents":
                wanted = request.url.params["email"]
                return httpx.Response(200, json=[each for each in self.agents if each["contact"]["email"] == wanted])
            case "GET", path if path.startswith("/api/v2/agents/"):
                known = [each for each in self.agents if path.endswith(f"/{each['id']}")]
                return httpx.Response(200, json=known[0]) if known else httpx.Response(404)
            case "GET", "/api/v2/groups":
                return self._page(request, [{"id": n, "name": f"Group {n}"} for n in range(self.groups)])
        return httpx.Response(404)

    def _ticket(self) -> dict[str, Any]:
        return {"id": 77, "tags": self.tags, "requester": self.requester, "responder_id": self.responder}

    def _page(self, request: httpx.Request, items: list[dict[str, Any]]) -> httpx.Response:
        number, size = int(request.url.params["page"]), int(request.url.params["per_page"])
        return httpx.Response(200, json=items[(number - 1) * size : number * size])
