"""For every method of messages, files and views: a call that is answered."""

import json
from collections.abc import Callable

from tests.playground.block_cases import plain, section
from tests.playground.methods.stage import LINK, TECH, Arguments, Stage

MODAL: Arguments = {"type": "modal", "title": plain("Edit"), "blocks": [section()]}
HOME: Arguments = {"type": "home", "blocks": [section()]}
METADATA = {"event_type": "triage_card", "event_payload": {"ticket": 7}}
ENTITY: Arguments = {
    "entity_type": "slack#/entities/task",
    "url": LINK,
    "external_ref": {"id": "7"},
    "entity_payload": {"attributes": {"title": {"text": "Ticket 7"}}},
}
TASK = {"type": "task_update", "id": "1", "title": "Reading", "status": "in_progress", "details": "Line 1"}

ANSWERED: dict[str, list[Callable[[Stage], Arguments]]] = {
    "agents.sessions.rename": [lambda s: {"channel_id": TECH, "thread_ts": s.session(), "title": "Renamed"}],
    "agents.sessions.setStatus": [
        lambda s: {"channel_id": TECH, "thread_ts": s.said(), "status": "processing", "title": "New"},
        lambda s: {"channel_id": TECH, "thread_ts": s.session(), "status": "closed", "username": "Other name"},
        lambda s: {
            "channel_id": TECH,
            "thread_ts": s.said(),
            "status": "active",
            "initiator_user_id": "U0BEN",
        },
    ],
    "assistant.threads.setStatus": [
        lambda s: {"channel_id": TECH, "thread_ts": s.said(), "status": "is reading…"},
        lambda s: {
            "channel_id": TECH,
            "thread_ts": s.said(),
            "status": "is reading…",
            "loading_messages": ["One", "Two"],
        },
        lambda s: {"channel_id": TECH, "thread_ts": s.said(), "status": ""},
    ],
    "assistant.threads.setSuggestedPrompts": [
        lambda s: {
            "channel_id": TECH,
            "thread_ts": s.said(),
            "prompts": [{"title": "Why?", "message": "Why?"}],
        },
        lambda s: {"channel_id": s.direct, "prompts": [{"title": "Why?", "message": "Why?"}], "title": "Ask"},
    ],
    "assistant.threads.setTitle": [lambda s: {"channel_id": TECH, "thread_ts": s.said(), "title": "Refunds"}],
    "blocks.validate": [
        lambda s: {"blocks": [section()]},
        lambda s: {"view": MODAL},
        lambda s: {"message": {"text": "x", "blocks": [section()]}},
    ],
    "chat.appendStream": [
        lambda s: {"channel": TECH, "ts": s.growing(), "markdown_text": " more"},
        lambda s: {"channel": TECH, "ts": s.growing(), "chunks": [TASK, {"type": "plan_update", "title": "Plan"}]},
    ],
    "chat.delete": [
        lambda s: {"channel": TECH, "ts": s.posted()},
        lambda s: {"channel": TECH, "ts": s.growing()},
    ],
    "chat.deleteScheduledMessage": [lambda s: {"channel": TECH, "scheduled_message_id": s.scheduled()}],
    "chat.getPermalink": [
        lambda s: {"channel": TECH, "message_ts": s.posted()},
        lambda s: {"channel": TECH, "message_ts": s.reply()},
    ],
    "chat.meMessage": [lambda s: {"channel": TECH, "text": "waves"}],
    "chat.postEphemeral": [
        lambda s: {"channel": TECH, "user": "U0BEN", "text": "x"},
        lambda s: {"channel": TECH, "user": "U0BEN", "text": "x", "thread_ts": s.posted(), "blocks": [section()]},
    ],
    "chat.postMessage": [
        lambda s: {"channel": TECH, "text": "x", "thread_ts": s.posted(), "metadata": METADATA},
        lambda s: {"channel": TECH, "text": "x", "thread_ts": s.posted(), "reply_broadcast": True},
        lambda s: {"channel": TECH, "markdown_text": "**x**", "username": "Other name"},
        lambda s: {"channel": TECH, "text": "x", "mrkdwn": False, "attachments": [{"text": "y"}]},
        lambda s: {"channel": TECH, "text": "x", "client_msg_id": s.named("again")},
        lambda s: {"channel": TECH, "text": "x" * 40_001},
        lambda s: {"channel": TECH, "text": "x", "metadata": {"entities": [ENTITY]}},
        lambda s: {"channel": s.direct, "text": "x"},
        lambda s: {"channel": "U0BEN", "text": "x"},
    ],
    "chat.scheduleMessage": [
        lambda s: {"channel": TECH, "text": "x", "post_at": s.at(60), "thread_ts": s.posted()},
        lambda s: {"channel": TECH, "text": "x", "post_at": s.at(120 * 86_400)},
    ],
    "chat.scheduledMessages.list": [lambda s: {"channel": TECH}, lambda s: {"limit": 1, "oldest": str(s.at(0))}],
    "chat.startStream": [
        lambda s: {
            "channel": TECH,
            "thread_ts": s.said(),
            "recipient_user_id": "U0BEN",
            "recipient_team_id": "T0PLAY",
            "markdown_text": "First",
        },
        lambda s: {"channel": s.direct, "thread_ts": s.said(channel=s.direct), "task_display_mode": "plan"},
    ],
    "chat.stopStream": [
        lambda s: {"channel": TECH, "ts": s.growing(), "blocks": [section()], "metadata": METADATA},
        lambda s: {"channel": TECH, "ts": s.growing(stopped_by="U0BEN"), "markdown_text": " stopped."},
    ],
    "chat.unfurl": [
        lambda s: {"channel": TECH, "ts": s.said(LINK), "unfurls": {LINK: {"blocks": [section()]}}},
        lambda s: {"unfurl_id": s.offered_link(), "source": "conversations_history", "unfurls": {LINK: {"text": "x"}}},
        lambda s: {"channel": TECH, "ts": s.said(LINK), "metadata": {"entities": [ENTITY]}},
        lambda s: {"channel": TECH, "ts": s.said(LINK), "user_auth_required": True, "user_auth_url": LINK},
    ],
    "chat.update": [
        lambda s: {"channel": TECH, "ts": s.posted(), "text": "y", "blocks": [section()], "metadata": METADATA},
        lambda s: {"channel": TECH, "ts": s.posted(), "file_ids": [s.file().id]},
        lambda s: {"channel": TECH, "ts": s.reply(), "reply_broadcast": True},
        lambda s: {"channel": TECH, "ts": s.posted(), "markdown_text": "*y*"},
    ],
    "entity.presentDetails": [
        lambda s: {"trigger_id": s.pane(), "metadata": ENTITY},
        lambda s: {"trigger_id": s.pane(), "error": {"status": "not_found"}},
        lambda s: {"trigger_id": s.pane(), "user_auth_required": True, "user_auth_url": LINK},
    ],
    "files.completeUploadExternal": [
        lambda s: {"files": s.uploaded(), "channel_id": TECH, "thread_ts": s.said(), "initial_comment": "Here"},
        lambda s: {"files": s.uploaded("One", "Two"), "channels": [TECH, s.direct]},
        lambda s: {"files": s.uploaded(), "channel_id": TECH, "blocks": json.dumps([section()])},
        lambda s: {"files": s.uploaded()},
    ],
    "files.delete": [lambda s: {"file": s.file().id}],
    "files.getUploadURLExternal": [
        lambda s: {"filename": "notes.txt", "length": 5},
        lambda s: {"filename": "a.py", "length": 5, "snippet_type": "python", "alt_txt": "Code"},
    ],
    "files.info": [lambda s: {"file": s.file().id}],
    "files.list": [lambda s: {"user": s.file().user}, lambda s: {"types": "images,pdfs", "count": 1}],
    "functions.completeError": [lambda s: {"function_execution_id": s.run(), "error": "No such ticket"}],
    "functions.completeSuccess": [
        lambda s: {"function_execution_id": s.run(), "outputs": {"answer": "yes"}},
    ],
    "pins.add": [lambda s: {"channel": TECH, "timestamp": s.posted()}],
    "pins.list": [lambda s: {"channel": TECH}],
    "pins.remove": [lambda s: {"channel": TECH, "timestamp": s.pinned()}],
    "reactions.add": [lambda s: {"channel": TECH, "timestamp": s.posted(), "name": "eyes"}],
    "reactions.get": [
        lambda s: {"channel": TECH, "timestamp": s.reacted()},
        lambda s: {"file": s.file().id},
    ],
    "reactions.list": [lambda s: {}, lambda s: {"user": "U0BEN", "limit": 1}],
    "reactions.remove": [lambda s: {"channel": TECH, "timestamp": s.reacted(), "name": "emoji0"}],
    "views.open": [lambda s: {"trigger_id": s.trigger(), "view": MODAL}],
    "views.publish": [lambda s: {"user_id": "U0BEN", "view": HOME}],
    "views.push": [lambda s: {"trigger_id": s.trigger(s.opened(MODAL)), "view": MODAL}],
    "views.update": [
        lambda s: {"view_id": s.opened(MODAL), "view": MODAL},
        lambda s: {"external_id": s.opened({**MODAL, "external_id": "e"}) and "e", "view": MODAL},
    ],
}
