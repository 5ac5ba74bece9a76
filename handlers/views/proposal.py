"""The proposal: the draft, how far it can be trusted, and what it rests on."""

from handlers.views import blocks
from handlers.views.escape import line, link
from handlers.views.markdown import literal
from handlers.views.overflow import draft_goes_on
from handlers.views.words import ENGINE, grade, language
from pipeline.case import Case
from pipeline.draft import Citation, Draft, Grade
from pipeline.ports import Block

MOST_CITED = 5
_EXPLAINED = {
    "ai_fallback": "The language model was away, so this was made without it.",
    "wish_unmet": "The last wish could not be followed without a language model: nothing that we know says it.",
    "cut_short": "Shortened at a person's wish: the source says more.",
    "language_mismatch": "The sources are in another language than the customer's: check every sentence.",
}


def proposal(case: Case, draft: str) -> list[Block]:
    """Return the draft as the customer would get it, with its grade, engine and sources."""
    if case.analysis is None:
        return []
    found = case.analysis.draft
    said = grade(found) + (", and the customer had one" if case.held and found.grade is Grade.NEEDS_PERSON else "")
    shown: list[Block] = [blocks.section("grade", f"*Draft reply* · {said} · {ENGINE[found.engine]}")]
    if draft.strip():
        shown.append(blocks.markdown("draft", literal(draft)))
    if draft_goes_on(draft):
        shown.append(blocks.context("draft.rest", "🧵 The whole draft is in the thread; Approve sends all of it."))
    if notes := _notes(case, found):
        shown.append(blocks.context("notes", *notes))
    if found.citations:
        shown.append(blocks.context("cited", "Rests on", *map(_citation, found.citations[:MOST_CITED])))
    return shown


def _notes(case: Case, draft: Draft) -> list[str]:
    assert case.analysis is not None
    notes = [said for tag, said in _EXPLAINED.items() if tag in case.analysis.tags]
    if draft.language != case.analysis.language:
        notes.append(f"Written in {line(language(draft.language), 60)}.")
    if draft.doubts:
        named = ", ".join(f"“{line(word, 40)}”" for word in draft.doubts[:5])
        notes.append(f"⚠️ {named} may name another customer: press Edit and take out what does, before it is sent.")
    if draft.looked_for.strip():
        notes.append(f"Looked for: {line(draft.looked_for, 1500)}")
    return notes


def _citation(citation: Citation) -> str:
    return f"{citation.number}. {link(citation.url, citation.title)} · likeness {citation.score:.2f}"
