"""agents.sessions.* and assistant.threads.*: what the agent does in a thread, and what it suggests."""

from dataclasses import replace

from bot.playground.methods.call import Call, Method
from bot.playground.methods.destination import LOOKS, find_root
from bot.playground.people import Channel
from bot.playground.sessions import STATUSES, Session
from bot.playground.wire import Object, Refusal, refuse_arguments

LONGEST_TITLE = 200
LONGEST_LOADING, MOST_LOADING = 50, 10
MOST_PROMPTS = 4
WORKING = "is working…"
"""What a reader sees while a session is processing."""
RESERVED = frozenset({"channel", "everyone", "here", "me", "slack", "slackbot"})
"""Names under which only Slack itself speaks."""


def set_session_status(call: Call) -> Object:
    """Makes the session where there is none; its title and initiator count only then."""
    channel, thread_ts = _session_place(call)
    status = call.arguments.text("status")
    if status not in STATUSES:
        raise Refusal("invalid_status")
    looks = _looks(call)
    known = call.playground.sessions.get(channel.id, thread_ts) or _new_session(call, channel, thread_ts)
    session = call.playground.sessions.keep(replace(known, status=status, **looks))
    call.playground.statuses.set(channel.id, thread_ts, {"status": WORKING if status == "processing" else "", **looks})
    return {"status": status, "agent_status": status, "title": session.title}


def rename_session(call: Call) -> Object:
    channel, thread_ts = _session_place(call)
    title = _title(call)
    if not title:
        raise refuse_arguments("must be more than 0 characters [json-pointer:/title]")
    session = call.playground.sessions.find(channel.id, thread_ts)
    return {"title": call.playground.sessions.rename(session, title).title}


def set_thread_status(call: Call) -> Object:
    """Shown in the thread until the app speaks there, for two minutes at most."""
    channel, thread_ts = _thread(call)
    looks = _looks(call)
    if looks.get("username", "").lower() in RESERVED:
        raise Refusal("reserved_username")
    status: Object = {"status": call.arguments.text("status"), **looks}
    if loading := _loading_messages(call):
        status["loading_messages"] = loading
    call.playground.statuses.set(channel.id, thread_ts, status)
    return {}


def set_thread_title(call: Call) -> Object:
    channel, thread_ts = _thread(call)
    call.playground.statuses.describe(channel.id, thread_ts, title=call.arguments.text("title"))
    return {}


def suggest_prompts(call: Call) -> Object:
    """In a thread, or with no thread in the whole conversation with the app."""
    if not call.playground.restrictions.agent:
        raise Refusal("not_agent_app")
    channel, thread_ts = _thread(call) if "thread_ts" in call.arguments else (call.channel("channel_id"), "")
    prompts = call.arguments.json("prompts", "invalid_arguments")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MOST_PROMPTS or not all(map(_is_prompt, prompts)):
        raise refuse_arguments(f"must be 1 to {MOST_PROMPTS} prompts with title and message [json-pointer:/prompts]")
    shown = {"title": call.arguments.text("title"), "prompts": prompts}
    call.playground.statuses.describe(channel.id, thread_ts, prompts=shown)
    return {}


def _session_place(call: Call) -> tuple[Channel, str]:
    if not call.playground.restrictions.agent:
        raise Refusal("feature_disabled")
    channel = call.channel("channel_id")
    if call.actor not in channel.members:
        raise Refusal("not_authorized")
    if "thread_ts" not in call.arguments:
        raise Refusal("thread_ts_required")
    try:
        return channel, str(find_root(call, channel, call.arguments.text("thread_ts"), "no such thread")["ts"])
    except Refusal:
        raise refuse_arguments("must be a thread in this channel [json-pointer:/thread_ts]") from None


def _new_session(call: Call, channel: Channel, thread_ts: str) -> Session:
    user = call.arguments.text("initiator_user_id")
    if user and user not in channel.members:
        raise Refusal("user_not_found")
    return Session(channel.id, thread_ts, call.playground.team.id, STATUSES[0], _title(call), user)


def _title(call: Call) -> str:
    title = call.arguments.text("title")
    if len(title) > LONGEST_TITLE:
        raise refuse_arguments(f"must be less than {LONGEST_TITLE + 1} characters [json-pointer:/title]")
    return title


def _thread(call: Call) -> tuple[Channel, str]:
    channel = call.channel("channel_id")
    return channel, str(find_root(call, channel, call.arguments.text("thread_ts"), "invalid_thread_ts")["ts"])


def _looks(call: Call) -> dict[str, str]:
    """Null takes an earlier name or icon away."""
    looks = {name: call.arguments.text(name) for name in LOOKS if name in call.arguments.values}
    if looks:
        call.require_scope("chat:write.customize")
    return looks


def _loading_messages(call: Call) -> list[str]:
    said = call.arguments.json("loading_messages", "invalid_arguments")
    if said is None:
        return []
    if not isinstance(said, list) or not 1 <= len(said) <= MOST_LOADING or not all(map(_is_loading_message, said)):
        raise refuse_arguments(
            f"must be 1 to {MOST_LOADING} strings of at most {LONGEST_LOADING} characters "
            "[json-pointer:/loading_messages]"
        )
    return said


def _is_loading_message(said: object) -> bool:
    return isinstance(said, str) and 1 <= len(said) <= LONGEST_LOADING


def _is_prompt(prompt: object) -> bool:
    return isinstance(prompt, dict) and all(
        isinstance(prompt.get(key), str) and prompt[key] for key in ("title", "message")
    )


METHODS = (
    Method(
        "agents.sessions.setStatus",
        set_session_status,
        ("channel_id", "status"),
        ("thread_ts", "title", "initiator_user_id", *LOOKS),
        "chat:write",
    ),
    Method("agents.sessions.rename", rename_session, ("channel_id", "title"), ("thread_ts",), "chat:write"),
    Method(
        "assistant.threads.setStatus",
        set_thread_status,
        ("channel_id", "thread_ts", "status"),
        ("loading_messages", *LOOKS),
        "chat:write",
        5,
    ),
    Method(
        "assistant.threads.setTitle",
        set_thread_title,
        ("channel_id", "thread_ts", "title"),
        (),
        "assistant:write",
        4,
    ),
    Method(
        "assistant.threads.setSuggestedPrompts",
        suggest_prompts,
        ("channel_id", "prompts"),
        ("thread_ts", "title"),
        "assistant:write",
        4,
    ),
)
