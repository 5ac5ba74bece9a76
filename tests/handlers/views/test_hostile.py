"""Whatever a customer, a model or a helpdesk writes: dead, short enough, and refused by nobody."""

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.views.card import card
from handlers.views.escape import size
from handlers.views.found import found_card
from handlers.views.home import Desk, home
from handlers.views.lists import case_line, case_list
from handlers.views.markdown import literal
from handlers.views.modals import duplicate_modal, edit_modal, reassign_modal, snooze_modal
from handlers.views.moved import moved
from handlers.views.plain import plain
from handlers.views.pointer import pointer
from handlers.views.thread import thread_line
from handlers.views.why import why_card, why_modal
from pipeline.analysis import Analysis
from pipeline.case import Actor, Case, Decision, Status, Verdict
from pipeline.draft import Citation, Grade
from pipeline.escalation import Escalation, Layer, Level, Signal
from pipeline.passage import Passage, Resolution
from pipeline.ports import Card
from pipeline.ticket import Customer
from storage.cases import Event
from tests.handlers.views.cases import NOW, POLICY, TICKET, analysis, case, classification, drafted, message
from tests.handlers.views.valid import must_be_valid, must_be_valid_view

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


def upto(most: int) -> st.SearchStrategy[str]:
    return hostile.map(lambda text: text[:most])


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    signals = st.builds(
        Signal,
        layer=st.sampled_from(Layer),
        level=st.sampled_from(Level),
        why=hostile,
        rule=upto(100),
        quote=upto(200),
    )
    citations = st.builds(Citation, number=st.just(1), resolution=hostile, title=hostile, url=hostile)
    return analysis(
        language=draw(upto(20)),
        excerpt=draw(hostile),
        classification=classification(
            category=draw(hostile),
            subcategory=draw(hostile),
            secondary_category=draw(hostile),
            summary=draw(upto(400)),
            risk=draw(upto(300)),
            needs_human_review=draw(st.booleans()),
            top=tuple((draw(hostile), 0.5) for _ in range(3)),
        ),
        escalation=Escalation(level=draw(st.sampled_from(Level)), signals=tuple(draw(st.lists(signals, max_size=12)))),
        draft=drafted(
            text=draw(upto(3000)),
            grade=draw(st.sampled_from(Grade)),
            citations=tuple(draw(st.lists(citations, max_size=12))),
            looked_for=draw(upto(300)),
        ),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    actor = Actor(id="U0X", name=draw(hostile))
    ticket = TICKET.model_copy(
        update={
            "id": draw(hostile),
            "source": draw(hostile),
            "subject": draw(hostile),
            "url": draw(hostile),
            "messages": (message("m1", draw(hostile)),),
            "customer": Customer(name=draw(hostile), tier=draw(hostile)),
        }
    )
    verdict = draw(st.sampled_from(Verdict))
    decision = Decision(verdict=verdict, by=actor, at=NOW, text=draw(hostile))
    return case(
        ticket=ticket,
        analysis=draw(st.none() | analyses()),
        status=draw(st.sampled_from(Status)),
        decision=draw(st.sampled_from([None, decision])),
        claimed_by=draw(st.sampled_from([None, actor])),
        snoozed_until=NOW,
        team=draw(hostile),
        agent=draw(hostile),
        problem=draw(upto(500)),
    )


MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
_OURS = re.compile(r"<!date\^\d+\^\{date_short_pretty\} \{time\}\|[^<>|]*>")


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
            assert "`" not in text
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


def check(shown: Card, addresses: set[str]) -> None:
    must_be_valid(shown)
    must_be_dead([dict(block) for block in shown.blocks], addresses)
    must_lead_nowhere_else(shown.text, addresses)


@given(found=cases(), draft=hostile)
@MANY
def test_no_card_can_be_made_to_speak_for_its_customer(found: Case, draft: str) -> None:
    check(card(found, draft, POLICY, mention=draft), led_to(found))


@given(found=cases(), words=hostile)
@MANY
def test_neither_can_what_stands_around_the_card(found: Case, words: str) -> None:
    addresses = led_to(found)
    check(moved(found, words, words, words), addresses)
    check(pointer(found, words, _PERMALINK), addresses)
    check(plain(found, words), addresses)
    check(case_line(found, _PERMALINK), addresses)
    check(case_line(found, words), addresses | {words})
    check(case_list(words, [found.but(id=f"k{number}") for number in range(30)], "None."), addresses)


@given(found=cases(), words=hostile)
@MANY
def test_neither_can_what_one_person_asked_for(found: Case, words: str) -> None:
    addresses = led_to(found)
    check(why_card(found, POLICY), addresses)
    solved = Resolution(id="r1", question=words, answer=words, title=words, url=words, category=words)
    check(found_card(words, [Passage(resolution=solved, score=0.5, reasons=(words,))] * 5), addresses | {words})
    check(found_card(words, []), addresses)
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


@given(found=cases(), words=hostile)
@MANY
def test_neither_can_its_forms(found: Case, words: str) -> None:
    for view in (
        edit_modal(found, words, channel="C0TECH", ts="1.2"),
        reassign_modal(found, POLICY),
        duplicate_modal(found, [found.but(id=f"k{number}") for number in range(3)]),
        duplicate_modal(found, []),
        snooze_modal(found),
        why_modal(found, POLICY),
    ):
        must_be_valid_view(view)
        must_be_dead([block for block in view["blocks"] if block["type"] != "input"], led_to(found))


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
