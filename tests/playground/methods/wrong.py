"""What is wrong wherever it may stand: content, places, what is forbidden."""

from collections.abc import Callable, Iterable

from tests.playground.block_cases import section
from tests.playground.methods.answered import MODAL
from tests.playground.methods.stage import (
    ARCHIVED,
    NO_THREADS,
    NOBODY,
    NOWHERE,
    PUBLIC,
    READ_ONLY,
    TECH,
    THREADS_ONLY,
    Arguments,
    Stage,
)

Case = tuple[str, Callable[[Stage], Arguments]]

BROKEN = "{broken"
MARQUEE = [{"type": "marquee"}]
LARGE = {"event_type": "large", "event_payload": {"text": "x" * 16_000}}
SAY: Arguments = {"channel": TECH, "text": "x"}
FOR_BEN: Arguments = {"recipient_user_id": "U0BEN", "recipient_team_id": "T0PLAY"}
HUGE = {**MODAL, "blocks": [section()] * 100, "private_metadata": "x" * 250_000}


def content(base: Callable[[Stage], Arguments], *errors: str) -> Iterable[Case]:
    """What is wrong with content wherever it may stand."""
    wrong: dict[str, Arguments] = {
        "invalid_attachments": {"attachments": [{"blocks": MARQUEE}]},
        "invalid_blocks": {"blocks": MARQUEE},
        "invalid_blocks_format": {"blocks": BROKEN},
        "invalid_metadata_format": {"metadata": [1]},
        "invalid_metadata_schema": {"metadata": {"event_type": "a"}},
        "markdown_text_conflict": {"markdown_text": "y"},
        "metadata_too_large": {"metadata": LARGE},
        "too_many_attachments": {"attachments": [{"text": "a"}] * 101},
    }
    for error in errors:
        yield error, lambda s, error=error: {**base(s), **wrong[error]}  # type: ignore[misc]


def places(base: Arguments) -> Iterable[Case]:
    """Channels that do not take it."""
    yield "channel_not_found", lambda s: {**base, "channel": NOWHERE}
    yield "channel_not_found", lambda s: {**base, "channel": s.private}
    yield "not_in_channel", lambda s: {**base, "channel": PUBLIC}
    yield "is_archived", lambda s: {**base, "channel": ARCHIVED}


def restrictions(base: Arguments) -> Iterable[Case]:
    yield "restricted_action", lambda s: {**base, "channel": NOBODY}
    yield "restricted_action_read_only_channel", lambda s: {**base, "channel": READ_ONLY}
    yield "restricted_action_thread_only_channel", lambda s: {**base, "channel": THREADS_ONLY}
    yield (
        "restricted_action_non_threadable_channel",
        lambda s: {
            **base,
            "channel": NO_THREADS,
            "thread_ts": s.posted(NO_THREADS),
        },
    )
