"""Agents look at the policy; leads change it in forms, are told field by field what to mend, and take it back."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.policies import InForce
from handlers.slack.policy_values import steps_of
from pipeline.chain import Occasion
from pipeline.errors import BadPayload, PolicyError
from pipeline.policy import Team
from pipeline.policy_change import Step, changed
from storage import policy_log
from tests.handlers.slack.desk import Desk
from tests.handlers.views.cases import POLICY

LENA, ANA = "U0LENA", "U0ANA"
TEXT = "plain_text_input"


def typed(**values: str) -> dict[str, Any]:
    return {block: {block: {"value": value}} for block, value in values.items()}


async def pick(desk: Desk, user: str, value: str) -> None:
    """Choose from the list under the answer to a command."""
    card = [m for m in desk.playground.messages.ephemerals() if m["ephemeral_to"] == user][-1]
    block = next(each["block_id"] for each in card["blocks"] if each["block_id"].startswith("ways:"))
    action = {"block_id": block, "action_id": "policy.change", "selected_option": {"value": value}}
    told = {"user": user, "channel": "C0BILLING", "ts": card["ts"], "action": action}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}


async def opened(desk: Desk, value: str) -> dict[str, Any]:
    await desk.ask(LENA, "policy")
    await pick(desk, LENA, value)
    return top(desk)


def top(desk: Desk) -> dict[str, Any]:
    view: dict[str, Any] = desk.playground.views.stacks[LENA][-1]
    return view


async def press(desk: Desk, block: str, action: str, **more: Any) -> None:
    chosen = {"block_id": block, "action_id": action, **more}
    told = {"user": LENA, "view_id": top(desk)["id"], "action": chosen, "values": {}}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}


async def test_an_agent_sees_everything_and_no_way_to_change_it(desk: Desk) -> None:
    told = await desk.ask(ANA, "policy")
    assert "Billing Support" in told and "`answer` 0.6" in told and "P1 4 h" in told
    assert "policy.change" not in told and "Ask one of yours" in told
    assert "at any time" in await desk.ask(ANA, "policy billing_support")
    assert "Did you mean" in await desk.ask(ANA, "policy biling_support")
    assert "There is no rule" in await desk.ask(ANA, "policy rules")
    assert "Nothing was changed" in await desk.ask(ANA, "policy changes")


async def test_a_lead_changes_thresholds_and_everybody_sees_who_and_why(desk: Desk) -> None:
    await opened(desk, "thresholds:")
    assert await desk.submit(LENA, typed(answer="0,55", why="Too many <suggestions>")) == {"ok": True}
    assert "Saved as change 1" in str(top(desk)["blocks"])
    assert desk.services.policy.thresholds.answer == 0.55
    told = await desk.ask(ANA, "policy changes")
    assert "*Change 1* by Lena Fischer, <!date^" in told
    assert "0.6 → 0.55" in told and "Too many &lt;suggestions&gt;" in told


@pytest.mark.parametrize(
    ("form", "values", "block", "said"),
    [
        ("thresholds:", {"answer": "much"}, "answer", "Write a number, such as 0.55."),
        ("thresholds:", {"answer": "1.5"}, "answer", "less than or equal to 1"),
        ("thresholds:", {"medium": "0.9"}, "medium", "medium = 0.9 is above high = 0.8: write less"),
        ("hours:billing", {"P1": "0"}, "P1", "write hours above 0"),
        ("team:billing_support", {"channel": ""}, "channel", "Please complete this required field."),
        ("rule:", {"id": "sue", "reason": "Law", "pattern": "(", "positive": "a", "negative": "b"}, "pattern",
         "the pattern is not valid"),
        ("rule:", {"id": "sue", "reason": "Law", "pattern": "i (?:will )?sue", "positive": "I will sue\nHello",
                   "negative": "b"}, "pattern", "must fire on its positive example 'Hello'"),
    ],
)  # fmt: skip
async def test_a_mistake_is_told_at_its_field_and_nothing_changes(
    desk: Desk, form: str, values: dict[str, str], block: str, said: str
) -> None:
    before = desk.services.policy
    await opened(desk, form)
    answer = await desk.submit(LENA, typed(**values))
    assert said in answer["errors"][block]
    assert desk.services.policy is before


async def test_a_rule_is_added_switched_off_and_taken_back_step_by_step(desk: Desk) -> None:
    await opened(desk, "rule:")
    rule = typed(id="sue us", reason="Law", pattern="i will sue", positive="I will sue you", negative="An issue")
    assert await desk.submit(LENA, rule) == {"ok": True}
    assert [each.id for each in desk.services.policy.rules] == ["sue_us"]
    await opened(desk, "rules:")
    off = {"off": {"off": {"selected_options": [{"value": "sue_us"}]}}}
    assert await desk.submit(LENA, off) == {"ok": True}
    assert desk.services.policy.rules[0].off
    assert "~sue_us~ off" in await desk.ask(ANA, "policy rules")
    told = await desk.ask(LENA, "policy")
    assert "Undo change 2" in told
    for _ in range(2):
        await undo(desk)
    assert desk.services.policy.rules == ()
    async with desk.services.store.reader() as connection:
        assert [each.undoes for each in await policy_log.changes(connection, "T0PLAY")] == [None, None, 2, 1]


async def undo(desk: Desk) -> None:
    card = [m for m in desk.playground.messages.ephemerals() if m["ephemeral_to"] == LENA][-1]
    [button] = [each for block in card["blocks"] if block["block_id"] == "undo" for each in block["elements"]]
    action = {"block_id": "undo", "action_id": button["action_id"], "value": button["value"]}
    told = {"user": LENA, "channel": "C0BILLING", "ts": card["ts"], "action": action}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}


async def test_a_person_joins_a_team_changes_and_leaves(desk: Desk) -> None:
    await opened(desk, "team:billing_support")
    await press(desk, "people", "policy.member", selected_option={"value": "+"})
    assert (
        "is in this team already"
        in (await desk.submit(LENA, typed(name="Ana Ribeiro", email="x@x.example")))["errors"]["name"]
    )
    assert "Write an e-mail" in (await desk.submit(LENA, typed(name="Kai", email="")))["errors"]["email"]
    skills = {"skills": {"skills": {"selected_options": [{"value": "billing"}, {"value": "de"}]}}}
    kai = typed(name="Kai", email="kai@playground.example", hours="9:00", capacity="5")
    assert "write hours" in (await desk.submit(LENA, kai | skills))["errors"]["hours"]
    kai = typed(name="Kai", email="kai@playground.example", hours="09:00-17:00", zone="Europe/Berlin", capacity="5")
    assert await desk.submit(LENA, kai | skills) == {"ok": True}
    member = desk.services.policy.team("billing_support").members[-1]
    assert (member.name, member.skills, member.hours, member.capacity) == ("Kai", ("billing", "de"), "09:00-17:00", 5)
    desk.playground.views.clear(LENA)
    await opened(desk, "team:billing_support")
    await press(desk, "people", "policy.member", selected_option={"value": "Kai"})
    leaves = {"leaves": {"leaves": {"selected_options": [{"value": "leaves"}]}}}
    assert await desk.submit(LENA, leaves) == {"ok": True}
    assert [each.name for each in desk.services.policy.team("billing_support").members] == ["Ana Ribeiro"]


async def part(desk: Desk, team: str, value: str) -> None:
    desk.playground.views.clear(LENA)
    await opened(desk, f"team:{team}")
    await press(desk, "parts", "policy.part", selected_option={"value": value})


async def test_a_lead_changes_calls_rotation_hours_and_macros_of_a_team(desk: Desk) -> None:
    def team() -> Team:
        return desk.services.policy.team("billing_support")

    await part(desk, "billing_support", "chains:")
    wrong = await desk.submit(LENA, typed(critical="on-call\nAna Ribeiro after 5", high="Nobody after 1"))
    assert "'Nobody' is nobody" in wrong["errors"]["high"]
    assert await desk.submit(LENA, typed(high="", critical_last="7")) == {"ok": True}
    [chain] = team().chains
    assert [(step.call, step.after) for step in chain.steps] == [("on-call", 0), ("Ana Ribeiro", 5)]
    assert (chain.on, chain.last_resort) == ((Occasion.CRITICAL,), 7)

    await part(desk, "billing_support", "rota:")
    turns = typed(members="Ana Ribeiro\nLena Fischer", zone="Europe/Berlin", at="08:30", since="2026-11-23")
    wrong = await desk.submit(LENA, turns | typed(zone="Berlin"))
    assert "zone 'Berlin' is not known" in wrong["errors"]["zone"]
    wrong = await desk.submit(LENA, turns | typed(covers="Christmas: Ana"))
    assert "write it like 2026-12-24 09:00" in wrong["errors"]["covers"]
    covers = typed(covers="2026-12-24 09:00 to 2026-12-26 09:00 Ana Ribeiro")
    assert await desk.submit(LENA, turns | covers) == {"ok": True}
    rotation = team().on_call
    assert rotation is not None
    assert (rotation.members, rotation.at) == (("Ana Ribeiro", "Lena Fischer"), "08:30")
    assert rotation.covers[0].begins == datetime(2026, 12, 24, 8, tzinfo=UTC)
    assert "Ana Ribeiro" in await desk.ask(ANA, "on-call billing_support")

    await part(desk, "billing_support", "open:")
    week = typed(monday="09:00 - 12:00, 13:00-17:00", zone="Europe/Berlin", holidays="DE-BE", closed="2026-12-24")
    wrong_step = Step(path=("teams", "billing_support", "hours"), value={"monday": "09:00-17:00", "holidays": ["XX"]})
    with pytest.raises(PolicyError, match="holidays of 'XX'"):  # the calendars of all countries are read once, slowly
        changed(POLICY, [wrong_step])
    assert "holidays of 'XX'" in (await desk.submit(LENA, week | typed(holidays="XX")))["errors"]["holidays"]
    assert "write a shift" in (await desk.submit(LENA, week | typed(tuesday="9-5")))["errors"]["tuesday"]
    assert await desk.submit(LENA, week | typed(tuesday="")) == {"ok": True}
    hours = team().hours
    assert hours is not None
    assert (hours.monday, hours.tuesday, hours.holidays) == (("09:00-12:00", "13:00-17:00"), (), ("DE-BE",))
    await part(desk, "billing_support", "open:")
    assert await desk.submit(LENA, typed(monday="", holidays="", closed="")) == {"ok": True}
    assert team().hours is None

    await part(desk, "billing_support", "macro:")
    said = typed(name="Sorry", text_="We are sorry, {customer}.", language="de", more="Es tut uns leid, {kunde}.")
    assert "{kunde} is filled by nobody" in (await desk.submit(LENA, said))["errors"]["more"]
    assert await desk.submit(LENA, said | typed(more="Es tut uns leid.")) == {"ok": True}
    assert team().macros[-1].text == {"": "We are sorry, {customer}.", "de": "Es tut uns leid."}
    await part(desk, "billing_support", "macro:Sorry")
    assert await desk.submit(LENA, typed(text_de="", when="Something went wrong")) == {"ok": True}
    assert (team().macros[-1].text, team().macros[-1].when) == (
        {"": "We are sorry, {customer}."},
        "Something went wrong",
    )
    await part(desk, "billing_support", "macro:Sorry")
    assert await desk.submit(LENA, {"leaves": {"leaves": {"selected_options": [{"value": "leaves"}]}}}) == {"ok": True}
    assert team().macros == POLICY.team("billing_support").macros
    for name in ("chains:", "rota:"):
        await part(desk, "billing_support", name)
        assert "what the policy says already" in str(await desk.submit(LENA, {}))
    desk.playground.views.clear(LENA)
    for _ in range(7):  # as many changes as were made
        await desk.ask(LENA, "policy")
        await undo(desk)
        await desk.ask(LENA, "policy")
    assert team() == POLICY.team("billing_support")


async def test_a_lead_changes_targets_a_rule_and_what_is_saved(desk: Desk) -> None:
    await opened(desk, "hours:billing")
    assert "no time to solve in" in (await desk.submit(LENA, typed(solved_P1="0.5")))["errors"]["solved_P1"]
    assert await desk.submit(LENA, typed(solved_P1="48", solved_P2="72")) == {"ok": True}
    desk.playground.views.clear(LENA)
    await opened(desk, "hours:billing")
    assert await desk.submit(LENA, typed(solved_P1="")) == {"ok": True}
    assert desk.services.policy.category("billing").resolution_hours == {"P2": 72}
    desk.playground.views.clear(LENA)
    await opened(desk, "savings:")
    assert "250" in (await desk.submit(LENA, typed(triage_minutes="250")))["errors"]["triage_minutes"]
    assert await desk.submit(LENA, typed(triage_minutes="4", currency="CHF")) == {"ok": True}
    assert (desk.services.policy.savings.triage_minutes, desk.services.policy.savings.currency) == (4, "CHF")
    desk.playground.views.clear(LENA)
    await opened(desk, "rule:")
    rule = typed(id="sue us", reason="Law", pattern="i will sue", positive="I will sue you", negative="An issue")
    assert await desk.submit(LENA, rule) == {"ok": True}
    desk.playground.views.clear(LENA)
    await opened(desk, "rules:")
    await press(desk, "parts", "policy.part", selected_option={"value": "rule:sue_us"})
    wrong = await desk.submit(LENA, typed(pattern="we will sue"))
    assert "must fire on its positive example 'I will sue you'" in wrong["errors"]["pattern"]
    assert await desk.submit(LENA, typed(pattern="i will sue\nwe sue", reason="The law")) == {"ok": True}
    assert (desk.services.policy.rules[0].pattern, desk.services.policy.rules[0].why) == (
        "i will sue\nwe sue",
        "The law",
    )
    desk.playground.views.clear(LENA)
    await opened(desk, "rules:")
    await press(desk, "parts", "policy.part", selected_option={"value": "rule:sue_us"})
    assert await desk.submit(LENA, {"leaves": {"leaves": {"selected_options": [{"value": "leaves"}]}}}) == {"ok": True}
    assert desk.services.policy.rules == ()


async def test_only_an_admin_changes_roles_or_takes_that_back(desk: Desk) -> None:
    await desk.ask(LENA, "policy")
    await pick(desk, LENA, "roles:")
    assert "Only admins can change who is what" in desk.whispered(LENA)
    desk.services.policies.base = desk.services.policy.model_copy(update={"admins": desk.services.policy.leads})
    desk.services.policies.now = InForce(desk.services.policies.base)
    await opened(desk, "roles:")
    assert "needs a name, an e-mail" in (await desk.submit(LENA, typed(name="Kai")))["errors"]["email"]
    leads = {"leads": {"leads": {"selected_options": [{"value": "Lena Fischer"}, {"value": "Ana Ribeiro"}]}}}
    nobody = {"admins": {"admins": {"selected_options": []}}} | typed(name="", lead="")
    assert "Somebody has to stay" in (await desk.submit(LENA, leads | nobody))["errors"]["admins"]
    admins = {"admins": {"admins": {"selected_options": [{"value": "Lena Fischer"}]}}}
    assert (
        "is no user group"
        in (await desk.submit(LENA, leads | admins | typed(name="", lead="our leads!")))["errors"]["lead"]
    )
    kai = typed(name="Kai", email="kai@playground.example") | {
        "role": {"role": {"selected_option": {"value": "admins"}}}
    }
    assert await desk.submit(LENA, leads | admins | kai | typed(lead="@support-leads")) == {"ok": True}
    policy = desk.services.policy
    assert [each.name for each in policy.leads] == ["Lena Fischer", "Ana Ribeiro"]
    assert ([each.name for each in policy.admins], policy.roles.lead) == (["Lena Fischer", "Kai"], ("@support-leads",))
    await desk.ask(ANA, "policy")
    card = [m for m in desk.playground.messages.ephemerals() if m["ephemeral_to"] == ANA][-1]
    [button] = [each for block in card["blocks"] if block["block_id"] == "undo" for each in block["elements"]]
    action = {"block_id": "undo", "action_id": button["action_id"], "value": button["value"]}
    told = {"user": ANA, "channel": "C0BILLING", "ts": card["ts"], "action": action}
    assert (await desk.page.post("/playground/click", json=told)).json() == {"ok": True}
    assert "Only admins can change who is what" in desk.whispered(ANA)
    assert len(desk.services.policy.leads) == 2


async def test_two_forms_at_once_both_count_and_the_same_place_is_not_overwritten(desk: Desk) -> None:
    await opened(desk, "thresholds:")
    [form] = desk.playground.views.stacks[LENA]
    desk.playground.views.clear(LENA)
    await opened(desk, "thresholds:")
    assert await desk.submit(LENA, typed(answer="0.7")) == {"ok": True}
    desk.playground.views.stacks[LENA] = [form]
    assert "Somebody changed the same place" in str(await desk.submit(LENA, typed(answer="0.5")))
    assert await desk.submit(LENA, typed(answer="0.6", high="0.9")) == {"ok": True}
    limits = desk.services.policy.thresholds
    assert (limits.answer, limits.high) == (0.7, 0.9)


async def test_who_leads_no_more_is_refused_when_sending(desk: Desk) -> None:
    await opened(desk, "thresholds:")
    desk.playground.views.stacks[ANA] = desk.playground.views.stacks.pop(LENA)
    for view in desk.playground.views.stacks[ANA]:
        view["user"] = ANA
    answer = await desk.submit(ANA, typed(answer="0.5"))
    assert "Only leads can change the policy" in str(answer)
    assert desk.services.policy.thresholds.answer == 0.6


async def test_an_agent_is_told_that_only_leads_simulate(desk: Desk) -> None:
    assert "Only leads can change the policy" in await desk.ask(ANA, "simulate last 50")
    assert "newest 50 tickets" in await desk.ask(LENA, "simulate last 50")
    assert "2,000 at most" in await desk.ask(LENA, "simulate last 2001")
    assert "2,000 at most" in await desk.ask(LENA, "simulate the future")


def test_what_is_no_form_of_ours_is_refused() -> None:
    with pytest.raises(BadPayload):
        steps_of("nothing", (), {}, None)  # type: ignore[arg-type]


async def test_who_somebody_is_in_the_helpdesk_is_written_in_their_form(desk: Desk) -> None:
    async def member(chosen: str, **values: str) -> dict[str, Any]:
        desk.playground.views.clear(LENA)
        await opened(desk, "team:billing_support")
        await press(desk, "people", "policy.member", selected_option={"value": chosen})
        return await desk.submit(LENA, typed(**values))

    kai = {"name": "Kai", "email": "kai@playground.example", "zone": "UTC", "capacity": "5"}
    assert await member("Ana Ribeiro", zendesk="9001") == {"ok": True}
    assert desk.services.policy.identity("Ana Ribeiro", "zendesk") == "9001"
    refused = await member("+", **kai, zendesk="9001")
    assert "'9001' in zendesk is 'Ana Ribeiro' already" in refused["errors"]["zendesk"]
    assert "neither an e-mail nor an id" in (await member("+", **kai, zendesk="kai"))["errors"]["zendesk"]
    assert await member("+", **kai, zendesk="kai@desk.example") == {"ok": True}
    assert await member("Ana Ribeiro", zendesk="") == {"ok": True}
    assert [desk.services.policy.identity(name, "zendesk") for name in ("Ana Ribeiro", "Kai")] == [
        "",
        "kai@desk.example",
    ]
    told = await desk.ask(ANA, "policy changes")
    assert "helpdesk › zendesk: 9001 (new)" in told and "helpdesk › zendesk: removed" in told
