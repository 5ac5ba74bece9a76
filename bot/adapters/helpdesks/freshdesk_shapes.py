"""Freshdesk's shapes: the parts of its webhooks and answers that we read."""

from bot.adapters.helpdesks.payloads import Digits, Incoming, Line, Tags, Text
from pipeline.ticket import Channel

CHANNELS = {
    "email": Channel.EMAIL,
    "portal": Channel.FORM,
    "feedback widget": Channel.FORM,
    "chat": Channel.CHAT,
    "twitter": Channel.SOCIAL,
    "facebook": Channel.SOCIAL,
    "mobihelp": Channel.IN_APP,
}


class Webhook(Incoming):
    """What the automation's JSON may hold; its administrator makes `comment_author` customer or agent."""

    ticket_id: Digits
    triggered_event: Line
    ticket_subject: Line = ""
    ticket_description: Text = ""
    ticket_source: Line = ""
    ticket_tags: Tags = ()
    ticket_created_at: Line = ""
    ticket_latest_public_comment: Text = ""
    comment_author: Line = ""
    requester_name: Line = ""
    requester_email: Line = ""


class Delivery(Incoming):
    freshdesk_webhook: Webhook


class Stored(Incoming):
    tags: Tags = ()
    responder_id: int | None = None


class Requester(Incoming):
    id: int | None = None
    name: Line = ""
    email: Line = ""


class WithRequester(Incoming):
    requester: Requester | None = None


class Group(Incoming):
    id: int
    name: Line


class Found(Incoming):
    """An agent."""

    id: int
    contact: Requester = Requester()


class Said(Incoming):
    body: Text = ""
    incoming: bool = False
