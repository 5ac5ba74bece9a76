"""A colleague asked the desk something: read the question, and answer it from our own records."""

import asyncio
from collections.abc import Sequence

import structlog

from handlers.card_links import links_to_cards
from handlers.finding import like_case, like_words
from handlers.found import NotFound, found_case
from handlers.services import Services
from handlers.stats import Asked, stats
from handlers.views.answers import Cited, ask_for, count_answer, queue_answer, ticket_answer, unsure
from handlers.views.comparison import Row, comparison_card
from handlers.views.escape import line
from handlers.views.stats import stats_card
from handlers.views.why import why_card
from handlers.zones import zone_for
from pipeline.ask import read_question
from pipeline.ask_llm import ask_model
from pipeline.authorise import may_look, member_of, teams_of
from pipeline.backlog import backlog
from pipeline.bill import billed
from pipeline.case import Case
from pipeline.columns import columns
from pipeline.decide import NotNow
from pipeline.errors import Refused, Unavailable
from pipeline.figures import figures
from pipeline.period import bounds
from pipeline.ports import Card, Person
from pipeline.question import Question, Span, Wants
from pipeline.story import Story
from storage import comparisons
from storage.cases import load, some
from storage.queue import Fits, queue
from storage.spending import note_spent
from storage.stories import stories

MOST_CITED = 8


async def answer(services: Services, user: str, text: str, about: str = "") -> Card:
    """Return what a person gets to read. Raises Unavailable to be asked again; every refusal is an answer.

    `about` is the ticket that "this" stands for where they ask, "" where there is none.
    """
    person = await services.chat.person(user)
    try:
        may_look(person, services.policy)
        question = _of_this(await understood(services, user, text), about)
        return await _ANSWERS[question.wants](services, person, question)
    except NotNow as refusal:
        return Card(text=line(str(refusal), 1000), blocks=())


async def understood(services: Services, user: str, text: str) -> Question:
    """Return the query that is meant: as the language model chooses, where there is one, else by its words."""
    if services.model is not None:
        with billed() as bill:
            try:
                return await ask_model(text, services.policy, user, services.model)
            except (Unavailable, Refused) as error:
                structlog.get_logger().warning("question.read_locally", error=type(error).__name__)
            finally:
                if bill:
                    async with services.store.begin() as tx:
                        await note_spent(tx, bill, services.workspace, services.clock.now())
    return await asyncio.to_thread(read_question, text, services.policy, user)


def _of_this(question: Question, about: str) -> Question:
    """Return a question about one ticket that names none as one about the ticket that is talked of."""
    asks = question.wants in (Wants.LIKE, Wants.TICKET, Wants.WHY) and not (question.ticket or question.text)
    return question.model_copy(update={"ticket": about}) if asks and about else question


async def _queue(services: Services, person: Person, question: Question) -> Card:
    whose = await _whose(services, question.person)
    fits = Fits(
        teams=(question.team,) if question.team else (),
        category=question.category,
        urgency=question.urgency,
        worker=whose,
        escalated=question.escalated,
    )
    burning = fits.model_copy(update={"burning_at": services.clock.now() if question.burning else None})
    async with services.store.reader() as connection:
        wanted = await queue(connection, services.workspace, burning, MOST_CITED)
        beside = wanted if wanted.total else await queue(connection, services.workspace, fits, MOST_CITED)
    cited = await _cited(services, beside.cases)
    return queue_answer(question, whose, wanted.total, beside.total, cited)


async def _count(services: Services, person: Person, question: Question) -> Card:
    whose = await _whose(services, question.person)
    now, span = services.clock.now(), question.span or Span.TODAY
    since, until, *_ = bounds(span, now.astimezone(await zone_for(services, person)))
    async with services.store.reader() as connection:
        every = await stories(connection, services.workspace, since, team=question.team)
        told = [story for story in every if _is_counted(story, question, whose)]
        came = [story for story in told if since <= story.created_at < until]
        cases = [await load(connection, story.case_id) for story in came[-MOST_CITED:]]
    cited = await _cited(services, [case for case in reversed(cases) if case is not None])
    waiting = backlog((story.created_at for story in told if story.open), now)
    return count_answer(question, whose, span, figures(columns(came), now, waiting), cited)


async def _figures(services: Services, person: Person, question: Question) -> Card:
    team = question.team or (services.policy.known(question.category).team if question.category else "")
    asked = Asked(question.span or Span.WEEK, team)
    return stats_card(await stats(services, asked, await zone_for(services, person)), shared=True)


async def _compare(services: Services, person: Person, question: Question) -> Card:
    assert question.by is not None and question.counted is not None
    since, until = None, None
    if question.span is not None:
        since, until, *_ = bounds(question.span, services.clock.now().astimezone(await zone_for(services, person)))
    fits = comparisons.Fits(
        team=question.team, category=question.category, urgency=question.urgency, since=since, until=until
    )
    async with services.store.reader() as connection:
        found = await comparisons.compared(connection, services.workspace, question.by, question.counted, fits)
        newest = {case.id: case for case in await some(connection, [share.newest for share in found.shares])}
    links = await links_to_cards(services, newest.values())
    rows = [Row(name=each.name, count=each.count, newest=newest.get(each.newest)) for each in found.shares]
    return comparison_card(
        question, rows, parties=found.parties, total=found.tickets, nobodys=found.nobodys, links=links
    )


async def _like(services: Services, person: Person, question: Question) -> Card:
    if question.ticket:
        return await like_case(services, await found_case(services, question.ticket))
    if not question.text:
        return ask_for("Like what? Write it behind a colon, or name a ticket.", "Find tickets like this: charged twice")
    return await like_words(services, question.text)


async def _ticket(services: Services, person: Person, question: Question) -> Card:
    if not question.ticket:
        return ask_for("Which ticket?", "Ticket 4711")
    [cited] = await _cited(services, [await found_case(services, question.ticket)])
    return ticket_answer(cited)


async def _why(services: Services, person: Person, question: Question) -> Card:
    if not question.ticket:
        return ask_for("Why what? Name the ticket.", "Why was 4711 escalated?")
    return why_card(await found_case(services, question.ticket), services.policy)


async def _unsure(services: Services, person: Person, question: Question) -> Card:
    return unsure(examples(services, person))


_ANSWERS = {
    Wants.QUEUE: _queue,
    Wants.COUNT: _count,
    Wants.FIGURES: _figures,
    Wants.COMPARE: _compare,
    Wants.LIKE: _like,
    Wants.TICKET: _ticket,
    Wants.WHY: _why,
    Wants.UNSURE: _unsure,
}


def examples(services: Services, person: Person) -> tuple[str, ...]:
    """Return up to four questions that this person may want to ask."""
    teams = teams_of(person, services.policy) or (services.policy.fallback.team,)
    team = teams[0].replace("_", " ")
    return (f"What is burning in {team}?", "What waits for me?", "How many P1 today?", f"How fast does {team} answer?")


async def _whose(services: Services, named: str) -> str:
    """Return the policy's name of a member, who may be named by their Slack id. Raises NotNow for others."""
    if not named or any(named == member.name for team in services.policy.teams for member in team.members):
        return named
    person = await services.chat.person(named) if named[:1] in "UW" else None
    if person is not None and (member := member_of(person, services.policy)):
        return member.name
    if any(named == lead.name for lead in services.policy.leads):
        return named
    raise NotFound(f"{person.name if person else named} is in no team of the policy, so no ticket is assigned to them.")


def _is_counted(story: Story, question: Question, whose: str) -> bool:
    return (
        question.category in ("", story.category)
        and question.urgency in (None, story.urgency)
        and whose in ("", story.agent)
        and (story.escalated or not question.escalated)
    )


async def _cited(services: Services, cases: Sequence[Case]) -> tuple[Cited, ...]:
    """Return the first cases with the way to their cards."""
    links = await links_to_cards(services, cases[:MOST_CITED])
    return tuple(Cited(case=case, card=links.get(case.id, "")) for case in cases[:MOST_CITED])
