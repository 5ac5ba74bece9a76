"""Every card, line and form keeps to Slack's limits, in every state and with more of everything than fits."""

from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest

from handlers.views import card, found, help, home, lists, modals, moved, plain, pointer, thread, why
from pipeline.case import Actor, Case
from pipeline.macro import Macro
from pipeline.passage import Passage, Resolution
from pipeline.policy import Member, Team
from pipeline.ports import Card
from storage.cases import Event
from tests.handlers.views.cases import DRAFT, NOW, POLICY, STATES, case
from tests.handlers.views.valid import must_be_valid, must_be_valid_view

MODULES = (card, found, help, home, lists, modals, moved, plain, pointer, thread, why)
LINK = "https://acme.slack.com/archives/C1/p1"
MANY = POLICY.model_copy(
    update={
        "teams": tuple(
            Team(name=f"team_{n}", channel=f"team-{n}", members=(Member(name=f"Agent {n}", email=f"{n}@acme.example"),))
            for n in range(150)
        )
    }
)


def cards(of: Case) -> Iterator[Card | None]:
    yield card.card(of, DRAFT if of.analysis else "", POLICY, mention="U0ANA")
    yield moved.moved(of, "tech-support", "Ana", "It is a bug.")
    yield plain.plain(of, "invalid_blocks")
    yield pointer.pointer(of, "billing-lead", LINK)
    yield lists.case_line(of, LINK)
    yield lists.case_list("Queue", [of.but(id=f"k{n}") for n in range(60)], "Nothing waits.")
    yield lists.case_list("Queue", [], "Nothing waits.")
    yield why.why_card(of, POLICY)
    solved = Resolution(id="r1", question="Charged twice?", answer="x" * 9000, title="x" * 900, url=LINK)
    yield found.found_card("charged", [Passage(resolution=solved, score=0.9, reasons=("meaning 0.90",))] * 5)
    yield found.found_card("charged", [])
    for kind in thread._TOLD:
        detail = dict.fromkeys(("team", "agent", "reason", "category", "until", "of", "percent"), "billing")
        yield thread.thread_line(Event(kind=kind, actor=Actor(id="U", name="Ana"), detail=detail, number=3, at=NOW), of)


def forms(of: Case) -> Iterator[dict[str, Any]]:
    others = [of.but(id=f"k{n}") for n in range(150)]
    yield modals.edit_modal(of, "x" * 4000, "The customer wrote again.", channel="C0TECH", ts="1.2")
    yield modals.edit_modal(of, "")
    macros = [Macro(name=f"{n} {'x' * 70}", text={"": "Hi {customer}"}) for n in range(100)]
    yield modals.edit_modal(of, "x" * 2990, macros=macros, anew=True)
    yield from (modals.reassign_modal(of, policy) for policy in (POLICY, MANY))
    yield from (modals.duplicate_modal(of, candidates) for candidates in (others, []))
    yield modals.regenerate_modal(of)
    yield modals.snooze_modal(of, "America/Argentina/ComodRivadavia")
    yield why.why_modal(of, POLICY)
    many = tuple(of.but(id=f"k{n}") for n in range(60))
    yield home.home(home.Desk(teams=("billing_support",) * 60, mine=many, queue=many, drafts=many))
    yield home.closed_home()


@pytest.mark.parametrize("state", STATES)
def test_what_a_state_shows_is_valid(state: str) -> None:
    for shown in cards(STATES[state]):
        if shown is not None:
            must_be_valid(shown)


@pytest.mark.parametrize("state", STATES)
def test_what_a_state_asks_is_valid(state: str) -> None:
    for view in forms(STATES[state]):
        must_be_valid_view(view)


@pytest.mark.parametrize("typed", ["", "queu", "x" * 5000, "<!channel> *&"])
def test_help_is_valid_whatever_was_typed(typed: str) -> None:
    must_be_valid(help.help_card(typed))


def test_no_view_was_forgotten() -> None:
    """What returns a card or a form is tried above; a new one has to be added there."""
    found = {
        name
        for module in MODULES
        for name, made in vars(module).items()
        if getattr(made, "__module__", "") == module.__name__ and callable(made) and not name.startswith("_")
        if get_type_hints(made).get("return") in (Card, Card | None, modals.View)
    }
    assert found == {
        *("card", "moved", "plain", "pointer", "case_line", "case_list", "thread_line", "help_card", "why_card"),
        *("found_card", "home", "closed_home"),
        *("edit_modal", "reassign_modal", "duplicate_modal", "regenerate_modal", "snooze_modal", "why_modal"),
    }
    assert len([shown for shown in cards(case()) if shown]) > 20
