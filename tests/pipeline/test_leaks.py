"""Of a thousand canaries in earlier answers none reaches another customer, whoever writes the draft."""

from collections import Counter
from typing import cast

import pytest

from pipeline.draft import Draft
from pipeline.mask import mask_text
from pipeline.ports import Answer, LanguageModel
from pipeline.prompt import Prompt
from pipeline.write import write_draft
from pipeline.write_llm import Paragraph, WrittenReply
from tests.pipeline.canaries import Canary, canaries
from tests.pipeline.drafting import POLICY, TEAM, classified, passage
from tests.stubs.openai_stub import MARKED

TICKET = mask_text("Where is my invoice? I need it for my accountant.")


class Copier:
    """A model that copies its source whole, title and question included."""

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        parts = {found["label"]: found["text"] for found in MARKED.finditer(prompt.data)}
        reply = WrittenReply(paragraphs=(Paragraph(text=parts["source 1"], sources=(1,)),), answers_everything=True)
        return cast(Answer, reply)


async def drafted(canary: Canary, model: LanguageModel | None) -> Draft:
    found = passage(canary.answer, 0.9, question=canary.question or "Where is it?", language=canary.language)
    return await write_draft(TICKET, classified(), (found,), POLICY, TEAM, canary.language, model)


@pytest.mark.parametrize("model", [None, Copier()], ids=["composed", "copied"])
async def test_no_canary_reaches_another_customer(model: LanguageModel | None) -> None:
    leaked, blocked = [], Counter[str]()
    for canary in canaries(1000, seed=7):
        draft = await drafted(canary, model)
        seen = canary.seen_in(draft.text)
        held = [planted for planted in seen if any(planted in word for word in draft.doubts)]
        blocked[canary.kind] += bool(held)
        if len(held) < len(seen):
            leaked.append((canary.kind, canary.language, canary.planted, draft.text))
    assert leaked == []
    assert blocked.total() < 20
