"""What people corrected is learnt beside the engine, kept as bytes, and can be laid aside again."""

import asyncio
from pathlib import Path

import pytest

from bot.adapters.classifier import LocalClassifier
from bot.adapters.learner import LocalLearner
from bot.adapters.shipped import Training
from bot.policy_file import default_policy
from pipeline.errors import Refused
from pipeline.escalation import Level
from pipeline.lesson import Learnt, Lesson
from pipeline.mask import mask_text
from pipeline.policy import Policy
from tests.bot.adapters.test_classifier import EXAMPLES, StemEmbedder

PARCELS = ("where is my parcel", "the parcel is late", "my parcel never came", "a parcel was left open")


@pytest.fixture
def policy() -> Policy:
    return default_policy()


@pytest.fixture
def classifier(tmp_path: Path) -> LocalClassifier:
    rows = [(text, label) for label, texts in EXAMPLES.items() for text in texts]
    texts, labels = zip(*rows, strict=True)
    return LocalClassifier(StemEmbedder(), tmp_path, training=Training(texts, {"category": labels}))


@pytest.fixture
def learner(classifier: LocalClassifier) -> LocalLearner:
    return LocalLearner(classifier, StemEmbedder())


def lessons(category: str, count: int = 40, **more: bool) -> list[Lesson]:
    """People who file parcels somewhere, and everything else where it was."""
    said = [(text, category) for text in PARCELS]
    said += [(text, label) for label, texts in EXAMPLES.items() for text in texts if "parcel" not in text]
    return [
        Lesson(mask_text(f"{text} ({number})"), f"U{number % 3}", {"category": label}, **more)
        for number, (text, label) in enumerate((said * count)[:count])
    ]


async def category(classifier: LocalClassifier, policy: Policy, text: str = "the parcel has not arrived") -> str:
    return (await classifier.classify(mask_text(text), policy)).category


async def test_where_people_file_tickets_the_engine_files_them_too(
    classifier: LocalClassifier, learner: LocalLearner, policy: Policy
) -> None:
    assert await category(classifier, policy) == "general"
    learnt = await learner.learn(lessons("technical"), policy)
    assert learnt.tried and learnt.no_worse
    assert await category(classifier, policy) == "general"
    await learner.use(learnt.content)
    assert await category(classifier, policy) == "technical"
    assert await category(classifier, policy, "I was charged twice") == "billing"
    await learner.use(b"")
    assert await category(classifier, policy) == "general"


async def test_its_figures_say_what_it_was_tried_on(learner: LocalLearner, policy: Policy) -> None:
    learnt = await learner.learn(lessons("technical"), policy)
    told = learnt.figures["columns"]["category"]
    assert (learnt.figures["rows"], told["rows"]) == (40, 40)
    assert told["better"] - told["worse"] == round(40 * (told["after"] - told["before"]))
    assert told["interval"][0] < told["after"] <= told["interval"][1]
    assert sum(rows for rows, _, _ in told["labels"].values()) == 40


async def test_a_category_that_the_policy_has_not_any_more_teaches_nothing(
    learner: LocalLearner, policy: Policy
) -> None:
    learnt = await learner.learn([*lessons("technical"), *lessons("retired", 4)], policy)
    assert learnt.figures["columns"]["category"]["rows"] == 40


async def test_called_off_escalations_make_the_engine_calmer(tmp_path: Path, policy: Policy) -> None:
    texts = [text for several in EXAMPLES.values() for text in several]
    alarms = ["true" if "crash" in text or "error" in text else "false" for text in texts]
    classifier = LocalClassifier(StemEmbedder(), tmp_path, training=Training(texts, {"escalation": alarms}))
    learner = LocalLearner(classifier, StemEmbedder())
    said = [
        Lesson(mask_text(f"{text} ({number})"), f"U{number % 3}", {"escalation": "false"})
        for number, text in enumerate(texts * 2)
    ]
    before = await classifier.classify(mask_text("the app crashes, an error"), policy)
    learnt = await learner.learn(said, policy)
    await learner.use(learnt.content)
    after = await classifier.classify(mask_text("the app crashes, an error"), policy)
    assert (before.risk_level, after.risk_level) == (Level.HIGH, Level.LOW)


async def test_the_same_lessons_are_the_same_bytes(learner: LocalLearner, policy: Policy) -> None:
    several: list[Learnt] = [await learner.learn(lessons("technical"), policy) for _ in range(2)]
    assert several[0] == several[1]


@pytest.mark.parametrize("content", [b"nonsense", b"PK\x03\x04 cut off"])
async def test_damaged_bytes_are_refused_and_nothing_changes(
    classifier: LocalClassifier, learner: LocalLearner, policy: Policy, content: bytes
) -> None:
    await learner.use((await learner.learn(lessons("technical"), policy)).content)
    with pytest.raises(Refused):
        await learner.use(content)
    assert await category(classifier, policy) == "technical"


async def test_what_another_embedder_was_for_is_refused(
    learner: LocalLearner, classifier: LocalClassifier, policy: Policy
) -> None:
    learnt = await learner.learn(lessons("technical"), policy)
    other = StemEmbedder()
    other.name = "others"
    with pytest.raises(Refused):
        await LocalLearner(classifier, other).use(learnt.content)


async def test_tickets_are_read_while_it_learns(
    classifier: LocalClassifier, learner: LocalLearner, policy: Policy
) -> None:
    learning = asyncio.create_task(learner.learn(lessons("technical"), policy))
    assert await category(classifier, policy) == "general"
    await learning


async def test_when_nothing_is_left_to_learn_from_the_engine_is_as_it_came(
    classifier: LocalClassifier, learner: LocalLearner, policy: Policy
) -> None:
    await learner.use((await learner.learn(lessons("technical"), policy)).content)
    learnt = await learner.learn([], policy)
    assert not learnt.tried
    await learner.use(learnt.content)
    assert await category(classifier, policy) == "general"
