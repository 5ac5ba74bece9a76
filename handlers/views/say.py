"""Say: the form in which a person's words leave for the customer, or are kept as a note, exactly as they stand."""

import json
from typing import Final

from handlers.views import blocks
from handlers.views.blocks import Element, entry, radio, radio_option
from handlers.views.escape import cut, line
from handlers.views.modals import View, about, form
from pipeline.case import Case
from pipeline.draft import LONGEST
from pipeline.ticket import SLACK, WORKFLOW

TO_CUSTOMER, AS_NOTE = "customer", "note"
_NOTELESS: Final = (SLACK, WORKFLOW)  # there is no place that their customers do not see
_EXACTLY = "These words go out exactly as they stand here, once you press Send; nothing is added."


def say_modal(case: Case, text: str, voice: str, *, channel: str = "", ts: str = "", of: str = "") -> View:
    """Ask for the words and where they go. `voice` is under whose name; `of` the message in Slack they come from."""
    typing: Element = {
        "type": "plain_text_input",
        "action_id": "text",
        "multiline": True,
        "max_length": LONGEST,
        "focus_on_load": True,
        **({"initial_value": cut(text, LONGEST)} if text.strip() else {}),
    }
    ways = [radio_option("Send to the customer", TO_CUSTOMER, "A public reply.")]
    if case.ticket.source not in _NOTELESS:
        ways.append(radio_option("Keep as an internal note", AS_NOTE, "In the helpdesk; no customer reads it."))
    shown = [
        *([blocks.section("missing", f"⚠️ {_missing(text)}")] if cut(text, LONGEST) != text else []),
        about(case),
        *([entry("as", "What happens to your words", radio("as", ways, ways[0]))] if len(ways) > 1 else []),
        entry("reply", "Your words", typing, hint=_EXACTLY),
        blocks.context("voice", f"The customer gets a reply from *{line(voice, 200)}*."),
    ]
    view = form("say.submit", "Send to customer", "Send", case, shown, channel, ts)
    meta = {**json.loads(view["private_metadata"]), "of": of, "after": case.replies}
    return {**view, "private_metadata": json.dumps(meta)}


def _missing(text: str) -> str:
    return (
        f"The message has {len(text):,} characters, and a form of Slack's has room for {LONGEST:,}: its end is missing "
        "here and would not be sent. Send it in two parts."
    )
