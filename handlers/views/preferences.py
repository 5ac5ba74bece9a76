"""The form in which a person says when and for what they want to be called."""

import json

from handlers.views import blocks
from handlers.views.blocks import Element, entry, option, select, words
from pipeline.policy import Member
from pipeline.preferences import Mentions

CALLBACK = "preferences.submit"
OPEN = "home.preferences"
_MENTIONS = {
    Mentions.ALL: "Whenever I am next in a chain",
    Mentions.MINE: "Only for tickets that are mine",
    Mentions.NONE: "Never, call somebody else",
}


def preferences_modal(member: Member, mentions: Mentions) -> Element:
    """Return the form, filled with what counts now: `member` has the hours and the zone."""
    options = {each: option(said, each.value) for each, said in _MENTIONS.items()}
    asked = select("mentions", "Choose", list(options.values()), options[mentions])
    hours = {
        "type": "plain_text_input",
        "action_id": "hours",
        "max_length": 11,
        "placeholder": words("09:00-17:30", 150),
    }
    zone = {
        "type": "plain_text_input",
        "action_id": "zone",
        "max_length": 64,
        "placeholder": words("Europe/Berlin", 150),
    }
    if member.hours:
        hours["initial_value"] = member.hours
    zone["initial_value"] = member.zone
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": words("Your preferences", 24),
        "submit": words("Save", 24),
        "close": words("Cancel", 24),
        "private_metadata": json.dumps({"case": "", "shown": "", "channel": "", "ts": ""}),
        "blocks": [
            entry("mentions", "Call me", asked),
            entry("hours", "Working hours", hours, hint="Such as 09:00-17:30. Empty: always.", optional=True),
            entry("zone", "Time zone", zone, hint="Its name in the IANA list, such as Europe/Berlin."),
            blocks.context("p1", "A P1 calls you at any hour, unless you are away (`/triage away`)."),
        ],
    }
