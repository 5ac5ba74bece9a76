"""The forms for what a team has: its chains, who is on call, when it is open, and its macros."""

from handlers.views.blocks import Element, entry, option, select
from handlers.views.policy import Shown
from handlers.views.policy_forms import View, form, leaving, listing, text
from handlers.views.words import language as language_name
from handlers.views.words import title
from pipeline.chain import USUAL, Chain, Occasion
from pipeline.hours import Hours
from pipeline.macro import LONGEST, Macro
from pipeline.policy import Team
from pipeline.policy_lines import chain_of, cover_lines, number, step_lines
from pipeline.rotation import WEEKDAYS, Length, Rotation
from pipeline.wording import ANY

MOST_LANGUAGES = 20  # of a macro; more stay as they are
_SHIFTS = "Like 09:00-12:30, 13:00-17:00. Empty: closed."
_HOLIDAYS = "Countries or parts of them, like DE or DE-BE."
_CLOSED = "Like 2026-12-24, 2026-12-31. With all of it empty the team is always open."
_OCCASION = {
    Occasion.CRITICAL: "Critical escalations",
    Occasion.HIGH: "Other escalations",
    Occasion.DUE: "A target that comes near",
    Occasion.OVERDUE: "A target that is missed",
}


def chains_form(shown: Shown, team: Team) -> View:
    """Who is called on each occasion, and after how long without acknowledgement whom next."""
    parts = []
    for occasion in Occasion:
        chain, usual = chain_of(team.chains, occasion), chain_of(USUAL, occasion)
        steps = step_lines(chain.steps) if chain else ""
        said = step_lines(usual.steps).replace("\n", ", ") if usual else "nobody"
        hint = f"One a line: whom, after how many minutes since the one before. Empty: the usual, {said}."
        parts.append(listing(occasion.value, _OCCASION[occasion], steps, hint))
        if occasion.escalates:
            last = chain.last_resort if chain else Chain.model_fields["last_resort"].default
            typing = text(last_block(occasion), number(last), 8)
            says = "The lead by direct message and the fallback channel, in a chain of the team's own."
            parts.append(entry(last_block(occasion), "Minutes to its last resort", typing, hint=says))
    return form(shown, "chains", (team.name,), f"Calls: {title(team.name)}", parts)


def rota_form(shown: Shown, team: Team) -> View:
    """Who takes turns on call, from when, for how long, by which clocks, and who stands in."""
    known = team.on_call or Rotation(members=("nobody",))
    members = "\n".join(known.members) if team.on_call else ""
    lengths = [option("A day each", Length.DAY.value), option("A week each", Length.WEEK.value)]
    days = [option(day.capitalize(), day) for day in WEEKDAYS]
    chosen = next((each for each in lengths if each["value"] == known.shift), None)
    weekday = next((each for each in days if each["value"] == known.weekday), None)
    covers = cover_lines(known) if team.on_call else ""
    parts = [
        listing(
            "members",
            "In turn",
            members,
            "Names of its people or of leads, one a line, in the order of their turns. Empty: no rotation.",
        ),
        entry("shift", "Length of a turn", select("shift", "Choose", lengths, chosen)),
        entry("weekday", "Weekly turns begin on", select("weekday", "Choose", days, weekday)),
        entry("at", "Handover at", text("at", known.at, 5), hint="Like 09:00, also when the clocks change."),
        entry("zone", "Time zone", text("zone", known.zone, 60), hint="Like Europe/Berlin."),
        entry("since", "First turn from", text("since", known.since.isoformat(), 10), hint="Like 2026-11-23."),
        listing(
            "covers",
            "Who stands in",
            covers,
            "One a line, like 2026-12-24 09:00 to 2026-12-26 09:00 Ana Ribeiro, by the clocks above.",
        ),
    ]
    return form(shown, "rota", (team.name,), f"On call: {title(team.name)}", parts)


def open_form(shown: Shown, team: Team) -> View:
    """When a team is open: its targets run in these hours alone."""
    known = team.hours or Hours()
    days = [
        listing(day, day.capitalize(), ", ".join(known.shifts(place)), "" if place else _SHIFTS)
        for place, day in enumerate(WEEKDAYS)
    ]
    closed = ", ".join(day.isoformat() for day in known.closed)
    parts = [
        *days,
        entry("zone", "Time zone", text("zone", known.zone, 60), hint="Like Europe/Berlin."),
        listing("holidays", "Closed on the holidays of", ", ".join(known.holidays), _HOLIDAYS),
        listing("closed", "Further days closed", closed, _CLOSED),
    ]
    return form(shown, "open", (team.name,), f"Open: {title(team.name)}", parts)


def macro_form(shown: Shown, team: Team, macro: Macro | None) -> View:
    """A text that a team has at hand, in one language or several."""
    texts = macro.text if macro else {ANY: ""}
    name = [] if macro else [entry("name", "Name", text("name", "", 75), hint="What people look for it by.")]
    parts = [
        *name,
        *(_wording(code, said) for code, said in list(texts.items())[:MOST_LANGUAGES]),
        entry("language", "One more language", text("language", "", 2), hint="Its code, like de.", optional=True),
        entry("more", "Text in it", text("more", "", LONGEST, several=True), optional=True),
        entry(
            "when",
            "Meant for",
            text("when", macro.when if macro else "", 300),
            hint="Drafts rest on it where a ticket is like this.",
            optional=True,
        ),
        *([leaving("Remove this macro")] if macro else []),
    ]
    return form(shown, "macro", (team.name, macro.name if macro else ""), macro.name if macro else "New macro", parts)


def last_block(occasion: Occasion) -> str:
    """Return the name of the input that has the minutes to an escalation's last resort."""
    return f"{occasion.value}_last"


def text_block(code: str) -> str:
    """Return the name of the input that has a macro's text in a language."""
    return f"text_{code}"


def _wording(code: str, said: str) -> Element:
    label = f"Text in {language_name(code)}" if code else "Text"
    hint = "{customer}, {agent} and {ticket} are filled in."
    block = text_block(code)
    return dict(entry(block, label, text(block, said.strip(), LONGEST, several=True), hint=hint, optional=bool(code)))
