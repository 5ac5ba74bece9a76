"""The shipped training text is enough, varied, and nobody else's."""

import gzip
import json
import re
from collections import Counter, defaultdict

import pytest

from bot.adapters.shipped import FOLDER, shipped_rows, shipped_training
from pipeline.classify import Sentiment, Urgency
from tests.shared import shared

ALIKE = 0.6  # share of common words from which two texts are the same one in other clothes


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def test_there_is_enough_of_everything() -> None:
    rows = shipped_rows()
    categories = Counter(row.category for row in rows)
    assert len(rows) >= 1000
    assert set(categories) == {"billing", "technical", "account", "feature_request", "general"}
    assert min(categories.values()) >= 150
    assert set(Counter(row.urgency for row in rows)) == set(Urgency)
    assert set(Counter(row.sentiment for row in rows)) == set(Sentiment)
    assert sum(row.escalation for row in rows) >= 100
    foreign = Counter(row.language for row in rows if row.language != "en")
    assert set(foreign) >= {"de", "fr", "es", "pt", "it", "nl"}
    assert foreign.total() >= 0.15 * len(rows)


def test_lengths_vary_from_a_word_to_a_letter() -> None:
    lengths = sorted(len(row.text.split()) for row in shipped_rows())
    assert lengths[0] <= 3
    assert lengths[-1] >= 100
    assert lengths[len(lengths) * 19 // 20] >= 2 * lengths[len(lengths) // 2]


def test_no_two_rows_say_the_same() -> None:
    seen: dict[str, list[int]] = defaultdict(list)
    texts = [words(row.text) for row in shipped_rows()]
    for number, text in enumerate(texts):
        others = {other for word in text for other in seen[word]}
        for other in others:
            common = len(text & texts[other]) / len(text | texts[other])
            assert common < ALIKE, (shipped_rows()[number].text, shipped_rows()[other].text)
        for word in text:
            seen[word].append(number)


def test_columns_have_one_label_per_text() -> None:
    training = shipped_training()
    assert {len(labels) for labels in training.columns.values()} == {len(training.texts)}
    assert set(training.columns["escalation"]) == {"true", "false", None}


def test_who_is_angry_has_to_be_escalated_and_who_is_frustrated_may_have_to_be() -> None:
    labels = dict(zip(shipped_rows(), shipped_training().columns["escalation"], strict=True))
    assert {label for row, label in labels.items() if row.sentiment is Sentiment.ANGRY} == {"true"}
    assert {label for row, label in labels.items() if row.sentiment is Sentiment.FRUSTRATED} == {"true", None}
    assert {label for row, label in labels.items() if row.sentiment is Sentiment.POSITIVE} == {"false"}


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
    ],
)
def test_no_row_is_taken_from_the_development_data(name: str) -> None:
    path = shared(f"data/{name}")
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode().splitlines()
    theirs = {words(json.loads(line)["text"]) for line in lines}
    ours = {words(row.text) for row in shipped_rows() if len(words(row.text)) > 3}
    assert not ours & theirs
