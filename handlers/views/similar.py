"""Similar: tickets like somebody's words or another ticket, each with how like it is and how it stands."""

from collections.abc import Sequence

from handlers.views import blocks
from handlers.views.escape import line
from handlers.views.found import passage_blocks
from handlers.views.lists import case_row
from pipeline.case import Case
from pipeline.passage import Passage
from pipeline.ports import Block, Card
from pipeline.value import Value

PAGE = "search.page"
ON_A_PAGE = 5
_LONGEST_ASKED = 1900  # characters that a button carries beside the number of its page


class Near(Value):
    """A case that is like what was asked for, with the way to its card, "" while it has none."""

    case: Case
    card: str
    likeness: float


class Pages(Value):
    """Which page of how many tickets this is, and the words that it was asked with."""

    number: int
    total: int
    words: str


def similar_card(asked: str, near: Sequence[Near], passages: Sequence[Passage], pages: Pages | None = None) -> Card:
    """Show the cases, the likest first, then what the team has answered before; or say that nothing is alike."""
    if not near and not passages:
        told = f"Nothing here is like “{line(asked, 100)}”: no ticket, and no answer of the team."
        return Card(text=told, blocks=(blocks.section("nothing", told),))
    heading = f"*{_counted(near, pages)} like “{line(asked, 100)}”*"
    rows = [blocks.section(f"like.{each.case.id}"[:255], _row(each)) for each in near]
    answers: list[Block] = []
    if passages:
        answers = [blocks.section("answers", "*What the team has answered before*"), *passage_blocks(passages)]
    turning = _turning(pages) if pages else []
    return Card(text=heading, blocks=(blocks.section("heading", heading), *rows, *turning, *answers))


def state(case: Case) -> str:
    """Return how a case stands, in words."""
    if case.decision is None:
        return case.status.value.capitalize()
    return f"{case.status.value.capitalize()}: {case.decision.verdict.value} by {line(case.decision.by.name, 80)}"


def percent(likeness: float) -> str:
    """Return a likeness as people read it; it is never rounded up to the very same words."""
    return f"{int(likeness * 100)}%"


def _row(near: Near) -> str:
    return f"*{percent(near.likeness)}* · {case_row(near.case, near.card)} · {state(near.case)}"


def _counted(near: Sequence[Near], pages: Pages | None) -> str:
    total = pages.total if pages else len(near)
    shown = f"{total} ticket{'' if total == 1 else 's'}" if total else "No ticket is"
    last = pages is None or pages.total <= ON_A_PAGE
    return shown if last or pages is None else f"{shown}, page {pages.number} of {-(-total // ON_A_PAGE)},"


def _turning(pages: Pages) -> list[Block]:
    """Offer the pages beside this one."""
    words, turned = pages.words[:_LONGEST_ASKED], []
    if pages.number > 1:
        turned.append(blocks.button(f"{PAGE}.back", "Back", f"{pages.number - 1} {words}", says="Likelier tickets"))
    if pages.number * ON_A_PAGE < pages.total:
        turned.append(blocks.button(f"{PAGE}.next", "More", f"{pages.number + 1} {words}", says="More tickets"))
    return [blocks.actions("pages", *turned)] if turned else []
