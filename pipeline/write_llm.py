"""Write a draft with a language model, grounded in the passages that retrieval found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from pipeline.classify import Classification, Engine
from pipeline.draft import LONGEST, Citation, Draft, Grade
from pipeline.errors import Refused
from pipeline.ground import Said
from pipeline.looked_for import looked_for, title_of
from pipeline.mask import Masked
from pipeline.passage import Passage
from pipeline.policy import Policy, Team, Thresholds
from pipeline.ports import LanguageModel
from pipeline.prompt import draft_prompt

_MARKERS = re.compile(r"[ \t]*\[\d{1,2}(?:\s*,\s*\d{1,2})*\]")  # "[1]" and "[1, 2]": not for customers
_CLOSED = ConfigDict(frozen=True, extra="forbid")


class Paragraph(BaseModel):
    """A piece of the reply, and the numbers of the sources that it rests on."""

    model_config = _CLOSED

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A draft, and the paragraphs that it was made of."""

    draft: Draft
    paragraphs: tuple[Said, ...]


class WrittenReply(BaseModel):
    """What a model answers when it is asked for a draft."""

    model_config = _CLOSED

    paragraphs: tuple[Paragraph, ...]
    answers_everything: bool


async def ask_for_draft(
    masked: Masked,
    classification: Classification,
    passages: Sequence[Passage],
    policy: Policy,
    team: Team,
    language: str,
    model: LanguageModel,
    instruction: str = "",
) -> Written:
    """Return a reply in `language` that rests on the passages, signed off by the owning team.

    Raises Unavailable when the model cannot now, and Refused when what it wrote cannot be used.
    """
    prompt = draft_prompt(masked, classification, passages, team, language, instruction)
    reply = await model.ask(prompt, WrittenReply)
    citations = _citations(reply, passages)
    grade = _grade(citations, reply, policy.thresholds)
    draft = Draft(
        text=_text(reply, team.signs(language)),
        grade=grade,
        citations=citations,
        looked_for="" if grade is Grade.ANSWER else looked_for(classification, passages),
        language=language,
        engine=Engine.LLM,
    )
    return Written(draft, tuple(_said(paragraph, passages) for paragraph in reply.paragraphs))


def _said(paragraph: Paragraph, passages: Sequence[Passage]) -> Said:
    return Said(_unmarked(paragraph), tuple(passages[number - 1] for number in dict.fromkeys(paragraph.sources)))


def _unmarked(paragraph: Paragraph) -> str:
    return _MARKERS.sub("", paragraph.text).strip()


def _citations(reply: WrittenReply, passages: Sequence[Passage]) -> tuple[Citation, ...]:
    """The passages that the reply names, each once, under the number that it had in the prompt."""
    named = sorted({number for paragraph in reply.paragraphs for number in paragraph.sources})
    if any(not 1 <= number <= len(passages) for number in named):
        raise Refused("The model cited a source that it was not given.", code="unknown_source")
    return tuple(_citation(number, passages[number - 1]) for number in named)


def _citation(number: int, passage: Passage) -> Citation:
    resolution = passage.resolution
    return Citation(
        number=number,
        resolution=resolution.id,
        title=title_of(passage),
        url=resolution.url,
        score=passage.score,
    )


def _grade(citations: Sequence[Citation], reply: WrittenReply, limits: Thresholds) -> Grade:
    """Graded by the evidence; the model's own word can lower the grade and never raise it."""
    best = max((citation.score for citation in citations), default=0.0)
    if not citations or best < limits.suggestion:
        return Grade.NEEDS_PERSON
    if best < limits.answer or not reply.answers_everything:
        return Grade.SUGGESTION
    return Grade.ANSWER


def _text(reply: WrittenReply, sign_off: str) -> str:
    paragraphs = [_unmarked(paragraph) for paragraph in reply.paragraphs]
    if not any(paragraphs):
        raise Refused("The model wrote an empty reply.", code="empty_reply")
    text = "\n\n".join(paragraph for paragraph in (*paragraphs, sign_off) if paragraph)
    if len(text) > LONGEST:
        raise Refused("The model wrote more than a reply may hold.", code="reply_too_long")
    return text
