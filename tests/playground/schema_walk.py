"""Random values that follow a JSON Schema: what the block schema says, and nothing of ours."""

import random
import re
from collections.abc import Callable, Mapping
from typing import Any

Node = dict[str, Any]

_LETTERS = "abcdefgh XYZ 0123 äß漢🙂 <&>*_~`|\n"
_ADDRESSES = ("https://example.com/{}", "https://example.com:8443/a?b={}#c")
_SHAPED = (
    *("U0BEN", "W7", "C0TECH", "G1", "S0LEADS", "T0PLAY"),
    *("2026-11-21", "1999-02-28", "00:00", "23:59", "09:05"),
    *("0", "42", "-7", "3.25", "-0.5", "12345678901234567890"),
    *("#1a2B3c", "00ff00"),
)
"""Enough for each pattern of the schema to find some of its own."""
_AT_LIMIT = 0.03
"""How often a text or list is exactly as long as it may be."""


class Walk:
    """Makes values for the nodes of one schema, the same ones for the same random source."""

    def __init__(self, schema: Node, rng: random.Random) -> None:
        self._definitions = schema["$defs"]
        self._rng = rng

    def make(self, node: Node, depth: int = 0) -> Any:
        flat = self._choose(self._flat(node))
        if "const" in flat:
            return flat["const"]
        if "enum" in flat:
            return self._rng.choice(flat["enum"])
        makers: Mapping[str | None, Callable[[Node, int], Any]] = {
            "object": self._object,
            "array": self._array,
            "string": self._string,
            "integer": self._integer,
            "number": self._number,
            "boolean": lambda node, depth: self._rng.random() < 0.5,
            "null": lambda node, depth: None,
            None: lambda node, depth: self._rng.choice(["x", 1, True, None, ["y"], {"z": 1}]),
        }
        return makers[flat.get("type")](flat, depth)

    def define(self, name: str) -> Any:
        return self.make(self._definitions[name])

    def _flat(self, node: Node) -> Node:
        """Without $ref and allOf; conditions between fields are left to whoever knows the rules."""
        merged = {key: value for key, value in node.items() if key not in {"$ref", "allOf"}}
        parts = [*node.get("allOf", [])]
        if "$ref" in node:
            parts.append(self._definitions[node["$ref"].rsplit("/", 1)[1]])
        for part in parts:
            if "if" not in part:
                merged = _merge(merged, self._flat(part))
        return merged

    def _choose(self, node: Node) -> Node:
        """One branch of oneOf or anyOf; a branch may also only say which fields are there."""
        for word in ("oneOf", "anyOf"):
            if word in node:
                branch = self._flat(self._rng.choice(node[word]))
                rest = {key: value for key, value in node.items() if key != word}
                return self._choose(_without(_merge(rest, branch), branch.get("not", {}).get("required", [])))
        return node

    def _object(self, node: Node, depth: int) -> Node:
        properties = node.get("properties", {})
        names = set(node.get("required", []))
        names |= {name for name in properties if self._rng.random() < (0.5 if depth < 4 else 0.25)}
        while len(names) < node.get("minProperties", 0):
            names.add(self._rng.choice(sorted(properties)))
        return {name: self.make(properties[name], depth + 1) for name in properties if name in names}

    def _array(self, node: Node, depth: int) -> list[Any]:
        least, most = node.get("minItems", 0), node.get("maxItems")
        count = least + self._rng.choice([0, 0, 1, 1, 2, 3])
        if most is not None:
            count = most if depth < 3 and self._rng.random() < _AT_LIMIT else min(count, most)
        made = [self.make(node["items"], depth + 1) for _ in range(count)]
        return list(dict.fromkeys(made)) if node.get("uniqueItems") else made

    def _string(self, node: Node, depth: int) -> str:
        if node.get("format") == "uri":
            return self._rng.choice(_ADDRESSES).format(self._rng.randrange(1000))
        if "pattern" in node:
            return self._rng.choice([each for each in _SHAPED if re.search(node["pattern"], each)])
        least, most = node.get("minLength", 0), node.get("maxLength", 60)
        length = most if self._rng.random() < _AT_LIMIT else self._rng.randint(least, min(most, least + 12))
        return "".join(self._rng.choices(_LETTERS, k=length))

    def _integer(self, node: Node, depth: int) -> int:
        least, most = node.get("minimum", -1000), node.get("maximum", 10_000_000)
        return self._rng.choice([least, most, self._rng.randint(least, most)])

    def _number(self, node: Node, depth: int) -> float:
        if "exclusiveMinimum" in node:
            return node["exclusiveMinimum"] + self._rng.uniform(0.001, 1e6)
        return self._rng.choice([0, -1.5, self._rng.uniform(-1e6, 1e6), self._rng.randint(-9, 10**9)])


def _merge(one: Node, other: Node) -> Node:
    """Both schemas at once."""
    merged = {**one, **other}
    for bound, stricter in (("maxLength", min), ("minLength", max)):
        if bound in one and bound in other:
            merged[bound] = stricter(one[bound], other[bound])
    if "required" in one and "required" in other:
        merged["required"] = [*one["required"], *other["required"]]
    if "properties" in one and "properties" in other:
        shared = one["properties"].keys() & other["properties"].keys()
        both = {name: {"allOf": [one["properties"][name], other["properties"][name]]} for name in shared}
        merged["properties"] = {**one["properties"], **other["properties"], **both}
    return merged


def _without(node: Node, names: list[str]) -> Node:
    properties = {name: each for name, each in node.get("properties", {}).items() if name not in names}
    return {key: value for key, value in node.items() if key != "not"} | {"properties": properties}
