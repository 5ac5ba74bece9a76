"""Modals, stacked per person, and each person's App Home."""

from dataclasses import dataclass, field

from bot.playground.blocks import check_view
from bot.playground.clock import Clock
from bot.playground.credentials import APP_ID
from bot.playground.identifiers import Identifiers
from bot.playground.input_state import initial_state
from bot.playground.stream import Stream
from bot.playground.team import Team
from bot.playground.wire import Object, Refusal, refuse_arguments

DEEPEST = 3


@dataclass
class Views:
    """Opens, stacks, changes and closes views; every change is announced."""

    clock: Clock
    stream: Stream
    identifiers: Identifiers
    team: Team
    stacks: dict[str, list[Object]] = field(default_factory=dict)
    homes: dict[str, Object] = field(default_factory=dict)

    def open(self, user: str, view: Object) -> Object:
        made = self._make(view, "modal", {})
        self.stacks[user] = [made]
        self.stream.publish("view", user=user, view=made, op="open")
        return made

    def push(self, user: str, view: Object) -> Object:
        stack = self.stacks.get(user, [])
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= DEEPEST:
            raise Refusal("push_limit_reached")
        over = {"root_view_id": stack[0]["id"], "previous_view_id": stack[-1]["id"]}
        made = self._make(view, "modal", over)
        stack.append(made)
        self.stream.publish("view", user=user, view=made, op="push")
        return made

    def update(self, view_id: str, external_id: str, view: Object, known_hash: str) -> Object:
        """Replace an open modal, or a Home, by its id or external id."""
        user, old = self._locate(view_id, external_id)
        _refuse_stale(old, known_hash)
        kept = {key: old[key] for key in ("id", "root_view_id", "previous_view_id")}
        made = self._make(view, old["type"], kept)
        if old["type"] == "home":
            return self._show_home(user, made)
        self.stacks[user] = [made if each is old else each for each in self.stacks[user]]
        self.stream.publish("view", user=user, view=made, op="update")
        return made

    def publish(self, user: str, view: Object, known_hash: str) -> Object:
        old = self.homes.get(user)
        if old:
            _refuse_stale(old, known_hash)
        kept = {"id": old["id"], "root_view_id": old["id"]} if old else {}
        return self._show_home(user, self._make(view, "home", kept))

    def find(self, user: str, view_id: str) -> Object:
        """A view that this person has before them."""
        for view in [*self.stacks.get(user, []), *filter(None, [self.homes.get(user)])]:
            if view["id"] == view_id:
                return view
        raise Refusal("not_found")

    def remember(self, user: str, view: Object, values: Object) -> Object:
        """Keep what the person has filled in so far."""
        changed = {**view, "state": {"values": values}}
        if view["type"] == "home":
            self.homes[user] = changed
        else:
            self.stacks[user] = [changed if v["id"] == view["id"] else v for v in self.stacks[user]]
        return changed

    def close(self, user: str, view_id: str) -> None:
        """Close this modal and whatever lies on it; the one beneath shows again."""
        self.find(user, view_id)
        stack = self.stacks[user]
        position = next(n for n, view in enumerate(stack) if view["id"] == view_id)
        self._leave(user, stack[:position])

    def clear(self, user: str) -> None:
        self._leave(user, [])

    def _leave(self, user: str, remaining: list[Object]) -> None:
        self.stacks[user] = remaining
        self.stream.publish("views_closed", user=user, remaining=remaining)
        if remaining:
            self.stream.publish("view", user=user, view=remaining[-1], op="update")

    def _show_home(self, user: str, made: Object) -> Object:
        self.homes[user] = made
        self.stream.publish("home", user=user, view=made)
        return made

    def _locate(self, view_id: str, external_id: str) -> tuple[str, Object]:
        homes = {user: [view] for user, view in self.homes.items()}
        for views in (self.stacks, homes):
            for user, stack in views.items():
                for view in stack:
                    if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                        return user, view
        raise Refusal("not_found")

    def _make(self, view: Object, kind: str, kept: Object) -> Object:
        if complaints := check_view(view):
            raise refuse_arguments(*complaints)
        if view["type"] != kind:
            raise refuse_arguments(f"must be of type {kind} [json-pointer:/view/type]")
        view_id = kept.get("id") or self.identifiers.make("V")
        self._refuse_twins(view_id, view.get("external_id", ""))
        blocks = self.identifiers.name_blocks(view["blocks"])
        return {
            "title": None,
            "submit": None,
            "close": None,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "submit_disabled": False,
            "previous_view_id": None,
            "root_view_id": view_id,
            **view,
            **kept,
            "id": view_id,
            "team_id": self.team.id,
            "app_id": APP_ID,
            "app_installed_team_id": self.team.id,
            "bot_id": self.team.bot_id,
            "blocks": blocks,
            "state": {"values": initial_state(blocks)},
            "hash": f"{self.clock.ts()}.{self.identifiers.make('', 8)}",
        }

    def _refuse_twins(self, view_id: str, external_id: str) -> None:
        everyone = [*self.homes.values(), *(view for stack in self.stacks.values() for view in stack)]
        if external_id and any(v["external_id"] == external_id and v["id"] != view_id for v in everyone):
            raise Refusal("duplicate_external_id")


def _refuse_stale(view: Object, known_hash: str) -> None:
    if known_hash and known_hash != view["hash"]:
        raise Refusal("hash_conflict")
