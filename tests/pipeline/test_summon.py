"""Whom a step means, and what speaks against calling them: nothing does for a P1 but that they are away."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alarm import Alarm, Condition
from pipeline.chain import Occasion, Step, Whom
from pipeline.policy import Member, Policy, Team
from pipeline.preferences import Mentions, Preferences, personal
from pipeline.rotation import Rotation
from pipeline.shift import at_work, begins
from pipeline.summon import (
    Ask,
    Facts,
    Held,
    Passed,
    Place,
    Reach,
    Reached,
    Target,
    hindrance,
    standby,
    target_of,
    waits,
    walk,
)
from tests.fakes.clock import MORNING
from tests.pipeline.people import POLICY

ANN = Member(name="Ann", email="ann@x.example", hours="10:00-18:00", zone="Europe/Berlin")
NIGHT = MORNING.replace(hour=3)


def alarm(**more: object) -> Alarm:
    usual = {
        "id": "a1",
        "workspace": "w",
        "case_id": "c1",
        "occasion": Occasion.HIGH,
        "team": "money",
        "steps": (Step(call=Whom.ON_CALL, after=0),),
        "started_at": MORNING,
    }
    return Alarm.model_validate(usual | more)


def against(of: Alarm, *, now: datetime = NIGHT, away: tuple[str, ...] = (), **more: object) -> str:
    usual: dict[str, object] = {"preferences": Preferences(), "quiet_until": None}
    found = hindrance(of, Target(member=ANN), now=now, away=away, **(usual | more))  # type: ignore[arg-type]
    return found.reason if found else ""


def test_hours_do_not_disturb_and_wishes_hinder_a_call_unless_it_is_a_p1() -> None:
    quiet = NIGHT + timedelta(hours=1)
    never = Preferences(mentions=Mentions.NONE)
    day = MORNING + timedelta(hours=2)
    assert against(alarm()) == "is not at work"
    assert against(alarm(), now=day) == ""
    assert against(alarm(), now=day, quiet_until=day + timedelta(hours=1)) == "has notifications switched off"
    assert against(alarm(), now=day, quiet_until=day - timedelta(hours=1)) == ""
    assert against(alarm(), now=day, preferences=never) == "does not want to be mentioned for this"
    assert against(alarm(pressing=True), quiet_until=quiet, preferences=never) == ""
    assert against(alarm(pressing=True), away=("Ann",)) == "is away"


def test_who_wants_only_their_own_is_called_for_what_is_theirs() -> None:
    mine, day = Preferences(mentions=Mentions.MINE), MORNING + timedelta(hours=2)
    assert against(alarm(owner="Ann"), now=day, preferences=mine) == ""
    assert against(alarm(owner="Bob"), now=day, preferences=mine) != ""


def test_the_last_resort_does_not_wait() -> None:
    assert against(alarm(steps=(Step(call=Whom.DIRECT, after=0),))) == ""


@pytest.mark.parametrize(
    ("occasion", "due", "until", "expected"),
    [
        (Occasion.HIGH, 4, 3, True),
        (Occasion.HIGH, 4, 4, False),
        (Occasion.HIGH, -1, 3, False),
        (Occasion.HIGH, None, 3, False),
        (Occasion.DUE, 2, 3, False),
        (Occasion.OVERDUE, -1, 3, True),
    ],
)
def test_a_call_waits_only_where_the_target_allows_it(
    occasion: Occasion, due: int | None, until: int, expected: bool
) -> None:
    due_at = None if due is None else NIGHT + timedelta(hours=due)
    assert waits(alarm(occasion=occasion, due_at=due_at), NIGHT + timedelta(hours=until), NIGHT) is expected
    assert not waits(alarm(occasion=occasion, due_at=due_at), None, NIGHT)


@given(
    hours=st.from_regex(r"\A([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]\Z"),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
    minute=st.integers(0, 60 * 24 * 365),
)
def test_hours_begin_at_the_first_minute_in_which_somebody_is_at_work(hours: str, zone: str, minute: int) -> None:
    member = Member(name="Ann", email="a@x", hours=hours, zone=zone)
    now = datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")) + timedelta(minutes=minute)
    first = begins(member, now)
    assert now <= first <= now + timedelta(hours=26)
    if at_work(member, now):
        assert first == now
    elif first.astimezone(ZoneInfo(zone)).time().isoformat("minutes") == hours.partition("-")[0]:
        assert at_work(member, first)
        assert not at_work(member, first - timedelta(minutes=1))


def with_team(**more: object) -> Policy:
    team = POLICY.team("money").model_copy(update={"lead": "Lea", **more})
    return POLICY.model_copy(update={"teams": (team, *POLICY.teams[1:])})


def test_each_word_means_somebody() -> None:
    policy, of = with_team(), alarm(owner="Ben")
    found = {
        word: target.who
        for word in (*Whom, "Eva", "#care")
        if (target := target_of(of, word, policy, MORNING, ())) is not None
    }
    assert found == {
        Whom.OWNER: "Ben",
        Whom.ON_CALL: "Ana",
        Whom.LEAD: "Lea",
        Whom.CHANNEL: "#money",
        Whom.DIRECT: "Lea",
        Whom.FALLBACK: "#care",
        "Eva": "Eva",
        "#care": "#care",
    }
    assert target_of(alarm(), Whom.OWNER, policy, MORNING, ()) is None
    assert target_of(of, "Nobody", policy, MORNING, ()) is None


def test_without_a_rotation_the_first_who_is_there_stands_by() -> None:
    team = Team(name="t", channel="t", lead="Zoe", members=(ANN, Member(name="Bob", email="bob@x.example")))
    assert standby(team, MORNING + timedelta(hours=2), ()) == "Ann"
    assert standby(team, NIGHT, ()) == "Bob"
    assert standby(team, NIGHT, ("Bob",)) == "Zoe"
    rota = team.model_copy(update={"on_call": Rotation(members=("Ann", "Bob"))})
    assert standby(rota, NIGHT, ("Ann",)) == "Bob"


def test_chosen_hours_and_zones_win_and_what_is_not_chosen_stays() -> None:
    chosen = {"Ana": Preferences(hours="08:00-12:00"), "Lea": Preferences(zone="Asia/Tokyo")}
    policy = personal(POLICY, chosen)
    [ana, ben] = policy.team("money").members
    assert (ana.hours, ana.zone, ben.hours) == ("08:00-12:00", "UTC", "")
    assert (policy.leads[0].zone, policy.leads[0].hours) == ("Asia/Tokyo", "")
    assert personal(POLICY, {}) is POLICY


CREW = tuple(
    Member(name=name, email=f"{name}@x.example", hours=hours)
    for name, hours in (("Ana", ""), ("Ben", "09:00-17:00"), ("Cid", "22:00-06:00"), ("Dee", "10:00-12:00"))
)
TEAM = Team(name="money", channel="money", lead="Dee", members=CREW)
WORLD = POLICY.model_copy(update={"teams": (TEAM, *POLICY.teams[1:])})
CALLS = st.sampled_from([*Whom, *(member.name for member in CREW), "Nobody", "#help"])
MOMENTS = st.integers(-3000, 3000).map(lambda minutes: MORNING + timedelta(minutes=minutes))
REACHES = st.one_of(
    st.just(Reach("U1")), st.just(Reach(refusal="is unknown")), MOMENTS.map(lambda at: Reach("U1", quiet_until=at))
)
PLACES = st.sampled_from([Place("C1"), Place("C1"), Place(refusal="is closed to us")])


@st.composite
def alarms(draw: st.DrawFn) -> Alarm:
    steps = tuple(Step(call=draw(CALLS), after=draw(st.integers(0, 60))) for _ in range(draw(st.integers(1, 6))))
    return alarm(
        steps=steps,
        step=draw(st.integers(0, len(steps))),
        occasion=draw(st.sampled_from(Occasion)),
        pressing=draw(st.booleans()),
        condition=draw(st.sampled_from([Condition.CALLING] * 8 + [Condition.ACKNOWLEDGED, Condition.OVER])),
        owner=draw(st.sampled_from(["", "Ana", "Ben"])),
        raised_by=draw(st.sampled_from(["", "Ben"])),
        due_at=draw(st.none() | MOMENTS),
        next_at=draw(st.none() | MOMENTS),
    )


@st.composite
def worlds(draw: st.DrawFn) -> Facts:
    names = st.sampled_from([member.name for member in CREW])
    return Facts(
        WORLD,
        draw(st.dictionaries(names, st.sampled_from(Mentions).map(lambda each: Preferences(mentions=each)))),
        draw(st.dictionaries(names, st.none() | MOMENTS)),
        draw(st.dictionaries(st.integers(0, 5), names, max_size=2)),
        {member.name: draw(REACHES) for member in CREW},
        {
            (who, direct): draw(PLACES)
            for who in (*(member.name for member in CREW), "#money", "#care", "#help")
            for direct in (False, True)
        },
    )


def step_by_step(of: Alarm, facts: Facts, now: datetime) -> Iterator[Reached | Held | Passed | Ask]:
    """Do what the caller does: ask for the present step alone, keep what comes of it, and come again when it is due."""
    for _ in range(200):
        if not of.calls(of.step):
            return
        now = max(now, of.next_at or now)
        [outcome, *_] = walk(of, facts, now)
        yield outcome
        match outcome:
            case Held():
                of = of.held(outcome.until)
            case Passed():
                of = of.advanced(now, at_once=True)
            case Reached() | Ask():
                return


@settings(max_examples=150)
@given(alarms(), worlds(), MOMENTS)
def test_who_is_shown_as_next_is_who_will_be_called(of: Alarm, facts: Facts, now: datetime) -> None:
    shown = list(walk(of, facts, now))
    really = list(step_by_step(of, facts, now))
    assert shown == really[: len(shown)]
    assert len(shown) == len(really) or sum(isinstance(each, Held) for each in shown) == 20
    for each in shown:
        if isinstance(each, Reached) and each.place != Place() and not each.who.startswith("#"):
            assert each.who not in facts.away(each.at)
            assert not facts.people[each.who].refusal
            assert each.who != of.raised_by


@given(alarms(), worlds(), MOMENTS)
def test_a_walk_asks_only_for_what_it_has_to_know(of: Alarm, facts: Facts, now: datetime) -> None:
    blank = Facts(facts.policy, facts.preferences, facts.absent, facts.called)
    for _ in range(50):
        found = list(walk(of, blank, now))
        if not found or not isinstance(ask := found[-1], Ask):
            break
        key = (ask.target.who, ask.target.direct)
        blank = blank.told(ask, facts.places[key] if ask.place else facts.people[ask.target.who])
    assert found == list(walk(of, facts, now))
    assert set(blank.people) <= {outcome.who for outcome in found if not isinstance(outcome, Ask)}
