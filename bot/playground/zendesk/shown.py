"""Tickets, comments, audits, users and groups as Zendesk's API and our page show them."""

from bot.playground.wire import Object
from bot.playground.zendesk.records import Audit, Comment, Group, Role, Ticket, User

BASE = "https://playground.zendesk.com/api/v2"
OPENED = "2026-01-01T00:00:00Z"


def show_ticket(ticket: Ticket) -> Object:
    first = ticket.comments[0]
    return {
        "url": f"{BASE}/tickets/{ticket.id}.json",
        "id": ticket.id,
        "external_id": ticket.external_id,
        "via": {"channel": ticket.channel, "source": {"from": {}, "to": {}, "rel": None}},
        "created_at": ticket.created_at,
        "updated_at": ticket.updated_at,
        "type": ticket.type,
        "subject": ticket.subject,
        "raw_subject": ticket.subject,
        "description": first.body,
        "priority": ticket.priority,
        "status": ticket.status,
        "recipient": None,
        "requester_id": ticket.requester.id,
        "submitter_id": ticket.requester.id,
        "assignee_id": ticket.assignee_id,
        "organization_id": None,
        "group_id": ticket.group.id if ticket.group else None,
        "collaborator_ids": [],
        "follower_ids": [],
        "email_cc_ids": [],
        "problem_id": None,
        "has_incidents": False,
        "is_public": True,
        "due_at": None,
        "tags": list(ticket.tags),
        "custom_fields": list(ticket.custom_fields),
        "allow_channelback": False,
        "allow_attachments": True,
    }


def show_comment(comment: Comment) -> Object:
    return {
        "id": comment.id,
        "type": "Comment",
        "author_id": comment.author.id,
        "body": comment.body,
        "html_body": f'<div class="zd-comment">{_escaped(comment.body)}</div>',
        "plain_body": comment.body,
        "public": comment.public,
        "attachments": [],
        "audit_id": comment.audit_id,
        "via": {"channel": "api" if comment.author.role is Role.BOT else "web"},
        "created_at": comment.created_at,
        "metadata": {"system": {}, "custom": {}},
    }


def show_audit(audit: Audit, ticket: Ticket) -> Object:
    return {
        "id": audit.id,
        "ticket_id": ticket.id,
        "created_at": audit.created_at,
        "author_id": audit.author.id,
        "metadata": {"system": {}, "custom": audit.custom},
        "events": list(audit.events),
        "via": {"channel": "api" if audit.author.role is Role.BOT else "web"},
    }


def show_user(user: User) -> Object:
    staff = user.role is not Role.CUSTOMER
    return {
        "id": user.id,
        "url": f"{BASE}/users/{user.id}.json",
        "name": user.name,
        "email": user.email,
        "role": "agent" if staff else "end-user",
        "active": True,
        "verified": True,
        "suspended": False,
        "locale": "en-US",
        "time_zone": "Berlin",
        "tags": [],
        "created_at": OPENED,
        "updated_at": OPENED,
        "user_fields": {"tier": user.tier or None},
    }


def show_group(group: Group) -> Object:
    return {
        "id": group.id,
        "url": f"{BASE}/groups/{group.id}.json",
        "name": group.name,
        "description": "",
        "default": group.name == "General Support",
        "is_public": True,
        "deleted": False,
        "created_at": OPENED,
        "updated_at": OPENED,
    }


def show_on_page(ticket: Ticket, assignee: str | None) -> Object:
    """A ticket in the page's own shape."""
    customer = ticket.requester
    return {
        "id": ticket.id,
        "subject": ticket.subject,
        "status": ticket.status,
        "priority": ticket.priority,
        "group": ticket.group.name if ticket.group else None,
        "assignee": assignee,
        "tags": list(ticket.tags),
        "requester": {"name": customer.name, "email": customer.email, "tier": customer.tier},
        "created_at": ticket.created_at,
        "comments": [
            {
                "id": comment.id,
                "author": comment.author.name,
                "role": comment.author.role.value,
                "public": comment.public,
                "body": comment.body,
                "created_at": comment.created_at,
            }
            for comment in ticket.comments
        ],
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
