"""Every card, line and form keeps to Slack's limits, in every state and with more of everything than fits."""

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, get_type_hints

import pytest

from handlers import views
from handlers.views import (
    answer,
    asked,
    blocks,
    call,
    card,
    charts,
    digest,
    found,
    help,
    home,
    lists,
    modals,
    moved,
    plain,
    pointer,
    preferences,
    quiet,
    remedy,
    say,
    simple,
    thread,
    watch,
    why,
    working,
)
from pipeline.alarm import Alarm, begun
from pipeline.case import Actor, Case
from pipeline.chain import Occasion
from pipeline.macro import Macro
from pipeline.passage import Passage, Resolution
from pipeline.policy import Member, Team
from pipeline.ports import Card
from pipeline.preferences import Mentions
from storage.cases import Event
from tests.handlers.views.cases import DRAFT, NOW, POLICY, STATES, case
from tests.handlers.views.valid import must_be_valid, must_be_valid_view

CALLED = "U0CALLED"  # whom we mention ourselves
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
    yield card.card(of, DRAFT if of.analysis else "", POLICY, other=LINK)
    yield from (asked.asked_card(way) for way in ("", LINK))
    yield from (answer.answer_card(text) for text in (DRAFT, "<!channel> <@U0ANA> " * 150, " "))
    yield moved.moved(of, "tech-support", "Ana", "It is a bug.")
    yield plain.plain(of, "invalid_blocks")
    yield pointer.pointer(of, "billing-lead", LINK)
    yield lists.case_line(of, LINK)
    yield lists.case_list("Queue", [of.but(id=f"k{n}") for n in range(60)], "Nothing waits.", cardless=3)
    yield lists.case_list("Queue", [], "Nothing waits.")
    yield digest.digest_card([of] * digest.MOST_LINES, 500)
    yield digest.digest_card([], 0)
    yield from (call.call_card(of, alarm(of, occasion), user=CALLED, link=LINK) for occasion in Occasion)
    open_ = [watch.Calling(alarm=alarm(of, Occasion.HIGH), case=of, called=("x" * 160,) * 12, next="x" * 160)]
    yield from (watch.escalations_card(calling) for calling in ([], open_ * 60))
    crowd = tuple(of.but(id=f"k{n}", team=f"team_{n % 40}") for n in range(60))
    yield watch.sla_card(watch.Targets(overdue=crowd, at_risk=crowd, later=crowd), "x" * 100, {})
    yield quiet.quiet_card([quiet.Kept(case=of, causes=tuple(f"rule:{'x' * 90}{n}" for n in range(9)))] * 60)
    yield remedy.remedy_card("billing-support", "Invite me there.", "general-support")
    yield simple.simple(card.card(of, DRAFT if of.analysis else "", POLICY), DRAFT * 9)
    yield why.why_card(of, POLICY)
    solved = Resolution(id="r1", question="Charged twice?", answer="x" * 9000, title="x" * 900, url=LINK)
    yield found.found_card("charged", [Passage(resolution=solved, score=0.9, reasons=("meaning 0.90",))] * 5)
    yield found.found_card("charged", [])
    for kind in thread._TOLD:
        detail = dict.fromkeys(("team", "agent", "reason", "category", "until", "of", "percent", "other"), "billing")
        yield thread.thread_line(Event(kind=kind, actor=Actor(id="U", name="Ana"), detail=detail, number=3, at=NOW), of)


def alarm(of: Case, occasion: Occasion) -> Alarm:
    return begun(of, occasion, (), id="a1", by=None, owner="Ana", now=NOW)


def forms(of: Case) -> Iterator[dict[str, Any]]:
    others = [of.but(id=f"k{n}") for n in range(150)]
    yield modals.edit_modal(of, "x" * 4000, "The customer wrote again.", channel="C0TECH", ts="1.2")
    yield modals.edit_modal(of, "")
    macros = [Macro(name=f"{n} {'x' * 70}", text={"": "Hi {customer}"}) for n in range(100)]
    yield modals.edit_modal(of, "x" * 2990, macros=macros, anew=True)
    yield from (modals.reassign_modal(of, policy) for policy in (POLICY, MANY))
    yield from (modals.duplicate_modal(of, candidates) for candidates in (others, []))
    yield from (modals.merge_modal(of, candidates) for candidates in (others, []))
    yield modals.more_modal(of)
    yield say.say_modal(of, "x" * 4000, "ana@acme.example, by Zendesk", channel="C0TECH", ts="1.2", of="1.3:abc")
    yield say.say_modal(of.but(ticket=of.ticket.model_copy(update={"source": "slack"})), " ", "<!here>")
    yield modals.closed_modal("Edit reply", "x" * 2000)
    yield working.working_view("Edit reply")
    yield working.done_view("Edit reply")
    sent = {**modals.snooze_modal(of), "state": {"values": {}}}
    yield working.form_again(sent, "That is not a moment.")
    yield modals.regenerate_modal(of)
    yield modals.snooze_modal(of, "America/Argentina/ComodRivadavia")
    yield why.why_modal(of, POLICY)
    many = tuple(of.but(id=f"k{n}") for n in range(60))
    yield home.home(home.Desk(teams=("billing_support",) * 60, mine=many, queue=many, drafts=many, cardless=1))
    yield home.closed_home("<!here> " * 900)
    wrong = tuple(home.Health(name="x" * 300, told="y" * 3000) for _ in range(30))
    used = {each.id: 0.5 for each in many}
    yield home.home(
        home.Desk(teams=("t",), mine=many, queue=many, drafts=many, used=used, called=True, health=wrong, cardless=1)
    )
    member = Member(name="Ana", email="ana@acme.example", hours="09:00-17:00", zone="America/Argentina/ComodRivadavia")
    yield from (preferences.preferences_modal(member, mentions) for mentions in Mentions)


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
    """Whatever returns a card or a form is called in a test beside this one."""
    modules = [import_module(f"{views.__name__}.{found.name}") for found in iter_modules(views.__path__)]
    found = {
        name
        for module in modules
        for name, made in vars(module).items()
        if module not in (blocks, charts)  # what views are made of
        if getattr(made, "__module__", "") == module.__name__ and isfunction(made) and not name.startswith("_")
        if get_type_hints(made).get("return") in (Card, Card | None, modals.View)
    }
    tried = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert sorted(name for name in found if not re.search(rf"\b{name}\b", tried)) == []
    assert len([shown for shown in cards(case()) if shown]) > 20
