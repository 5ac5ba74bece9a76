"""Whole payloads made from the block schema, mended to keep the rules that a schema cannot say."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.playground.blocks import Surface
from tests.playground.schema_walk import Node, Walk

_MESSAGE_ONLY = {"container", "context_actions", "data_visualization", "file", "markdown", "plan", "task_card"}
NOT_ON = {
    Surface.MESSAGE: {"alert"},
    Surface.MODAL: _MESSAGE_ONLY | {"carousel", "data_table", "table"},
    Surface.HOME: _MESSAGE_ONLY | {"alert"},
}
"""Slack's list of blocks (docs.slack.dev/blocks.json), turned round."""
MOST = {Surface.MESSAGE: 50, Surface.MODAL: 100, Surface.HOME: 100}
MOST_OF_A_KIND = {"table": 1, "plan": 1, "data_visualization": 2}


@dataclass(frozen=True)
class Payload:
    """`sent` is the list of blocks of a message, or the whole view."""

    surface: Surface
    sent: Any

    @property
    def blocks(self) -> list[Any]:
        blocks = self.sent if self.surface is Surface.MESSAGE else self.sent["blocks"]
        assert isinstance(blocks, list)
        return blocks


class Payloads:
    """Valid payloads, the same ones for the same seed; every block comes up in turn."""

    def __init__(self, schema: Node, seed: int) -> None:
        self._rng = random.Random(seed)
        self._walk = Walk(schema, self._rng)
        names = [each["$ref"].rsplit("/", 1)[1] for each in schema["$defs"]["block"]["oneOf"]]
        types = {name: schema["$defs"][name]["properties"]["type"]["const"] for name in names}
        self._on = {
            surface: [name for name in names if types[name] not in left_out] for surface, left_out in NOT_ON.items()
        }
        self._next = dict.fromkeys(Surface, 0)

    def make(self, surface: Surface) -> Payload:
        return Payload(surface, self._blocks(surface) if surface is Surface.MESSAGE else self._view(surface))

    def _view(self, surface: Surface) -> Node:
        view: Node = {**self._walk.define(f"{surface}_view"), "blocks": self._blocks(surface)}
        if surface is Surface.MODAL and any(block["type"] == "input" for block in view["blocks"]):
            view["submit"] = {"type": "plain_text", "text": "Send"}
        if "external_id" in view:
            view["external_id"] = f"{self._rng.getrandbits(64):x}"  # no two open views may share one
        return view

    def _blocks(self, surface: Surface) -> list[Node]:
        count = MOST[surface] if self._rng.random() < 0.005 else self._rng.choice([1, 1, 2, 3, 5])
        made = [self._block(surface) for _ in range(count)]
        _Mending(self._rng, surface).mend(made)
        return _few_of_a_kind(made)

    def _block(self, surface: Surface) -> Node:
        names = self._on[surface]
        name = names[self._next[surface] % len(names)]
        self._next[surface] += 1
        block: Node = self._walk.define(name)
        while surface is not Surface.MODAL and any(each.get("type") == "file_input" for each in objects(block)):
            block = self._walk.define(name)
        return block


def _few_of_a_kind(blocks: list[Node]) -> list[Node]:
    kept: list[Node] = []
    for block in blocks:
        types = [each.get("type") for each in objects([*kept, block])]
        if all(types.count(kind) <= most for kind, most in MOST_OF_A_KIND.items()):
            kept.append(block)
    return kept


def objects(value: object) -> Iterator[Node]:
    """Every object, at any depth."""
    if isinstance(value, list):
        for each in value:
            yield from objects(each)
    elif isinstance(value, dict):
        yield value
        for each in value.values():
            yield from objects(each)


class _Mending:
    """Changes blocks in place until every rule between fields is kept."""

    def __init__(self, rng: random.Random, surface: Surface) -> None:
        self._rng = rng
        self._surface = surface
        self._count = 0
        self._markdown = 12_000
        self._focused = False

    def mend(self, blocks: list[Node]) -> None:
        mending: dict[str, Callable[[Node], None]] = {
            "alert": lambda block: block["text"].update(text=block["text"]["text"][:200]),
            "container": self._collapsible,
            "data_table": self._data_table,
            "data_visualization": self._chart,
            "input": self._input,
            "markdown": self._share_markdown,
            "number_input": self._numbers,
            "plain_text_input": self._typed,
            "table": self._even_rows,
        }
        for each in objects(blocks):
            self._name(each)
            self._offer(each)
            self._focus(each)
            mending.get(str(each.get("type")), lambda block: None)(each)
        self._lead_nowhere(blocks)

    def _unique(self, text: str, longest: int) -> str:
        self._count += 1
        ending = f"-{self._count}"
        return text[: longest - len(ending)] + ending

    def _name(self, each: Node) -> None:
        for name in ("block_id", "action_id"):
            if name in each:
                each[name] = self._unique(each[name], 255)

    def _offer(self, element: Node) -> None:
        """Options with values of their own, and a first choice among them."""
        offered = [*element.get("options", [])]
        for group in element.get("option_groups", []):
            offered += group["options"]
        for option in offered:
            option["value"] = self._unique(option["value"], 150)
        if offered and "initial_option" in element:
            element["initial_option"] = self._rng.choice(offered)
        if offered and "initial_options" in element:
            element["initial_options"] = self._rng.sample(offered, self._rng.randint(1, len(offered)))

    def _focus(self, element: Node) -> None:
        if element.get("focus_on_load"):
            element["focus_on_load"] = not self._focused
            self._focused = True

    def _lead_nowhere(self, blocks: list[Node]) -> None:
        """Only a menu in an input of a modal leads to a response_url."""
        allowed = [id(block["element"]) for block in blocks if block["type"] == "input"]
        for each in objects(blocks):
            if self._surface is not Surface.MODAL or id(each) not in allowed:
                each.pop("response_url_enabled", None)

    def _collapsible(self, block: Node) -> None:
        if block.get("default_collapsed"):
            block["is_collapsible"] = True

    def _input(self, block: Node) -> None:
        if block["element"]["type"] == "file_input":
            block.pop("dispatch_action", None)

    def _share_markdown(self, block: Node) -> None:
        block["text"] = block["text"][: max(self._markdown, 1)]
        self._markdown -= len(block["text"]) + 1

    def _typed(self, element: Node) -> None:
        bounds = sorted([element.get("min_length", 0), element.get("max_length", 3000)])
        element.update(zip(("min_length", "max_length"), (bounds[0], max(bounds[1], 1)), strict=True))
        if "initial_value" in element:
            element["initial_value"] = element["initial_value"][: bounds[1]]

    def _numbers(self, element: Node) -> None:
        for name in ("min_value", "max_value", "initial_value"):
            if name in element and not element["is_decimal_allowed"]:
                element[name] = element[name].partition(".")[0]
        if {"min_value", "max_value"} <= element.keys():
            bounds = sorted([element["min_value"], element["max_value"]], key=float)
            element.update(min_value=bounds[0], max_value=bounds[1])

    def _even_rows(self, table: Node) -> None:
        width = min(map(len, table["rows"]))
        table["rows"] = [row[:width] for row in table["rows"]]

    def _data_table(self, table: Node) -> None:
        self._even_rows(table)
        table["rows"][0] = [{"type": "raw_text", "text": "Head"} for _ in table["rows"][0]]
        if len(str(table["rows"])) > 10_000:
            table["rows"] = [row[:1] for row in table["rows"][:2]]

    def _chart(self, block: Node) -> None:
        for name, series in enumerate(block["chart"].get("series", [])):
            points = block["chart"]["series"][0]["data"]
            series["name"] = self._unique(series["name"], 20)
            values = [point["value"] for point in series["data"]]
            if not name:
                points = [{**point, "label": self._unique(point["label"], 20)} for point in points]
                block["chart"]["axis_config"]["categories"] = [point["label"] for point in points]
            series["data"] = [{"label": point["label"], "value": self._rng.choice(values)} for point in points]
