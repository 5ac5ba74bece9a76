"""Whatever a customer, a model or a helpdesk writes: dead, short enough, and refused by nobody."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import chain, islice, product
from typing import Any
from urllib.parse import unquote

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handlers.views.answers import Cited, ask_for, count_answer, queue_answer, ticket_answer, unsure
from handlers.views.approve import approve_modal
from handlers.views.call import call_card
from handlers.views.card import card
from handlers.views.comparison import Row, comparison_card
from handlers.views.digest import digest_card
from handlers.views.doctor import Looked, doctor_card
from handlers.views.duplicate import Candidate, duplicate_modal
from handlers.views.entity import entity
from handlers.views.escape import size
from handlers.views.home import Desk, home
from handlers.views.lists import case_line, case_list
from handlers.views.markdown import literal
from handlers.views.modals import edit_modal, reassign_modal, snooze_modal
from handlers.views.moved import moved
from handlers.views.on_call import Duty, on_call_card
from handlers.views.overflow import in_pieces
from handlers.views.plain import plain
from handlers.views.pointer import pointer
from handlers.views.presence import away_card, back_card
from handlers.views.quiet import Kept, quiet_card
from handlers.views.share import sharable, shared
from handlers.views.similar import Near, Pages, similar_card
from handlers.views.thread import thread_line
from handlers.views.watch import Calling, escalations_card
from handlers.views.why import why_card, why_modal
from handlers.views.workflow import request_answered
from pipeline.alarm import begun
from pipeline.analysis import Analysis
from pipeline.case import Actor, Case, Decision, Status, Verdict
from pipeline.chain import Occasion
from pipeline.draft import Citation, Grade
from pipeline.escalation import Escalation, Layer, Level, Signal
from pipeline.figures import Figures
from pipeline.passage import Passage, Resolution
from pipeline.ports import Card
from pipeline.question import By, Counted, Question, Span, Wants
from pipeline.ticket import Customer
from storage.cases import Event
from tests.handlers.views.cases import DRAFT, NOW, POLICY, TICKET, analysis, case, classification, drafted, message
from tests.handlers.views.examples import HELP, LINK, of_a_case
from tests.handlers.views.strained import strained
from tests.handlers.views.valid import must_be_taken, must_be_valid, must_be_valid_view

POISON = (
    "<!channel>", "<!here|x>", "<@U0ANA>", "<#C0TECH|x>", "<!subteam^S1>", "<https://evil.example|Approve>",
    "https://evil.example/a", "www.evil.example", "![x](https://evil.example/p.png)", "[x](https://evil.example)",
    "<img src=x>", "```", "`<!here>`", "&lt;!here&gt;", "\u202eevil", "\u200b", "\x00", "👩‍👩‍👧‍👦",
    "&&&&", "> ",
    "# Title", "1. one", "\n\n", "|", "😀", "é́́́́",
)  # fmt: skip
hostile = st.one_of(
    st.lists(st.sampled_from(POISON), max_size=6).map("".join),
    st.builds(lambda piece, times: (piece * times)[:6000], st.sampled_from(POISON), st.integers(100, 2500)),
    st.text(max_size=60),
)


Saying = Callable[[int], str]  # hostile words, at most so long
Choosing = Callable[[Sequence[Any]], Any]
ANY_LENGTH = 6000
TURNS = 61  # of what else shows a case, one in so many is tried with each


def poisoned_analysis(say: Saying, choose: Choosing) -> Analysis:
    signals = tuple(
        Signal(layer=choose(list(Layer)), level=choose(list(Level)), why=say(ANY_LENGTH), rule=say(100), quote=say(200))
        for _ in range(choose((0, 1, 12)))
    )
    citations = tuple(
        Citation(number=1, resolution=say(ANY_LENGTH), title=say(ANY_LENGTH), url=say(ANY_LENGTH))
        for _ in range(choose((0, 1, 12)))
    )
    return analysis(
        language=say(20),
        excerpt=say(ANY_LENGTH),
        classification=classification(
            category=say(ANY_LENGTH),
            subcategory=say(ANY_LENGTH),
            secondary_category=say(ANY_LENGTH),
            summary=say(400),
            risk=say(300),
            needs_human_review=choose((True, False)),
            top=tuple((say(ANY_LENGTH), 0.5) for _ in range(3)),
        ),
        escalation=Escalation(level=choose(list(Level)), signals=signals),
        draft=drafted(text=say(3000), grade=choose(list(Grade)), citations=citations, looked_for=say(300)),
    )


def poisoned(say: Saying, choose: Choosing) -> Case:
    """Return a case in which everything that came from outside, or from a model, is hostile."""
    actor = Actor(id="U0X", name=say(ANY_LENGTH))
    ticket = TICKET.model_copy(
        update={
            "id": say(ANY_LENGTH),
            "source": say(ANY_LENGTH),
            "subject": say(ANY_LENGTH),
            "url": say(ANY_LENGTH),
            "messages": (message("m1", say(ANY_LENGTH)),),
            "customer": Customer(name=say(ANY_LENGTH), tier=say(ANY_LENGTH)),
        }
    )
    decision = Decision(verdict=choose(list(Verdict)), by=actor, at=NOW, text=say(ANY_LENGTH))
    return case(
        ticket=ticket,
        analysis=poisoned_analysis(say, choose) if choose((True, False)) else None,
        status=choose(list(Status)),
        decision=choose((None, decision)),
        claimed_by=choose((None, actor)),
        snoozed_until=NOW,
        team=say(ANY_LENGTH),
        agent=say(ANY_LENGTH),
        problem=say(500),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    return poisoned(lambda most: draw(hostile)[:most], lambda choices: draw(st.sampled_from(choices)))


# What fails is as clear unshrunk, and shrinking whole cases takes minutes.
MANY = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
_COMMAND = re.compile(r"`/?triage( [a-z-]+)*`")  # what we tell people to type
_OURS = re.compile(r"<@U0CALLED>|<!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|]*>")


_PERMALINK = "https://acme.example/p1"


def led_to(found: Case) -> set[str]:
    """The addresses that a card may lead to: the helpdesk's own, a source's, another card's."""
    citations = found.analysis.draft.citations if found.analysis else ()
    return {found.ticket.url, _PERMALINK, *(citation.url for citation in citations)}


def must_lead_nowhere_else(text: str, addresses: set[str]) -> None:
    for address in re.findall(r"<([^|>]*)", _OURS.sub("", text)):
        assert address.startswith(("https://", "http://127.0.0.1", "http://localhost"))
        assert unquote(unescape(address)) in {unquote(known) for known in addresses}


def must_be_dead(parts: Any, addresses: set[str]) -> None:
    """No live mention, no link that we did not make, nothing unseen."""
    for kind, text in texts(parts):
        assert not re.search("[\x00-\x09\x0b-\x1f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        if kind == "mrkdwn":
            must_lead_nowhere_else(text, addresses)
            assert "`" not in _COMMAND.sub("", text)
        if kind == "markdown":
            assert not re.search(r"(?<!\\)[\[\]`!#<>]|(?<!\\):/|(?i:www\.)", text)


def texts(part: Any) -> list[tuple[str, str]]:
    """Every text with the kind of element that it stands in."""
    if isinstance(part, list | tuple):
        return [found for each in part for found in texts(each)]
    if not isinstance(part, dict):
        return []
    if part.get("type") == "mrkdwn":
        assert part["verbatim"] is True
    own = [(part["type"], part["text"])] if isinstance(part.get("text"), str) and "type" in part else []
    return [*own, *(found for value in part.values() for found in texts(value))]


def said_in(shown: Card | dict[str, Any] | None) -> list[Any]:
    """What people read of a view; what they typed themselves stands in inputs."""
    if isinstance(shown, Card):
        return [dict(block) for block in shown.blocks]
    if shown is None or "blocks" not in shown:
        return [shown]
    return [block for block in shown["blocks"] if block["type"] != "input"]


def check(shown: Card, addresses: set[str]) -> None:
    must_be_valid(shown)
    must_be_dead([dict(block) for block in shown.blocks], addresses)
    must_lead_nowhere_else(shown.text, addresses)


@given(found=cases(), draft=hostile)
@MANY
def test_no_card_can_be_made_to_speak_for_its_customer(found: Case, draft: str) -> None:
    check(card(found, draft, POLICY), led_to(found))


@given(found=cases(), words=hostile)
@MANY
def test_neither_can_what_stands_around_the_card(found: Case, words: str) -> None:
    addresses = led_to(found)
    check(moved(found, words, words, words), addresses)
    check(pointer(found, words, _PERMALINK), addresses)
    check(plain(found, words), addresses)
    alarm = begun(found, Occasion.HIGH, (), id="a1", by=None, owner=words, now=found.created_at)
    heard = alarm.acknowledged(Actor(id="U1", name=words), found.created_at)
    check(call_card(found, heard, link=_PERMALINK), addresses)
    called = Calling(alarm=heard, case=found, called=(words,), next=words)
    check(escalations_card([called]), addresses)
    check(quiet_card([Kept(case=found, causes=(f"rule:{words}",))]), addresses)
    check(digest_card([found] * 3, 9), addresses)
    check(case_line(found, _PERMALINK), addresses)
    check(case_line(found, words), addresses | {words})
    check(case_list(words, [found.but(id=f"k{number}") for number in range(30)], "None."), addresses)


@given(found=cases(), words=hostile)
@MANY
def test_neither_can_what_one_person_asked_for(found: Case, words: str) -> None:
    addresses = led_to(found)
    check(why_card(found, POLICY), addresses)
    solved = Resolution(id="r1", question=words, answer=words, title=words, url=words, category=words)
    passages = [Passage(resolution=solved, score=0.5, reasons=(words,))] * 5
    near = [Near(case=found.but(id=f"n{number}"), card=_PERMALINK, likeness=0.7) for number in range(5)]
    pages = Pages(number=2, total=12, words=words)
    check(similar_card(words, near, passages, pages), addresses | {words})
    check(similar_card(words, near[:1], ()), addresses)
    check(similar_card(words, (), ()), addresses)
    compared = Question(wants=Wants.COMPARE, by=By.CUSTOMER, counted=Counted.CAME, span=Span.MONTH)
    rows = [Row(name=words, count=3, newest=found)] * 10
    check(comparison_card(compared, rows, parties=12, total=90, links={found.id: _PERMALINK}), addresses)
    many = tuple(found.but(id=f"k{number}") for number in range(30))
    view = home(Desk(teams=(words, words), mine=many, queue=many, drafts=many))
    must_be_valid_view(view)
    must_be_dead(view["blocks"], addresses)


@given(found=cases(), words=hostile)
@MANY
def test_neither_can_its_history(found: Case, words: str) -> None:
    detail = dict.fromkeys(("team", "agent", "reason", "category", "until", "of", "percent"), words)
    for kind in ("customer.wrote", "case.analysed", "case.reassigned", "case.snoozed", "reply.refused",
                 "case.category_chosen", "case.untriaged", "sla.warned", "case.approved"):  # fmt: skip
        event = Event(kind=kind, actor=Actor(id="U", name=words), detail=detail, number=4, at=NOW)
        if (line := thread_line(event, found)) is not None:
            check(line, led_to(found))
    for piece in in_pieces("In full", "m1", words):
        check(piece.card, led_to(found))


@given(found=cases(), words=hostile)
@MANY
def test_neither_can_its_forms(found: Case, words: str) -> None:
    for view in (
        edit_modal(found, words, channel="C0TECH", ts="1.2"),
        reassign_modal(found, POLICY),
        approve_modal(found, words),
        duplicate_modal(found, [Candidate(case=found.but(id=f"k{number}"), likeness=0.9) for number in range(3)]),
        duplicate_modal(found, []),
        snooze_modal(found),
        why_modal(found, POLICY),
    ):
        must_be_valid_view(view)
        must_be_dead([block for block in view["blocks"] if block["type"] != "input"], led_to(found))


@given(found=cases(), words=hostile)
@MANY
def test_neither_can_what_answers_a_question(found: Case, words: str) -> None:
    addresses = led_to(found) | {words}
    cited = tuple(Cited(case=found.but(id=f"k{number}"), card=words) for number in range(3))
    question = Question(wants=Wants.QUEUE, team=words, burning=True)
    for shown in (
        queue_answer(question, words, 3, 30, cited),
        count_answer(question, words, Span.WEEK, Figures(), cited),
        ticket_answer(cited[0]),
        unsure((words, words)),
        ask_for("Like what?", words),
        back_card(was_away=True),
        request_answered(found.ticket, words),
        away_card(NOW, [found.but(id=f"k{number}") for number in range(4)], 40, {"k1": _PERMALINK}),
        sharable(ticket_answer(cited[0]), f"ticket {words}"),
        shared(ticket_answer(cited[0]), f"ticket {words}", words),
        doctor_card([Looked(name=words, ok=False, told=words)] * 40),
        on_call_card([Duty(team=words, lead=words)] * 40),
    ):
        check(shown, addresses)
    must_be_dead(entity(found, words, found.ticket.url, words), addresses)


@given(text=hostile)
@MANY
def test_a_draft_fits_its_block_whatever_it_grows_to(text: str) -> None:
    assert size(literal(text * 3)) <= 11_000


def test_a_draft_reads_as_it_will_be_sent() -> None:
    shown = literal("1. Open *Settings*\n- see https://help.example/a_b & more")
    assert shown == "1\\. Open \\*Settings\\*  \n\\- see https\\://help.example/a\\_b &amp; more"


def test_what_is_not_told_has_no_line() -> None:
    for kind in ("ticket.opened", "ticket.updated", "decision.refused"):
        event = Event(kind=kind, actor=Actor(id="U", name="Ana"))
        assert thread_line(event, case()) is None
    first = Event(kind="case.analysed", actor=Actor(id="U", name="Ana"), number=1)
    assert thread_line(first, case()) is None


def corpus() -> Iterator[str]:
    """Yield 10,000 different hostile texts: nothing, every piece, many of one, and pieces in each other's company."""
    one = [*POISON, *(piece * times for piece, times in product(POISON, (90, 2500)))]
    every = chain(("", " "), one, map("".join, product(POISON, repeat=2)), map("".join, product(POISON, repeat=3)))
    return islice(dict.fromkeys(text[:ANY_LENGTH] for text in every), 10_000)


def test_none_of_ten_thousand_hostile_texts_is_refused_or_comes_alive() -> None:
    """Each stands in a card, and in some of all the other messages and forms, which take turns."""
    chance = random.Random(6)
    words = list(corpus())
    assert len(words) == 10_000
    chance.shuffle(words)
    left, number = iter(words), 0
    while (probe := next(left, None)) is not None:
        said = chain((probe,), left, iter(lambda: chance.choice(words), None))
        found = poisoned(lambda most, said=said: next(said)[:most], chance.choice)  # type: ignore[misc]
        check(card(found, DRAFT, POLICY), led_to(found))
        for _, made in islice(chain(of_a_case(found), strained(found)), number % TURNS, None, TURNS):
            shown = made()
            must_be_taken(shown)
            must_be_dead(said_in(shown), led_to(found) | {LINK, HELP})
        number += 1
    assert number > TURNS
