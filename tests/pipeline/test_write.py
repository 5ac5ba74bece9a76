"""What a model writes is checked, tried twice, and replaced where it does not hold."""

from collections.abc import Sequence
from typing import cast

from pipeline.classify import Band, Engine
from pipeline.draft import Draft, Grade
from pipeline.errors import Refused, Unavailable
from pipeline.mask import mask_text
from pipeline.phrases import phrases
from pipeline.ports import Answer
from pipeline.prompt import Prompt
from pipeline.write import FALLBACK, write_draft
from pipeline.write_llm import Paragraph, WrittenReply
from tests.pipeline.drafting import POLICY, TEAM, classified, passage

TICKET = mask_text("Where is my invoice?")


class Model:
    """Answers with what it was given, one after the other, and keeps what it was asked."""

    def __init__(self, *answers: str | Exception, sources: Sequence[int] = (1,)) -> None:
        self.asked: list[Prompt] = []
        self._answers = list(answers)
        self._sources = tuple(sources)

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        self.asked.append(prompt)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        reply = WrittenReply(paragraphs=(Paragraph(text=answer, sources=self._sources),), answers_everything=True)
        return cast(Answer, reply)


async def written(model: Model | None, instruction: str = "") -> Draft:
    passages = (passage("Invoices are under Billing."),)
    return await write_draft(TICKET, classified(), passages, POLICY, TEAM, "en", model, instruction)


async def test_a_sound_draft_of_the_model_is_taken() -> None:
    model = Model("Look under Billing.")
    draft = await written(model, "shorter")
    assert (draft.engine, draft.grade, draft.tags) == (Engine.LLM, Grade.ANSWER, ())
    assert "shorter" in model.asked[0].data


async def test_a_word_that_may_name_another_customer_blocks_what_a_model_wrote() -> None:
    passages = (passage("You and Zorvath find invoices under Billing."),)
    model = Model("You and Zorvath find invoices under Billing.")
    draft = await write_draft(TICKET, classified(), passages, POLICY, TEAM, "en", model)
    assert (draft.engine, draft.doubts, draft.grade) == (Engine.LLM, ("Zorvath",), Grade.SUGGESTION)


async def test_a_second_try_is_told_what_was_wrong() -> None:
    model = Model("See https://evil.example/x", "Look under Billing.")
    draft = await written(model, "shorter")
    assert draft.engine is Engine.LLM
    assert "https://evil.example/x stands in no cited source" in model.asked[1].data
    assert "shorter" in model.asked[1].data


async def test_after_two_failures_the_reply_is_composed_and_says_so() -> None:
    model = Model("See https://evil.example/x", "<b>again</b>")
    draft = await written(model)
    assert (draft.engine, draft.tags, len(model.asked)) == (Engine.LOCAL, (FALLBACK,), 2)
    assert "Invoices are under Billing." in draft.text


async def test_an_invented_source_gets_a_second_try() -> None:
    model = Model("a", "b", sources=[7])
    assert (await written(model)).tags == (FALLBACK,)
    assert "cited a source that it was not given" in model.asked[1].data


async def test_a_model_that_cannot_or_will_not_is_asked_once() -> None:
    for failure in (Unavailable(), Refused(code="refusal")):
        model = Model(failure)
        assert (await written(model)).tags == (FALLBACK,)
        assert len(model.asked) == 1


async def test_without_a_model_nothing_fell_back() -> None:
    draft = await written(None)
    assert (draft.engine, draft.tags) == (Engine.LOCAL, ())


async def test_a_ticket_that_names_nothing_is_asked_back_without_a_model() -> None:
    model, vague = Model(), mask_text("Nothing works, please help")
    passages = (passage("Invoices are under Billing."),)
    draft = await write_draft(vague, classified(band=Band.LOW), passages, POLICY, TEAM, "en", model)
    assert (draft.grade, draft.tags, model.asked) == (Grade.QUESTION, (), [])
    assert phrases("en").question in draft.text


async def test_a_person_s_wish_is_written_by_the_model_all_the_same() -> None:
    model, vague = Model("Please tell us which app you mean."), mask_text("Nothing works, please help")
    draft = await write_draft(
        vague, classified(band=Band.LOW), (passage("x"),), POLICY, TEAM, "en", model, "friendlier"
    )
    assert draft.engine is Engine.LLM
