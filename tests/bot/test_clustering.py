"""triage cluster: one line per ticket, in the order of the lines, and nothing stored."""

import pytest

from tests.bot.command import BY_WORDS, Run, tickets
from tests.shared import MODELS

CHARGED = ["You charged my card twice.", "I was charged two times for one order.", "Why was my card charged twice?"]
LOCKED = ["My account is locked.", "My account is locked and I cannot sign in.", "The account of [jo@x.com] is locked!"]


@pytest.fixture
def with_model(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command with the model that the other tests translated already."""
    monkeypatch.setenv("TRIAGE_MODELS_DIR", str(MODELS))
    return run


def test_each_line_has_its_cluster_under_its_own_id_or_its_number(with_model: Run) -> None:
    ran = with_model("cluster", "-", "--k", "2", stdin=tickets(*CHARGED, *LOCKED) + b'{"text": "My account: locked"}\n')
    assert (ran.status, ran.err) == (0, "")
    assert [line["id"] for line in ran.lines] == ["0", "1", "2", "3", "4", "5", 7]
    assert [line["cluster"] for line in ran.lines] == [1, 1, 1, 0, 0, 0, 0]
    assert all(set(line) == {"id", "cluster"} for line in ran.lines)


def test_nobody_has_to_know_how_many_there_are(with_model: Run) -> None:
    ran = with_model("cluster", "-", stdin=tickets(*CHARGED, *LOCKED))
    clusters = [line["cluster"] for line in ran.lines]
    assert len(clusters) == 6
    assert not set(clusters[:3]) & set(clusters[3:])


def test_the_summary_shows_size_share_name_and_a_ticket_without_personal_data(with_model: Run) -> None:
    ran = with_model("cluster", "-", "--k", "2", "--summary", stdin=tickets(*CHARGED, *LOCKED, *LOCKED))
    first, words, second, _ = ran.out.splitlines()
    assert first.split()[:2] == ["6", "66.7%"]
    assert "account locked" in first
    assert "locked" in words
    assert second.split()[:2] == ["3", "33.3%"]
    assert "jo@x.com" not in ran.out


def test_a_line_that_is_no_ticket_is_named_and_the_others_have_their_clusters(with_model: Run) -> None:
    ran = with_model("cluster", "-", stdin=b"nonsense\n" + tickets("Hello."))
    assert ran.status == 1
    assert ran.err == "line 1: this is not JSON\n"
    assert ran.lines == [{"id": "0", "cluster": 0}]


def test_no_lines_are_no_clusters(run: Run) -> None:
    assert run("cluster", "-") == (0, "", "")


def test_without_its_model_it_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*BY_WORDS)
    ran = run("cluster", "-", stdin=tickets("Hello."))
    assert (ran.status, ran.out) == (1, "")
    assert "/nowhere" in ran.err
