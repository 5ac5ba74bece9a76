"""Payloads as the helpdesks really send them are understood, each one."""

from pipeline.ticket import Author, Ticket
from tests.bot.adapters.helpdesks.desks import NOW, freshdesk, intercom, zendesk
from tests.shared import shared

# How many messages each one tells, by writer; None: understood, and nothing for us.
UNDERSTOOD: dict[str, list[Author] | None] = {
    "freshdesk_priority_changed": None,
    "freshdesk_private_note": None,
    "freshdesk_ticket_created": [Author.CUSTOMER],
    "intercom_v1_conversation_user_created": [Author.CUSTOMER],
    "intercom_v1_conversation_user_replied": [Author.CUSTOMER, Author.CUSTOMER],
    "intercom_v2_conversation_priority_updated": None,
    "intercom_v2_ticket_created": [Author.CUSTOMER, Author.SYSTEM],
    "zendesk_event_ticket_comment_added": [Author.AGENT],
    "zendesk_event_ticket_created": [Author.CUSTOMER],
    "zendesk_trigger_zulip_ticket_create_update": [Author.CUSTOMER],
}


def read(name: str) -> Ticket | None:
    desks = {"freshdesk": freshdesk, "intercom": intercom, "zendesk": zendesk}
    body = shared(f"data/webhooks/{name}.json").read_bytes()
    arrival = desks[name.partition("_")[0]]().read({}, body, NOW)
    return arrival.ticket if arrival else None


def test_every_payload_is_understood() -> None:
    names = {path.stem for path in shared("data/webhooks").glob("*.json")}
    assert names == UNDERSTOOD.keys()
    for name, authors in UNDERSTOOD.items():
        ticket = read(name)
        assert (ticket and [message.author for message in ticket.messages]) == authors, name


def test_what_they_tell_is_kept() -> None:
    created = read("zendesk_event_ticket_created")
    assert created and (created.id, created.tags) == ("5158", ("mobile", "login"))
    assert created.subject == "Cannot login to mobile app"
    trigger = read("zendesk_trigger_zulip_ticket_create_update")
    assert trigger and trigger.customer.name == "testerzulip"
    assert trigger.messages[0].text.startswith("-----") and "I am writing" in trigger.messages[0].text
    mail = read("freshdesk_ticket_created")
    assert mail and mail.customer.name == "Requester ☃ Bob" and mail.messages[0].html
    replied = read("intercom_v1_conversation_user_replied")
    assert replied and replied.last_asked == "2824391734" and replied.customer.email
    asked = read("intercom_v2_ticket_created")
    assert asked and asked.customer.id == "696346bbaebb5a479d3851a3"
