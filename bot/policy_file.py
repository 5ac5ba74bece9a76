"""Policy file: TOML -> Policy, or a PolicyError that names the file, the line and what to write."""

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from bot.toml_lines import locate, nearest
from pipeline.errors import PolicyError
from pipeline.policy import Policy
from pipeline.policy_check import Senseless, checked
from pipeline.problem import Path, Problem

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
        return checked(data)
    except Senseless as error:
        raise _refusal(name, lines, error.problems) from error


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _SYNTAX.fullmatch(str(error))
        line = int(match[2]) if match and match[2] else text.rstrip().count("\n") + 1
        said = match[1] if match else str(error)
        raise PolicyError(f"{name}:{line}: not TOML: {said}") from error


def _refusal(name: str, lines: dict[Path, int], problems: Sequence[Problem]) -> PolicyError:
    found = sorted((nearest(lines, problem.path), problem.say) for problem in problems)
    return PolicyError("\n".join(f"{name}:{line}: {say}" for line, say in found))
