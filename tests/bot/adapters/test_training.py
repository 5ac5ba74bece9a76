"""The shipped training text is enough, varied, and nobody else's."""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import product

import pytest

from bot.adapters.shipped import FOLDER, shipped_rows, shipped_training
from bot.policy_file import default_policy
from pipeline.classify import Sentiment, Urgency
from pipeline.findings import Kind
from pipeline.mask import mask_text
from tests.shared import shared

ALIKE = 0.6  # share of common words, or of pieces of four letters, from which two texts are the same one
PERSONAL = {Kind.EMAIL, Kind.PHONE, Kind.IBAN, Kind.CARD, Kind.IP}
LANGUAGES = {"de", "fr", "es", "pt", "it", "nl"}  # those that have enough rows to be learnt


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def pieces(text: str) -> frozenset[str]:
    plain = " ".join(re.findall(r"\w+", text.casefold()))
    return frozenset(plain[at : at + 4] for at in range(max(1, len(plain) - 3)))


def test_there_is_enough_of_everything() -> None:
    rows = shipped_rows()
    categories = Counter(row.category for row in rows)
    assert len(rows) >= 3000
    assert set(categories) == {category.name for category in default_policy().categories}
    assert min(categories.values()) >= 350
    assert min(Counter(row.urgency for row in rows).values()) >= 150
    assert min(Counter(row.sentiment for row in rows).values()) >= 200
    assert sum(row.escalation for row in rows) >= 100


def test_every_category_is_seen_in_every_urgency_and_mood() -> None:
    """Or the heads would take a wish for calm and a bill for angry. A wish is never an outage."""
    rows = shipped_rows()
    urgencies = {(row.category, row.urgency) for row in rows}
    assert urgencies == set(product({row.category for row in rows}, Urgency)) - {("feature_request", Urgency.P1)}
    moods = Counter((row.category, row.sentiment) for row in rows)
    assert set(moods) == set(product({row.category for row in rows}, Sentiment))
    assert min(moods.values()) >= 5


def test_anger_is_not_urgency_and_calm_is_not_its_absence() -> None:
    """Swearing at a jingle can wait, and the calmest report of an outage cannot."""
    seen = Counter((row.sentiment, row.urgency) for row in shipped_rows())
    assert min(seen[Sentiment.ANGRY, urgency] for urgency in Urgency) >= 5
    assert min(seen[Sentiment.NEUTRAL, urgency] for urgency in Urgency) >= 50
    assert seen[Sentiment.POSITIVE, Urgency.P3] >= 30  # praise with a question in it is no mere feedback


def test_many_languages_are_seen_in_every_category() -> None:
    rows = shipped_rows()
    languages = Counter(row.language for row in rows)
    assert len(languages) >= 12
    assert {name for name, count in languages.items() if count >= 100} >= LANGUAGES
    assert languages.total() - languages["en"] >= 0.2 * len(rows)
    seen = {(row.language, row.category) for row in rows}
    assert seen == set(product(languages, {row.category for row in rows}))


@pytest.mark.parametrize("language", sorted(LANGUAGES | {"en"}))
def test_no_language_is_a_sign_of_urgency_or_escalation(language: str) -> None:
    rows = [row for row in shipped_rows() if row.language == language]
    assert 0.05 <= sum(row.escalation for row in rows) / len(rows) <= 0.25
    assert 0.02 <= sum(row.urgency is Urgency.P1 for row in rows) / len(rows) <= 0.12


def test_no_row_holds_personal_data() -> None:
    """Not even invented: an address or a number that looks real may be somebody's."""
    for row in shipped_rows():
        found = {entity.type for entity in mask_text(row.text).entities}
        assert not found & PERSONAL, row.text
        assert not re.search(r"\b(?:https?://|www\.)(?!\S+\.example\b)", row.text), row.text


def test_lengths_vary_from_a_word_to_a_letter() -> None:
    lengths = sorted(len(row.text.split()) for row in shipped_rows())
    assert lengths[0] <= 3
    assert lengths[-1] >= 100
    assert lengths[len(lengths) * 19 // 20] >= 2 * lengths[len(lengths) // 2]


@pytest.mark.parametrize("parts", [words, pieces])
def test_no_two_rows_say_the_same(parts: Callable[[str], frozenset[str]]) -> None:
    seen: dict[str, list[int]] = defaultdict(list)
    texts = [parts(row.text) for row in shipped_rows()]
    for number, text in enumerate(texts):
        common = Counter(other for part in text for other in seen[part])
        for other, shared_parts in common.items():
            alike = shared_parts / (len(text) + len(texts[other]) - shared_parts)
            assert alike < ALIKE, (shipped_rows()[number].text, shipped_rows()[other].text)
        for part in text:
            seen[part].append(number)


def test_columns_have_one_label_per_text() -> None:
    training = shipped_training()
    labels = dict(zip(training.texts, training.columns["category"], strict=True))
    assert labels == {row.text: row.category for row in shipped_rows()}
    assert {len(labels) for labels in training.columns.values()} == {len(training.texts)}
    assert set(training.columns["escalation"]) == {"true", "false", None}


def test_who_is_angry_has_to_be_escalated_and_who_is_frustrated_may_have_to_be() -> None:
    training = shipped_training()
    labels = dict(zip(training.texts, training.columns["escalation"], strict=True))
    rows = shipped_rows()
    assert {labels[row.text] for row in rows if row.sentiment is Sentiment.ANGRY} == {"true"}
    assert {labels[row.text] for row in rows if row.sentiment is Sentiment.FRUSTRATED} == {"true", None}
    assert {labels[row.text] for row in rows if row.sentiment is Sentiment.POSITIVE} == {"false"}


def test_every_file_is_read() -> None:
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in FOLDER.glob("*.jsonl"))
    assert lines == len(shipped_rows())


@pytest.mark.parametrize(
    "name",
    [
        "real_tickets.jsonl",
        "natcs/banking.jsonl",
        "support_tweets/dev.jsonl",
        "bitext/dev.jsonl.gz",
        "banking77/train.jsonl.gz",
        "banking77/dev.jsonl.gz",
        "complaints/train.jsonl.gz",
        "clinc150/train.jsonl.gz",
        "clinc150/val.jsonl.gz",
        "hint3/sofmattress.jsonl",
        "goemotions/train.jsonl.gz",
    ],
)
def test_no_row_is_taken_from_the_development_data(name: str) -> None:
    path = shared(f"data/{name}")
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode().splitlines()
    theirs = {words(json.loads(line)["text"]) for line in lines}
    ours = {words(row.text) for row in shipped_rows() if len(words(row.text)) > 3}
    assert not ours & theirs
