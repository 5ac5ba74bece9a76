"""Doctor: what was looked at, what is wrong first, each with what to do."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.escape import line
from pipeline.ports import Card
from pipeline.value import Value

MOST_LISTED = 40  # a message has fifty blocks


class Looked(Value):
    """One thing that was looked at, and what there is to read of it."""

    name: str
    ok: bool
    told: str


def doctor_card(found: Sequence[Looked]) -> Card:
    """Show what is wrong one by one, and the rest together."""
    wrong = [each for each in found if not each.ok]
    well = line(", ".join(each.name for each in found if each.ok), 2000)
    need = "needs" if len(wrong) == 1 else "need"
    heading = f"🩺 {len(wrong)} of {len(found)} things {need} somebody" if wrong else "🩺 Everything is in order."
    rows = [f"⚠️ *{line(each.name, 100)}*: {line(each.told, 800)}" for each in wrong[:MOST_LISTED]]
    shown = [blocks.section("doctor", heading)]
    shown += [blocks.section(f"doctor.{number}", row) for number, row in enumerate(rows)]
    if more := len(wrong) - MOST_LISTED:
        shown += [blocks.context("more", f"…and {more} more: `triage doctor`")] if more > 0 else []
    return Card(text=heading, blocks=(*shown, blocks.context("well", f"🟢 In order: {well}")))
