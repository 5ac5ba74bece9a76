"""Fault plans as people write them: in words, as scripts, in files; what cannot be followed is refused."""

import json
from pathlib import Path

import pytest

from bot.playground.__main__ import main
from bot.playground.fault_plan import BadPlan, read_file, read_plan, read_words
from bot.playground.faults import Faults
from bot.playground.wire import Object


def drawn(line: Object, *calls: str) -> list[str]:
    """What strikes each of these calls, one after the other."""
    faults = Faults(0)
    faults.follow([line])
    struck = [faults.draw(call) for call in calls]
    return [f"{fault.kind}@{fault.seconds:g}" if fault else "" for fault in struck]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("chat.postMessage=error500", {"kind": "error500"}),
        ("chat.postMessage=error500:0.2", {"kind": "error500", "probability": 0.2}),
        ("chat.postMessage=error:is_archived:0.5*3", {"kind": "error:is_archived", "probability": 0.5, "times": 3}),
        ("chat.postMessage=slow@2.5", {"kind": "slow", "seconds": 2.5}),
        ("chat.postMessage=error500,slow@2", {"script": ["error500", {"kind": "slow", "seconds": 2}]}),
    ],
)
def test_words_say_the_same_as_json(words: str, line: Object) -> None:
    assert read_plan([read_words(words)]) == read_plan([{"method": "chat.postMessage", **line}])


@pytest.mark.parametrize("words", ["", "chat.update", "=drop", "chat.update=", "chat.update=drop@soon", "a=drop*x"])
def test_words_that_say_nothing_are_refused(words: str) -> None:
    with pytest.raises(BadPlan, match="expected METHOD=KIND"):
        read_words(words)


def test_a_script_goes_call_by_call_and_then_ends() -> None:
    script = {"method": "chat.postMessage", "script": ["error500", "slow@2", "ok", "drop"]}
    assert drawn(script, *["chat.postMessage"] * 5) == ["error500@0", "slow@2", "", "drop@0", ""]


def test_a_script_counts_only_the_calls_that_it_names() -> None:
    script = {"method": "chat.*", "script": ["drop", "error500"]}
    assert drawn(script, "users.info", "chat.update", "users.info", "chat.delete") == ["", "drop@0", "", "error500@0"]


def test_a_look_up_lags_at_its_step_of_a_script() -> None:
    faults = Faults(0)
    faults.follow([{"method": "conversations.history", "script": ["ok", "lagging_lookup@4"]}])
    lags = []
    for _ in range(3):
        assert faults.draw("conversations.history") is None
        lags.append(faults.lag("conversations.history"))
    assert lags == [0, 4, 0]


def test_a_revoked_token_stays_revoked_for_every_method_until_the_plan_changes() -> None:
    calls = ("users.info", "chat.update", "users.info", "zendesk GET groups", "event message")
    assert drawn({"method": "chat.update", "kind": "token_revoked"}, *calls) == [
        "",
        "token_revoked@0",
        "token_revoked@0",
        "",
        "",
    ]


def test_every_request_is_not_every_delivery() -> None:
    calls = ("chat.update", "zendesk GET groups", "event message", "block_actions ticket.approve")
    assert drawn({"method": "*", "kind": "drop"}, *calls) == ["drop@0", "drop@0", "", ""]
    assert drawn({"method": "delivery *", "kind": "drop"}, *calls) == ["", "", "drop@0", "drop@0"]
    assert drawn({"method": "event *", "kind": "drop"}, *calls) == ["", "", "drop@0", ""]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"kind": "earthquake"}, "unknown kind of fault: earthquake. Known: slow, error500"),
        ({"kind": "drop", "chance": 1}, "unknown field chance. Known: kind, method, probability"),
        ({"kind": "drop", "probability": "often"}, "probability must be a number: often"),
        ({"kind": "slow", "seconds": -1}, "seconds must not be negative"),
        ({"script": "drop"}, "a script is a list of steps"),
        ({"script": ["drop"], "times": 2}, "stands with `method` alone"),
        ({"script": [7]}, "expected a step such as error500 or slow@2"),
        ({"script": ["drop:0.5"]}, "expected a step"),
        ({"method": "event message", "kind": "error500"}, "error500 befalls requests"),
        ({"method": "chat.update", "kind": "redelivery"}, "redelivery befalls deliveries"),
    ],
)
def test_what_is_wrong_is_said_with_the_number_of_the_line(line: Object, said: str) -> None:
    with pytest.raises(BadPlan) as caught:
        read_plan([{"kind": "drop"}, line])
    assert str(caught.value).startswith("fault 2: ")
    assert said in str(caught.value)


def test_a_bad_plan_leaves_the_old_one_in_force() -> None:
    faults = Faults(0)
    faults.follow([{"kind": "drop"}])
    with pytest.raises(BadPlan):
        faults.follow([{"kind": "slow"}, {"kind": "earthquake"}])
    assert [fault.kind for fault in faults.plan] == ["drop"]


def test_a_plan_is_read_from_toml_and_from_json(tmp_path: Path) -> None:
    toml, bare, whole = tmp_path / "plan.toml", tmp_path / "bare.json", tmp_path / "whole.json"
    toml.write_text('[[faults]]\nmethod = "chat.update"\nkind = "drop"\n')
    bare.write_text(json.dumps([{"method": "chat.update", "kind": "drop"}]))
    whole.write_text(json.dumps({"faults": [{"method": "chat.update", "kind": "drop"}]}))
    assert read_file(toml) == read_file(bare) == read_file(whole) == [{"method": "chat.update", "kind": "drop"}]


@pytest.mark.parametrize("text", ["{", '{"plan": []}', '["drop"]'])
def test_a_file_that_holds_no_plan_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text)
    with pytest.raises(BadPlan, match=r"plan\.json"):
        read_file(path)
    with pytest.raises(BadPlan, match=r"absent\.toml"):
        read_file(tmp_path / "absent.toml")


def test_the_command_line_refuses_a_bad_plan_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--fault", "chat.postMessage=earthquake"]) == 2
    assert "fault 1: unknown kind of fault: earthquake" in capsys.readouterr().err
    assert main(["--faults", "/nowhere/plan.toml"]) == 2


def test_help_shows_examples_that_can_be_followed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = [line.split("--fault '")[1].split("'")[0] for line in capsys.readouterr().out.splitlines() if "'" in line]
    assert len(shown) >= 5
    assert len(read_plan(map(read_words, shown))) == len(shown)
