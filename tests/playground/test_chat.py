"""chat.*: what may be posted, changed, deleted and whispered, and what is refused."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.conftest import refusal

CARD = {"event_type": "triage_card", "event_payload": {"ticket": 7}}
SECTION = [{"type": "section", "text": {"type": "mrkdwn", "text": "A *card*"}}]


async def test_a_posted_message_comes_back_with_names_for_its_blocks(slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0TECH", text="Card", blocks=SECTION)
    assert posted["channel"] == "C0TECH"
    assert posted["message"]["user"] == "U0TRIAGE"
    assert posted["message"]["blocks"][0]["block_id"]
    assert posted["message"]["ts"] == posted["ts"]


async def test_metadata_is_stored_and_found_only_when_asked_for(slack: AsyncWebClient) -> None:
    await slack.chat_postMessage(channel="C0TECH", text="Card", metadata=CARD)
    found = await slack.conversations_history(channel="C0TECH", include_all_metadata=True)
    assert found["messages"][0]["metadata"] == CARD
    assert "metadata" not in (await slack.conversations_history(channel="C0TECH"))["messages"][0]


async def test_an_update_keeps_what_it_leaves_out_and_marks_the_message_as_edited(
    slack: AsyncWebClient,
) -> None:
    posted = await slack.chat_postMessage(channel="C0TECH", text="Card", metadata=CARD, blocks=SECTION)
    updated = await slack.chat_update(channel="C0TECH", ts=posted["ts"], text="Approved")
    assert updated["text"] == "Approved"
    assert updated["message"]["metadata"] == CARD
    assert updated["message"]["blocks"] == posted["message"]["blocks"]
    assert updated["message"]["edited"]["user"] == "U0TRIAGE"


async def test_a_deleted_message_is_gone(slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0TECH", text="Card")
    await slack.chat_delete(channel="C0TECH", ts=posted["ts"])
    assert (await slack.conversations_history(channel="C0TECH"))["messages"] == []
    answer = await refusal(slack.chat_delete(channel="C0TECH", ts=posted["ts"]))
    assert answer["error"] == "message_not_found"


async def test_a_whisper_reaches_one_person_and_no_history(slack: AsyncWebClient, playground: Playground) -> None:
    answer = await slack.chat_postEphemeral(channel="C0TECH", user="U0BEN", text="Only you")
    assert answer["message_ts"]
    assert (await slack.conversations_history(channel="C0TECH"))["messages"] == []
    assert [m["ephemeral_to"] for m in playground.messages.ephemerals()] == ["U0BEN"]


async def test_a_permalink_of_a_reply_names_its_thread(slack: AsyncWebClient) -> None:
    root = await slack.chat_postMessage(channel="C0TECH", text="Card")
    reply = await slack.chat_postMessage(channel="C0TECH", text="History", thread_ts=root["ts"])
    link = (await slack.chat_getPermalink(channel="C0TECH", message_ts=reply["ts"]))["permalink"]
    assert link.endswith(f"p{reply['ts'].replace('.', '')}?thread_ts={root['ts']}&cid=C0TECH")


async def test_a_reply_to_a_reply_goes_to_the_same_thread(slack: AsyncWebClient) -> None:
    root = await slack.chat_postMessage(channel="C0TECH", text="Card")
    reply = await slack.chat_postMessage(channel="C0TECH", text="One", thread_ts=root["ts"])
    await slack.chat_postMessage(channel="C0TECH", text="Two", thread_ts=reply["ts"])
    thread = (await slack.conversations_replies(channel="C0TECH", ts=root["ts"]))["messages"]
    assert [m["text"] for m in thread] == ["Card", "One", "Two"]
    assert thread[0]["reply_count"] == 2


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0RANDOM", "text": "x"}, "not_in_channel"),
        ({"channel": "C0TECH"}, "no_text"),
        ({"channel": "C0TECH", "text": ""}, "no_text"),
        ({"channel": "C0TECH", "markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"channel": "C0TECH", "text": "x", "blocks": "{broken"}, "invalid_blocks_format"),
        ({"channel": "C0TECH", "text": "x", "blocks": [{"type": "marquee"}]}, "invalid_blocks"),
        ({"channel": "C0TECH", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"channel": "C0TECH", "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_schema"),
        ({"channel": "C0TECH", "text": "x", "metadata": [1]}, "invalid_metadata_format"),
        ({"channel": "C0TECH", "text": "x", "thread_ts": "1.000001"}, "cannot_reply_to_message"),
        ({"channel": "C0TECH", "text": "x", "username": "Boss"}, "missing_scope"),
    ],
)
async def test_a_message_that_slack_would_not_take_is_refused(
    slack: AsyncWebClient, arguments: dict[str, object], error: str
) -> None:
    assert (await refusal(slack.api_call("chat.postMessage", json=arguments)))["error"] == error


async def test_an_archived_channel_takes_nothing(slack: AsyncWebClient, playground: Playground) -> None:
    playground.workspace.archive("C0TECH", True)
    assert (await refusal(slack.chat_postMessage(channel="C0TECH", text="x")))["error"] == "is_archived"


async def test_a_persons_message_cannot_be_changed(slack: AsyncWebClient, playground: Playground) -> None:
    said = playground.messages.post("C0TECH", {"user": "U0BEN", "text": "Mine"})
    answer = await refusal(slack.chat_update(channel="C0TECH", ts=said["ts"], text="Yours"))
    assert answer["error"] == "cant_update_message"
    assert (await refusal(slack.chat_delete(channel="C0TECH", ts=said["ts"])))["error"] == "cant_delete_message"


@pytest.mark.parametrize(("user", "error"), [("U0NOBODY", "user_not_in_channel"), ("U0GINA", "user_not_in_channel")])
async def test_a_whisper_needs_somebody_who_is_there(slack: AsyncWebClient, user: str, error: str) -> None:
    answer = await refusal(slack.chat_postEphemeral(channel="C0TECH", user=user, text="x"))
    assert answer["error"] == error


async def test_a_refused_block_is_named_by_its_place(slack: AsyncWebClient) -> None:
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    answer = await refusal(slack.chat_postMessage(channel="C0TECH", text="x", blocks=long))
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
