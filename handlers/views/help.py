"""Help: what /triage can do, with examples."""

from difflib import get_close_matches
from typing import Final

from handlers.views import blocks
from handlers.views.escape import line
from pipeline.ports import Card

COMMANDS: Final = {
    "queue": "`/triage queue` what waits for a decision, the most pressing first; "
    "`/triage queue billing_support` for one team",
    "mine": "`/triage mine` what is assigned to you or claimed by you",
    "ticket": "`/triage ticket 4711` one ticket by its number in the helpdesk or its case id",
    "why": "`/triage why 4711` how its category, escalation, team and draft came about",
    "search": "`/triage search charged twice` tickets like it, and what the team has answered before",
    "stats": "`/triage stats 7d` tickets, first responses, targets, drafts and escalations; `today`, `30d`, `90d`, "
    "`from 2026-10-01 to 2026-10-31`, `30d team billing_support`",
    "cluster": "`/triage cluster 30d` what customers ask for most and what grows, to name, watch and write "
    "an article; `7d`, `30d`, then a team",
    "sla": "`/triage sla` what is overdue, at risk and due next, by team; `/triage sla tech_support` for one",
    "escalations": "`/triage escalations` what is open: its level, who was called, who acknowledged, who is next",
    "on-call": "`/triage on-call` who is on call now and next; `/triage on-call tech_support` for one team",
    "policy": "`/triage policy` teams, hours, thresholds and rules, and who changed them; leads change them there",
    "simulate": "`/triage simulate last 200` what a change of the policy would have done, before it is made (leads)",
    "away": "`/triage away` new tickets go to others until `/triage back`, or `/triage away tomorrow`, `2d`, "
    "`Monday 14:30`",
    "doctor": "`/triage doctor` whether everything works, and what to do about what does not (admins)",
    "help": "`/triage help` this",
}


def help_card(typed: str = "") -> Card:
    """List the commands; after a typo, with the nearest one first."""
    first = _correction(typed) if typed else "*Triage Desk* reads every ticket and drafts the answer."
    how = (
        "On a card, 👀 claims, ✅ resolves and 🚨 escalates. 🎫 on any message, or “Triage this message” in its menu, "
        "makes a ticket of it, and the approved reply goes into its thread. "
        "Decide on a ticket with the buttons on its card. Nothing is sent before somebody does, "
        "unless a lead switched that on for a category."
    )
    listed = "\n".join(f"• {told}" for told in COMMANDS.values())
    text = f"{first}\n{listed}"
    return Card(
        text=text,
        blocks=(
            blocks.section("first", first),
            blocks.section("commands", listed),
            blocks.context("how", how),
        ),
    )


def _correction(typed: str) -> str:
    near = get_close_matches(typed.casefold()[:50], COMMANDS, n=1, cutoff=0.5)
    meant = f" Did you mean `/triage {near[0]}`?" if near else ""
    return f"I do not know “{line(typed, 60)}”.{meant}"
