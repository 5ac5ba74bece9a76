"""The business calendar against looking at the clock each minute: random hours in many zones over a year each."""

import time
from datetime import date

from tests.pipeline.stepper import ZONES, differences

YEARS = (2011, 2018, 2026)
CASES = 3_000  # of each zone and year, both as business time between two moments and as a target's moment


async def sla(_seconds: int) -> None:
    """Print how many cases were compared, and every one that differs."""
    began, compared, wrong = time.perf_counter(), 0, 0
    for zone in ZONES:
        for year in YEARS:
            for found in differences(year, zone, first=date(year, 1, 1), days=365, cases=CASES):
                wrong += 1
                print(found)
            compared += CASES
        print(f"{zone}: {compared} cases, {wrong} differences, {time.perf_counter() - began:.0f} s")
