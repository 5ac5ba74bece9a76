"""The embedded classifier learns once, batches, adapts to the policy and never fails a ticket."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.adapters import heads
from bot.adapters.classifier import LocalClassifier
from bot.adapters.embedder import LocalEmbedder
from bot.adapters.readiness import State
from bot.adapters.shipped import Training
from bot.policy_file import default_policy
from pipeline.classify import Band, Engine, Evidence, Urgency
from pipeline.errors import Unavailable
from pipeline.learn import fit
from pipeline.mask import Masked, mask_text
from pipeline.policy import Category, Policy
from tests.shared import MODELS

STEMS = ("charg", "invoice", "crash", "error", "login", "password", "add", "wish", "open", "parcel")


class StemEmbedder:
    """An embedder that knows ten stems, counts its calls, and can be away."""

    name = "stems"
    dimensions = len(STEMS) + 1
    languages = frozenset[str]()

    def __init__(self) -> None:
        self.embedded = 0
        self.away = False

    async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]:
        if self.away:
            raise Unavailable("the embedder is away")
        self.embedded += len(texts)
        rows = [[*(stem in text.whole.casefold() for stem in STEMS), 0.1] for text in texts]
        vectors = np.array(rows, np.float32).reshape(-1, self.dimensions)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


EXAMPLES = {
    "billing": (
        "I was charged twice",
        "the invoice is wrong",
        "charged again after cancelling",
        "send an invoice",
    ),
    "technical": ("the app crashes on start", "an error on export", "it crashed again", "strange error code"),
    "account": ("login is not possible", "forgot my password", "password reset fails", "my login is blocked"),
    "feature_request": ("please add a map", "I wish for tags", "add dark mode please", "a wish for later"),
    "general": ("when are you open", "where is my parcel", "open on Sunday", "the parcel is late"),
}


@pytest.fixture(scope="module")
def training() -> Training:
    rows = [(text, category) for category, texts in EXAMPLES.items() for text in texts]
    return Training(
        [text for text, _ in rows],
        {
            "category": [category for _, category in rows],
            "urgency": ["P2" if "again" in text else "P3" for text, _ in rows],
            "sentiment": ["frustrated" if "again" in text else "neutral" for text, _ in rows],
            "escalation": ["false" for _ in rows],
        },
    )


@pytest.fixture(scope="module")
def policy() -> Policy:
    return default_policy()


async def test_a_ticket_is_read_after_one_example(tmp_path: Path, training: Training, policy: Policy) -> None:
    classifier = LocalClassifier(StemEmbedder(), tmp_path, training=training)
    found = await classifier.classify(mask_text("You charged me for an invoice again"), policy)
    assert found.category == "billing"
    assert found.engine is Engine.LOCAL
    assert found.risk == ""
    assert {name for name, _ in found.top} == {category.name for category in policy.categories}


async def test_an_alarm_quotes_the_sentence_that_raised_it(tmp_path: Path, training: Training, policy: Policy) -> None:
    escalation = ["true" if "crash" in text else "false" for text in training.texts]
    embedder = StemEmbedder()
    alarmed = Training(training.texts, {**training.columns, "escalation": escalation})
    classifier = LocalClassifier(embedder, tmp_path, training=alarmed)
    raised = await classifier.classify(
        mask_text("Greetings to you all. The app crashes on start. Thanks and bye."), policy
    )
    assert raised.evidence.risk == "The app crashes on start."
    embedder.embedded = 0
    calm = await classifier.classify(mask_text("Please send an invoice. When are you open?"), policy)
    assert (calm.risk, calm.evidence, embedder.embedded) == ("", Evidence(), 1)


async def test_an_alarm_by_words_quotes_them_while_the_embedder_is_away(tmp_path: Path, policy: Policy) -> None:
    embedder = StemEmbedder()
    embedder.away = True
    text = mask_text("Hello to all of you. Our whole site is down!")
    found = await LocalClassifier(embedder, tmp_path).classify(text, policy)
    assert (found.urgency, found.evidence.urgency) == (Urgency.P1, "Our whole site is down!")


async def test_it_learns_once_and_remembers_on_disk(tmp_path: Path, training: Training, policy: Policy) -> None:
    first = LocalClassifier(StemEmbedder(), tmp_path, training=training)
    await asyncio.gather(first.warm(), first.warm(), first.classify(mask_text("login error"), policy))
    assert len(list((tmp_path / "models").iterdir())) == 1
    embedder = StemEmbedder()
    second = LocalClassifier(embedder, tmp_path, training=training)
    await second.warm()
    assert embedder.embedded == 0
    ticket = mask_text("the login crashed with an error")
    assert await second.classify(ticket, policy) == await first.classify(ticket, policy)


async def test_a_first_start_tells_each_step_and_a_later_one_does_not_learn(
    tmp_path: Path, training: Training, policy: Policy
) -> None:
    heard: list[str] = []
    classifier = LocalClassifier(StemEmbedder(), tmp_path, training=training)
    classifier.readiness.listeners.append(heard.append)
    assert classifier.readiness.state is State.IDLE
    await classifier.warm()
    assert classifier.readiness.state is State.READY
    assert heard[0].startswith("Loading")
    assert heard[1:] == [
        "Reading the shipped examples: 0 of 20.",
        *(f"Learning from them: {column}, {n} of 4." for n, column in enumerate(training.columns, 1)),
        "",
    ]
    again: list[str] = []
    later = LocalClassifier(StemEmbedder(), tmp_path, training=training)
    later.readiness.listeners.append(again.append)
    await later.warm()
    assert again == [heard[0], ""]


async def test_an_engine_that_cannot_be_loaded_says_so_and_is_tried_again(
    tmp_path: Path, training: Training, policy: Policy
) -> None:
    embedder = StemEmbedder()
    embedder.away = True
    classifier = LocalClassifier(embedder, tmp_path, training=training)
    with pytest.raises(Unavailable):
        await classifier.warm()
    assert classifier.readiness.state is State.AWAY
    embedder.away = False
    await classifier.warm()
    assert classifier.readiness.state is State.READY


async def test_a_chosen_model_that_is_loaded_at_its_first_use_is_used(
    tmp_path: Path, training: Training, policy: Policy
) -> None:
    class ChosenEmbedder(StemEmbedder):
        loaded = False

        @property
        def dimensions(self) -> int:  # type: ignore[override]  # as LocalEmbedder has it for a model of one's own
            if not self.loaded:
                raise Unavailable("not loaded yet")
            return len(STEMS) + 1

        async def embed(self, texts: Sequence[Masked]) -> NDArray[np.float32]:
            self.loaded = True
            return await super().embed(texts)

    classifier = LocalClassifier(ChosenEmbedder(), tmp_path, training=training)
    found = await classifier.classify(mask_text("You charged me for an invoice again"), policy)
    assert found.engine is Engine.LOCAL


async def test_a_damaged_memory_is_learnt_anew(tmp_path: Path, training: Training, policy: Policy) -> None:
    await LocalClassifier(StemEmbedder(), tmp_path, training=training).warm()
    [folder] = (tmp_path / "models").iterdir()
    (folder / heads.NUMBERS).write_bytes(b"rust")
    found = await LocalClassifier(StemEmbedder(), tmp_path, training=training).classify(
        mask_text("an invoice please"), policy
    )
    assert found.category == "billing"


async def test_other_training_text_makes_another_memory(tmp_path: Path, training: Training) -> None:
    for texts in (training.texts, [f"{text}!" for text in training.texts]):
        await LocalClassifier(StemEmbedder(), tmp_path, training=Training(texts, training.columns)).warm()
    assert len(list((tmp_path / "models").iterdir())) == 2


async def test_many_tickets_at_once_get_their_own_answers(tmp_path: Path, training: Training, policy: Policy) -> None:
    classifier = LocalClassifier(StemEmbedder(), tmp_path, training=training)
    tickets = [(text, category) for category, texts in EXAMPLES.items() for text in texts] * 5
    found = await asyncio.gather(*(classifier.classify(mask_text(text), policy) for text, _ in tickets))
    assert [one.category for one in found] == [category for _, category in tickets]


async def test_what_a_team_trained_comes_before_what_ships(tmp_path: Path, training: Training, policy: Policy) -> None:
    embedder = StemEmbedder()
    swapped = {"general": "billing", "billing": "general"}
    labels = [swapped.get(str(label), str(label)) for label in training.columns["category"]]
    vectors = await embedder.embed([mask_text(text) for text in training.texts])
    heads.save(fit(training.texts, vectors, {"category": labels}), tmp_path / "own", embedder="stems")
    classifier = LocalClassifier(embedder, tmp_path, tmp_path / "own", training=training)
    found = await classifier.classify(mask_text("where is my parcel again"), policy)
    assert found.category == "billing"


async def test_a_category_of_the_policy_without_examples_is_found_by_its_description(
    tmp_path: Path, training: Training, policy: Policy
) -> None:
    parcels = Category(
        name="parcels",
        description="Where a parcel is.",
        team="general_support",
        escalation_team="support_lead",
        sla_hours=dict.fromkeys(Urgency, 1.0),
    )
    wider = policy.model_copy(update={"categories": (*policy.categories, parcels)})
    classifier = LocalClassifier(StemEmbedder(), tmp_path, training=training)
    assert (await classifier.classify(mask_text("this parcel over there"), wider)).category == "parcels"
    assert (await classifier.classify(mask_text("this parcel over there"), policy)).category == "general"


async def test_without_an_embedder_words_are_counted_and_a_person_is_asked(
    tmp_path: Path, training: Training, policy: Policy
) -> None:
    embedder = StemEmbedder()
    embedder.away = True
    classifier = LocalClassifier(embedder, tmp_path, training=training)
    found = await classifier.classify(mask_text("My invoice shows a wrong charge and no refund"), policy)
    assert (found.engine, found.category, found.band) == (Engine.RULES, "billing", Band.LOW)
    assert found.needs_human_review
    embedder.away = False
    again = await classifier.classify(mask_text("My invoice shows a wrong charge"), policy)
    assert again.engine is Engine.LOCAL


@pytest.mark.parametrize("text", ["", "refund", "😀", "it doesn't work", "[]", "\x00", "a" * 1_000_000])
async def test_whatever_comes_is_answered_and_never_sure(
    tmp_path: Path, training: Training, policy: Policy, text: str
) -> None:
    found = await LocalClassifier(StemEmbedder(), tmp_path, training=training).classify(mask_text(text), policy)
    assert found.needs_human_review


@pytest.mark.slow
async def test_out_of_the_box_real_looking_tickets_are_understood(policy: Policy) -> None:
    """The real embedder and all of the shipped text; none of these sentences is in it."""
    classifier = LocalClassifier(LocalEmbedder("", MODELS), MODELS)
    expected = {
        "My bank says that you took the monthly fee two times, kindly return one of them": "billing",
        "The desktop program closes itself whenever I press print": "technical",
        "I can't sign in any more, it keeps saying wrong password": "account",
        "It would be lovely to have a calendar view of all deadlines": "feature_request",
        "At what time does your shop close on Saturdays?": "general",
        "Ich kann mich seit heute nicht mehr anmelden, das Passwort wird abgelehnt": "account",
        "Vous m'avez facturé deux fois le même mois": "billing",
    }
    found = await asyncio.gather(*(classifier.classify(mask_text(text), policy) for text in expected))
    assert [one.category for one in found] == list(expected.values())
    assert sum(one.band is Band.HIGH for one in found) >= 4
    vague = await classifier.classify(mask_text("it doesn't work"), policy)
    assert (vague.band, vague.needs_human_review) == (Band.LOW, True)
    outage = await classifier.classify(mask_text("Our online store is down and nobody can check out!"), policy)
    assert outage.urgency is Urgency.P1
    assert outage.category == "technical"
