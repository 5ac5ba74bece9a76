"""Lines: chains, rotations and hours as a lead types them, and back. What is merely repeated comes back as it was."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from pipeline.chain import Chain, Occasion, Step
from pipeline.errors import PolicyError
from pipeline.problem import is_zone
from pipeline.rotation import WEEKDAYS, Cover, Rotation

_STEP = re.compile(r"(.+?)(?:\s+after\s+([0-9]+(?:[.,][0-9]+)?)(?:\s*min(?:utes?)?)?)?")
_AT = "%Y-%m-%d %H:%M"
_COVER = re.compile(r"([0-9-]{10} [0-9:]{5})\s*(?:-|–|to|until)\s*([0-9-]{10} [0-9:]{5})[\s:]+(.+)")
_USUAL_WAIT = 10.0  # minutes


class Mistyped(PolicyError):
    """A line says something else than it must."""


def lines_of(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def names_of(text: str) -> list[str]:
    """Return what is listed, by lines or commas."""
    return [name.strip() for line in text.splitlines() for name in line.split(",") if name.strip()]


def number(value: float) -> str:
    """Return a number as short as it can be said."""
    return f"{value:.9f}".rstrip("0").rstrip(".")


def step_lines(steps: Sequence[Step]) -> str:
    """Say the steps of a chain, one a line."""
    return "\n".join(f"{step.call} after {number(step.after)}" for step in steps)


def chain_of(chains: Sequence[Chain], occasion: Occasion) -> Chain | None:
    """Return a team's own chain for an occasion."""
    return next((chain for chain in chains if occasion in chain.on), None)


def chains_typed(
    typed: Mapping[Occasion, str], lasts: Mapping[Occasion, float], chains: Sequence[Chain]
) -> list[JsonValue]:
    """Return the chains that are meant, one for each occasion that has lines. Raises Mistyped."""
    if all(_same(chain_of(chains, each), typed.get(each, ""), lasts.get(each)) for each in Occasion):
        return [chain.model_dump(mode="json") for chain in chains]
    meant: list[JsonValue] = []
    for occasion in Occasion:
        if lines := lines_of(typed.get(occasion, "")):
            known = chain_of(chains, occasion)
            usual = known.last_resort if known else Chain.model_fields["last_resort"].default
            steps: list[JsonValue] = [_step(line, first=not place) for place, line in enumerate(lines)]
            meant.append({"on": [occasion.value], "steps": steps, "last_resort": lasts.get(occasion, usual)})
    return meant


def cover_lines(rotation: Rotation) -> str:
    """Say who stands in for whom, by the clocks of the rotation."""
    zone = ZoneInfo(rotation.zone)
    return "\n".join(
        f"{each.begins.astimezone(zone):{_AT}} to {each.ends.astimezone(zone):{_AT}} {each.member}"
        for each in rotation.covers
    )


def covers_typed(text: str, zone: str, known: Rotation | None) -> list[JsonValue]:
    """Return who stands in, as the clocks of a zone have it. Raises Mistyped."""
    if known is not None and known.zone == zone and lines_of(text) == lines_of(cover_lines(known)):
        return [each.model_dump(mode="json") for each in known.covers]
    return [_cover(line, zone) for line in lines_of(text)]


def shifts_typed(typed: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return each weekday's shifts, without the spaces that people type."""
    return {day: ["".join(shift.split()) for shift in names_of(typed.get(day, ""))] for day in WEEKDAYS}


def _same(chain: Chain | None, text: str, last: float | None) -> bool:
    if chain is None:
        return not lines_of(text)
    return lines_of(text) == lines_of(step_lines(chain.steps)) and last in (None, chain.last_resort)


def _step(line: str, *, first: bool) -> JsonValue:
    match = _STEP.fullmatch(line)
    if match is None:
        raise Mistyped(f"{line!r:.80} is no step: write whom and after how many minutes, like: lead after 10")
    after = float(match[2].replace(",", ".")) if match[2] else 0.0 if first else _USUAL_WAIT
    return {"call": match[1], "after": after}


def _cover(line: str, zone: str) -> JsonValue:
    match = _COVER.fullmatch(line)
    if match is None or not is_zone(zone):
        raise Mistyped(f"{line!r:.80}: write it like 2026-12-24 09:00 to 2026-12-26 09:00 Ana Ribeiro")
    begins, ends = (_moment(said, zone) for said in (match[1], match[2]))
    return Cover(member=match[3], begins=begins, ends=ends).model_dump(mode="json")


def _moment(said: str, zone: str) -> datetime:
    try:
        return datetime.strptime(said, _AT).replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise Mistyped(f"{said!r} is no time: write it like 2026-12-24 09:00") from None
