"""One thing wrong, or at least other, in a payload that was right."""

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

_WRONG = (None, True, 0, 1.5, "", "x", [], {}, ["x"], {"x": 1})
_LENGTHS = (20, 24, 30, 49, 50, 75, 100, 150, 199, 200, 255, 300, 2000, 3000, 12_000)
_COUNTS = (2, 5, 6, 10, 20, 25, 100, 101)
_NUMBERS = (-1, 2, 5, 7, 11, 101, 3001, 10**10, 1.5)


def mutated(value: Any, rng: random.Random) -> Any:
    """A copy with one change at a random place."""
    changed = copy.deepcopy(value)
    place, key = rng.choice(list(_places(changed)))
    rng.choice(_changes(place[key], rng))(place, key)
    return changed


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with every key or position in it."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in list(pairs):
        yield value, key
        yield from _places(each)


def _changes(value: object, rng: random.Random) -> list[Callable[[Any, Any], None]]:
    changes = [_drop, _put(rng.choice(_WRONG))]
    match value:
        case dict():
            changes += [_put({**value, "colour": "red"}), _put({**value, "type": "marquee"})]
        case list() if value:
            count = rng.choice(_COUNTS) + 1
            changes += [_put([]), _put((value * count)[:count])] * 2
        case str():
            length = rng.choice(_LENGTHS) + 1
            changes += [_put((value + "x" * length)[:length]), _put("not what it was")] * 2
        case int() | float():
            changes += [_put(rng.choice(_NUMBERS))] * 2
    return changes


def _drop(place: Any, key: Any) -> None:
    del place[key]


def _put(value: object) -> Callable[[Any, Any], None]:
    def change(place: Any, key: Any) -> None:
        place[key] = value

    return change
