"""Lines flow through: a bad one is named and costs nobody else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.command import BY_WORDS, Ran, Run, tickets


def test_mask_keeps_each_line_and_adds_what_it_found(run: Run) -> None:
    ran = run("mask", "-", stdin=b'{"id": 7, "text": "\xc3\xa9t\xc3\xa9: ana@example.com", "mine": [1]}\n')
    assert (ran.status, ran.err) == (0, "")
    [line] = ran.lines
    assert line == {
        "id": 7,
        "text": "été: ana@example.com",
        "mine": [1],
        "masked": "été: [EMAIL_1]",
        "entities": [{"type": "EMAIL", "start": 5, "end": 20}],
    }


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"nonsense", "this is not JSON"),
        (b'{"text": "cut of', "this is not JSON"),
        (b'{"text": "a", "n": NaN}', "this is not JSON"),
        (b"[" * 100_000, "this is not JSON"),
        (b'["text"]', "this is not a JSON object"),
        (b'{"subject": "hello"}', "a ticket needs a text"),
        (b'{"text": 7}', "the text of a ticket is a string"),
        (b'{"text": "caf\xe9"}', "this is not UTF-8"),
    ],
    ids=lambda value: value.decode("latin-1")[:20] if isinstance(value, bytes) else "",
)
def test_a_bad_line_is_named_with_its_number_and_the_others_are_done(run: Run, bad: bytes, says: str) -> None:
    ran = run("mask", "-", stdin=b'{"text": "one"}\n\n' + bad + b'\n{"text": "four"}\n')
    assert ran.status == 1
    assert [line["text"] for line in ran.lines] == ["one", "four"]
    assert ran.err.startswith("line 3: ")
    assert says in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"text": "a", "created_at": "yesterday"}, "created_at is no time"),
        ({"text": "a", "channel": "fax"}, "channel is none of email, chat"),
        ({"text": "a", "customer": "Maria"}, "customer is not an object"),
        ({"text": "a", "language": 7}, "language is not what a ticket has there"),
        ({"id": "9"}, "a ticket needs a text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_classify_says_what_is_wrong_with_a_ticket(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: dict[str, object], says: str
) -> None:
    monkeypatch.setenv(*BY_WORDS)
    ran = run("classify", "-", stdin=tickets("My invoice is wrong.") + json.dumps(line).encode())
    assert ran.status == 1
    assert [line["id"] for line in ran.lines] == ["0"]
    assert ran.err.startswith("line 2: ")
    assert says in ran.err


def test_a_table_is_known_by_its_ending_whatever_program_has_written_it(run: Run, tmp_path: Path) -> None:
    rows = '\ufeffid,text\r\n1,ana@example.com\r\n2,"two\r\nlines, ""quoted"""\r\n\r\n3,more,than,named\r\n4,last\r\n'
    (tmp_path / "Export.CSV").write_bytes(rows.encode())
    ran = run("mask", "Export.CSV")
    assert ran.status == 1
    assert [line["id"] for line in ran.lines] == ["1", "2", "4"]
    assert [line["masked"] for line in ran.lines] == ["[EMAIL_1]", 'two\r\nlines, "quoted"', "last"]
    assert ran.err == "line 6: this has 4 columns, and the first line names 2\n"


def test_a_cell_that_no_table_can_hold_costs_its_row_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text\none\n{'x' * 140_000}\nthree\n")
    ran = run("mask", "a.csv")
    assert [line["text"] for line in ran.lines] == ["one", "three"]
    assert "line 3: this is not CSV" in ran.err


def test_half_a_letter_is_handed_on_as_it_came(run: Run) -> None:
    ran = run("mask", "-", stdin=b'{"text": "cut \\ud83d here"}\n')
    assert ran.status == 0
    assert ran.lines[0]["masked"] == "cut \ud83d here"


@pytest.mark.parametrize("command", ["mask", "classify"])
def test_a_file_that_is_not_there_is_bad_use(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv(*BY_WORDS)
    ran = run(command, "absent.jsonl")
    assert ran == Ran(2, "", "absent.jsonl cannot be read: No such file or directory\n")


@pytest.mark.parametrize("command", ["mask", "classify"])
def test_nothing_in_is_nothing_out(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv(*BY_WORDS)
    assert run(command, "-") == Ran(0, "", "")


def test_whoever_stops_reading_gets_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(tickets(*["hello"] * 3))
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "mask", str(tmp_path / "in.jsonl")], stdout=write, stderr=subprocess.PIPE
    )
    os.close(write)
    assert (ran.returncode, ran.stderr) == (1, b"")
