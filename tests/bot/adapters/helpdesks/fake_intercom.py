"""An Intercom in memory: one conversation or one ticket, tags, teams and contacts."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class FakeIntercom:
    kind: str = "conversations"
    tags: list[str] = field(default_factory=lambda: ["VIP"])
    opened: bool = True
    parts: list[dict[str, Any]] = field(default_factory=list)
    wrote: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    admin: str = "0"
    admins: tuple[dict[str, Any], ...] = (
        {"type": "admin", "id": "814", "name": "Ana Ribeiro", "email": "ana@desk.example"},
    )
    contact: dict[str, Any] | None = None
    requests: list[httpx.Request] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        if request.method != "GET":
            return self._write(request, path)
        if path == f"/{self.kind}/77":
            return httpx.Response(200, json=self._shown())
        if path == "/teams":
            return httpx.Response(200, json={"type": "team.list", "teams": [{"id": "9", "name": "Billing"}]})
        if path == "/admins":
            return httpx.Response(200, json={"type": "admin.list", "admins": list(self.admins)})
        if path.startswith("/contacts/") and self.contact:
            return httpx.Response(200, json=self.contact)
        return httpx.Response(404, json={"type": "error.list"})

    def _write(self, request: httpx.Request, path: str) -> httpx.Response:
        body = json.loads(request.content)
        self.wrote.append((request.method, path, body))
        if path == "/tags":
            return httpx.Response(200, json={"type": "tag", "id": f"tag-{body['name']}", "name": body["name"]})
        if path.endswith("/reply"):
            self._add(body)
        if "assignee_id" in body and body["assignee_id"] != "9":  # a team has its own place
            self.admin = body["assignee_id"]
        return httpx.Response(200, json={})

    def _add(self, body: dict[str, Any]) -> None:
        part_type = body["message_type"]
        number = str(len(self.parts) + 1)
        writer = {"type": "admin", "id": body["admin_id"]}
        self.parts.append(
            {
                "id": number,
                "part_type": part_type,
                "body": body["body"],
                "author": writer,
                "created_at": 1772443797,
            }
        )

    def _shown(self) -> dict[str, Any]:
        name = "conversation_parts" if self.kind == "conversations" else "ticket_parts"
        tags = {"type": "tag.list", "tags": [{"id": "1", "name": tag} for tag in self.tags]}
        shown = {"id": "77", "open": self.opened, "tags": tags, name: {name: self.parts}, "source": None}
        admin: object = self.admin
        if self.kind == "conversations":
            admin = None if self.admin == "0" else int(self.admin)
        return {**shown, "admin_assignee_id": admin}
