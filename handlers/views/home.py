"""Home: what waits for one person, and what the bot can do."""

from collections.abc import Mapping, Sequence

from handlers.views import blocks
from handlers.views.blocks import Element
from handlers.views.escape import line
from handlers.views.lists import case_row, more
from handlers.views.preferences import OPEN
from handlers.views.remedy import nowhere_line
from handlers.views.words import title
from pipeline.case import Case
from pipeline.ports import Block
from pipeline.value import Value

_LEAST_SHARE = 0.01  # of its time; less is no news
MOST_LISTED = 10  # of each list; a Home holds 100 blocks
_WHAT = (
    "Every ticket comes as a card to the channel of the team that owns it. Nothing is sent before somebody presses "
    "Approve or Edit there, unless a lead switched that on for a category. Type `/triage help` for what else there is."
)


class Health(Value):
    """One thing that is wrong with the set-up, and what to do about it."""

    name: str
    told: str


class Desk(Value):
    """What one person finds: lists of undecided cases, the most pressing first. `teams` are those they belong to.

    `totals` is how many each list has, shown or not; `links` has the way to their cards.
    `used` is the share of the target that is gone, by case. `health` is None for who need not care for the set-up.
    `cardless` is how many tickets have no card anywhere.
    """

    teams: tuple[str, ...]
    mine: tuple[Case, ...]
    queue: tuple[Case, ...]
    drafts: tuple[Case, ...]
    totals: Mapping[str, int] = {}
    links: Mapping[str, str] = {}
    used: Mapping[str, float] = {}
    called: bool = False
    health: tuple[Health, ...] | None = None
    cardless: int = 0


def home(desk: Desk) -> Element:
    """Return the view; the lists name their length, so that nobody takes the beginning for the whole."""
    shown = [
        *_health(desk.health),
        *([blocks.context("cardless", nowhere_line(desk.cardless))] if desk.cardless else []),
        blocks.header("mine_head", "Yours, the most pressing first"),
        *_list(desk, "mine", desk.mine, "Nothing is assigned to you. 🎉"),
        blocks.header("drafts_head", "Drafts that wait for your team's approval"),
        *_list(desk, "drafts", desk.drafts, "No draft waits."),
        blocks.header("queue_head", f"Queue of {_names(desk.teams)}"),
        *_queue(desk),
        blocks.divider("end"),
        *_preferences(called=desk.called),
        blocks.context("what", _WHAT),
    ]
    return {"type": "home", "blocks": shown}


def closed_home(why: str) -> Element:
    """Return the view of somebody who may not look into tickets."""
    told = f"{line(why, 1500)} 🎫 on a message makes a ticket of it, and `/triage on-call` says who is on call."
    return {"type": "home", "blocks": [blocks.section("closed", told)]}


def _names(teams: Sequence[str]) -> str:
    return ", ".join(map(title, teams)) or "all teams"


def _health(found: tuple[Health, ...] | None) -> list[Block]:
    """Say what leads and admins have to put right, first of all."""
    if found is None:
        return []
    if not found:
        return [blocks.context("health", "🟢 The set-up is in order.")]
    rows = [f"⚠️ *{line(each.name, 100)}*: {line(each.told, 500)}" for each in found[:MOST_LISTED]]
    more = len(found) - MOST_LISTED
    return [
        blocks.header("health_head", "The set-up needs somebody"),
        *(blocks.section(f"health.{number}", row) for number, row in enumerate(rows)),
        *([blocks.context("health.more", f"…and {more} more: `triage doctor`")] if more > 0 else []),
    ]


def _preferences(*, called: bool) -> list[Block]:
    """Let who may be called say when and for what."""
    if not called:
        return []
    says = "Say when and for what you want to be called"
    return [blocks.actions("prefer", blocks.button(OPEN, "Preferences…", "open", says=says))]


def _queue(desk: Desk) -> list[Block]:
    """List what is not listed above already, and say how much is."""
    above = {case.id for case in (*desk.mine[:MOST_LISTED], *desk.drafts[:MOST_LISTED])}
    rest = tuple(case for case in desk.queue if case.id not in above)
    repeated = len(desk.queue) - len(rest)
    if not repeated:
        return _list(desk, "queue", desk.queue, "Nothing waits for a decision.")
    others = desk.model_copy(update={"totals": {"queue": desk.totals.get("queue", 0) - repeated}})
    nothing = f"{repeated:,} {'waits' if repeated == 1 else 'wait'}, listed above."
    also = [blocks.context("queue.above", f"Beside the {repeated:,} listed above.")] if rest else []
    return [*_list(others, "queue", rest, nothing), *also]


def _list(desk: Desk, name: str, cases: Sequence[Case], nothing: str) -> list[Block]:
    if not cases:
        return [blocks.context(f"{name}.none", nothing)]
    shown, total = cases[:MOST_LISTED], max(desk.totals.get(name, 0), len(cases))
    used = desk.used if name == "mine" else {}
    rows = [
        blocks.section(f"{name}.{number}", _share(case, used) + case_row(case, desk.links.get(case.id, "")))
        for number, case in enumerate(shown)
    ]
    return [*rows, *more(f"{name}.more", total - len(shown), f": `/triage {'mine' if name == 'mine' else 'queue'}`")]


def _share(case: Case, used: Mapping[str, float]) -> str:
    """Return how much of the time for a first response is gone."""
    if used.get(case.id, 0) < _LEAST_SHARE:
        return ""
    return "⏰ *overdue* · " if used[case.id] >= 1 else f"*{used[case.id]:.0%}* of its time gone · "
