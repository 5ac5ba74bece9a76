"""A simulation tells what a changed policy would have made of the same tickets, and always the same."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import Classification
from pipeline.mask import Masked, mask_text
from pipeline.policy import Member, Policy
from pipeline.policy_change import Step, changed
from pipeline.route import Roster
from pipeline.simulate import Change, Past, Simulation, compare_rules, hits, simulate
from tests.fakes.desk import policy
from tests.pipeline.concluding import NOON, analysed, read_as
from tests.pipeline.test_replay import SAID, readings, rosters

QUIET, LAWYER = "My card was charged twice.", "I will contact my lawyer and sue you."


def past(number: int, text: str, found: Classification, roster: Roster | None = None, of: Policy | None = None,
         hours: float | None = None) -> Past:  # fmt: skip
    at = NOON + timedelta(minutes=number)
    analysis, masked = analysed(text, found, of or policy(), roster, at=at)
    until = at + timedelta(hours=hours) if hours is not None else None
    return Past(f"c{number}", f"Ticket {number}", "https://desk.example/1", analysis, until, lambda: masked)


def compared(pasts: list[Past], after: Policy, before: Policy | None = None) -> Simulation:
    before = before or policy()
    rules = compare_rules(before, after)
    return simulate(pasts, [hits(each, rules) for each in pasts], before, after)


def step(*path: str, value: object = None, gone: bool = False) -> Step:
    return Step.model_validate({"path": path, "value": value, "gone": gone})


def test_what_a_threshold_raises_moves_and_is_named() -> None:
    pasts = [past(n, QUIET, read_as(complaint=0.01 * n)) for n in range(10)]
    found = compared(pasts, changed(policy(), [step("thresholds", "alarm", value=0.055)]))
    assert (found.raised, found.calmed, found.tickets) == (1, 0, 10)
    [moved] = found.moved
    assert (moved.before, moved.after, moved.count) == ("billing_support", "billing_lead", 1)
    assert [example.id for example in moved.examples] == ["c6"]
    assert found.teams["billing_lead"] == Change(before=3, after=4)


def test_a_rule_that_is_off_or_new_counts_and_only_new_words_are_read() -> None:
    def unreadable() -> Masked:
        raise AssertionError("nobody needs the words of a ticket to leave a rule out")

    known = [past(n, LAWYER, read_as()) for n in range(2)]
    blind = [Past(each.id, each.subject, each.url, each.analysis, None, unreadable) for each in known]
    off = compared(blind, changed(policy(), [step("rules", "legal_threat", "off", value=True)]))
    assert (off.calmed, [each.id for each in off.calmed_examples]) == (2, ["c1", "c0"])
    rule = {"id": "twice", "pattern": "charged twice", "why": "Money.", "level": "high", "positive": ["charged twice"],
            "negative": ["charged"]}  # fmt: skip
    new = compared([past(1, QUIET, read_as())], changed(policy(), [step("rules", "twice", value=rule)]))
    assert new.raised == 1


def test_targets_and_what_a_person_is_asked_are_compared() -> None:
    pasts = [past(n, QUIET, read_as(confidence=0.5 + n / 100)) for n in range(10)]
    steps = [step("categories", "billing", "sla_hours", "P3", value=12), step("thresholds", "medium", value=0.5)]
    found = compared(pasts, changed(policy(), steps))
    assert (found.sooner, found.sooner_minutes, found.later) == (10, 720, 0)
    assert found.asked == Change(before=5, after=0)


def with_team(*members: Member) -> Policy:
    teams = tuple(
        each.model_copy(update={"members": members, "lead": ""}) if each.name == "billing_support" else each
        for each in policy().teams
    )
    return policy().model_copy(update={"teams": teams})


def test_somebody_new_gets_a_share_and_not_everything() -> None:
    ana = Member(name="Ana", email="a@x.example", skills=("billing",))
    kai = Member(name="Kai", email="k@x.example", skills=("billing",))
    before, after = with_team(ana), with_team(ana, kai)
    # As it was: each ticket stayed with Ana, so that she had one more of them each time.
    pasts = [past(n, QUIET, read_as(), Roster(load={"Ana": n}), before) for n in range(10)]
    found = compared(pasts, after, before)
    assert found.agents == {"Ana": Change(before=10, after=5), "Kai": Change(before=0, after=5)}
    # What is decided on at once leaves room: the one with the first name gets all of them.
    done = [past(n, QUIET, read_as(), Roster(load={"Ana": 0}), before, hours=0.001) for n in range(10)]
    assert compared(done, after, before).agents == {"Ana": Change(before=10, after=10)}


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(SAID), readings, rosters), min_size=1, max_size=6), st.floats(0.05, 1))
def test_it_is_deterministic_and_the_same_policy_changes_nothing(
    said: list[tuple[str, Classification, Roster]], alarm: float
) -> None:
    pasts = [past(n, text, found, roster) for n, (text, found, roster) in enumerate(said)]
    same = compared(pasts, policy())
    assert (same.moved, same.reassigned, same.raised, same.calmed, same.sooner, same.later) == ((), 0, 0, 0, 0, 0)
    assert all(each.before == each.after for each in (*same.teams.values(), *same.agents.values()))
    after = changed(policy(), [step("thresholds", "alarm", value=alarm)])
    assert compared(pasts, after) == compared(pasts, after)
    assert sum(each.after for each in compared(pasts, after).teams.values()) == len(pasts)


def test_words_are_read_where_the_rules_were_others_when_it_was_read() -> None:
    fewer = changed(policy(), [step("rules", "legal_threat", gone=True)])
    older = past(1, LAWYER, read_as(), of=fewer)
    assert older.analysis.escalation.escalated is False
    found = compared([older], changed(policy(), [step("thresholds", "high", value=0.9)]))
    assert found.teams == {"billing_lead": Change(before=1, after=1)}
    assert mask_text(LAWYER) == older.words()
