"""Contract: an official OpenAPI description, read more strictly than it was written."""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.shared import shared

Schema = dict[str, Any]

_REF = "#/components/schemas/"
# Operations whose description promises pages, without listing the parameters that ask for them.
_PAGING = {"page", "per_page", "page[size]", "page[after]", "page[before]"}


class Contract:
    """Checks requests: unknown fields and parameters are refused, and what is read-only may not be sent.

    `base` is the path of the server's URL. `replaced` holds schemas that are known to be wrong, by name.
    """

    def __init__(self, path: Path, *, base: str = "", replaced: Mapping[str, Schema] | None = None) -> None:
        self._document: Schema = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        self._base = base
        self._schemas: dict[str, Schema] = self._document["components"]["schemas"] | dict(replaced or {})
        self._operations = [
            (_pattern(template), method, template)
            for template, item in self._document["paths"].items()
            for method in item
            if method in {"get", "put", "post", "patch", "delete"}
        ]

    def schema(self, name: str) -> Schema:
        """Return a schema of the document as it was written."""
        found: Schema = self._document["components"]["schemas"][name]
        return found

    def violations(
        self, method: str, path: str, body: object = None, query: Mapping[str, str] | None = None
    ) -> list[str]:
        """Return a line for everything in the request that the contract does not know; [] when it is valid.

        `path` may end in .json and `body` is the parsed JSON, None where none is sent.
        """
        found = self._find(method, path)
        if found is None:
            return [f"{method} {path}: no such operation"]
        template, values = found
        item = self._document["paths"][template]
        operation = item[method.lower()]
        declared = [self._resolve(each) for each in (*item.get("parameters", []), *operation.get("parameters", []))]
        problems = [
            *self._path_problems(declared, values),
            *self._query_problems(declared, operation, query or {}),
            *self._body_problems(operation, body),
        ]
        return [f"{method} {path}: {problem}" for problem in problems]

    def _find(self, method: str, path: str) -> tuple[str, dict[str, str]] | None:
        if not path.startswith(self._base):
            return None
        plain = path.removeprefix(self._base).removesuffix(".json")
        matches = [
            (template, match.groupdict())
            for pattern, known, template in self._operations
            if known == method.lower() and (match := pattern.fullmatch(plain))
        ]
        # /groups/count is both that and /groups/{group_id}: the one with fewer values is meant.
        return min(matches, key=lambda found: len(found[1]), default=None)

    def _path_problems(self, declared: list[Schema], values: Mapping[str, str]) -> list[str]:
        schemas = {each["name"]: each.get("schema", {}) for each in declared if each["in"] == "path"}
        return [
            problem
            for name, value in values.items()
            for problem in self._errors(schemas.get(name, {}), _typed(value, schemas.get(name, {})), f"path {name}")
        ]

    def _query_problems(self, declared: list[Schema], operation: Schema, query: Mapping[str, str]) -> list[str]:
        known = {each["name"]: each for each in declared if each["in"] == "query"}
        paged = "agination" in operation.get("description", "")
        problems = [
            f"query {name} is not a parameter"
            for name in query
            if name not in known and not (paged and name in _PAGING)
        ]
        problems += [
            f"query {name} is missing" for name, each in known.items() if each.get("required") and name not in query
        ]
        for name in query.keys() & known.keys():
            schema = known[name].get("schema", {})
            problems += self._errors(schema, _typed(query[name], schema), f"query {name}")
        return problems

    def _body_problems(self, operation: Schema, body: object) -> list[str]:
        if "requestBody" not in operation:
            return [] if body is None else ["a body is sent where none is taken"]
        wanted = self._resolve(operation["requestBody"])
        if body is None:
            return ["the body is missing"] if wanted.get("required") else []
        return self._errors(wanted["content"]["application/json"]["schema"], body, "body")

    def _errors(self, schema: Schema, value: object, where: str) -> list[str]:
        checked = {**self._strict(schema), "$defs": self._definitions}
        validator = Draft202012Validator(checked, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return [
            f"{where}{error.json_path.removeprefix('$')}: {error.message}"
            for found in validator.iter_errors(value)
            for error in _leaves(found)
        ]

    @functools.cached_property
    def _definitions(self) -> dict[str, Schema]:
        return {name: self._strict(schema) for name, schema in self._schemas.items()}

    def _resolve(self, node: Schema) -> Schema:
        while "$ref" in node:
            target: Any = self._document
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            node = target
        return node

    def _strict(self, schema: Schema) -> Schema:
        """Return the schema closed to unknown names, without what is read-only, as plain JSON Schema."""
        if "$ref" in schema:
            strict: Schema = {"$ref": f"#/$defs/{schema['$ref'].removeprefix(_REF)}"}
            return _or_null(strict) if schema.get("nullable") else strict
        if "allOf" in schema:
            return self._strict(self._merged(schema))
        if "properties" in schema and ("oneOf" in schema or "anyOf" in schema):
            return self._strict(self._pushed_down(schema))
        strict = {key: schema[key] for key in _KEPT & schema.keys()}
        if "properties" in schema:
            sendable = {name: each for name, each in schema["properties"].items() if not each.get("readOnly")}
            strict["properties"] = {name: self._strict(each) for name, each in sendable.items()}
            strict["required"] = [name for name in schema.get("required", []) if name in sendable]
        strict |= self._openness(schema)
        for key in {"oneOf", "anyOf"} & schema.keys():
            strict[key] = [self._strict(each) for each in schema[key]]
        if "items" in schema:
            strict["items"] = self._strict(schema["items"])
        return _or_null(strict) if schema.get("nullable") else strict

    def _openness(self, schema: Schema) -> Schema:
        said = schema.get("additionalProperties")
        if isinstance(said, dict):
            return {"additionalProperties": self._strict(said)}
        if said is not None:
            return {"additionalProperties": said}
        return {"additionalProperties": False} if "properties" in schema else {}

    def _merged(self, schema: Schema) -> Schema:
        """Return one schema for an allOf: closed one by one, its parts would refuse each other's fields."""
        merged: Schema = {key: value for key, value in schema.items() if key != "allOf"}
        for part in map(self._known, schema["allOf"]):
            flat = self._merged(part) if "allOf" in part else part
            merged = {
                **flat,
                **merged,
                "properties": {**flat.get("properties", {}), **merged.get("properties", {})},
                "required": [*flat.get("required", []), *merged.get("required", [])],
            }
        return merged if merged["properties"] else {k: v for k, v in merged.items() if k != "properties"}

    def _pushed_down(self, schema: Schema) -> Schema:
        """Give each alternative the fields that stand beside it."""
        key = "oneOf" if "oneOf" in schema else "anyOf"
        beside = {name: value for name, value in schema.items() if name != key}
        return {key: [{"allOf": [each, beside]} for each in schema[key]]}

    def _known(self, schema: Schema) -> Schema:
        reference = schema.get("$ref", "")
        return self._schemas[reference.removeprefix(_REF)] if reference else schema


_KEPT = {
    "type",
    "enum",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
}


@functools.cache
def zendesk() -> Contract:
    """Zendesk's Support API, its known mistakes put right, each by what its own document says elsewhere.

    A custom field's value is sent as {id, value}, and an update takes the audit's metadata: TicketObject
    calls it write-only ("Metadata for the audit"), and the input schema forgets it.
    """
    path = shared("contracts/zendesk-oas.yaml")
    nobody = {"assignee_id": {"type": "integer", "nullable": True}}  # null takes the ticket from whoever has it
    written = Contract(path)
    update = written.schema("TicketUpdateInput")
    metadata = written.schema("TicketObject")["properties"]["metadata"]
    assert metadata["writeOnly"], "the contract has changed: look again whether metadata may be sent"
    return Contract(
        path,
        replaced={
            "TicketUpdateInput": {**update, "properties": {**update["properties"], **nobody, "metadata": metadata}},
            "CustomFieldObject": {"type": "object", "properties": {"id": {"type": "integer"}, "value": {}}},
        },
    )


@functools.cache
def freshdesk() -> Contract:
    """Freshdesk's API as others described it. They forget who says a reply or a note, and that nobody may have it."""
    path = shared("contracts/freshdesk.yaml")
    written = Contract(path, base="/api/v2")
    by = {"user_id": written.schema("Conversation")["properties"]["user_id"]}
    nobody = {"responder_id": {"type": "integer", "nullable": True}}
    more = {"ReplyCreate": by, "NoteCreate": by, "TicketUpdate": nobody}
    schemas = {name: written.schema(name) for name in more}
    return Contract(
        path,
        base="/api/v2",
        replaced={name: {**each, "properties": {**each["properties"], **more[name]}} for name, each in schemas.items()},
    )


@functools.cache
def intercom() -> Contract:
    return Contract(shared("contracts/intercom-2.14.yaml"))


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    )


def _typed(value: str, schema: Schema) -> object:
    """Return what a text in a URL stands for."""
    kind = schema.get("type")
    if kind == "integer" and re.fullmatch(r"-?\d+", value):
        return int(value)
    if kind == "boolean" and value in {"true", "false"}:
        return value == "true"
    return value


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _leaves(error: ValidationError) -> list[ValidationError]:
    """The reasons behind "is not valid under any of the given schemas", of the alternative that fits best."""
    if error.validator not in {"anyOf", "oneOf"} or not error.context:
        return [error]
    alternatives: dict[object, list[ValidationError]] = {}
    for each in error.context:
        alternatives.setdefault(each.schema_path[0], []).append(each)
    best = min(alternatives.values(), key=len)
    return [leaf for each in best for leaf in _leaves(each)]
