"""Which team and which agent a ticket goes to."""

from datetime import UTC, datetime

import pytest

from pipeline.classify import Band, Classification, Engine, Sentiment, Urgency
from pipeline.escalation import Escalation, Level
from pipeline.policy import Category, Member, Policy, Team
from pipeline.route import Roster, Route, choose_route

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
HOURS = {Urgency.P1: 0.5, Urgency.P2: 4.0, Urgency.P3: 24.0, Urgency.P4: 72.0}


def _member(name: str, *skills: str, hours: str = "", zone: str = "UTC", capacity: int = 10) -> Member:
    return Member(
        name=name,
        email=f"{name}@example.com",
        skills=skills,
        hours=hours,
        zone=zone,
        capacity=capacity,
    )


def _policy(*members: Member) -> Policy:
    category = Category(
        name="general",
        description="All that customers ask.",
        team="front",
        escalation_team="back",
        sla_hours=HOURS,
    )
    front = Team(name="front", channel="front", lead="Lea", members=members)
    leads = (_member("Lea", hours="08:00-20:00"),)
    return Policy(categories=(category,), teams=(front, Team(name="back", channel="back")), leads=leads)


def _route(
    policy: Policy,
    roster: Roster | None = None,
    *,
    now: datetime = NOON,
    level: Level = Level.LOW,
    category: str = "general",
    urgency: Urgency = Urgency.P3,
    confidence: Band = Band.HIGH,
) -> Route:
    read = Classification(
        category=category,
        subcategory="refund",
        urgency=urgency,
        sentiment=Sentiment.NEUTRAL,
        confidence=0.9,
        band=confidence,
        needs_human_review=False,
        summary="",
        top=(("general", 0.9),),
        engine=Engine.LOCAL,
    )
    return choose_route(read, Escalation(level=level), policy, roster or Roster(), language="de", now=now)


def test_most_matching_skills_win_over_a_lighter_load() -> None:
    policy = _policy(_member("Ann", "de"), _member("Bob", "de", "refund"))
    assert _route(policy, Roster(load={"Bob": 9})).agent == "Bob"


def test_equal_skills_go_to_whoever_has_most_room_for_their_capacity() -> None:
    policy = _policy(_member("Ann", capacity=4), _member("Bob", capacity=40))
    assert _route(policy, Roster(load={"Ann": 2, "Bob": 10})).agent == "Bob"


def test_a_tie_goes_by_name_so_that_the_same_ticket_always_goes_the_same_way() -> None:
    assert _route(_policy(_member("Zoe"), _member("Ann"))).agent == "Ann"


@pytest.mark.parametrize("roster", [Roster(away=frozenset({"Ann"})), Roster(load={"Ann": 10})])
def test_nobody_gets_a_ticket_who_is_away_or_full(roster: Roster) -> None:
    assert _route(_policy(_member("Ann", "de"), _member("Bob")), roster).agent == "Bob"


@pytest.mark.parametrize(
    ("hours", "zone", "hour", "works"),
    [
        ("09:00-17:00", "UTC", 9, True),
        ("09:00-17:00", "UTC", 17, False),
        ("09:00-17:00", "America/New_York", 12, False),
        ("09:00-17:00", "America/New_York", 13, True),
        ("22:00-06:00", "UTC", 23, True),
        ("22:00-06:00", "UTC", 5, True),
        ("22:00-06:00", "UTC", 6, False),
        ("22:00-06:00", "Asia/Tokyo", 14, True),
    ],
)
def test_hours_are_read_on_the_clock_of_the_member(hours: str, zone: str, hour: int, works: bool) -> None:
    route = _route(_policy(_member("Ann", hours=hours, zone=zone)), now=NOON.replace(hour=hour))
    assert (route.agent == "Ann") is works


def test_the_lead_takes_what_nobody_else_can() -> None:
    route = _route(_policy(_member("Ann", capacity=1)), Roster(load={"Ann": 1}))
    assert route.agent == "Lea"
    assert "Lea" in route.reason


def test_a_ticket_waits_for_a_claim_when_the_lead_is_gone_as_well() -> None:
    route = _route(_policy(), now=NOON.replace(hour=3))
    assert route.agent is None
    assert "claims" in route.reason


def test_the_target_follows_the_urgency_to_the_minute() -> None:
    assert [_route(_policy(), urgency=each).sla_minutes for each in Urgency] == [30, 240, 1440, 4320]


@pytest.mark.parametrize(("level", "told"), [(Level.MEDIUM, False), (Level.HIGH, True)])
def test_the_escalation_team_is_told_from_high_on(level: Level, told: bool) -> None:
    route = _route(_policy(), level=level)
    assert (route.escalated, "back" in route.reason) == (told, told)
    assert (route.team, route.escalation_team) == ("front", "back")


def test_a_doubtful_category_still_has_its_team_and_the_reason_says_so() -> None:
    route = _route(_policy(), confidence=Band.LOW)
    assert route.team == "front"
    assert "likeliest" in route.reason


def test_a_category_that_the_policy_has_lost_falls_back() -> None:
    assert _route(_policy(), category="gone").team == "front"


def test_a_reason_is_one_sentence() -> None:
    reason = _route(_policy(_member("Ann", "de")), level=Level.CRITICAL).reason
    assert reason.count(".") == 1
    assert reason.endswith(".")
