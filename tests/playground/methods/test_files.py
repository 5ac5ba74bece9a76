"""Files: slack_sdk's own upload, what may come to an upload address, and who may read what came."""

import json
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import credentials
from bot.playground.server import Playground
from tests.playground.conftest import refusal
from tests.playground.methods.stage import SCOPES
from tests.playground.running import Bot

BEARER = {"Authorization": f"Bearer {credentials.BOT_TOKEN}"}


@pytest.fixture(autouse=True)
def scopes(playground: Playground) -> None:
    playground.scopes = SCOPES


async def test_the_clients_own_upload_shares_a_file(
    slack: AsyncWebClient, playground: Playground, page: httpx.AsyncClient, bot: Bot
) -> None:
    playground.events = frozenset({"message"})
    root = playground.messages.post("C0TECH", {"user": "U0BEN", "text": "The log?"})
    uploaded = await slack.files_upload_v2(
        content="line 1\nline 2",
        filename="error.log.txt",
        title="The log",
        channel="C0TECH",
        thread_ts=root["ts"],
        initial_comment="Here it is",
    )
    (message,) = playground.messages.replies("C0TECH", root["ts"])
    assert (message["subtype"], message["text"]) == ("file_share", "Here it is")
    assert message["files"][0]["id"] == uploaded["file"]["id"]
    file = (await slack.files_info(file=uploaded["file"]["id"]))["file"]
    assert (file["title"], file["mimetype"], file["size"], file["lines"]) == ("The log", "text/plain", 13, 2)
    assert file["shares"]["public"]["C0TECH"][0]["ts"] == message["ts"]
    assert (await page.get(file["url_private"], headers=BEARER)).text == "line 1\nline 2"
    event = json.loads((await bot.until(1))[0].body)["event"]
    assert (event["type"], event["subtype"], event["files"][0]["name"]) == ("message", "file_share", "error.log.txt")


async def test_several_files_go_into_one_message(slack: AsyncWebClient, playground: Playground) -> None:
    uploads: list[dict[str, Any]] = [{"content": "a", "filename": "a.txt"}, {"content": b"b", "filename": "b.png"}]
    await slack.files_upload_v2(file_uploads=uploads, channel="C0TECH")
    (message,) = playground.messages.top_level("C0TECH")
    assert [file["name"] for file in message["files"]] == ["a.txt", "b.png"]
    listed = await slack.files_list(channel="C0TECH")
    assert [file["name"] for file in listed["files"]] == ["b.png", "a.txt"]
    assert listed["paging"] == {"count": 100, "total": 2, "page": 1, "pages": 1}
    assert [file["name"] for file in (await slack.files_list(types="images"))["files"]] == ["b.png"]


async def test_an_upload_address_takes_the_announced_bytes_once(slack: AsyncWebClient, page: httpx.AsyncClient) -> None:
    asked = await slack.files_getUploadURLExternal(filename="a.txt", length=5)
    address = asked["upload_url"]
    assert address.startswith(str(page.base_url).rstrip("/"))
    assert (await page.post(address, content=b"1234")).status_code == 400
    assert (await page.post(address, content=b"123456")).status_code == 400
    assert (await page.post(address, content=b"12345")).text == "OK - 5"
    assert (await page.post(address, content=b"12345")).status_code == 400
    assert (await page.post("/upload/v1/MADEUP", content=b"12345")).status_code == 400
    done = await slack.files_completeUploadExternal(files=[{"id": asked["file_id"], "title": "A"}])
    assert done["files"][0]["title"] == "A"
    again = slack.files_completeUploadExternal(files=[{"id": asked["file_id"]}])
    assert (await refusal(again))["error"] == "file_not_found"


async def test_a_file_is_read_with_the_apps_token_or_on_the_page(
    slack: AsyncWebClient, page: httpx.AsyncClient
) -> None:
    address = (await slack.files_upload_v2(content="<script>", filename="a.html"))["file"]["url_private"]
    assert (await page.get(address)).status_code == 403
    assert (await page.get(address, headers={"Authorization": "Bearer xoxb-other"})).status_code == 403
    assert (await page.get(address, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    shown = await page.get(address, headers={"Sec-Fetch-Site": "same-origin"})
    assert (shown.text, shown.headers["content-security-policy"]) == ("<script>", "sandbox")
    assert (await page.get("/files-pri/T0PLAY-F0/a.html", headers=BEARER)).status_code == 404


async def test_a_deleted_file_leaves_a_mark_in_its_message(slack: AsyncWebClient, playground: Playground) -> None:
    file = (await slack.files_upload_v2(content="a", filename="a.txt", channel="C0TECH"))["file"]
    await slack.files_delete(file=file["id"])
    (message,) = playground.messages.top_level("C0TECH")
    assert message["files"] == [{"id": file["id"], "mode": "tombstone"}]
    assert (await refusal(slack.files_info(file=file["id"])))["error"] == "file_deleted"


async def test_a_persons_file_is_seen_by_the_app_once_it_is_shared_with_it(
    slack: AsyncWebClient, playground: Playground, page: httpx.AsyncClient
) -> None:
    sent = await page.post("/playground/upload", params={"user": "U0BEN", "name": "b.pdf"}, content=b"%PDF")
    file = sent.json()["file"]
    assert (file["user"], file["filetype"], file["size"]) == ("U0BEN", "pdf", 4)
    assert (await refusal(slack.files_info(file=file["id"])))["error"] == "not_visible"
    nobody = await page.post("/playground/upload", params={"user": "U0NOBODY", "name": "b.pdf"}, content=b"%PDF")
    assert nobody.json()["ok"] is False


async def test_what_is_too_large_is_not_kept(page: httpx.AsyncClient) -> None:
    large = b"x" * 20_000_001
    sent = await page.post("/playground/upload", params={"user": "U0BEN", "name": "b.pdf"}, content=large)
    assert sent.json() == {"ok": False, "error": "A file may have 20,000,000 bytes."}
