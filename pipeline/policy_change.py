"""Changes to a policy: small steps by path over what the file says, so that any field can be changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import AwareDatetime, Field, JsonValue

from pipeline.case import Actor
from pipeline.errors import PolicyError
from pipeline.policy import Policy
from pipeline.policy_check import checked
from pipeline.value import Value

Path = tuple[str, ...]  # as in ("teams", "billing_support", "members", "Ben Carter", "hours"): tables by their name


class Unfit(PolicyError):
    """The policy has no such place."""


class Step(Value):
    """One place of a policy that says something else, or is gone. `was` is what stood there, for people to read."""

    path: Path = Field(min_length=1)
    value: JsonValue = None
    was: JsonValue = None
    gone: bool = False


class PolicyChange(Value):
    """What a lead changed at once. Nobody edits it: what is taken back is named by a later one that undoes it."""

    number: int
    at: AwareDatetime
    by: Actor
    why: str = ""
    steps: tuple[Step, ...] = ()
    undoes: int | None = None


class Misfit(Value):
    """A change that the file, as it is now, has no place for: it waits, and the rest is in force."""

    change: PolicyChange
    say: str


class Standing(Value):
    """A policy with the changes that are in it, and those that do not fit."""

    policy: Policy
    changes: tuple[PolicyChange, ...] = ()
    misfits: tuple[Misfit, ...] = ()


def standing(changes: Iterable[PolicyChange]) -> tuple[PolicyChange, ...]:
    """Return the changes that nobody took back, oldest first."""
    log = tuple(changes)
    undone = {change.undoes for change in log}
    return tuple(change for change in log if change.undoes is None and change.number not in undone)


def combined(base: Policy, changes: Iterable[PolicyChange]) -> Standing:
    """Return the file's policy with all changes over it. One that does not fit any more is told, and left out.

    A change stays over the file: what the file says of the same place later counts once the change is undone.
    """
    log = standing(changes)
    try:
        return Standing(policy=changed(base, [step for change in log for step in change.steps]), changes=log)
    except PolicyError:
        return _one_by_one(base, log)


def changed(policy: Policy, steps: Sequence[Step]) -> Policy:
    """Return the policy with these steps taken, checked as a file is. Raises Unfit, or Senseless with every mistake."""
    if not steps:
        return policy
    data = policy.model_dump(mode="json")
    for step in steps:
        _take(data, step)
    return checked(data)


def found(policy: Policy, path: Path) -> JsonValue:
    """Return what a policy says at a place; None where it has none."""
    node: Any = policy.model_dump(mode="json")
    for part in path:
        node = _inside(node, part)
    return node  # type: ignore[no-any-return]  # what was dumped as JSON


def noted(policy: Policy, steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps that change anything, each with what stood there before."""
    known = [step.model_copy(update={"was": found(policy, step.path)}) for step in steps]
    return tuple(step for step in known if step.gone or step.was != step.value)


def touching(steps: Iterable[Step], others: Iterable[Step]) -> bool:
    """Whether two lists of steps speak of the same place, or one of a place inside the other's."""
    theirs = tuple(others)
    return any(all(a == b for a, b in zip(mine.path, each.path, strict=False)) for mine in steps for each in theirs)


def _one_by_one(base: Policy, log: Sequence[PolicyChange]) -> Standing:
    policy, misfits = base, []
    for change in log:
        try:
            policy = changed(policy, change.steps)
        except PolicyError as error:
            misfits.append(Misfit(change=change, say=str(error)))
    left_out = {misfit.change.number for misfit in misfits}
    kept = tuple(change for change in log if change.number not in left_out)
    return Standing(policy=policy, changes=kept, misfits=tuple(misfits))


def _take(data: dict[str, Any], step: Step) -> None:
    node: Any = data
    for depth, part in enumerate(step.path[:-1]):
        node = _inside(node, part)
        if node is None:
            raise Unfit(f"{'/'.join(step.path[: depth + 1])} is not in the policy")
    _put(node, step)


def _put(node: Any, step: Step) -> None:
    name = step.path[-1]
    if isinstance(node, list):
        place = next((index for index, each in enumerate(node) if _name(each) == name), None)
        if step.gone:
            if place is None:
                raise Unfit(f"{'/'.join(step.path)} is not in the policy")
            del node[place]
        elif place is None:
            node.append(step.value)
        else:
            node[place] = step.value
    elif not isinstance(node, dict):
        raise Unfit(f"{'/'.join(step.path[:-1])} has nothing inside it")
    elif step.gone:
        if node.pop(name, None) is None:
            raise Unfit(f"{'/'.join(step.path)} is not in the policy")
    else:
        node[name] = step.value


def _inside(node: Any, part: str) -> Any:
    if isinstance(node, Mapping):
        return node.get(part)
    if isinstance(node, list):
        return next((each for each in node if _name(each) == part), None)
    return None


def _name(entry: Any) -> str | None:
    """Return how an entry of a list of tables is called: by its id or its name."""
    if not isinstance(entry, Mapping):
        return None
    named = entry.get("id", entry.get("name"))
    return named if isinstance(named, str) else None
