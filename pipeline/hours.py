"""Hours: when a team is open, on the clocks of its zone; who writes nothing here is always open."""

from datetime import date, time
from typing import Annotated

from pydantic import BeforeValidator, Field

from pipeline.rotation import WEEKDAYS
from pipeline.value import Value

DAY = 24 * 60  # minutes
SHIFT = r"^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$"


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Shifts = Annotated[tuple[Annotated[str, Field(pattern=SHIFT)], ...], BeforeValidator(_several)]


class Hours(Value):
    """The shifts of each weekday, and the days without any. A shift over midnight belongs to the day it begins on."""

    zone: str = Field(default="UTC", description="IANA time zone of the shifts")
    monday: Shifts = ()
    tuesday: Shifts = ()
    wednesday: Shifts = ()
    thursday: Shifts = ()
    friday: Shifts = ()
    saturday: Shifts = ()
    sunday: Shifts = ()
    holidays: tuple[str, ...] = Field(default=(), description="countries, or parts of them, such as DE or DE-BE")
    closed: tuple[date, ...] = Field(default=(), description="further days without shifts")

    def shifts(self, weekday: int) -> tuple[str, ...]:
        """Return the shifts that begin on a weekday, 0 for Monday."""
        shifts: tuple[str, ...] = getattr(self, WEEKDAYS[weekday])
        return shifts


def minutes(shift: str) -> tuple[int, int]:
    """Return the minutes of the day on which a shift begins and ends; an end on the next day is above 24 hours."""
    begin, end = (_minute(part) for part in shift.split("-"))
    return begin, end if end > begin else end + DAY


def _minute(text: str) -> int:
    if text == "24:00":
        return DAY
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute
