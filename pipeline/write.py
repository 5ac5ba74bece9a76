"""Write a draft: by a language model that is checked, else composed from what was answered before."""

import asyncio
from dataclasses import dataclass

from pipeline.check_draft import problems
from pipeline.classify import Classification
from pipeline.compose import compose
from pipeline.draft import Draft, Grade
from pipeline.errors import Refused, Unavailable
from pipeline.ground import Ticket, ungrounded
from pipeline.macros import macro_passages
from pipeline.mask import Masked
from pipeline.names import people
from pipeline.passage import Passage
from pipeline.policy import Policy, Team
from pipeline.ports import LanguageModel
from pipeline.sources import public_words, sources
from pipeline.unclear import needs_a_question
from pipeline.write_llm import Written, ask_for_draft

FALLBACK = "ai_fallback"
_OUR_OWN = frozenset({"unknown_source", "empty_reply", "reply_too_long"})  # found by us, so worth naming


async def write_draft(
    masked: Masked,
    classification: Classification,
    passages: tuple[Passage, ...],
    policy: Policy,
    team: Team,
    language: str,
    model: LanguageModel | None,
    instruction: str = "",
) -> Draft:
    """Return a reply that a person may approve. Never raises for the sake of the model.

    What a model writes is checked. It gets one second try with the failures named; then we compose. A ticket that
    says nothing is not shown to a model: it gets our own question back.
    """
    written = None
    unclear = not instruction and needs_a_question(masked, classification)
    if model is not None and not unclear:
        found = await asyncio.to_thread(sources, passages, masked, policy)
        offered = (*found, *macro_passages(team, policy, language))
        task = _Task(masked, classification, offered, policy, team, language, model)
        written = await task.written(instruction)
    if written is not None:
        return await asyncio.to_thread(_doubted, written, masked, passages, policy)
    composed = await asyncio.to_thread(compose, masked, classification, passages, policy, team, language, instruction)
    return composed if model is None or unclear else composed.model_copy(update={"tags": (*composed.tags, FALLBACK)})


def _doubted(draft: Draft, masked: Masked, passages: tuple[Passage, ...], policy: Policy) -> Draft:
    """Return the draft with the words in it that may name another customer; such a draft is no sure answer."""
    published = (each.resolution.answer for each in passages if each.resolution.document)
    known = " ".join((masked.whole, public_words(policy), *published))
    doubts = people(draft.text, known, draft.language).doubtful
    grade = Grade.SUGGESTION if doubts and draft.grade is Grade.ANSWER else draft.grade
    return draft.model_copy(update={"doubts": doubts, "grade": grade})


@dataclass(frozen=True, slots=True)
class _Task:
    """What a model is asked to write, and by what its text is checked."""

    masked: Masked
    classification: Classification
    passages: tuple[Passage, ...]
    policy: Policy
    team: Team
    language: str
    model: LanguageModel

    async def written(self, instruction: str) -> Draft | None:
        """Return what the model wrote in two tries, or None."""
        try:
            draft, wrong = await self._tried(instruction)
            if wrong:
                draft, wrong = await self._tried(instruction, wrong)
        except (Unavailable, Refused):
            return None
        return None if wrong else draft

    async def _tried(self, instruction: str, refused: str = "") -> tuple[Draft | None, str]:
        # The failures come first, since a long wish is cut at its end.
        wish = f"Your last draft was refused. {refused} {instruction}".strip() if refused else instruction
        try:
            written = await ask_for_draft(
                self.masked,
                self.classification,
                self.passages,
                self.policy,
                self.team,
                self.language,
                self.model,
                wish,
            )
        except Refused as refusal:
            if refusal.code not in _OUR_OWN:
                raise
            return None, str(refusal)
        return written.draft, " ".join(await asyncio.to_thread(self._wrong, written, instruction))

    def _wrong(self, written: Written, instruction: str) -> tuple[str, ...]:
        cited = [self.passages[citation.number - 1] for citation in written.draft.citations]
        ticket = Ticket(self.masked, self.policy, self.language, instruction)
        unfit = problems(written.draft.text, self.masked, cited, self.policy)
        return (*unfit, *ungrounded(written.paragraphs, ticket))
