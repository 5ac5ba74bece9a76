"""What goes over the wire: JSON objects, and a refusal in Slack's words."""

from typing import Any

Object = dict[str, Any]
"""One JSON object exactly as a peer sends or receives it: this whole package is such a border."""


class Refusal(Exception):
    """The workspace says no, with Slack's error code."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.more = more

    def answer(self) -> Object:
        return {"ok": False, "error": self.error, **self.more}


def refuse_arguments(*complaints: str) -> Refusal:
    """`invalid_arguments` as Slack words it: each complaint in response_metadata."""
    return Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] {text}" for text in complaints]})
