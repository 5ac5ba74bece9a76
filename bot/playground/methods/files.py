"""files.*: announce a file, look it up, delete it."""

import math
from collections.abc import Callable

from bot.playground.files import LARGEST_FILE, File
from bot.playground.methods.call import Call, Method
from bot.playground.shown_files import mime_of, show_file
from bot.playground.wire import Object, Refusal, refuse_arguments

LARGEST_SNIPPET = 1_000_000
LONGEST_ALT = 1_000
SNIPPETS = frozenset(
    [
        "c",
        "cpp",
        "csharp",
        "css",
        "csv",
        "diff",
        "dockerfile",
        "go",
        "html",
        "java",
        "javascript",
        "json",
        "kotlin",
        "markdown",
        "perl",
        "php",
        "python",
        "ruby",
        "rust",
        "shell",
        "sql",
        "swift",
        "text",
        "typescript",
        "xml",
        "yaml",
    ]
)
TYPES = frozenset({"all", "spaces", "snippets", "images", "gdocs", "zips", "pdfs"})


def get_upload_url(call: Call) -> Object:
    size = call.arguments.integer("length", 0)
    if size < 1:
        raise Refusal("missing_argument")
    alt_txt, snippet_type = call.arguments.text("alt_txt"), call.arguments.text("snippet_type")
    if len(alt_txt) > LONGEST_ALT:
        raise Refusal("alt_txt_too_large")
    if snippet_type and snippet_type not in SNIPPETS:
        raise Refusal("unknown_snippet_type")
    if snippet_type and size > LARGEST_SNIPPET:
        raise Refusal("snippet_too_large")
    if size > LARGEST_FILE:
        raise Refusal("file_upload_size_restricted")
    playground, name = call.playground, call.arguments.text("filename")
    owner = playground.team.id, call.actor
    file = playground.files.new(*owner, name, size, alt_txt=alt_txt, snippet_type=snippet_type)
    return {"upload_url": f"{playground.url}/upload/v1/{playground.files.announce(file)}", "file_id": file.id}


def file_info(call: Call) -> Object:
    file = call.playground.files.find(call.arguments.text("file"), call.playground.team.id)
    if not _visible(call, file):
        raise Refusal("not_visible")
    return {"file": show_file(call.playground, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def list_files(call: Call) -> Object:
    found = [file for file in call.playground.files.of(call.playground.team.id) if _visible(call, file)]
    for wanted in (_by_user(call), _by_channel(call), _by_time(call), _by_type(call)):
        found = [file for file in found if wanted(file)]
    count, number = call.arguments.integer("count", 100), call.arguments.integer("page", 1)
    if count < 1 or number < 1:
        raise refuse_arguments("must be more than 0 [json-pointer:/count]")
    shown = found[(number - 1) * count : number * count]
    paging = {"count": count, "total": len(found), "page": number, "pages": math.ceil(len(found) / count)}
    return {"files": [show_file(call.playground, file) for file in shown], "paging": paging}


def delete_file(call: Call) -> Object:
    """The messages that carried it stay, with a mark at its place."""
    files, messages = call.playground.files, call.playground.messages
    file = files.find(call.arguments.text("file"), call.playground.team.id)
    if file.user != call.actor:
        raise Refusal("cant_delete_file")
    files.delete(file)
    for share in file.shares:
        try:
            message = messages.find(share.channel, share.ts)
        except Refusal:
            continue
        left = [{"id": file.id, "mode": "tombstone"} if each["id"] == file.id else each for each in message["files"]]
        messages.change(share.channel, share.ts, files=left)
    return {}


def _visible(call: Call, file: File) -> bool:
    """The caller's own, and what lies in a channel that they are in."""
    who, workspace = call.actor, call.playground.workspace
    return file.user == who or any(who in workspace.channel(share.channel).members for share in file.shares)


def _by_user(call: Call) -> Callable[[File], bool]:
    if "user" not in call.arguments:
        return lambda file: True
    user = call.playground.workspace.person(call.arguments.text("user")).id
    return lambda file: file.user == user


def _by_channel(call: Call) -> Callable[[File], bool]:
    channel = call.arguments.text("channel")
    return lambda file: not channel or any(share.channel == channel for share in file.shares)


def _by_time(call: Call) -> Callable[[File], bool]:
    try:
        earliest = float(call.arguments.text("ts_from") or 0)
        latest = float(call.arguments.text("ts_to") or "inf")
    except ValueError:
        raise refuse_arguments("must be a timestamp [json-pointer:/ts_from]") from None
    return lambda file: earliest <= file.created <= latest


def _by_type(call: Call) -> Callable[[File], bool]:
    types = {each.strip() for each in call.arguments.text("types", "all").split(",")}
    if not types <= TYPES:
        raise Refusal("unknown_type")
    return lambda file: "all" in types or _type_of(file) in types


def _type_of(file: File) -> str:
    if file.snippet_type:
        return "snippets"
    mimetype = mime_of(file)
    return "images" if mimetype.startswith("image/") else {"pdf": "pdfs", "zip": "zips"}.get(file.ending, "")


METHODS = (
    Method(
        "files.getUploadURLExternal",
        get_upload_url,
        ("filename", "length"),
        ("alt_txt", "snippet_type"),
        "files:write",
        4,
    ),
    Method("files.info", file_info, ("file",), ("count", "cursor", "limit", "page"), "files:read", 4),
    Method(
        "files.list",
        list_files,
        (),
        ("channel", "count", "page", "show_files_hidden_by_limit", "ts_from", "ts_to", "types", "user"),
        "files:read",
    ),
    Method("files.delete", delete_file, ("file",), (), "files:write"),
)
