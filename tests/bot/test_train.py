"""A team's own labels: learnt, measured and used by the same three commands that a person types."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.shipped import shipped_rows
from tests.bot.command import BY_WORDS, Run
from tests.shared import MODELS
from tests.stubs.openai_stub import Stub, create_app
from tests.stubs.serving import served_beside

THEIRS = {"billing": "Invoices & payments", "technical": "bugs"}


@pytest.fixture(autouse=True)
def learnt_before(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_DATA_DIR", str(MODELS))


def history(path: Path, start: int, **more: object) -> Path:
    """Some tickets of two kinds, under labels that no policy has."""
    rows = [row for row in shipped_rows() if row.category in THEIRS and row.language == "en"][start::2][:120]
    lines = [
        {"text": row.text, "category": THEIRS[row.category], "escalation": "yes" if row.escalation else "no"} | more
        for row in rows
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.mark.slow
def test_labels_of_any_name_are_learnt_measured_and_used(run: Run, tmp_path: Path) -> None:
    seen, unseen = history(tmp_path / "seen.jsonl", 0), history(tmp_path / "unseen.jsonl", 1)
    status, out, err = run("train", str(seen), "--out", "heads")
    learnt = json.loads(out)
    assert status == 0
    assert set(learnt["labels"]["category"]) == set(THEIRS.values())
    assert set(learnt["labels"]["escalation"]) <= {"true", "false"}
    assert "the policy has no category" in err

    status, out, _ = run("eval", str(unseen), "--model", "heads", "--json", "--plot", "pictures")
    measured = json.loads(out)
    assert status == 0
    assert measured["category"]["accuracy"] > 0.9
    assert measured["escalation"]["rows"] == learnt["rows"]
    assert {path.name for path in (tmp_path / "pictures").iterdir()} == {
        "category_confusion.png",
        "category_abstention.png",
    }

    status, out, _ = run("classify", str(unseen), "--model", "heads")
    decisions: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
    assert {decision["category"] for decision in decisions} == set(THEIRS.values())
    assert all(len(decision["top"]) == 2 for decision in decisions)


def test_a_folder_that_holds_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "diary").mkdir()
    (tmp_path / "diary" / "monday.txt").write_text("rain")
    status, _, err = run("train", str(history(tmp_path / "seen.jsonl", 0)), "--out", "diary")
    assert (status, err.startswith("The folder holds something else")) == (2, True)
    assert (tmp_path / "diary" / "monday.txt").read_text() == "rain"


@pytest.mark.parametrize("command", ["train", "eval"])
def test_lines_without_a_label_are_nothing_to_go_by(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "plain.jsonl").write_text('{"text": "hello"}\n')
    status, out, err = run(command, "plain.jsonl", *(["--out", "heads"] if command == "train" else []))
    assert (status, out) == (2, "")
    assert "No line has a label" in err


def test_a_label_that_is_none_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.jsonl").write_text(
        '{"text": "a", "category": ["billing"]}\n{"text": "b", "escalation": "perhaps"}\n'
    )
    _, _, err = run("train", "odd.jsonl", "--out", "heads")
    assert "line 1: category is a label, not a list or an object" in err
    assert "line 2: escalation is true or false" in err


def test_an_evaluation_that_breaks_off_tells_what_its_calls_took_all_the_same(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "one.jsonl").write_text('{"text": "I was charged twice", "category": "billing"}\n')
    with served_beside(create_app(stub=Stub())) as url:
        for name, value in (BY_WORDS, ("OPENAI_BASE_URL", f"{url}/v1")):
            monkeypatch.setenv(name, value)
        status, out, err = run("eval", "one.jsonl")
    assert (status, out) == (1, "")  # without the embedder there is nothing to compare the model with
    assert "gpt-4o-mini: 1 call, " in err
