"""The forms in which leads name, merge, split and move intents, and make an article of one."""

import json
from collections.abc import Mapping, Sequence

from handlers.views import blocks
from handlers.views.blocks import Element, entry, option, select, words
from handlers.views.escape import cut, date, line, link, one_line
from handlers.views.words import title
from pipeline.intents import LONGEST_NAME, Intent, TicketIntent
from pipeline.ports import Block

RENAME, RARER, MERGE, SPLIT, FILE, PART, ARTICLE = (
    f"intent.{name}.submit" for name in ("rename", "more", "merge", "split", "file", "part", "article")
)
NEW = "+"
MOST_TICKETS = 20
LONGEST_TITLE, LONGEST_ARTICLE = 150, 3000

View = Element
_RARER = (
    ("merge", "Merge into another…", "Both ask for the same: its tickets go there, now and later."),
    ("split", "Split…", "It holds several matters: each gets a name of its own."),
    ("part", "Move single tickets…", "Some do not belong: they go elsewhere, and matching learns from it."),
    ("file", "Move in the tree…", "It belongs under another category or area."),
)


def tickets_modal(intent: Intent, tickets: Sequence[TicketIntent], links: Mapping[str, str], total: int) -> View:
    """The tickets of an intent, the newest first, each with the way to its card."""
    rows = [blocks.section(f"ticket.{number}", _row(each, links)) for number, each in enumerate(tickets)]
    told = f"*{line(intent.name, 150)}*: {len(tickets):,} of {total:,} tickets, the newest first"
    if total <= len(tickets):
        told = f"*{line(intent.name, 150)}*: {total:,} tickets, the newest first"
    return _form("", "Tickets", "", intent, [blocks.section("heading", told), *rows])


def rename_modal(intent: Intent) -> View:
    """Another name."""
    typing = _text("name", intent.name, LONGEST_NAME - 5)
    return _form(RENAME, "Rename", "Rename", intent, [_about(intent), entry("name", "Name", typing)])


def intent_more_modal(intent: Intent) -> View:
    """The rarer acts; each asks for what it needs next."""
    asked = [blocks.radio_option(label, value, says) for value, label, says in _RARER]
    chosen = entry("rarer", "What is to be done?", blocks.radio("rarer", asked))
    return _form(RARER, "More", "Go on", intent, [_about(intent), chosen])


def intent_merge_modal(intent: Intent, others: Sequence[Intent]) -> View:
    """Into which other intent it goes."""
    if not others:
        return _form("", "Merge", "", intent, [blocks.section("nothing", "There is no other intent.")])
    chosen = select("into", "Choose the other intent", [_option(each) for each in others])
    return _form(MERGE, "Merge", "Merge", intent, [_about(intent), entry("into", "Its tickets go to", chosen)])


def intent_split_modal(intent: Intent, parts: Sequence[tuple[TicketIntent, int]]) -> View:
    """Which of its parts become intents of their own; each is told by the ticket in its middle."""
    if not parts:
        return _form("", "Split", "", intent, [blocks.section("nothing", "Its tickets are too few, or too alike.")])
    options = [option(f"{count}: {one_line(ticket.words)}", ticket.case_id) for ticket, count in parts[:10]]
    ticked: Element = {"type": "checkboxes", "action_id": "parts", "options": options}
    chosen = entry("parts", "These become intents of their own", ticked, hint="How many tickets, and one of them.")
    return _form(SPLIT, "Split", "Split", intent, [_about(intent), chosen])


def intent_part_modal(intent: Intent, tickets: Sequence[TicketIntent], others: Sequence[Intent]) -> View:
    """Which of the tickets least like it go elsewhere."""
    if not tickets:
        return _form("", "Move tickets", "", intent, [blocks.section("nothing", "It has no tickets now.")])
    options = [option(one_line(each.words) or each.case_id, each.case_id) for each in tickets[:10]]
    ticked: Element = {"type": "checkboxes", "action_id": "tickets", "options": options}
    places = [option("An intent of their own", NEW), *map(_option, others[:99])]
    shown = [
        _about(intent),
        entry("tickets", "These do not belong here", ticked, hint="The ones least like the others."),
        entry("into", "They go to", select("into", "Choose", places, places[0])),
    ]
    return _form(PART, "Move tickets", "Move", intent, shown)


def intent_file_modal(intent: Intent, categories: Sequence[str]) -> View:
    """Another category and area."""
    options = [option(title(name), name) for name in categories if 0 < len(name) <= LONGEST_NAME][:100]
    here = next((each for each in options if each["value"] == intent.l1), None)
    shown = [
        _about(intent),
        entry("l1", "Category", select("l1", "Choose", options, here)),
        entry("l2", "Area", _text("l2", intent.l2, LONGEST_NAME), hint="Intents of one area stand together."),
    ]
    return _form(FILE, "Move in the tree", "Move", intent, shown)


def article_modal(intent: Intent, question: str, answer: str, sources: int) -> View:
    """A draft article, which enters the knowledge base once a lead sends the form."""
    rests = f"Drafted from {sources} solved ticket{'s' if sources != 1 else ''}: check every sentence."
    if not sources:
        rests = "None of its tickets has an answer yet that could be drafted from: write what helps."
    writing = {**_text("answer", cut(answer, LONGEST_ARTICLE), LONGEST_ARTICLE), "multiline": True}
    asking = {**_text("question", cut(question, LONGEST_ARTICLE), LONGEST_ARTICLE), "multiline": True}
    shown = [
        blocks.context("rests", rests),
        entry("title", "Title", _text("title", intent.name, LONGEST_TITLE)),
        entry("question", "What customers ask", asking),
        entry("answer", "What helps", writing, hint="Drafts cite it from then on. Personal data is taken out."),
    ]
    return _form(ARTICLE, "Write an article", "Keep", intent, shown)


def intent_done_modal(name: str, told: str) -> View:
    """What a form becomes once it is done."""
    shown: list[Block] = [blocks.section("done", told)]
    return {"type": "modal", "title": words(name, 24), "close": words("Close", 24), "blocks": shown}


def named(intent: Intent) -> str:
    """Return what somebody reads who named an intent."""
    return f"It is called *{line(intent.name, 150)}* now, in every later batch, too."


def merged_into(intent: Intent) -> str:
    """Return what somebody reads who merged two."""
    return f"They are one now: *{line(intent.name, 150)}*, and later tickets of both go there."


def began(made: Sequence[Intent]) -> str:
    """Return what somebody reads who made intents of parts."""
    names = "\n".join(f"• *{line(each.name, 150)}*, {each.size:,} tickets" for each in made[:10])
    return f"These stand for themselves now, and batches keep them apart:\n{names}"


def filed(intent: Intent) -> str:
    """Return what somebody reads who moved an intent in the tree."""
    tiers = " › ".join(line(tier, 80) for tier in (title(intent.l1), intent.l2) if tier)
    return f"*{line(intent.name, 150)}* stands under {tiers} now."


def moved_tickets(count: int, into: Intent) -> str:
    """Return what somebody reads who moved tickets."""
    return f"Moved {count:,} to *{line(into.name, 150)}*. Matching learns from it."


def kept_article(name: str) -> str:
    """Return what somebody reads who kept an article."""
    return f"*{line(name, 150)}* is in the knowledge base: drafts cite it from now on."


def _row(ticket: TicketIntent, links: Mapping[str, str]) -> str:
    said = link(links.get(ticket.case_id, ""), one_line(ticket.words)[:250] or ticket.case_id, loopback=True)
    return f"{said}\n{date(ticket.at)}"


def _about(intent: Intent) -> Block:
    said = f"\n> {line(intent.words, 300)}" if intent.words.strip() else ""
    return blocks.section("about", f"*{line(intent.name, 150)}*{said}")


def _option(intent: Intent) -> Element:
    return option(f"{intent.name} ({intent.size})", intent.id)


def _text(action: str, value: str, most: int) -> Element:
    typed: Element = {"type": "plain_text_input", "action_id": action, "max_length": most}
    return {**typed, "initial_value": value} if value else typed


def _form(callback: str, name: str, submit: str, intent: Intent, shown: list[Block]) -> View:
    meta = json.dumps({"intent": intent.id})
    view: View = {"type": "modal", "title": words(name, 24), "private_metadata": meta, "blocks": shown}
    view |= {"close": words("Cancel" if submit else "Close", 24)}
    return {**view, "callback_id": callback, "submit": words(submit, 24)} if submit else view
