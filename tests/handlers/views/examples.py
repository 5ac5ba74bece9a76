"""One list of views in their representative states: snapshots, limits, hostile texts and the count of views read it.

A view is given as a call that was not made yet, so that the list itself says which function it shows.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from handlers.views import (
    answers,
    approve,
    call,
    card,
    comparison,
    digest,
    duplicate,
    entity,
    home,
    lists,
    modals,
    moved,
    overflow,
    plain,
    pointer,
    presence,
    quiet,
    say,
    share,
    similar,
    simple,
    thread,
    watch,
    why,
    workflow,
    working,
)
from pipeline.alarm import Alarm, End, begun
from pipeline.case import Case
from pipeline.chain import Occasion
from pipeline.figures import Figures
from pipeline.passage import Passage, Resolution
from pipeline.question import By, Counted, Question, Span, Wants
from storage.cases import Event
from tests.handlers.views.cases import ANA, DRAFT, NOW, POLICY

Example = tuple[str, partial[Any]]
CALLED = "U0CALLED"  # whom we mention ourselves
LINK = "https://acme.slack.com/archives/C1/p1"
HELP = "https://help.example/a"
SOLVED = Resolution(
    id="r1",
    question="Where is my invoice?",
    answer="Open Settings, choose Billing, then Invoices.",
    title="Invoices",
    url=HELP,
    category="billing",
)


def name(example: Example) -> str:
    """Return what an example is called: its room, its view, its state."""
    state, made = example
    return f"{made.func.__module__.rpartition('.')[2]}.{made.func.__name__}: {state}"


def alarm(of: Case, occasion: Occasion) -> Alarm:
    return begun(of, occasion, (), id="a1", by=None, owner="Ana", now=NOW)


def alarms(of: Case) -> dict[str, Alarm]:
    high = alarm(of, Occasion.HIGH)
    return {
        **{occasion.value: alarm(of, occasion) for occasion in Occasion},
        "acknowledged": high.acknowledged(ANA, NOW),
        "taken back": high.acknowledged(ANA, NOW).resumed(NOW),
        "claimed": high.over(End.CLAIMED, ANA, NOW),
        "calmed": high.over(End.CALMED, None, NOW),
    }


def of_a_case(of: Case) -> Iterator[Example]:
    """Everything that shows a case, but for the snapshots of its card in every state."""
    yield from _messages(of)
    yield from _lists(of)
    yield from _answers(of)
    yield from _events(of)
    yield from _forms(of)


def _messages(of: Case) -> Iterator[Example]:
    shown = card.card(of, DRAFT if of.analysis else "", POLICY, other=LINK)
    yield "of a duplicate", partial(card.card, of, DRAFT if of.analysis else "", POLICY, other=LINK)
    yield "without fancy blocks", partial(simple.simple, shown, DRAFT)
    yield "by a person", partial(moved.moved, of, "tech-support", "Ana", "It is a bug.")
    yield "by itself", partial(moved.moved, of, "tech-support")
    yield "refused", partial(plain.plain, of, "invalid_blocks")
    yield "escalated", partial(pointer.pointer, of, "billing-lead", LINK)
    for state, each in alarms(of).items():
        yield state, partial(call.call_card, of, each, user=CALLED, link=LINK)
    yield "approved", partial(workflow.request_answered, of.ticket, DRAFT)
    yield "a ticket", partial(entity.entity, of, "Where is my invoice?", LINK, LINK)


def _lists(of: Case) -> Iterator[Example]:
    three = tuple(of.but(id=f"k{n}") for n in range(3))
    yield "one", partial(lists.case_line, of, LINK)
    yield "some", partial(lists.case_list, "Queue", three, "Nothing waits.", total=9, links={"k0": LINK}, cardless=2)
    yield "none", partial(lists.case_list, "Queue", [], "Nothing waits for a decision.")
    yield "many", partial(digest.digest_card, three, 20)
    yield "done", partial(digest.digest_card, [], 0)
    high = alarm(of, Occasion.HIGH)
    heard = alarm(of, Occasion.OVERDUE).acknowledged(ANA, NOW)
    calling = [
        watch.Calling(alarm=high, case=of, called=("Ana", "Ben"), next="Kai", at=NOW, card=LINK),
        watch.Calling(alarm=heard, case=of, called=("Ana",)),
        watch.Calling(
            alarm=high, case=of, passed=(("Ben", "is away"), ("Eva", "was called already")), next="#help", at=NOW
        ),
        watch.Calling(alarm=high, case=of, unsure=True),
        watch.Calling(alarm=high, case=of),
    ]
    yield "open", partial(watch.escalations_card, calling)
    yield "none", partial(watch.escalations_card, [])
    targets = watch.Targets(overdue=three[:1], at_risk=three[1:2], later=(three[2].but(team="account_support"),))
    yield "some", partial(watch.sla_card, targets, "", {"k0": LINK})
    yield "one team", partial(watch.sla_card, watch.Targets(later=three[:1], unread=1), "Billing Support", {})
    kept = [quiet.Kept(case=of, causes=("rule:legal", "sentiment:angry"), card=LINK)]
    yield "one", partial(quiet.quiet_card, kept)
    desk = home.Desk(
        teams=("billing_support",),
        mine=three[:2],
        queue=three,
        drafts=three[:1],
        totals={"queue": 30},
        links={"k0": LINK},
        used={"k0": 1.2, "k1": 0.4},
        called=True,
        health=(home.Health(name="Slack channels", told="Invite me to #billing-support: /invite @Triage Desk"),),
        cardless=1,
    )
    yield "a lead's", partial(home.home, desk)
    yield "nothing waits", partial(home.home, home.Desk(teams=(), mine=(), queue=(), drafts=(), health=()))
    yield "away with tickets", partial(presence.away_card, NOW, three, 12, {"k0": LINK})
    yield "away", partial(presence.away_card, None, (), 0, {})


def _answers(of: Case) -> Iterator[Example]:
    cited = (answers.Cited(case=of, card=LINK), answers.Cited(case=of.but(id="k2"), card=""))
    burning = Question(wants=Wants.QUEUE, team="billing_support", burning=True)
    yield "burning", partial(answers.queue_answer, burning, "", 2, 9, cited)
    yield "nothing burns", partial(answers.queue_answer, burning, "", 0, 9, cited)
    yield "nothing waits", partial(answers.queue_answer, Question(wants=Wants.QUEUE), "Ana", 0, 0, ())
    count = Question(wants=Wants.COUNT, category="billing")
    yield "none came", partial(answers.count_answer, count, "", Span.WEEK, Figures(), ())
    yield "one", partial(answers.ticket_answer, cited[0])
    yield "of an agent", partial(share.sharable, lists.case_line(of, LINK), "ticket 4711")
    yield "to the channel", partial(share.shared, lists.case_line(of, LINK), "ticket 4711", "Ana")
    yield "to a command", partial(why.why_card, of, POLICY)
    passage = Passage(resolution=SOLVED, score=0.82, reasons=("meaning 0.80", "words 0.40"))
    rows = [comparison.Row(name="Ana", count=12, newest=of), comparison.Row(name="Kai", count=3)]
    by_agent = Question(wants=Wants.COMPARE, by=By.AGENT, counted=Counted.SOLVED, span=Span.WEEK, category="billing")
    by_company = Question(wants=Wants.COMPARE, by=By.COMPANY, counted=Counted.CAME, span=Span.MONTH)
    yield "agents", partial(comparison.comparison_card, by_agent, rows, parties=2, total=15, nobodys=1)
    yield "companies", partial(comparison.comparison_card, by_company, rows, parties=30, total=99, links={of.id: LINK})
    yield "nobody", partial(comparison.comparison_card, by_agent, (), parties=0, total=0)
    near = [similar.Near(case=of.but(id=f"n{n}"), card=LINK if n else "", likeness=0.912 - n / 5) for n in range(2)]
    pages = similar.Pages(number=2, total=12, words="my invoice")
    yield "something", partial(similar.similar_card, "my invoice", near, [passage])
    yield "a page", partial(similar.similar_card, "my invoice", near, (), pages)
    yield "answers alone", partial(similar.similar_card, "my invoice", (), [passage])
    yield "nothing", partial(similar.similar_card, "my invoice", (), ())


DETAIL = {
    "team": "billing_support",
    "agent": "Ana",
    "reason": "It is theirs.",
    "category": "billing",
    "until": (NOW + timedelta(hours=4)).isoformat(),
    "percent": "80",
    "other": "c2",
    "ticket": "4712",
    "who": "Ana",
    "text": "They pay by bank transfer.",
    "instruction": "shorter",
    "rating": "up",
    "worth": "gold",
}


REASONS = {
    "call.held": "is not at work",
    "call.passed": "is away",
    "case.untriaged": "The database was away.",
    "reply.refused": "The ticket is closed.",
    "holding.refused": "The ticket is closed.",
    "note.refused": "The ticket is closed.",
}


def _events(of: Case) -> Iterator[Example]:
    for kind in thread._TOLD:
        detail = {**DETAIL, "reason": REASONS.get(kind, DETAIL["reason"])}
        yield kind, partial(thread.thread_line, Event(kind=kind, actor=ANA, detail=detail, number=3, at=NOW), of)
    for number, piece in enumerate(overflow.in_pieces("The whole of it", "m1", f"{DRAFT}\n" * 30), 1):
        yield f"piece {number}", partial(_piece, piece)


def _piece(piece: overflow.Piece) -> object:
    return piece.card


def _forms(of: Case) -> Iterator[Example]:
    others = [of.but(id=f"k{n}") for n in range(2)]
    macros = POLICY.teams[0].macros
    yield "a draft", partial(modals.edit_modal, of, DRAFT, macros=macros, channel="C1", ts="1.2")
    yield "the customer wrote again", partial(modals.edit_modal, of, DRAFT, "The customer wrote again.", anew=True)
    yield "nothing", partial(modals.edit_modal, of, "")
    yield "a draft", partial(approve.approve_modal, of, DRAFT, channel="C1", ts="1.2")
    yield "known teams", partial(modals.reassign_modal, of, POLICY)
    yield "wishes", partial(modals.regenerate_modal, of)
    yield "moments", partial(modals.snooze_modal, of, "Europe/Berlin")
    yield "rarer acts", partial(modals.more_modal, of)
    yield "some", partial(modals.merge_modal, of, others)
    yield "none", partial(modals.merge_modal, of, [])
    known = duplicate.Candidate(case=others[0], likeness=0.62, same_customer=True)
    likely = duplicate.Candidate(case=others[0], likeness=0.93)
    yield "some", partial(duplicate.duplicate_modal, of, [known, duplicate.Candidate(case=others[1])])
    yield "a likely one", partial(duplicate.duplicate_modal, of, [likely])
    yield "none", partial(duplicate.duplicate_modal, of, [])
    yield "from the card", partial(say.say_modal, of, "", "ana@acme.example, by Zendesk", channel="C1", ts="1.2")
    slack = of.but(ticket=of.ticket.model_copy(update={"source": "slack"}))
    yield "from a message", partial(say.say_modal, slack, "It is on its way.", "Triage Desk, in its thread", of="1.3:a")
    yield "of a card", partial(why.why_modal, of, POLICY)
    sent = {**modals.snooze_modal(of), "state": {"values": {}}}
    yield "refused", partial(working.form_again, sent, "That is not a moment.")
