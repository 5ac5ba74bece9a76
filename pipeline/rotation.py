"""Rotation: who is on call by the calendar, on the clocks of a zone, exactly one person at each moment."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field

from pipeline.value import Value

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONDAY = date(2024, 1, 1)
_MINUTE = timedelta(minutes=1)


class Length(StrEnum):
    """How long one person is on call."""

    DAY = "day"
    WEEK = "week"


class Cover(Value):
    """Somebody stands in for whoever is in turn, from one moment to another."""

    member: str
    begins: AwareDatetime
    ends: AwareDatetime


class Rotation(Value):
    """Members take turns in their order. Where the clock skips the hour of handover, it is the next there is."""

    members: tuple[str, ...] = Field(min_length=1, description="names, in the order of their turns")
    shift: Length = Length.WEEK
    weekday: str = Field(default="monday", description="of a week's handover")
    at: str = Field(
        default="09:00", pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="local time of the handover"
    )
    zone: str = Field(default="UTC", description="IANA time zone of the handover")
    since: date = Field(default=_MONDAY, description="the first member's first turn is the first one from this day on")
    covers: tuple[Cover, ...] = Field(default=(), max_length=200, description="who stands in, and when")


class Turn(Value):
    """One person's time on call. `in_turn` is who would be, were they not away, and did nobody stand in (`covered`)."""

    member: str
    in_turn: str
    begins: AwareDatetime
    ends: AwareDatetime
    covered: bool = False


def on_call(rotation: Rotation, now: datetime, away: Collection[str] = ()) -> Turn:
    """Return the turn at a moment. Who is away is passed over for the next in order, unless all are.

    Whoever covers it comes before all of them, unless away; then the turn is cut where the cover begins and ends.
    """
    day = _begun(rotation, now)
    number = (day - _first(rotation)).days // _days(rotation)
    order = [rotation.members[(number + place) % len(rotation.members)] for place in range(len(rotation.members))]
    present = next((member for member in order if member not in away), order[0])
    following = day + timedelta(days=_days(rotation))
    begins, ends = _moment(rotation, day), _moment(rotation, following)
    covers = [cover for cover in rotation.covers if cover.member not in away]
    cover = next((each for each in covers if each.begins <= now < each.ends), None)
    cuts = [moment for each in covers for moment in (each.begins, each.ends) if begins < moment < ends]
    return Turn(
        member=cover.member if cover else present,
        in_turn=order[0],
        begins=max([begins, *(cut for cut in cuts if cut <= now)]),
        ends=min([ends, *(cut for cut in cuts if cut > now)]),
        covered=cover is not None,
    )


def _days(rotation: Rotation) -> int:
    return 7 if rotation.shift is Length.WEEK else 1


def _first(rotation: Rotation) -> date:
    if rotation.shift is Length.DAY:
        return rotation.since
    ahead = WEEKDAYS.index(rotation.weekday) - rotation.since.weekday()
    return rotation.since + timedelta(days=ahead % 7)


def _begun(rotation: Rotation, now: datetime) -> date:
    """Return the day on which the turn at a moment began."""
    local, at = now.astimezone(ZoneInfo(rotation.zone)), time.fromisoformat(rotation.at)
    day = local.date()
    if not (local.time() >= at or (local.fold and _comes_twice(rotation, day, at))):
        day -= timedelta(days=1)
    return day - timedelta(days=(day - _first(rotation)).days % _days(rotation))


def _comes_twice(rotation: Rotation, day: date, at: time) -> bool:
    """Whether the clock shows the hour of handover twice on a day: it is handed over at the first."""
    once, again = (datetime.combine(day, at.replace(fold=fold), ZoneInfo(rotation.zone)) for fold in (0, 1))
    return (once.utcoffset() or timedelta()) > (again.utcoffset() or timedelta())


def _moment(rotation: Rotation, day: date) -> datetime:
    """Return when the turn of a day begins."""
    begins = datetime.combine(day, time.fromisoformat(rotation.at), ZoneInfo(rotation.zone)).astimezone(UTC)
    while _begun(rotation, begins - _MINUTE) >= day:  # the clock skips the hour, and comes to the day sooner
        begins -= _MINUTE
    return begins
