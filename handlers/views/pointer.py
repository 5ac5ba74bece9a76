"""The pointer: a word in the owner's channel when the card stands in the escalation team's."""

from handlers.views import blocks
from handlers.views.escape import line, link
from handlers.views.words import URGENCY
from pipeline.case import Case
from pipeline.ports import Card


def pointer(case: Case, channel_name: str, permalink: str) -> Card:
    """Say where an escalated case is looked after."""
    subject = line(case.ticket.subject, 300, "(no subject)")
    urgency = f"{URGENCY[case.analysis.classification.urgency]}: " if case.analysis else ""
    told = f"{urgency}*{subject}* is escalated to #{line(channel_name, 100)}."
    way = link(permalink, "Open its card", loopback=True)
    return Card(text=told, blocks=(blocks.section("pointer", f"🚨 {told} {way}"),))
