"""Streams, sessions and statuses: the calls that are refused, by Slack's error code."""

from collections.abc import Iterable

from tests.playground.block_cases import section
from tests.playground.methods.stage import (
    ARCHIVED,
    NO_THREADS,
    NO_TS,
    NOBODY,
    NOWHERE,
    PUBLIC,
    READ_ONLY,
    TECH,
    Arguments,
)
from tests.playground.methods.wrong import BROKEN, FOR_BEN, LARGE, MARQUEE, Case, places


def streams(more: Arguments) -> Iterable[Case]:
    """What both appending to a stream and stopping it refuse."""
    yield "channel_not_found", lambda s: {**more, "channel": NOWHERE, "ts": NO_TS}
    yield "not_in_channel", lambda s: {**more, "channel": PUBLIC, "ts": s.growing(PUBLIC)}
    yield "is_archived", lambda s: {**more, "channel": ARCHIVED, "ts": s.growing(ARCHIVED)}
    yield "message_not_found", lambda s: {**more, "channel": TECH, "ts": NO_TS}
    yield "message_not_owned_by_app", lambda s: {**more, "channel": TECH, "ts": s.said()}
    yield "message_not_in_streaming_state", lambda s: {**more, "channel": TECH, "ts": s.posted()}
    yield "restricted_action", lambda s: {**more, "channel": NOBODY, "ts": s.growing(NOBODY)}
    yield "restricted_action_read_only_channel", lambda s: {**more, "channel": READ_ONLY, "ts": s.growing(READ_ONLY)}
    yield (
        "restricted_action_non_threadable_channel",
        lambda s: {**more, "channel": NO_THREADS, "ts": s.growing(NO_THREADS)},
    )
    yield "restricted_action_thread_locked", lambda s: {**more, "channel": TECH, "ts": s.locked_growing()}
    yield (
        "messages_tab_disabled",
        lambda s: s.without_messages_tab(**more, channel=s.direct, ts=s.growing(s.direct)),
    )
    yield "invalid_chunks", lambda s: {"channel": TECH, "ts": s.growing(), "chunks": [{"type": "confetti"}]}
    yield "invalid_chunks", lambda s: {"channel": TECH, "ts": s.growing(), "chunks": BROKEN}
    yield (
        "invalid_chunks",
        lambda s: {
            "channel": TECH,
            "ts": s.growing(),
            "chunks": [{"type": "task_update", "id": "1", "title": "x", "status": "lost"}],
        },
    )
    yield (
        "invalid_blocks",
        lambda s: {"channel": TECH, "ts": s.growing(), "chunks": [{"type": "blocks", "blocks": MARQUEE}]},
    )
    yield (
        "msg_blocks_too_many",
        lambda s: {
            "channel": TECH,
            "ts": s.growing(),
            "chunks": [{"type": "blocks", "blocks": [section()] * 50}],
        },
    )
    yield "msg_too_long", lambda s: {"channel": TECH, "ts": s.growing(), "markdown_text": "x" * 12_000}


REFUSED: dict[str, tuple[Case, ...]] = {
    "agents.sessions.rename": (
        ("channel_not_found", lambda s: {"channel_id": NOWHERE, "thread_ts": NO_TS, "title": "x"}),
        ("feature_disabled", lambda s: s.no_agent(channel_id=TECH, thread_ts=s.session(), title="x")),
        ("invalid_arguments", lambda s: {"channel_id": TECH, "thread_ts": s.session(), "title": ""}),
        ("invalid_arguments", lambda s: {"channel_id": TECH, "thread_ts": s.session(), "title": "x" * 201}),
        ("not_authorized", lambda s: {"channel_id": PUBLIC, "thread_ts": NO_TS, "title": "x"}),
        ("session_not_found", lambda s: {"channel_id": TECH, "thread_ts": s.said(), "title": "x"}),
        ("thread_ts_required", lambda s: {"channel_id": TECH, "title": "x"}),
    ),
    "agents.sessions.setStatus": (
        ("channel_not_found", lambda s: {"channel_id": NOWHERE, "thread_ts": NO_TS, "status": "active"}),
        ("feature_disabled", lambda s: s.no_agent(channel_id=TECH, thread_ts=s.said(), status="active")),
        ("invalid_arguments", lambda s: {"channel_id": TECH, "thread_ts": NO_TS, "status": "active"}),
        ("invalid_status", lambda s: {"channel_id": TECH, "thread_ts": s.said(), "status": "tired"}),
        ("not_authorized", lambda s: {"channel_id": PUBLIC, "thread_ts": NO_TS, "status": "active"}),
        ("thread_ts_required", lambda s: {"channel_id": TECH, "status": "active"}),
        (
            "user_not_found",
            lambda s: {
                "channel_id": TECH,
                "thread_ts": s.said(),
                "status": "active",
                "initiator_user_id": "U0GINA",
            },
        ),
    ),
    "assistant.threads.setStatus": (
        ("channel_not_found", lambda s: {"channel_id": NOWHERE, "thread_ts": NO_TS, "status": "x"}),
        (
            "invalid_arguments",
            lambda s: {"channel_id": TECH, "thread_ts": s.said(), "status": "x", "loading_messages": ["x" * 51]},
        ),
        (
            "invalid_arguments",
            lambda s: {"channel_id": TECH, "thread_ts": s.said(), "status": "x", "loading_messages": ["x"] * 11},
        ),
        ("invalid_thread_ts", lambda s: {"channel_id": TECH, "thread_ts": NO_TS, "status": "x"}),
        (
            "reserved_username",
            lambda s: {"channel_id": TECH, "thread_ts": s.said(), "status": "x", "username": "Slackbot"},
        ),
    ),
    "assistant.threads.setSuggestedPrompts": (
        ("channel_not_found", lambda s: {"channel_id": NOWHERE, "prompts": [{"title": "a", "message": "b"}]}),
        ("invalid_arguments", lambda s: {"channel_id": TECH, "thread_ts": s.said(), "prompts": []}),
        ("invalid_arguments", lambda s: {"channel_id": TECH, "thread_ts": s.said(), "prompts": [{"title": "a"}]}),
        (
            "invalid_thread_ts",
            lambda s: {"channel_id": TECH, "thread_ts": NO_TS, "prompts": [{"title": "a", "message": "b"}]},
        ),
        ("not_agent_app", lambda s: s.no_agent(channel_id=TECH, prompts=[{"title": "a", "message": "b"}])),
    ),
    "assistant.threads.setTitle": (
        ("channel_not_found", lambda s: {"channel_id": NOWHERE, "thread_ts": NO_TS, "title": "x"}),
        ("invalid_thread_ts", lambda s: {"channel_id": TECH, "thread_ts": NO_TS, "title": "x"}),
    ),
    "chat.appendStream": (
        *streams({"markdown_text": "x"}),
        ("no_text", lambda s: {"channel": TECH, "ts": s.growing(), "markdown_text": ""}),
        (
            "stopped_by_user",
            lambda s: {"channel": TECH, "ts": s.growing(stopped_by="U0BEN"), "markdown_text": "x"},
        ),
    ),
    "chat.startStream": (
        *((error, made) for error, made in places({**FOR_BEN, "thread_ts": NO_TS})),
        ("invalid_arguments", lambda s: {"channel": TECH, **FOR_BEN}),
        (
            "invalid_arguments",
            lambda s: {"channel": TECH, "thread_ts": s.said(), **FOR_BEN, "task_display_mode": "pie"},
        ),
        (
            "invalid_blocks",
            lambda s: {
                "channel": TECH,
                "thread_ts": s.said(),
                **FOR_BEN,
                "chunks": [{"type": "blocks", "blocks": MARQUEE}],
            },
        ),
        (
            "invalid_chunks",
            lambda s: {"channel": TECH, "thread_ts": s.said(), **FOR_BEN, "chunks": ["x"]},
        ),
        ("messaging_processing_failed", lambda s: {"channel": TECH, "thread_ts": NO_TS, **FOR_BEN}),
        (
            "messages_tab_disabled",
            lambda s: s.without_messages_tab(channel=s.direct, thread_ts=s.said(channel=s.direct)),
        ),
        (
            "missing_recipient_team_id",
            lambda s: {"channel": TECH, "thread_ts": s.said(), "recipient_user_id": "U0BEN"},
        ),
        (
            "missing_recipient_user_id",
            lambda s: {"channel": TECH, "thread_ts": s.said(), "recipient_team_id": "T0PLAY"},
        ),
        (
            "msg_blocks_too_many",
            lambda s: {
                "channel": TECH,
                "thread_ts": s.said(),
                **FOR_BEN,
                "markdown_text": "x",
                "chunks": [{"type": "blocks", "blocks": [section()] * 50}],
            },
        ),
        (
            "msg_too_long",
            lambda s: {"channel": TECH, "thread_ts": s.said(), **FOR_BEN, "markdown_text": "x" * 12_001},
        ),
        ("restricted_action", lambda s: {"channel": NOBODY, "thread_ts": s.posted(NOBODY), **FOR_BEN}),
        (
            "restricted_action_read_only_channel",
            lambda s: {"channel": READ_ONLY, "thread_ts": s.posted(READ_ONLY), **FOR_BEN},
        ),
        (
            "restricted_action_non_threadable_channel",
            lambda s: {"channel": NO_THREADS, "thread_ts": s.posted(NO_THREADS), **FOR_BEN},
        ),
        ("restricted_action_thread_locked", lambda s: {"channel": TECH, "thread_ts": s.locked(), **FOR_BEN}),
        (
            "user_not_found",
            lambda s: {"channel": TECH, "thread_ts": s.said(), **FOR_BEN, "recipient_user_id": "U0NOBODY"},
        ),
        (
            "user_not_found",
            lambda s: {"channel": TECH, "thread_ts": s.said(), **FOR_BEN, "recipient_team_id": "T0HARBOR"},
        ),
    ),
    "chat.stopStream": (
        *streams({}),
        ("invalid_blocks", lambda s: {"channel": TECH, "ts": s.growing(), "blocks": BROKEN}),
        ("invalid_metadata_format", lambda s: {"channel": TECH, "ts": s.growing(), "metadata": BROKEN}),
        ("invalid_metadata_schema", lambda s: {"channel": TECH, "ts": s.growing(), "metadata": {"event_type": "a"}}),
        ("metadata_too_large", lambda s: {"channel": TECH, "ts": s.growing(), "metadata": LARGE}),
        ("no_text", lambda s: {"channel": TECH, "ts": s.growing(text="")}),
    ),
}
