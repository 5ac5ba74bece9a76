"""slack_sdk's own client calls every method of messages, files and views: each answer, each documented refusal."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.methods.offered import METHODS
from bot.playground.server import Playground
from tests.playground.methods.answered import ANSWERED
from tests.playground.methods.refused import REFUSED
from tests.playground.methods.stage import TECH, Stage
from tests.playground.running import Ticking
from tests.playground.test_contracts import reference, strange
from tests.shared import SHARED

FAMILIES = ("agents.", "assistant.", "blocks.", "chat.", "entity.", "files.", "functions.", "pins.", "reactions.")
OURS = sorted(name for name in METHODS if name.startswith((*FAMILIES, "views.")))

ADDED = {"invalid_arguments", "invalid_attachments", "msg_too_long", "not_in_channel", "user_not_found"}
"""Refusals that the reference does not name for every method where Slack is seen to give them."""

KNOWN_STRANGERS = (
    "/client_msg_id",
    "/is_duplicate",
    "/message/root",
    "/message/subtype",
    "/message/thread_ts",
    "/metadata/entities",
    "/shares/private",
    f"/shares/public/{TECH}",
    "/warning",
    "/response_metadata/warnings",
)
"""Documented beside the samples, each of which shows one answer of many."""

NOT_HERE = {
    "the workspace knows no such thing": {
        "app_access_restricted",
        "block_mismatch",
        "blocked_file_type",
        "canvas_disabled_file_team",
        "canvas_disabled_user_team",
        "canvas_globally_disabled",
        "channel_type_not_supported",
        "delete_not_allowed",
        "draft_already_deleted",
        "draft_already_sent",
        "draft_has_conflict",
        "draft_not_found",
        "edit_window_closed",
        "ekm_access_denied",
        "external_channel_migrating",
        "feature_not_enabled",
        "file_deleting_disabled",
        "file_is_deleted",
        "file_not_shared",
        "file_share_limit_reached",
        "file_type_not_allowed",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
        "max_file_sharing_exceeded",
        "message_limit_exceeded",
        "missing_file_data",
        "name_taken",
        "no_access",
        "not_implemented",
        "not_subscribed_to_message_stream_stopped",
        "slack_connect_blocked_file_type",
        "slack_connect_canvas_sharing_blocked",
        "slack_connect_clip_sharing_blocked",
        "slack_connect_file_link_sharing_blocked",
        "slack_connect_file_upload_sharing_blocked",
        "slack_connect_lists_sharing_blocked",
        "template_not_visible",
        "thread_ts_not_allowed",
        "too_many_contact_cards",
        "unable_to_share_files",
        "unknown_subtype",
    },
    "the app could not be installed so": {
        "cannot_auth_user",
        "cannot_find_service",
        "cannot_prompt",
        "invalid_app_id",
        "missing_interactivity_url",
        "missing_options_load_url",
        "missing_profile_id",
        "not_allowed_token_type",
        "send_on_behalf_not_allowed",
    },
    "every method answers another code for it": {
        "bad_token",
        "file_update_failed",
        "internal_error",
        "invalid_auth",
        "invalid_token",
        "not_pinned",
        "rate_limited",
        "ratelimited",
        "team_not_found",
        "unknown_method",
        "update_failed",
    },
    "no reference says from which size on": {"attachment_payload_limit_exceeded", "msg_blocks_too_long"},
}

NOT_OF = {
    "agents.sessions.rename": {"invalid_name", "is_archived"},  # Only where a session is a channel of its own.
    "assistant.threads.setSuggestedPrompts": {"message_not_found"},  # A thread that is not there says so itself.
    "chat.appendStream": {
        "as_user_not_supported",
        "duplicate_channel_not_found",
        "duplicate_message_not_found",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "messaging_processing_failed",
        "metadata_must_be_sent_from_app",
        "metadata_too_large",
        "restricted_action_thread_only_channel",
        "too_many_attachments",
    },
    "chat.startStream": {
        "duplicate_channel_not_found",
        "duplicate_message_not_found",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_must_be_sent_from_app",
        "metadata_too_large",
        "no_text",
        "restricted_action_thread_only_channel",
    },
    "chat.stopStream": {
        "as_user_not_supported",
        "cannot_reply_to_message",
        "duplicate_channel_not_found",
        "duplicate_message_not_found",
        "metadata_must_be_sent_from_app",
        "restricted_action_thread_only_channel",
        "too_many_attachments",
    },
    "chat.update": {"as_user_not_supported", "posting_to_channel_denied"},
    "files.completeUploadExternal": {"access_denied"},  # Another's upload is not found at all.
    "files.info": {"access_denied"},
    "files.list": {"missing_argument"},
    "pins.add": {"file_not_found", "restricted_action"},
    "pins.list": {"restricted_action"},
    "pins.remove": {"file_comment_not_found", "file_not_found", "restricted_action"},
}
"""Codes for arguments that the method does not take; streams live in threads and carry no attachments."""


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing:UserWarning")
async def test_every_method_answers_in_the_shape_of_its_reference(
    slack: AsyncWebClient, playground: Playground, clock: Ticking
) -> None:
    stage = Stage(playground, clock)
    wrong = []
    for method in OURS:
        for number, made in enumerate(ANSWERED[method]):
            for call in _ways(slack, method):
                answer = await _answer(call(**made(stage)))
                wrong += [f"{method} {number}: {said}" for said in _misshapen(method, answer)]
    assert not wrong, "\n".join(wrong)


async def test_every_refusal_that_can_come_about_comes_about(
    slack: AsyncWebClient, playground: Playground, clock: Ticking
) -> None:
    stage = Stage(playground, clock)
    wrong = []
    for method in OURS:
        for expected, made in REFUSED[method]:
            stage.reset()
            arguments = made(stage)
            token = arguments.pop("token", slack.token)
            answer = await _answer(AsyncWebClient(token, base_url=slack.base_url).api_call(method, json=arguments))
            if answer.get("error") != expected:
                wrong.append(f"{method} gave {answer.get('error', 'an answer')} instead of {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", OURS)
def test_every_documented_refusal_is_tried_or_said_not_to_apply(method: str) -> None:
    documented = set(reference(method)["errors"])
    tried = {error for error, _ in REFUSED[method]}
    apart = set().union(*NOT_HERE.values()) | NOT_OF.get(method, set())
    assert documented - tried - apart == set()
    assert tried & NOT_OF.get(method, set()) == set()
    assert tried - documented <= ADDED


def _ways(slack: AsyncWebClient, method: str) -> list[Callable[..., Any]]:
    """By its name with JSON, and, where the client has one, by its own function in the encoding that it chose."""
    by_name = partial(_by_name, slack, method)
    own = getattr(slack, method.replace(".", "_"), None)
    return [by_name, own] if own else [by_name]


async def _by_name(slack: AsyncWebClient, method: str, **arguments: Any) -> Any:
    return await slack.api_call(method, json=arguments)


async def _answer(call: Any) -> dict[str, Any]:
    try:
        data = (await call).data
    except SlackApiError as refused:
        data = refused.response.data
    assert isinstance(data, dict)
    return data


def _misshapen(method: str, answer: Any) -> list[str]:
    """Where an answer is not as the output schema, the sample and the example say."""
    if not answer.get("ok"):
        return [f"refused: {answer}"]
    told = reference(method)
    schema = told.get("output") or {}
    wrong = [error.message for error in Draft202012Validator(schema).iter_errors(answer)]
    sample = SHARED / f"contracts/slack-payloads/api.{method}.json"
    if sample.exists():
        strangers = strange(answer, json.loads(sample.read_text()))
        return wrong + [s for s in strangers if "/blocks" not in s and not s.endswith(KNOWN_STRANGERS)]
    example = told["examples"]["success"]["example"]
    known = set(schema.get("properties", {})) | set(example) | {"response_metadata", "paging", "warning"}
    return wrong + [f"unknown field {name}" for name in answer.keys() - known]
