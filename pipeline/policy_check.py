"""What says a policy -> Policy, or every mistake in it, in a lead's words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.errors import PolicyError
from pipeline.policy import Policy
from pipeline.policy_sense import senseless
from pipeline.problem import Path, Problem


class Senseless(PolicyError):
    """The policy does not say what it must. `problems` has every mistake."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.say for problem in problems))
        self.problems = tuple(problems)


def checked(data: Mapping[str, Any]) -> Policy:
    """Return the policy that the data says, whoever wrote it: a file, or a lead in Slack. Raises Senseless.

    A rule that was never tried before takes some milliseconds: call it in a thread.
    """
    try:
        policy = Policy.model_validate(data)
    except ValidationError as error:
        raise Senseless([_problem(each, data) for each in _causes(error)]) from error
    if problems := senseless(policy):
        raise Senseless(problems)
    return policy


def _causes(error: ValidationError) -> list[ErrorDetails]:
    """Leave out that a list is too short where that only follows from a wrong entry of it."""
    errors = error.errors()
    wrong = {each["loc"][:-1][:depth] for each in errors for depth in range(len(each["loc"]))}
    return [each for each in errors if each["type"] != "too_short" or each["loc"] not in wrong]


def _problem(error: ErrorDetails, data: Mapping[str, Any]) -> Problem:
    """Turn pydantic's error into one that a lead understands."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    match error["type"]:
        case "missing":
            say = f"{where} is missing: write {path[-1]} = …"
        case "extra_forbidden":
            say = f"{where} is not known here: check the spelling of {path[-1]!r}, or remove it"
        case "string_pattern_mismatch" if path[-1] == "hours":
            say = f'{where} is {error["input"]!r}: write hours = "09:00-17:30", or leave it out'
        case "string_pattern_mismatch" if "hours" in path:
            say = f'{where} is {error["input"]!r}: write a shift like "09:00-17:30", the last hour of a day as 24:00'
        case "model_type" | "model_attributes_type" if path[-1] == "hours":
            say = f'{where} is {error["input"]!r:.60}: write a table with shifts, such as monday = "09:00-17:30"'
        case "string_pattern_mismatch" if path[-1] == "at":
            say = f'{where} is {error["input"]!r}: write the hour of handover like "09:00"'
        case "dict_type" if path[-1] in ("sign_off", "text"):
            say = f'{where} is {error["input"]!r:.60}: write one text, or a table such as {{ en = "…", de = "…" }}'
        case "value_error":
            say = error["msg"].removeprefix("Value error, ")
            path = path or _named(say, data)
        case _:
            say = f"{where}: {error['msg'][0].lower()}{error['msg'][1:]}, not {error['input']!r:.60}"
    return Problem(path, say)


def _named(say: str, data: Mapping[str, Any]) -> Path:
    """Find what a check of the whole policy complains of: it names the culprit in quotes."""
    quoted = re.findall(r"(?<!\w)'([^']+)'", say)
    if say.startswith("fallback_category"):
        return ("fallback_category",)
    for index, category in enumerate(data.get("categories", [])):
        if quoted and category.get("name") == quoted[0]:
            wrong = [key for key in ("team", "escalation_team") if category.get(key) in quoted[1:]]
            return ("categories", index, wrong[0] if wrong else "sla_hours")
    return ()
