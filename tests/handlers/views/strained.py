"""Views with more of everything than fits, which limits and hostile texts are tried on beside the usual ones."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from handlers.views import (
    answer,
    approve,
    card,
    clusters,
    digest,
    duplicate,
    home,
    incident,
    intent_forms,
    lists,
    modals,
    preferences,
    quiet,
    say,
    similar,
    simple,
    watch,
)
from pipeline.case import Case
from pipeline.chain import Occasion
from pipeline.incident import Incident
from pipeline.macro import Macro
from pipeline.passage import Passage
from pipeline.policy import Member, Team
from pipeline.preferences import Mentions
from tests.handlers.views.cases import DRAFT, NOW, POLICY
from tests.handlers.views.examples import LINK, SOLVED, Example, alarm
from tests.handlers.views.examples_intents import CHARGED, FOUND, GROWN, TICKET

MANY = POLICY.model_copy(
    update={
        "teams": tuple(
            Team(name=f"team_{n}", channel=f"team-{n}", members=(Member(name=f"Agent {n}", email=f"{n}@acme.example"),))
            for n in range(150)
        )
    }
)


def strained(of: Case) -> Iterator[Example]:
    """A case, and what surrounds it, in excess."""
    crowd = tuple(of.but(id=f"k{n}", team=f"team_{n % 40}") for n in range(60))
    for example in (*_messages(of, crowd), *_forms(of, crowd), *_intents(of, crowd)):
        yield "strained", example


def _messages(of: Case, crowd: tuple[Case, ...]) -> Iterator[partial[Any]]:
    yield from (partial(answer.answer_card, text) for text in ("<!channel> <@U0ANA> " * 150, " "))
    yield partial(lists.case_list, "Queue", crowd, "Nothing waits.", cardless=3)
    yield partial(digest.digest_card, crowd[: digest.MOST_LINES], 500)
    open_ = [watch.Calling(alarm=alarm(of, Occasion.HIGH), case=of, called=("x" * 160,) * 12, next="x" * 160)]
    yield partial(watch.escalations_card, open_ * 60)
    yield partial(watch.sla_card, watch.Targets(overdue=crowd, at_risk=crowd, later=crowd), "x" * 100, {})
    kept = [quiet.Kept(case=of, causes=tuple(f"rule:{'x' * 90}{n}" for n in range(9)))] * 60
    yield partial(quiet.quiet_card, kept)
    yield partial(simple.simple, card.card(of, DRAFT if of.analysis else "", POLICY), DRAFT * 9)
    long = SOLVED.model_copy(update={"answer": "x" * 9000, "title": "x" * 900})
    passages = [Passage(resolution=long, score=0.9, reasons=("meaning 0.90",))] * 5
    near = [similar.Near(case=of.but(id=f"n{n}"), card=LINK, likeness=0.7) for n in range(5)]
    pages = similar.Pages(number=2, total=25, words="x " * 1500)
    yield partial(similar.similar_card, "charged " * 900, near, passages, pages)


def _forms(of: Case, crowd: tuple[Case, ...]) -> Iterator[partial[Any]]:
    yield partial(modals.edit_modal, of, "x" * 4000, "The customer wrote again.", channel="C0TECH", ts="1.2")
    yield partial(approve.approve_modal, of, "x" * 60_000, channel="C0TECH", ts="1.2")
    macros = [Macro(name=f"{n} {'x' * 70}", text={"": "Hi {customer}"}) for n in range(100)]
    yield partial(modals.edit_modal, of, "x" * 2990, macros=macros, anew=True)
    yield partial(modals.reassign_modal, of, MANY)
    others = [of.but(id=f"k{n}") for n in range(150)]
    yield partial(modals.merge_modal, of, others)
    alike = [duplicate.Candidate(case=each, likeness=0.9 - n / 200) for n, each in enumerate(others)]
    yield partial(duplicate.duplicate_modal, of, alike)
    yield partial(say.say_modal, of, "x" * 4000, "ana@acme.example, by Zendesk", channel="C0TECH", ts="1.2", of="1.3:a")
    yield partial(modals.closed_modal, "Edit reply", "x" * 2000)
    yield partial(modals.snooze_modal, of, "America/Argentina/ComodRivadavia")
    wrong = tuple(home.Health(name="x" * 300, told="y" * 3000) for _ in range(30))
    used = {each.id: 0.5 for each in crowd}
    teams = ("billing_support",) * 60
    yield partial(
        home.home,
        home.Desk(teams=teams, mine=crowd, queue=crowd, drafts=crowd, used=used, called=True, health=wrong, cardless=1),
    )
    yield partial(home.closed_home, "<!here> " * 900)
    member = Member(name="Ana", email="ana@acme.example", hours="09:00-17:00", zone="America/Argentina/ComodRivadavia")
    yield from (partial(preferences.preferences_modal, member, mentions) for mentions in Mentions)


def _intents(of: Case, crowd: tuple[Case, ...]) -> Iterator[partial[Any]]:
    large = CHARGED.model_copy(update={"name": "<!here> " * 10, "words": "*x* <@U0ANA> " * 40, "l2": "&" * 80})
    many = {f"team_{n}": 100 - n for n in range(60)}
    shown = tuple(
        GROWN.model_copy(update={"intent": large, "teams": many}) for _ in range(clusters.LARGEST + clusters.GROWING)
    )
    yield partial(clusters.clusters_card, FOUND.model_copy(update={"shown": shown, "team": "x" * 300}))
    tickets = [TICKET.model_copy(update={"words": "<!channel> " * 30, "case_id": f"c{n}"}) for n in range(20)]
    others = [large.model_copy(update={"id": f"i{n}"}) for n in range(150)]
    yield partial(intent_forms.tickets_modal, large, tickets, {"c1": "javascript:x"}, 5000)
    yield partial(intent_forms.intent_merge_modal, large, others)
    yield partial(intent_forms.intent_part_modal, large, tickets, others)
    yield partial(intent_forms.intent_split_modal, large, [(each, 9) for each in tickets])
    yield partial(intent_forms.intent_file_modal, large, [f"category_{n}" for n in range(150)])
    yield partial(intent_forms.article_modal, large, "x" * 9000, "y" * 9000, 3)
    raised = Incident(id="n1", team="x" * 90, words=large.words, count=9000, expected=3, started_at=NOW, last_at=NOW)
    yield partial(incident.incident_card, raised, crowd, {})
