"""A policy file is taken whole, or refused with its line and with what to write."""

from datetime import date
from pathlib import Path

import pytest

from bot.policy_file import default_policy, load_policy
from bot.toml_lines import locate
from pipeline.classify import Urgency
from pipeline.errors import PolicyError
from pipeline.hours import Hours

SMALL = """\
fallback_category = "all"
[[categories]]
name = "all"
description = "Everything that people ask."
team = "front"
escalation_team = "back"
sla_hours = { P1 = 1, P2 = 2, P3 = 3, P4 = 4 }

[[teams]]
name = "front"
channel = "front"
lead = "Ann"
members = [
  { name = "Ann", email = "ann@example.com" },
  { name = "Bob", email = "bob@example.com", hours = "09:00-17:00", zone = "Europe/Berlin" },
]

[[teams]]
name = "back"
channel = "back"

[[rules]]
id = "sue"
level = "high"
why = "Law."
pattern = "sue"
positive = ["I sue."]
negative = ["issue"]
"""


HOURS = '[teams.hours]\nmonday = "09:00-17:00"'


def _refusal(tmp_path: Path, text: str) -> str:
    path = tmp_path / "policy.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError) as refusal:
        load_policy(path)
    return str(refusal.value).replace(str(path), "policy.toml")


def test_the_shipped_policy_holds_what_the_product_promises() -> None:
    policy = default_policy()
    hours = {each.name: tuple(each.sla_hours[urgency] for urgency in Urgency) for each in policy.categories}
    assert hours == {
        "billing": (1, 4, 24, 72),
        "technical": (0.5, 2, 24, 72),
        "account": (1, 4, 24, 72),
        "feature_request": (24, 48, 72, 168),
        "general": (2, 8, 24, 72),
    }
    assert all(4 <= len(category.subcategories) <= 6 for category in policy.categories)
    assert not any(category.autopilot for category in policy.categories)
    assert all(team.members and team.channel == team.name.replace("_", "-") for team in policy.teams)


def test_a_small_policy_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(SMALL)
    assert [rule.id for rule in load_policy(path).rules] == ["sue"]


def test_a_policy_that_is_silent_about_rules_has_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(SMALL.partition("[[rules]]")[0])
    assert load_policy(path).rules == default_policy().rules


def test_a_team_signs_and_has_macros_in_several_languages(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    texts = 'sign_off = { en = "The team", de = "Das Team" }\n[[teams.macros]]\nname = "m"\ntext = "Hi {customer}"'
    path.write_text(SMALL.replace('channel = "back"', f'channel = "back"\n{texts}'))
    team = load_policy(path).team("back")
    assert (team.signs("de"), team.signs("fr"), team.macros[0].text) == ("Das Team", "The team", {"": "Hi {customer}"})


def test_a_team_has_hours_and_a_category_a_time_to_solve_in(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    said = 'tuesday = ["09:00-12:00", "13:00-24:00"]\nholidays = ["DE-BE"]\nclosed = [2026-12-24]'
    solved = SMALL.replace("P4 = 4 }", "P4 = 4 }\nresolution_hours = { P1 = 8 }")
    path.write_text(solved.replace('channel = "back"', f'channel = "back"\n{HOURS}\n{said}'), encoding="utf-8")
    policy = load_policy(path)
    front, back = policy.teams
    assert front.hours is None
    assert back.hours == Hours(
        monday="09:00-17:00", tuesday=("09:00-12:00", "13:00-24:00"), holidays=("DE-BE",), closed=(date(2026, 12, 24),)
    )
    assert policy.category("all").resolution_hours == {Urgency.P1: 8}
    assert policy.category("all").resolution(Urgency.P2) is None


def test_rules_can_be_switched_off(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("rules = []\n" + SMALL.partition("[[rules]]")[0])
    assert load_policy(path).rules == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('name = "all"', 'name = "all', 3, "not TOML"),
        ('team = "front"', "", 2, "team is missing: write team"),
        ('team = "front"', 'team = "nobody"', 5, "add [[teams]] name = 'nobody'"),
        ("P3 = 3, ", "", 7, "lacks sla_hours for P3"),
        ("P3 = 3", "P3 = -3", 7, "write hours above 0"),
        ("P3 = 3", 'P3 = "soon"', 7, "valid number"),
        ("P3 = 3", "P5 = 3", 7, "'P1', 'P2', 'P3' or 'P4'"),
        ('channel = "back"', 'channel = "back"\nchanel = "b"', 21, "check the spelling of 'chanel'"),
        ('channel = "back"', 'channel = "#back"', 20, 'write it without #, as "back"'),
        ("[[rules]]", '[[teams]]\nname = "back"\nchannel = "other"\n[[rules]]', 23, "used twice"),
        ('lead = "Ann"', 'lead = "Zoe"', 12, "'Zoe' is nobody of this team"),
        ('channel = "back"', 'channel = "back"\nsign_off = 7', 21, "write one text, or a table such as { en"),
        ('channel = "back"', 'channel = "back"\nsign_off = { german = "x" }', 21, "code of two small letters, like de"),
        ('channel = "back"', 'channel = "back"\nsign_off = { de = "" }', 21, "sign_off is empty"),
        ('channel = "back"', f'channel = "back"\nsign_off = "{"x" * 301}"', 21, "write 300 at most"),
        (
            'channel = "back"',
            'channel = "back"\n[[teams.macros]]\nname = "m"\ntext = "Hi {name}"',
            23,
            "{name} is filled by nobody: write {customer}, {agent}, {ticket}, or no braces",
        ),
        (
            'channel = "back"',
            'channel = "back"\n[[teams.macros]]\nname = "m"\ntext = "a"\n[[teams.macros]]\nname = "m"\ntext = "b"',
            25,
            "name 'm' is used twice",
        ),
        ('channel = "back"', 'channel = "back"\n[[teams.macros]]\nname = "m"', 21, "text is missing"),
        ('channel = "back"', f'channel = "back"\n{HOURS}\nzone = "Mars/Base"', 23, 'like "Europe/Berlin"'),
        ('channel = "back"', f'channel = "back"\n{HOURS}\ntuesday = "9-5"', 23, 'write a shift like "09:00-17:30"'),
        ('channel = "back"', f'channel = "back"\n{HOURS}\ntuesday = "09:00-09:00"', 23, 'as "00:00-24:00"'),
        (
            'channel = "back"',
            f'channel = "back"\n{HOURS}\ntuesday = ["13:00-17:00", "09:00-13:30"]',
            23,
            "shift '13:00-17:00' begins before '09:00-13:30' ends",
        ),
        (
            'channel = "back"',
            f'channel = "back"\n{HOURS}\nholidays = ["DE", "Germany"]',
            23,
            "write a country's code of two letters",
        ),
        ('channel = "back"', f'channel = "back"\n{HOURS}\nholidays = ["DE-XX"]', 23, "DE has no part 'XX'"),
        ('channel = "back"', f'channel = "back"\n{HOURS}\nclosed = ["soon"]', 23, "valid date"),
        ('channel = "back"', f'channel = "back"\n{HOURS}\nmonay = "09:00-17:00"', 23, "check the spelling of 'monay'"),
        ('channel = "back"', 'channel = "back"\n[teams.hours]\nzone = "UTC"', 21, "hours without a shift"),
        ('channel = "back"', 'channel = "back"\nhours = "09:00-17:00"', 21, "write a table with shifts"),
        ("P4 = 4 }", "P4 = 4 }\nresolution_hours = { P1 = 0.5 }", 8, "no time to solve in: write 1 or more"),
        (', email = "ann@example.com"', "", 14, "needs an email or a slack user id"),
        ("09:00-17:00", "9-5", 15, 'write hours = "09:00-17:30"'),
        ("09:00-17:00", "09:00-27:00", 15, "do not exist"),
        ("Europe/Berlin", "Europe/Atlantis", 15, 'like "Europe/Berlin"'),
        ('fallback_category = "all"', 'fallback_category = "none"', 1, "is not one of the categories"),
        (
            'pattern = "sue"',
            'pattern = "lawyer"',
            22,
            "rule 'sue' must fire on its positive example 'I sue.'",
        ),
        ('pattern = "sue"', 'pattern = "(sue"', 22, "rule 'sue': the pattern is not valid"),
        ('level = "high"', 'level = "loud"', 24, "'low', 'medium', 'high' or 'critical'"),
        ('negative = ["issue"]', "negative = []", 28, "at least 1 item"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_write(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in SMALL
    said = _refusal(tmp_path, SMALL.replace(old, new, 1))
    assert said.startswith(f"policy.toml:{line}: ")
    assert says in said


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = SMALL.replace("P3 = 3", "P3 = 0").replace("Europe/Berlin", "Nowhere")
    assert [line.split(":")[1] for line in _refusal(tmp_path, text).splitlines()] == ["7", "15"]


def test_thresholds_that_cross_are_refused(tmp_path: Path) -> None:
    text = SMALL.replace("[[teams]]", "[thresholds]\nmedium = 0.9\n\n[[teams]]", 1)
    assert _refusal(tmp_path, text).startswith("policy.toml:10: medium = 0.9 is above high = 0.8")


def test_an_address_that_allows_any_site_is_refused(tmp_path: Path) -> None:
    assert "slash included" in _refusal(tmp_path, 'allowed_urls = ["https://good.example"]\n' + SMALL)


def test_a_file_that_cannot_be_read_is_a_policy_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy(tmp_path / "absent.toml")


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(b"# one\n# \xff\n")
    with pytest.raises(PolicyError, match=r"policy\.toml:2: not UTF-8"):
        load_policy(path)


def test_lines_are_found_through_strings_comments_and_nested_arrays() -> None:
    text = (
        "# [not.a.table]\n"
        "a.'b c' = '''\n[no]\nx = 1\n'''\n"
        'list = [ # one\n  "]", [2,\n  3], { k = "}",  m = 1 },\n]\n'
        "[[t]]\n[t.sub]\nk = 1\n[[t.deep]]\n[[t]]\n[t.sub]\nk = 2\n"
    )
    lines = locate(text)
    assert (lines["a", "b c"], lines["list",], lines["list", 0], lines["list", 1, 1]) == (2, 6, 7, 8)
    assert (lines["list", 2, "m"], lines["t", 0, "sub", "k"], lines["t", 0, "deep", 0]) == (8, 12, 13)
    assert lines["t", 1, "sub", "k"] == 16
