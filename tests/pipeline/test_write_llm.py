"""A written draft rests on its sources, says how far they carry it, and never invents one."""

import pytest

from pipeline.classify import Engine
from pipeline.draft import Draft, Grade
from pipeline.errors import Refused, Unavailable
from pipeline.passage import Passage
from pipeline.ports import Answer
from pipeline.prompt import Prompt
from pipeline.write_llm import ask_for_draft
from tests.stubs.understanding import classification, masked, passage, policy

POLICY = policy()
HELLO = ("Hello,", [])


class Writer:
    """A model that writes the given paragraphs."""

    def __init__(self, *paragraphs: tuple[str, list[int]], enough: bool = True) -> None:
        self.prompts: list[Prompt] = []
        self._answer = {
            "paragraphs": [{"text": text, "sources": sources} for text, sources in paragraphs],
            "answers_everything": enough,
        }

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        self.prompts.append(prompt)
        return schema.model_validate(self._answer)


async def draft(writer: Writer, *passages: Passage, wish: str = "") -> Draft:
    written = await ask_for_draft(
        masked("refund?"), classification(), passages, POLICY, POLICY.teams[0], "en", writer, wish
    )
    return written.draft


async def test_paragraphs_become_a_signed_text_with_the_cited_passages() -> None:
    writer = Writer(HELLO, ("Open Billing.", [2]), ("Then wait.", [2]))
    found = await draft(writer, passage(1), passage(2))
    assert found.text == "Hello,\n\nOpen Billing.\n\nThen wait.\n\nYour support team"
    (cited,) = found.citations
    assert (cited.number, cited.resolution, cited.url) == (2, "r2", "https://help.example/2")
    assert (found.grade, found.engine, found.language) == (Grade.ANSWER, Engine.LLM, "en")
    assert found.looked_for == ""


async def test_an_untitled_source_is_named_by_its_question() -> None:
    untitled = passage().model_copy(update={"resolution": passage().resolution.model_copy(update={"title": ""})})
    found = await draft(Writer(("So.", [1])), untitled)
    assert found.citations[0].title == "How do I get a refund?"


@pytest.mark.parametrize(
    ("score", "enough", "grade"),
    [
        (0.8, True, Grade.ANSWER),
        (0.8, False, Grade.SUGGESTION),
        (0.5, True, Grade.SUGGESTION),
        (0.1, True, Grade.NEEDS_PERSON),
    ],
)
async def test_the_grade_follows_the_evidence_and_the_model_can_only_lower_it(
    score: float, enough: bool, grade: Grade
) -> None:
    found = await draft(Writer(("Open Billing.", [1]), enough=enough), passage(score=score))
    assert found.grade is grade
    assert bool(found.looked_for) is (grade is not Grade.ANSWER)


async def test_a_draft_that_cites_nothing_needs_a_person() -> None:
    assert (await draft(Writer(("Just trust me.", [])), passage())).grade is Grade.NEEDS_PERSON


@pytest.mark.parametrize(
    ("paragraphs", "code"),
    [
        ([("Open Billing.", [3])], "unknown_source"),
        ([("Open Billing.", [0])], "unknown_source"),
        ([], "empty_reply"),
        ([("  ", [1])], "empty_reply"),
        ([("x" * 4_000, [1])], "reply_too_long"),
    ],
)
async def test_a_reply_that_cannot_be_used_is_refused(paragraphs: list[tuple[str, list[int]]], code: str) -> None:
    with pytest.raises(Refused) as refused:
        await draft(Writer(*paragraphs), passage())
    assert refused.value.code == code


async def test_citation_marks_do_not_reach_the_customer_and_placeholders_stay() -> None:
    found = await draft(Writer(("Hello [NAME_1], open Billing [1]. Then wait [1, 2].", [1])), passage())
    assert found.text.startswith("Hello [NAME_1], open Billing. Then wait.\n")


async def test_the_agents_wish_is_asked_for() -> None:
    writer = Writer(HELLO)
    await draft(writer, passage(), wish="shorter, and in a warmer tone")
    assert "shorter, and in a warmer tone" in writer.prompts[0].data


async def test_an_unavailable_model_is_told() -> None:
    class Gone(Writer):
        async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
            raise Unavailable

    with pytest.raises(Unavailable):
        await draft(Gone(), passage())
