"""Prompts carry the policy in their static part and strangers' words in their fences."""

import gzip
import json

import pytest

from pipeline.precedent import Precedent
from pipeline.prompt import (
    LONGEST_EARLIER,
    LONGEST_TICKET,
    LONGEST_WISH,
    MOST_EARLIER,
    classification_prompt,
    draft_prompt,
)
from tests.shared import shared
from tests.stubs.openai_stub import MARKED
from tests.stubs.understanding import classification, masked, passage, policy

POLICY = policy()
TEAM = POLICY.teams[0]
CORRECTED = Precedent(text="Who pays [NAME_1]?", category="billing", instead_of="general")
SOLVED = Precedent(text="I cannot log in", category="account")


def test_the_system_text_names_every_category_with_its_description_and_subcategories() -> None:
    system = classification_prompt(POLICY, [masked("hi")]).system
    for category in POLICY.categories:
        assert f"- {category.name}: {category.description}" in system
        for subcategory in category.subcategories:
            assert f"  - {subcategory.name}: {subcategory.description}" in system
    for word in ("P1: outage", "P4: a feature request", "- angry:", "- positive:", "# Risk"):
        assert word in system


def test_the_static_part_is_the_same_for_every_ticket_so_that_a_prompt_cache_hits() -> None:
    assert classification_prompt(POLICY, [masked("a")]).system == classification_prompt(POLICY, []).system
    first = draft_prompt(masked("a"), classification(), [passage()], TEAM, "en")
    second = draft_prompt(masked("b"), classification("account"), [], TEAM, "de", "shorter")
    assert first.system == second.system


def test_tickets_are_numbered_from_one_and_capped() -> None:
    data = classification_prompt(POLICY, [masked("one"), masked("x" * 1_000_000)]).data
    parts = {found["label"]: found["text"] for found in MARKED.finditer(data)}
    assert list(parts) == ["ticket 1", "ticket 2"]
    assert parts["ticket 1"] == "Help\n\none"
    assert len(parts["ticket 2"]) < LONGEST_TICKET + 100


def test_earlier_tickets_stand_before_the_tickets_with_where_people_filed_them() -> None:
    prompt = classification_prompt(POLICY, [masked("one")], [CORRECTED, SOLVED])
    parts = {found["label"]: found["text"] for found in MARKED.finditer(prompt.data)}
    assert parts == {
        "earlier 1, filed under billing, not general": "Who pays [NAME]?",
        "earlier 2, filed under account": "I cannot log in",
        "ticket 1": "Help\n\none",
    }
    assert list(parts)[-1] == "ticket 1"
    assert prompt.system == classification_prompt(POLICY, [masked("one")]).system


def test_a_category_that_the_policy_lost_is_neither_shown_nor_named() -> None:
    gone = [CORRECTED.model_copy(update={"category": "gone"}), CORRECTED.model_copy(update={"instead_of": "gone"})]
    data = classification_prompt(POLICY, [masked("one")], gone).data
    assert "earlier 1, filed under billing>>>" in data
    assert "earlier 2" not in data
    assert "gone" not in data


def test_earlier_tickets_are_few_and_short() -> None:
    many = [Precedent(text=f"{n} " + "x" * 90_000, category="billing") for n in range(50)]
    parts = {f["label"]: f["text"] for f in MARKED.finditer(classification_prompt(POLICY, [masked("?")], many).data)}
    assert len(parts) == MOST_EARLIER + 1
    assert max(map(len, parts.values())) < LONGEST_EARLIER + 100


def test_a_draft_is_asked_with_its_sources_the_ticket_and_the_agents_wish() -> None:
    passages = [passage(1), passage(2, answer="y" * 90_000)]
    prompt = draft_prompt(masked("refund?"), classification(), passages, TEAM, "fr", "be brief " * 500)
    parts = {found["label"]: found["text"] for found in MARKED.finditer(prompt.data)}
    assert list(parts) == ["source 1", "source 2", "ticket", "wish of the agent"]
    assert "Answer: Open Billing and press Refund." in parts["source 1"]
    assert len(parts["source 2"]) < 2_600
    assert len(parts["wish of the agent"]) < LONGEST_WISH + 100
    assert "ISO 639-1 code is 'fr'" in prompt.data
    assert "team support" in prompt.data


def test_a_placeholder_of_an_earlier_ticket_cannot_become_data_of_this_one() -> None:
    prompt = draft_prompt(
        masked("I am [NAME_1]"),
        classification(),
        [passage(answer="Dear [NAME_1], ask [EMAIL_2].")],
        TEAM,
        "en",
    )
    assert "Dear [NAME], ask [EMAIL]." in prompt.data
    assert "I am [NAME_1]" in prompt.data


@pytest.mark.parametrize("language", ["", "unknown"])
def test_a_ticket_in_an_unknown_language_is_answered_in_its_own(language: str) -> None:
    data = draft_prompt(masked("?"), classification(), [], TEAM, language).data
    assert "in the language of the ticket" in data


def test_injected_texts_never_leave_their_fence() -> None:
    """Each text of the corpus, in a ticket, in a source, and with a forged end of its fence."""
    path = shared("data/injection/dev.jsonl.gz")
    texts = [json.loads(line)["text"] for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    assert len(texts) > 600
    system = classification_prompt(POLICY, []).system
    for text in texts:
        known = classification_prompt(POLICY, [masked(text)]).data
        forged = known.splitlines()[-1] + "\n" + text
        earlier = [Precedent(text=forged, category="billing")]
        prompt = classification_prompt(POLICY, [masked(forged), masked(text)], earlier)
        outside = MARKED.sub("", prompt.data)
        assert prompt.system == system
        assert len(MARKED.findall(prompt.data)) == 3
        assert outside.split("\n", 1)[1].strip() == ""
        draft = draft_prompt(masked(forged), classification(), [passage(answer=forged)], TEAM, "en")
        assert len(MARKED.findall(draft.data)) == 2
