"""triage import, search and reindex: history comes in once, masked, and is found."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.onnx_export import export, onnx_file
from bot.adapters.packaged_model import packaged_model
from bot.sole import sole_process
from tests.bot.command import BY_WORDS, Run

INDEXED = "indexed_with IS NOT NULL"
EXPORT = "Open Settings, then Export, and choose CSV."


@pytest.fixture(scope="session")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    export(packaged_model(), onnx_file(folder))
    return onnx_file(folder)


@pytest.fixture
def with_model(tmp_path: Path, translated: Path) -> None:
    """The packaged model, translated once for all tests."""
    target = onnx_file(tmp_path / ".triage" / "models")
    target.parent.mkdir(parents=True)
    shutil.copy(translated, target)


def solved(id_: str, text: str, answer: str = EXPORT, **more: Any) -> dict[str, Any]:
    return {"id": id_, "text": text, "answer": answer, **more}


def write(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return str(path)


def different(count: int) -> list[dict[str, Any]]:
    """Tickets of which none is nearly another."""
    names = ("".join(chr(ord("a") + int(digit)) for digit in f"{number:04}") for number in range(count))
    return [
        solved(f"t{n}", f"How does {name} work with x{name[::-1]}?", f"Press {name}.") for n, name in enumerate(names)
    ]


@pytest.mark.usefixtures("with_model")
def test_history_is_imported_searched_and_indexed_again(run: Run, tmp_path: Path) -> None:
    ana = {"name": "Ana Perez", "email": "ana@perez.example"}
    file = write(
        tmp_path / "history.jsonl",
        solved("a", "How do I get my data out as CSV? Ana Perez, ana@perez.example", f"Hi Ana, {EXPORT}", customer=ana),
        solved("b", "I was charged twice", "We refunded it.", category="billing", csat=5, gold=True),
        solved("c", "The app stops with ERR-4471", "Clear the cache.", created_at="2026-01-01T10:00:00Z")
        | {"solved_at": "2026-01-01T12:30:00+00:00"},
    )
    [told] = run("import", file).lines
    assert (told["added"], told["waiting_for_index"]) == (3, 0)
    [told] = run("import", file).lines
    assert (told["added"], told["known"]) == (0, 3)

    best = run("search", "my card was debited two times", "--json").lines[0]
    assert (best["id"], best["gold"], best["csat"]) == ("b", True, 5)
    best = run("search", "err 4471", "--json", "--k", "1").lines
    assert [(each["id"], each["minutes"]) for each in best] == [("c", 150)]
    [csv] = [each for each in run("search", "csv", "--json").lines if each["id"] == "a"]
    assert "Ana" not in json.dumps(csv) and "perez" not in json.dumps(csv)
    shown = run("search", "export").out
    assert EXPORT in " ".join(shown.split())
    assert "meaning" in shown

    [told] = run("reindex").lines
    assert (told["made"], told["resolutions"]) == (0, 3)
    [told] = run("reindex", "--all").lines
    assert (told["made"], told["resolutions"]) == (3, 3)


def test_what_is_left_out_is_said_with_its_reason(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*BY_WORDS)
    file = write(
        tmp_path / "history.jsonl",
        solved("a", "How do I export all boards of my team to CSV, please? Order 1234."),
        solved("b", "how do I export all boards of my team to CSV please? Order 99"),
        solved("a", "Another one with the id of the first"),
        solved("c", "How do I export?", "No idea.", csat=1),
        solved("d", "How do I export?", csat=2, gold=True),
        solved("e", "no answer", ""),
        solved("f", "", "no question"),
        solved("g", "When?", "Soon.", csat=9),
        solved("h", "Where?", "There.", url="javascript:alert(1)"),
        solved("i", "When?", "Soon.", solved_at="yesterday"),
        solved("j", "Is it?", "It is.", gold="perhaps"),
    )
    status, out, err = run("import", file, "--skipped", "skipped.jsonl")
    told = json.loads(out)
    counted = ("added", "near_duplicates", "duplicates", "poor", "wrong", "waiting_for_index")
    assert [told[name] for name in counted] == [2, 1, 1, 1, 6, 2]
    assert status == 1
    for number, said in ((6, "needs an answer"), (7, "needs a text"), (8, "1 to 5"), (9, "url"), (10, "solved_at")):
        assert f"line {number}: " in err and said in err
    assert "waits for triage reindex" in err
    skipped = [json.loads(line) for line in (tmp_path / "skipped.jsonl").read_text().splitlines()]
    assert {(each["line"], each["skipped"]) for each in skipped} == {
        (2, "near_duplicates"), (3, "duplicates"), (4, "poor")
    }  # fmt: skip
    assert any("what a says" in each["why"] for each in skipped)


def test_a_table_with_a_column_of_answers_is_history_too(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*BY_WORDS)
    (tmp_path / "history.csv").write_text('question,resolution,category\n"How, then?","Like this.",general\n')
    assert run("import", "history.csv").lines[0]["added"] == 1
    assert run("search", "how", "--json").lines[0]["answer"] == "Like this."


def test_beside_a_running_product_the_words_are_searched_and_the_work_is_left_to_it(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "history.jsonl", solved("a", "How do I export my data to CSV?"))
    (tmp_path / ".triage").mkdir()
    with sole_process(tmp_path / ".triage"):
        assert run("import", file).lines[0]["waiting_for_index"] == 1
        status, _, err = run("search", "export csv", "--json")
        assert (status, "by words alone" in err) == (0, True)
        status, _, err = run("reindex")
        assert (status, "Another process has the index" in err) == (1, True)


def test_nothing_found_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*BY_WORDS)
    assert "nothing in the knowledge base" in run("search", "anything").err


@pytest.mark.slow
def test_an_import_that_is_killed_goes_on_and_loses_and_doubles_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*BY_WORDS)
    file = write(tmp_path / "history.jsonl", *different(1000))
    command = [sys.executable, "-m", "bot", "import", file]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.fspath(Path(__file__).parents[2])})
    database = tmp_path / ".triage" / "triage.db"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (database.exists() and _rows(database)) and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = _rows(database)
    assert before
    [told] = run("import", file).lines
    assert told["added"] + told["known"] + told["near_duplicates"] == 1000
    assert told["known"] == before
    assert _rows(database) == told["added"] + before


@pytest.mark.slow
@pytest.mark.usefixtures("with_model")
def test_a_reindex_that_is_killed_goes_on_until_the_counts_are_equal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without_model:
        without_model.setenv(*BY_WORDS)
        assert run("import", write(tmp_path / "history.jsonl", *different(600))).lines[0]["added"] == 600
    command = [sys.executable, "-m", "bot", "reindex"]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.fspath(Path(__file__).parents[2])})
    database = tmp_path / ".triage" / "triage.db"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not _rows(database, INDEXED) and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = _rows(database, INDEXED)
    assert 0 < before < 600
    [told] = run("reindex").lines
    assert (told["made"], told["resolutions"], told["vectors"]) == (600 - before, 600, 600)
    [told] = run("reindex").lines
    assert (told["made"], told["vectors"]) == (0, 600)


def _rows(database: Path, which: str = "TRUE") -> int:
    try:
        with closing(sqlite3.connect(database)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM resolutions WHERE {which}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
