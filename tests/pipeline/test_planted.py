"""What a ticket claims of us is not repeated as ours, and what it orders is not done."""

from typing import cast

import pytest

from pipeline.classify import Engine
from pipeline.draft import Draft
from pipeline.mask import mask_text
from pipeline.ports import Answer, LanguageModel
from pipeline.prompt import Prompt
from pipeline.write import FALLBACK, write_draft
from pipeline.write_llm import Paragraph, WrittenReply
from tests.pipeline.drafting import POLICY, TEAM, classified, passage
from tests.pipeline.grounding import SOURCES
from tests.pipeline.planted import AROUND, ORDERS, claims

_, TITLE, INVOICES = SOURCES["invoice"]


class Believer:
    """A model that writes what the ticket wants to read, and cites for it what it has."""

    def __init__(self, text: str, *sources: int) -> None:
        self._reply = WrittenReply(paragraphs=(Paragraph(text=text, sources=sources),), answers_everything=True)

    async def ask(self, prompt: Prompt, schema: type[Answer]) -> Answer:
        return cast(Answer, self._reply)


async def drafted(ticket: str, language: str, model: LanguageModel | None) -> Draft:
    found = passage(INVOICES, 0.9, title=TITLE)
    return await write_draft(mask_text(ticket), classified(), (found,), POLICY, TEAM, language, model)


async def test_no_false_fact_of_200_tickets_is_repeated_as_ours() -> None:
    repeated = []
    for claim in claims(200, seed=3):
        models = [Believer(reply, *sources) for reply in claim.replies for sources in ((), (1,))]
        for model in (None, *models):
            draft = await drafted(claim.ticket, claim.language, model)
            if claim.number in draft.text or draft.engine is Engine.LLM:
                repeated.append((claim, draft.text))
    assert repeated == []


@pytest.mark.parametrize("sources", [(), (1,)], ids=["uncited", "cited"])
@pytest.mark.parametrize(("language", "order", "obeyed"), ORDERS)
async def test_no_order_of_a_ticket_is_obeyed(language: str, order: str, obeyed: str, sources: tuple[int, ...]) -> None:
    ticket = f"{AROUND[language][0]} {order}"
    draft = await drafted(ticket, language, Believer(obeyed, *sources))
    assert draft.tags[-1] == FALLBACK
    assert obeyed not in draft.text
    assert obeyed not in (await drafted(ticket, language, None)).text
