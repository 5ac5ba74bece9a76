"""A simulation tells what a changed policy would have made of the same tickets, and always the same."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import Classification
from pipeline.mask import Masked, mask_text
from pipeline.outcomes import Compared, Outcomes
from pipeline.past import Past, compare_rules, hits
from pipeline.policy import Member, Policy
from pipeline.policy_change import Step, changed
from pipeline.route import Roster
from pipeline.simulate import Change, Simulation, simulate
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
    return simulate(pasts, [hits(each, rules) for each in pasts], before, after, NOON + timedelta(days=9))


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


def answered(known: Past, hours: float | None, *, owed: bool = False) -> Past:
    created = NOON - timedelta(minutes=5)
    responded = None if hours is None else created + timedelta(hours=hours)
    return replace(known, created=created, responded=responded, owed=owed)


def test_targets_are_held_against_when_the_responses_really_came() -> None:
    quiet = [past(n, QUIET, read_as()) for n in range(6)]  # a P3 of billing: 24 hours
    hours = (11.9, 12.1, 25, None, None, 12)
    pasts = [answered(each, at, owed=n == 3) for n, (each, at) in enumerate(zip(quiet, hours, strict=True))]
    found = compared(pasts, changed(policy(), [step("categories", "billing", "sla_hours", "P3", value=12)]))
    [(team, targets)] = found.targets.items()
    assert team == "billing_support"
    assert targets.before == Outcomes(met=3, missed=2, none=1)
    assert targets.after == Outcomes(met=2, missed=3, none=1)
    assert (found.missed, [each.id for each in found.missed_examples], found.kept) == (1, ["c1"], 0)
    assert (found.sooner, found.sooner_minutes) == (6, 720)


def test_business_hours_and_another_team_change_what_was_in_time() -> None:
    late = [answered(past(1, QUIET, read_as()), 30)]
    open_ = {"zone": "UTC", "monday": ["09:00-17:00"], "wednesday": ["09:00-17:00"], "friday": ["00:00-24:00"]}
    found = compared(late, changed(policy(), [step("teams", "billing_support", "hours", value=open_)]))
    assert (found.kept, found.missed) == (1, 0)
    moved = compared(late, changed(policy(), [step("categories", "billing", "team", value="account_support")]))
    assert moved.targets["billing_support"].after == Outcomes()
    assert moved.targets["account_support"] == Compared(before=Outcomes(), after=Outcomes(missed=1))


def test_each_team_s_escalations_are_compared() -> None:
    pasts = [past(n, LAWYER, read_as()) for n in range(3)]
    steps = [step("categories", "billing", "escalation_team", value="account_manager")]
    found = compared(pasts, changed(policy(), steps))
    assert found.escalated == {"account_manager": Change(before=0, after=3), "billing_lead": Change(before=3, after=0)}


@given(st.lists(st.tuples(st.none() | st.floats(0, 60), st.booleans()), max_size=8), st.integers(1, 50))
def test_every_ticket_has_one_outcome_and_a_longer_target_misses_no_more(
    said: list[tuple[float | None, bool]], hours: int
) -> None:
    pasts = [answered(each, at, owed=owed) for each, (at, owed) in zip(PASTS, said, strict=False)]
    found = compared(pasts, changed(policy(), [step("categories", "billing", "sla_hours", "P3", value=hours)]))
    before, after = ([getattr(each, side) for each in found.targets.values()] for side in ("before", "after"))
    for side in (before, after):
        assert sum(each.met + each.missed + each.waiting + each.none for each in side) == len(pasts)
    more = sum(each.missed for each in after) - sum(each.missed for each in before)
    assert more == found.missed - found.kept
    assert more >= 0 if hours <= 24 else more <= 0


PASTS = [past(n, QUIET, read_as()) for n in range(8)]


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
