"""What a policy's types cannot say: names used twice, zones and hours that exist, rules that hold."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.chain_sense import senseless_chains
from pipeline.errors import PolicyError
from pipeline.hours_sense import senseless_hours
from pipeline.macro import LONGEST as LONGEST_MACRO
from pipeline.macro import PLACE, PLACES, Macro
from pipeline.policy import Member, Policy, Rule, Team
from pipeline.policy_people import people_problems
from pipeline.problem import Path, Problem, is_zone
from pipeline.rules import check_rule
from pipeline.wording import Wording

LONGEST_SIGN_OFF = 300


def senseless(policy: Policy) -> list[Problem]:
    """Return every mistake that the types let through, in no particular order."""
    return [
        *_twice(policy),
        *_thresholds(policy),
        *_hours_of_categories(policy),
        *_teams(policy),
        *_members(("leads",), policy.leads),
        *_members(("admins",), policy.admins),
        *people_problems(policy),
        *senseless_chains(policy),
        *senseless_hours(policy),
        *_texts(policy),
        *_urls(policy),
        *_rules(policy),
    ]


def _twice(policy: Policy) -> Iterator[Problem]:
    yield from _repeated(("categories",), "name", [category.name for category in policy.categories])
    yield from _repeated(("teams",), "name", [team.name for team in policy.teams])
    yield from _repeated(("rules",), "id", [rule.id for rule in policy.rules])
    for index, category in enumerate(policy.categories):
        names = [each.name for each in category.subcategories]
        yield from _repeated(("categories", index, "subcategories"), "name", names)


def _repeated(table: Path, key: str, names: Sequence[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem((*table, index, key), f"{key} {name!r} is used twice: give one another {key}")


def _thresholds(policy: Policy) -> Iterator[Problem]:
    falling = ("high", "medium", "secondary"), ("alarm", "notice"), ("answer", "suggestion")
    for upper, lower in (pair for names in falling for pair in pairwise(names)):
        top, low = getattr(policy.thresholds, upper), getattr(policy.thresholds, lower)
        if low > top:
            yield Problem(("thresholds", lower), f"{lower} = {low} is above {upper} = {top}: write less")


def _hours_of_categories(policy: Policy) -> Iterator[Problem]:
    for index, category in enumerate(policy.categories):
        at: Path = ("categories", index)
        for urgency, hours in category.sla_hours.items():
            if not 0 < hours <= 24 * 365:
                path = (*at, "sla_hours", urgency.value)
                yield Problem(path, f"{urgency.value} = {hours:g} is no time to answer in: write hours above 0")
        for urgency, hours in category.resolution_hours.items():
            if not category.sla_hours[urgency] <= hours <= 24 * 365:
                say = (
                    f"{urgency.value} = {hours:g} is no time to solve in: write {category.sla_hours[urgency]:g} or more"
                )
                yield Problem((*at, "resolution_hours", urgency.value), say)


def _teams(policy: Policy) -> Iterator[Problem]:
    leads = {member.name for member in policy.leads}
    for index, team in enumerate(policy.teams):
        yield from _members(("teams", index, "members"), team.members)
        if team.lead and team.lead not in leads | {member.name for member in team.members}:
            say = f"lead {team.lead!r} is nobody of this team and none of [[leads]]: write a member's name"
            yield Problem(("teams", index, "lead"), say)
        if team.channel.startswith("#"):
            yield Problem(("teams", index, "channel"), _channel(team))


def _channel(team: Team) -> str:
    return f'channel = "{team.channel}": write it without #, as "{team.channel.lstrip("#")}"'


def _members(table: Path, members: Iterable[Member]) -> Iterator[Problem]:
    people = tuple(members)
    yield from _repeated(table, "name", [member.name for member in people])
    for index, member in enumerate(people):
        if not is_zone(member.zone):
            say = f'zone {member.zone!r} is not known: write one like "Europe/Berlin"'
            yield Problem((*table, index, "zone"), say)
        if member.hours and not all(_is_time(part) for part in member.hours.split("-")):
            say = f'hours {member.hours!r} do not exist: write them like "09:00-17:30"'
            yield Problem((*table, index, "hours"), say)


def _is_time(text: str) -> bool:
    hour, minute = text.split(":")
    return int(hour) <= 23 and int(minute) <= 59


def _texts(policy: Policy) -> Iterator[Problem]:
    for index, team in enumerate(policy.teams):
        at: Path = ("teams", index)
        yield from _wording((*at, "sign_off"), "sign_off", team.sign_off, LONGEST_SIGN_OFF)
        yield from _repeated((*at, "macros"), "name", [macro.name for macro in team.macros])
        for number, macro in enumerate(team.macros):
            yield from _wording((*at, "macros", number, "text"), f"macro {macro.name!r}", macro.text, LONGEST_MACRO)
            yield from _places((*at, "macros", number, "text"), macro)


def _wording(path: Path, name: str, wording: Wording, longest: int) -> Iterator[Problem]:
    for language, text in wording.items():
        here = (*path, language) if language else path
        if language and not (len(language) == 2 and language.isalpha() and language.isascii() and language.islower()):
            yield Problem(here, f"{name}: {language!r} is no language: write a code of two small letters, like de")
        if not text.strip() and (language or path[-1] == "text"):
            yield Problem(here, f"{name} is empty: write what it shall say, or leave it out")
        if len(text) > longest:
            yield Problem(here, f"{name} has {len(text)} characters: write {longest} at most")


def _places(path: Path, macro: Macro) -> Iterator[Problem]:
    for language, text in macro.text.items():
        for place in PLACE.findall(text):
            if place not in PLACES:
                known = ", ".join(f"{{{each}}}" for each in PLACES)
                say = f"macro {macro.name!r}: {{{place}}} is filled by nobody: write {known}, or no braces"
                yield Problem((*path, language) if language else path, say)


def _urls(policy: Policy) -> Iterator[Problem]:
    for index, url in enumerate(policy.allowed_urls):
        host = url.removeprefix("https://").partition("/")
        if not (url.startswith("https://") and host[0] and host[1]):
            say = f'{url!r} does not name a site: write it like "https://help.example.com/", slash included'
            yield Problem(("allowed_urls", index), say)


def _rules(policy: Policy) -> Iterator[Problem]:
    for index, rule in enumerate(policy.rules):
        if say := _tried(rule):
            yield Problem(("rules", index), say)


@lru_cache(maxsize=1024)
def _tried(rule: Rule) -> str:
    """Return what is wrong with a rule. Trying all of a policy takes a second, and most stay as they are."""
    try:
        check_rule(rule)
    except PolicyError as error:
        return str(error)
    return ""
