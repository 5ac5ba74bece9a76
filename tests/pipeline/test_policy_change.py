"""What leads change lies over the file as small steps, checked like the file, and can be taken back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from pipeline.case import Actor
from pipeline.errors import PolicyError
from pipeline.policy import Member, Policy
from pipeline.policy_change import PolicyChange, Step, Unfit, changed, combined, found, noted, standing, touching
from pipeline.policy_check import checked
from tests.fakes.desk import policy

LENA = Actor(id="ULENA", name="Lena")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEAM = ("teams", "billing_support")
NEW = {"name": "Kai", "email": "kai@example.com"}


def step(*path: str, value: JsonValue = None, gone: bool = False) -> Step:
    return Step(path=path, value=value, gone=gone)


def change(number: int, *steps: Step, undoes: int | None = None) -> PolicyChange:
    return PolicyChange(number=number, at=NOW, by=LENA, steps=steps, undoes=undoes)


def with_members(*members: Member) -> Policy:
    teams = tuple(
        each.model_copy(update={"members": members, "lead": "", "chains": ()})
        if each.name == "billing_support"
        else each
        for each in policy().teams
    )
    return policy().model_copy(update={"teams": teams})


def test_a_policy_survives_being_written_and_read() -> None:
    assert checked(policy().model_dump(mode="json")) == policy()


def test_a_number_a_text_and_a_member_are_changed_by_their_path() -> None:
    after = changed(
        policy(),
        [
            step("thresholds", "answer", value=0.55),
            step(*TEAM, "channel", value="money"),
            step(*TEAM, "members", "Kai", value=NEW),
            step(*TEAM, "members", "Kai", "skills", value=["billing", "de"]),
            step("categories", "billing", "sla_hours", "P1", value=2),
        ],
    )
    team = after.team("billing_support")
    assert (after.thresholds.answer, team.channel, team.members[-1].skills) == (0.55, "money", ("billing", "de"))
    assert [hours for urgency, hours in after.category("billing").sla_hours.items() if urgency == "P1"] == [2]
    assert policy().thresholds.answer == 0.6


def test_a_member_who_leaves_is_gone_and_the_others_stay() -> None:
    members = policy().team("billing_support").members
    after = changed(policy(), [step(*TEAM, "members", members[-1].name, gone=True)])
    assert after.team("billing_support").members == members[:-1]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (step("teams", "nobody", "channel", value="x"), "teams/nobody is not in the policy"),
        (step(*TEAM, "members", "Nobody", gone=True), "teams/billing_support/members/Nobody is not in the policy"),
        (step("thresholds", "answer", "deep", value=1), "thresholds/answer has nothing inside it"),
        (step("thresholds", "anser", value=0.5), "check the spelling of 'anser'"),
        (step("thresholds", "answer", value=1.5), "thresholds.answer"),
        (step("thresholds", "medium", value=0.9), "medium = 0.9 is above high = 0.8"),
        (step(*TEAM, "lead", value="Nobody"), "lead 'Nobody' is nobody of this team"),
        (step(*TEAM, "channel", value="#money"), "without #"),
        (step("categories", "billing", "sla_hours", "P1", value=0), "no time to answer in"),
        (step(*TEAM, "members", "Kai", value={**NEW, "zone": "Mars/Base"}), "zone 'Mars/Base' is not known"),
        (step(*TEAM, "members", "Kai", value={"name": "Kai"}), "needs an email or a slack user id"),
        (step("rules", "x", value={"id": "x", "pattern": "(", "why": "", "level": "high", "positive": ["a"],
                                   "negative": ["b"]}), "rule 'x': the pattern is not valid"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_in_the_words_that_a_file_gets(wrong: Step, said: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        changed(policy(), [wrong])
    assert said in str(refusal.value)


def test_a_change_that_no_longer_fits_is_told_and_the_rest_is_in_force() -> None:
    kai = change(1, step(*TEAM, "members", "Kai", value=NEW))
    lead = change(2, step(*TEAM, "lead", value="Ana Ribeiro"))
    answer = change(3, step("thresholds", "answer", value=0.55))
    found_ = combined(with_members(Member(name="Bo", email="bo@example.com")), [kai, lead, answer])
    assert [misfit.change.number for misfit in found_.misfits] == [2]
    assert "Ana Ribeiro" in found_.misfits[0].say
    assert [each.number for each in found_.changes] == [1, 3]
    assert [each.name for each in found_.policy.team("billing_support").members] == ["Bo", "Kai"]
    assert found_.policy.thresholds.answer == 0.55


def test_what_is_undone_stands_no_longer() -> None:
    log = [change(1, step("thresholds", "answer", value=0.55)), change(2, step("approval_hours", value=2)),
           change(3, undoes=2), change(4, step("approval_hours", value=5)), change(5, undoes=4)]  # fmt: skip
    assert [each.number for each in standing(log)] == [1]
    assert combined(policy(), log).policy.approval_hours == policy().approval_hours


def test_steps_note_what_was_there_and_those_that_change_nothing_are_left_out() -> None:
    kept = noted(policy(), [step("thresholds", "answer", value=0.6), step("thresholds", "high", value=0.9)])
    assert [(each.path[-1], each.was, each.value) for each in kept] == [("high", 0.8, 0.9)]


def test_two_changes_touch_each_other_where_one_lies_in_the_other() -> None:
    member, hours = step(*TEAM, "members", "Kai", gone=True), step(*TEAM, "members", "Kai", "hours", value="")
    assert touching([member], [hours])
    assert touching([hours], [member])
    assert not touching([hours], [step(*TEAM, "members", "Ben", gone=True)])


def test_a_change_of_a_table_itself_that_breaks_it_is_refused() -> None:
    with pytest.raises(PolicyError):
        changed(policy(), [step("teams", value="none")])
    with pytest.raises(Unfit):
        changed(policy(), [step("rules", "no.such", gone=True)])


values = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(0, 1), st.text(max_size=5))
names = st.sampled_from(["thresholds", "answer", "teams", "billing_support", "members", "lead", "rules", "x", ""])
steps = st.builds(step, names, names, names, value=values, gone=st.booleans())


@given(st.lists(steps, max_size=3))
def test_whatever_is_asked_a_policy_is_whole_or_refused(asked: list[Step]) -> None:
    try:
        after = changed(policy(), asked)
    except PolicyError as error:
        assert str(error)
    else:
        assert checked(after.model_dump(mode="json")) == after


@given(st.floats(0.43, 1), st.floats(0.43, 1))
def test_taking_a_change_back_gives_the_same_policy_as_before(first: float, second: float) -> None:
    log = [change(1, step("thresholds", "answer", value=first)), change(2, step("thresholds", "answer", value=second))]
    before, after = combined(policy(), log[:1]), combined(policy(), [*log, change(3, undoes=2)])
    assert after.policy == before.policy
    assert found(after.policy, ("thresholds", "answer")) == first
