"""Policy file: TOML -> Policy, or a PolicyError that names the file, the line and what to write."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.policy_sense import Problem, senseless
from bot.toml_lines import Path, locate, nearest
from pipeline.errors import PolicyError
from pipeline.policy import Policy

_LARGEST = 1_000_000  # characters; a policy is written by hand
_SYNTAX = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", re.DOTALL)


def policy_from(file: FilePath | None) -> Policy:
    """Return the policy of a file, or the one that ships where none is named."""
    return load_policy(file) if file else default_policy()


def default_policy() -> Policy:
    """Return the policy that ships with the product."""
    name = "manifests/policy.toml"
    return _policy(_default_text(), name)


def load_policy(path: FilePath) -> Policy:
    """Read a policy file. Raises PolicyError with every mistake that was found, one per line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PolicyError(f"{path}:{line}: not UTF-8: save the file as UTF-8") from error
    if len(text) > _LARGEST:
        raise PolicyError(f"{path}: longer than {_LARGEST:,} characters, so it is no policy")
    return _policy(text, str(path))


def _default_text() -> str:
    return files("manifests").joinpath("policy.toml").read_text(encoding="utf-8")


def _policy(text: str, name: str) -> Policy:
    data = _parse(text, name)
    lines = locate(text)
    # Who writes only categories and teams still wants threats to be seen; `rules = []` says otherwise.
    if "rules" not in data:
        data["rules"] = tomllib.loads(_default_text()).get("rules", [])
    try:
        policy = Policy.model_validate(data)
    except ValidationError as error:
        raise _refusal(name, lines, [_problem(each, data) for each in _causes(error)]) from error
    if problems := senseless(policy):
        raise _refusal(name, lines, problems)
    return policy


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX.fullmatch(str(error))
        line = int(match[2]) if match and match[2] else text.rstrip().count("\n") + 1
        said = match[1] if match else str(error)
        raise PolicyError(f"{name}:{line}: not TOML: {said}") from error


def _refusal(name: str, lines: dict[Path, int], problems: list[Problem]) -> PolicyError:
    found = sorted((nearest(lines, problem.path), problem.say) for problem in problems)
    return PolicyError("\n".join(f"{name}:{line}: {say}" for line, say in found))


def _causes(error: ValidationError) -> list[ErrorDetails]:
    """Leave out that a list is too short where that only follows from a wrong entry of it."""
    errors = error.errors()
    wrong = {each["loc"][:-1][:depth] for each in errors for depth in range(len(each["loc"]))}
    return [each for each in errors if each["type"] != "too_short" or each["loc"] not in wrong]


def _problem(error: ErrorDetails, data: dict[str, Any]) -> Problem:
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
        case "dict_type" if path[-1] in ("sign_off", "text"):
            say = f'{where} is {error["input"]!r:.60}: write one text, or a table such as {{ en = "…", de = "…" }}'
        case "value_error":
            say = error["msg"].removeprefix("Value error, ")
            path = path or _named(say, data)
        case _:
            say = f"{where}: {error['msg'][0].lower()}{error['msg'][1:]}, not {error['input']!r:.60}"
    return Problem(path, say)


def _named(say: str, data: dict[str, Any]) -> Path:
    """Find what a check of the whole policy complains of: it names the culprit in quotes."""
    quoted = re.findall(r"(?<!\w)'([^']+)'", say)
    if say.startswith("fallback_category"):
        return ("fallback_category",)
    for index, category in enumerate(data.get("categories", [])):
        if quoted and category.get("name") == quoted[0]:
            wrong = [key for key in ("team", "escalation_team") if category.get(key) in quoted[1:]]
            return ("categories", index, wrong[0] if wrong else "sla_hours")
    return ()
