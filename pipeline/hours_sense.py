"""What the types of business hours cannot say: zones and countries that exist, shifts apart, targets within reach."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

import holidays

from pipeline.hours import Hours, minutes
from pipeline.policy import Policy
from pipeline.problem import Path, Problem, is_zone
from pipeline.rotation import WEEKDAYS


def senseless_hours(policy: Policy) -> Iterator[Problem]:
    """Yield every mistake in the teams' hours."""
    for index, team in enumerate(policy.teams):
        if team.hours is not None:
            yield from _hours(("teams", index, "hours"), team.hours)


def _hours(at: Path, hours: Hours) -> Iterator[Problem]:
    if not is_zone(hours.zone):
        yield Problem((*at, "zone"), f'zone {hours.zone!r} is not known: write one like "Europe/Berlin"')
    if not any(hours.shifts(number) for number in range(len(WEEKDAYS))):
        yield Problem(at, 'hours without a shift: write one such as monday = "09:00-17:30", or leave them out')
    for number, weekday in enumerate(WEEKDAYS):
        yield from _shifts((*at, weekday), hours.shifts(number))
    for number, code in enumerate(hours.holidays):
        if say := _unknown(code):
            yield Problem((*at, "holidays", number), say)


def _shifts(at: Path, shifts: tuple[str, ...]) -> Iterator[Problem]:
    for number, shift in enumerate(shifts):
        begin, _, end = shift.partition("-")
        if begin == end:
            yield Problem((*at, number), f'shift {shift!r} has no end: write a whole day as "00:00-24:00"')
    ordered = sorted(range(len(shifts)), key=lambda number: minutes(shifts[number]))
    for earlier, later in pairwise(ordered):
        if minutes(shifts[earlier])[1] > minutes(shifts[later])[0]:
            say = f"shift {shifts[later]!r} begins before {shifts[earlier]!r} ends"
            yield Problem((*at, later), f"{say}: join them, or let it begin later")


@lru_cache(maxsize=1024)
def _unknown(code: str) -> str:
    """Return what is wrong with the name of a country or a part of it."""
    known = holidays.list_supported_countries(include_aliases=True)
    country, _, part = code.partition("-")
    if country not in known:
        near = get_close_matches(country.upper(), known, n=1)
        meant = f", such as {near[0]!r}" if near else ""
        return f"holidays of {code!r} are not known: write a country's code of two letters{meant}"
    if part and part not in known[country]:
        parts = ", ".join(known[country][:8]) or "none"
        return f"{country} has no part {part!r} with holidays of its own: write {country}, or add one of {parts}"
    return ""
