"""The week's review as leads see it: what drifted, what is confused, and what waits for their word."""

from collections.abc import Mapping

from handlers.views import blocks
from handlers.views.escape import date, line
from handlers.views.quiet import cause_said
from handlers.views.words import title
from pipeline.intent_doubts import Matter
from pipeline.ports import Block, Card
from pipeline.review import Answer, Drifted, Proposal, Review

MOST_DRIFTED = 8
MOST_PEOPLE = 4


def review_card(review: Review) -> Card:
    """Show a week's review. One with nothing to tell is a single line."""
    told = f"{_tickets(review.judged)} judged last week, {review.corrected} of them corrected"
    heading = f"How tickets were read, week {line(review.slot, 20)}"
    if not (review.drifted or review.proposals):
        quiet = f"{heading}: {told}. Nothing drifted."
        return Card(text=quiet, blocks=(blocks.section("quiet", quiet),))
    shown: list[Block] = [blocks.header("head", heading), blocks.context("week", told + ".")]
    if review.drifted:
        lines = [_drifted(each) for each in review.drifted[:MOST_DRIFTED]]
        shown.append(blocks.section("drifted", "*Corrected more often than before*\n" + "\n".join(lines)))
    for each in review.proposals:
        shown += _proposal(each)
    return Card(text=f"{heading}: {told}.", blocks=tuple(shown))


def _drifted(drifted: Drifted) -> str:
    now, before = (
        f"{part} of {whole} ({part / whole:.0%})"
        for part, whole in (
            (drifted.corrected, drifted.judged),
            (drifted.corrected_before, drifted.judged_before),
        )
    )
    return f"• {_category(drifted.category)}: {now} last week, {before} in the eight weeks before"


def _proposal(proposal: Proposal) -> list[Block]:
    told = _doubted if proposal.doubt else _loud if proposal.cause else _waiting if proposal.waits_alone else _pattern
    said = blocks.section(f"proposal.{proposal.number}", told(proposal))
    if proposal.answer is not Answer.OPEN:
        return [said, blocks.context(f"answered.{proposal.number}", _answered(proposal))]
    return [said, _buttons(proposal)]


def _loud(proposal: Proposal) -> str:
    called = f"*{cause_said(proposal.cause)}* called people for {_tickets(proposal.total)} in four weeks"
    return (
        f"{called}: for {proposal.hits} of them nobody acted within the hour, or it was called off. "
        "Shall it go to a daily digest instead? A P1 and what is critical calls all the same."
    )


def _doubted(proposal: Proposal) -> str:
    assert proposal.doubt is not None
    name, other = line(proposal.shown, 100), line(proposal.chosen, 100, "no other")
    tickets = _tickets(proposal.total)
    said = f"\n> {line(proposal.excerpt, 200)}" if proposal.excerpt else ""
    match proposal.doubt.matter:
        case Matter.NEW:
            into = f" Declined, its tickets go to *{other}*, the nearest." if proposal.chosen else ""
            return f"*New cluster:* {name}, {tickets}. Shall it stay?{into}{said}"
        case Matter.DUPLICATE:
            return f"*The same twice?* {name}, {tickets}, and *{other}*. Shall the first go into the second?{said}"
        case Matter.OVERLAPPING:
            return f"*Close to each other:* {name}, {tickets}, and *{other}*. Shall the first go into the second?{said}"


def _pattern(proposal: Proposal) -> str:
    what = f"*{line(proposal.phrase, 80)}*: " if proposal.phrase else ""
    moved = f"{_category(proposal.shown)} → {_category(proposal.chosen)}, {proposal.hits} of {proposal.total}"
    return f"{what}{moved}\nby {_people(proposal.people)}. Shall we learn that?"


def _waiting(proposal: Proposal) -> str:
    moved = f"{_category(proposal.shown)} → {_category(proposal.chosen)}"
    said = f"\n> {line(proposal.excerpt, 300)}" if proposal.excerpt else ""
    return f"*Against many others*: {moved}, by {_people(proposal.people)}. Shall we learn it?{said}"


def _people(people: Mapping[str, int]) -> str:
    named = [f"{line(name, 60)} {count}" for name, count in list(people.items())[:MOST_PEOPLE]]
    others = len(people) - MOST_PEOPLE
    return ", ".join(named) + (f" and {others} more" if others > 0 else "")


def _buttons(proposal: Proposal) -> Block:
    number = str(proposal.number)
    if proposal.doubt:
        new = proposal.doubt.matter is Matter.NEW
        return blocks.actions(
            f"answer.{number}",
            blocks.button(f"proposal.accept.{number}", "Accept", number, says="Keep it" if new else "Merge the two"),
            blocks.button(f"proposal.decline.{number}", "Decline", number, says="Let it go" if new else "Keep both"),
        )
    if proposal.cause:
        return blocks.actions(
            f"answer.{number}",
            blocks.button(f"proposal.accept.{number}", "Accept", number, says="Put it into the digest instead"),
            blocks.button(f"proposal.decline.{number}", "Decline", number, says="Let it go on calling people"),
        )
    return blocks.actions(
        f"answer.{number}",
        blocks.button(f"proposal.accept.{number}", "Accept", number, says="Learn from these corrections"),
        blocks.button(f"proposal.decline.{number}", "Decline", number, says="Learn nothing from these corrections"),
    )


def _answered(proposal: Proposal) -> str:
    who = line(proposal.by.name, 80) if proposal.by else "somebody"
    when = f", {date(proposal.at)}" if proposal.at else ""
    if proposal.doubt:
        new, yes = proposal.doubt.matter is Matter.NEW, proposal.answer is Answer.ACCEPTED
        what = (
            ("it stays." if yes else "its tickets went to the nearest.") if new else "merged." if yes else "both stay."
        )
        return f"{'✅ Accepted' if yes else '✋ Declined'} by {who}{when}: {what}."
    if proposal.cause:
        accepted = proposal.answer is Answer.ACCEPTED
        return f"✅ Accepted by {who}{when}: into the digest." if accepted else f"✋ Declined by {who}{when}: it calls."
    if proposal.answer is Answer.ACCEPTED:
        return f"✅ Accepted by {who}{when}: we learn from it."
    return f"✋ Declined by {who}{when}: it teaches nothing."


def _category(name: str) -> str:
    return line(title(name), 80)


def _tickets(count: int) -> str:
    return f"{count} ticket{'s' if count != 1 else ''}"
