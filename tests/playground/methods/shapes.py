"""Whether an answer is as the output schema, the sample and the example of its reference say."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from tests.playground.test_contracts import reference, strange
from tests.shared import SHARED

WELCOME = {"ok", "response_metadata", "warning"}


def misshapen(method: str, answer: dict[str, Any], known_strangers: tuple[str, ...] = ()) -> list[str]:
    if not answer.get("ok"):
        return [f"refused: {answer}"]
    told = reference(method)
    schema = told.get("output") or {}
    wrong = [error.message for error in Draft202012Validator(schema).iter_errors(answer)]
    sample = SHARED / f"contracts/slack-payloads/api.{method}.json"
    if sample.exists():
        strangers = strange(answer, json.loads(sample.read_text()))
        return wrong + [s for s in strangers if not s.endswith(known_strangers)]
    example = ((told.get("examples") or {}).get("success") or {}).get("example") or {}
    alternatives = [schema, *schema.get("anyOf", [])]
    known = WELCOME | set(example) | {name for each in alternatives for name in each.get("properties", {})}
    return wrong + [f"unknown field {name}" for name in answer.keys() - known]
