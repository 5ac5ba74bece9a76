"""Town: customers who write and a lead who decides, through the playground's own page requests."""

import random
from collections.abc import Iterator
from typing import Any

import httpx

LEAD = "U0LENA"
PLAN: tuple[dict[str, Any], ...] = (
    {"method": "chat.postMessage", "kind": "execute_then_timeout", "probability": 0.05, "seconds": 0.3},
    {"method": "zendesk PUT tickets", "kind": "execute_then_timeout", "probability": 0.05, "seconds": 0.3},
    {"method": "chat.postMessage", "kind": "slow", "probability": 0.5, "seconds": 0.6},
    {"method": "chat.update", "kind": "slow", "probability": 0.5, "seconds": 0.3},
    {"method": "zendesk *", "kind": "slow", "probability": 0.5, "seconds": 0.4},
    {"method": "conversations.history", "kind": "lagging_lookup", "probability": 0.5, "seconds": 2},
    {"method": "conversations.replies", "kind": "lagging_lookup", "probability": 0.5, "seconds": 2},
    {"method": "zendesk GET audits", "kind": "lagging_lookup", "probability": 0.5, "seconds": 2},
    {"method": "*", "kind": "ratelimited", "probability": 0.02, "seconds": 1},
)
_LETTERS = (
    ("Charged twice", "Hello, our card was charged twice this month. Please give one payment back."),
    ("Error 503", "The board shows error 503 since this morning and nobody here can work."),
    ("Login", "I forgot my password and the reset mail does not arrive."),
    ("Lawyer", "You ignore us. If there is no refund by Friday, our lawyer will file a lawsuit."),
    ("Idea", "It would be great if boards could be exported as PDF."),
    ("", "it does not work"),
)


class Town:
    """Everything that people do. What the product does not take now, they do again."""

    def __init__(self, url: str, chance: random.Random) -> None:
        self._http = httpx.Client(base_url=url, timeout=15, trust_env=False)
        self._chance = chance
        self.written = 0

    def close(self) -> None:
        self._http.close()

    def make_trouble(self, seed: int) -> None:
        self._post("/playground/control", {"faults": list(PLAN), "seed": seed})

    def make_peace(self) -> None:
        self._post("/playground/control", {"faults": []})

    def write(self) -> None:
        """Somebody writes a ticket."""
        self.written += 1
        subject, text = self._chance.choice(_LETTERS)
        address = f"customer-{self.written}@example.com"
        letter = {"name": f"Customer {self.written}", "email": address, "subject": subject, "text": text}
        self._post("/playground/tickets", letter)

    def write_again(self) -> None:
        """Somebody who has written has more to say."""
        if self.written:
            number = self._chance.randint(1, self.written)
            more = f"One more thing, for the {self._chance.randint(2, 9999)}th time: please hurry."
            self._post(f"/playground/tickets/{number}/comments", {"text": more})

    def decide(self, most: int) -> int:
        """The lead presses Approve on some of the cards that offer it. Returns how many offered it."""
        waiting = [(message, action) for message in self.messages() if (action := _approval(message))]
        for message, action in self._chance.sample(waiting, min(most, len(waiting))):
            self._post(
                "/playground/click",
                {"user": LEAD, "channel": message["channel"], "ts": message["ts"], "action": action},
            )
        return len(waiting)

    def messages(self) -> Iterator[dict[str, Any]]:
        """Yield every message of every channel, threads included, with its channel."""
        for channel in self._get("/playground/snapshot")["channels"]:
            before = ""
            while page := self._get("/playground/messages", channel=channel["id"], before=before)["messages"]:
                yield from ({**message, "channel": channel["id"]} for message in page)
                before = min(
                    message["ts"] for message in page if message.get("thread_ts", message["ts"]) == message["ts"]
                )

    def tickets(self) -> Iterator[dict[str, Any]]:
        before: int | None = None
        while page := self._get("/playground/tickets", **({"before": before} if before else {}))["tickets"]:
            yield from page
            before = page[0]["id"]

    def _get(self, path: str, **query: Any) -> dict[str, Any]:
        answer = self._http.get(path, params=query)
        answer.raise_for_status()
        return dict(answer.json())

    def _post(self, path: str, body: dict[str, Any]) -> None:
        self._http.post(path, json=body).raise_for_status()


def _approval(message: dict[str, Any]) -> dict[str, Any] | None:
    for block in message.get("blocks", []):
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element["action_id"] == "ticket.approve":
                return {"action_id": element["action_id"], "block_id": block["block_id"]}
    return None
