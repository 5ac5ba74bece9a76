"""Files in the shape in which Slack shows them."""

import mimetypes
from urllib.parse import quote

from bot.playground.files import File, Share
from bot.playground.playground import Playground
from bot.playground.wire import Object

_PREVIEWED = 300
"""Characters of a text file that its preview shows."""


def show_file(playground: Playground, file: File) -> Object:
    address = file_address(playground, file)
    mimetype = mime_of(file)
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": mimetype,
        "filetype": file.snippet_type or file.ending,
        "pretty_type": (file.snippet_type or file.ending).upper(),
        "user": file.user,
        "user_team": file.team,
        "editable": bool(file.snippet_type),
        "size": file.size,
        "mode": "snippet" if file.snippet_type else "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(_kind(playground, share) == "channels" for share in file.shares),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": address,
        "url_private_download": f"{address}?download=1",
        "permalink": address,
        "comments_count": 0,
        "is_starred": False,
        "has_rich_preview": False,
        **({"alt_txt": file.alt_txt} if file.alt_txt else {}),
        **_preview(playground, file, mimetype),
        **_places(playground, file),
    }


def file_address(playground: Playground, file: File) -> str:
    return f"{playground.url}/files-pri/{file.team}-{file.id}/{quote(file.name)}"


def mime_of(file: File) -> str:
    return mimetypes.guess_type(file.name)[0] or ("text/plain" if file.snippet_type else "application/octet-stream")


def _preview(playground: Playground, file: File, mimetype: str) -> Object:
    if not mimetype.startswith("text/"):
        return {}
    text = playground.files.read(file).decode(errors="replace")
    lines = text.count("\n") + 1
    return {"preview": text[:_PREVIEWED], "lines": lines, "preview_is_truncated": len(text) > _PREVIEWED}


def _places(playground: Playground, file: File) -> Object:
    """Where it was shared, by kind of conversation, and with which messages."""
    places: Object = {"channels": [], "groups": [], "ims": [], "shares": {}}
    for share in file.shares:
        kind = _kind(playground, share)
        if share.channel not in places[kind]:
            places[kind].append(share.channel)
        shares = places["shares"].setdefault("public" if kind == "channels" else "private", {})
        shares.setdefault(share.channel, []).append(_share(playground, share))
    return places


def _kind(playground: Playground, share: Share) -> str:
    channel = playground.workspace.channel(share.channel)
    return "ims" if channel.is_direct else "groups" if channel.is_private else "channels"


def _share(playground: Playground, share: Share) -> Object:
    return {
        "reply_users": [],
        "reply_users_count": 0,
        "reply_count": 0,
        "ts": share.ts,
        "channel_name": playground.workspace.channel(share.channel).name,
        "team_id": playground.team.id,
        **({"thread_ts": share.thread_ts} if share.thread_ts else {}),
    }
