"""Every block of Block Kit as it is drawn."""

import json
from typing import Any

from playwright.async_api import Locator, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import Visit, in_browser
from tests.playground.browser import gallery
from tests.playground.browser.conftest import acts
from tests.playground.browser.shapes import Object, line, mrkdwn, plain, rich, words
from tests.playground.running import Bot
from tests.shared import shared

pytestmark = in_browser


async def _drawn(visit: Visit, slack: AsyncWebClient, *blocks: Object) -> Locator:
    """The one message that holds these blocks."""
    await slack.chat_postMessage(channel="C0TECH", text="t", blocks=list(blocks))
    tab = await visit("?as=ana#/channel/tech-support")
    message = tab.get_by_test_id("message").locator(".blocks")
    await expect(message).to_be_visible()
    return message


async def test_no_block_and_no_element_of_the_schema_is_unknown(visit: Visit, slack: AsyncWebClient) -> None:
    schema = json.loads(shared("contracts/slack-block-kit.schema.json").read_text())["$defs"]
    named = {definition["properties"]["type"]["const"] for definition in schema.values() if _is_typed(definition)}
    shown = gallery.types_in([*gallery.MESSAGE, *gallery.FIGURES, *gallery.INPUTS])
    assert named - shown - gallery.NOT_DRAWN == set()
    await slack.chat_postMessage(channel="C0TECH", text="t", blocks=gallery.FIGURES)
    message = await _drawn_last(visit, slack, gallery.MESSAGE)
    await expect(message.locator(".unknown-block")).to_have_count(0)


def _is_typed(definition: Any) -> bool:
    return "const" in definition.get("properties", {}).get("type", {})


async def _drawn_last(visit: Visit, slack: AsyncWebClient, blocks: list[Object]) -> Locator:
    await slack.chat_postMessage(channel="C0TECH", text="t", blocks=blocks)
    tab = await visit("?as=ana#/channel/tech-support")
    await expect(tab.get_by_test_id("message")).to_have_count(2)
    return tab.get_by_test_id("message").locator(".blocks")


async def test_formatting_is_drawn_as_slack_draws_it(visit: Visit, slack: AsyncWebClient) -> None:
    text = (
        "*bold* _italic_ ~gone~ `code` 2*3*4 <https://example.com|label> <@U0BEN> <#C0TECH> :tada:\n"
        "&gt; quoted\n```fenced```\n<!date^1790000000^on {date_num}|then>"
    )
    message = await _drawn(visit, slack, {"type": "section", "text": mrkdwn(text)})
    for tag, said in (
        ("strong", "bold"),
        ("em", "italic"),
        ("s", "gone"),
        ("code", "code"),
        ("pre", "fenced"),
    ):
        await expect(message.locator(tag)).to_have_text(said)
    await expect(message.locator("blockquote")).to_have_text("quoted")
    await expect(message).to_contain_text("2*3*4")
    await expect(message.locator("a[target=_blank]")).to_have_attribute("href", "https://example.com")
    await expect(message.locator(".mention")).to_have_text(["@Ben Adeyemi", "#tech-support"])
    await expect(message.locator("time")).to_have_text("on 2026-09-21")


async def test_every_part_of_rich_text_is_drawn(visit: Visit, slack: AsyncWebClient) -> None:
    message = await _drawn(visit, slack, gallery.RICH)
    for tag, said in (("strong", "bold"), ("em", "italic"), ("s", "struck"), ("u", "under"), ("mark", "bright")):
        await expect(message.locator(tag)).to_have_text(said)
    await expect(message.locator("code")).to_have_text(["code", "#3b6fd4"])
    await expect(message.locator(".colour-swatch rect")).to_have_attribute("fill", "#3b6fd4")
    await expect(message.locator(".mention-me")).to_have_text(["@Ana Ribeiro", "@billing-team", "@here"])
    await expect(message.locator("time")).to_have_text("2026-09-21")
    await expect(message.locator("ul.indent-0 > li")).to_have_text(["one", "two"])
    await expect(message.locator("ul.indent-1 > li")).to_have_text("inner")
    await expect(message.locator("ol")).to_have_attribute("start", "3")
    await expect(message.locator("blockquote")).to_have_text("quoted")
    await expect(message.locator(".code-language")).to_have_text("python")
    await expect(message.locator("pre")).to_have_text("return 1")


async def test_markdown_is_drawn(visit: Visit, slack: AsyncWebClient) -> None:
    text = (
        "## Steps\n\n- one\n  - two\n\n- [x] done\n\n**strong** [a link](https://example.com) ![pic](https://e.com/x.png)\n\n"
        "```sql\nselect 1\n```\n\n> quoted\n\n| Team | Open |\n|---|--:|\n| Billing | 4 |"
    )
    message = await _drawn(visit, slack, {"type": "markdown", "text": text})
    await expect(message.locator("h4")).to_have_text("Steps")
    await expect(message.locator("ul ul li")).to_have_text("two")
    await expect(message.get_by_role("img", name="done")).to_be_visible()
    await expect(message.locator("strong")).to_have_text("strong")
    await expect(message.locator("a")).to_have_text(["a link", "pic"])
    await expect(message.locator(".code-language")).to_have_text("sql")
    await expect(message.locator("blockquote")).to_have_text("quoted")
    await expect(message.locator("td.align-right")).to_have_text("4")
    await expect(message.locator("img")).to_have_count(0)


async def test_a_table_keeps_its_columns_sides_and_rich_cells(visit: Visit, slack: AsyncWebClient) -> None:
    rows = [
        [{"type": "raw_text", "text": "Team"}, {"type": "raw_text", "text": "Open"}],
        [{"type": "rich_text", "elements": [line(words("Billing", bold=True))]}, {"type": "raw_text", "text": "4"}],
    ]
    message = await _drawn(visit, slack, {"type": "table", "rows": rows, "column_settings": [None, {"align": "right"}]})
    await expect(message.get_by_role("columnheader")).to_have_text(["Team", "Open"])
    await expect(message.locator("td strong")).to_have_text("Billing")
    await expect(message.locator("td.align-right")).to_have_text("4")


async def test_a_data_table_is_sorted_and_paged(visit: Visit, slack: AsyncWebClient) -> None:
    message = await _drawn(visit, slack, gallery.data_table(("Billing", 4), ("Tech", 12), ("Account", 7)))
    names = message.locator("tbody th")
    await expect(names).to_have_text(["Billing", "Tech"])
    await message.get_by_role("button", name="Next").click()
    await expect(names).to_have_text(["Account"])
    await message.get_by_role("button", name="Open").click()
    await expect(names).to_have_text(["Billing", "Account"])
    await message.get_by_role("button", name="Open").click()
    await expect(names).to_have_text(["Tech", "Account"])
    await expect(message.locator("th[aria-sort=descending]")).to_have_text("Open")


async def test_charts_say_their_figures_as_a_table_too(visit: Visit, slack: AsyncWebClient) -> None:
    message = await _drawn(visit, slack, *gallery.CHARTS[:2])
    await expect(message.get_by_role("img", name="Bar chart: Tickets")).to_be_visible()
    await expect(message.locator(".plot-bar rect")).to_have_count(4)
    for summary in await message.get_by_text("Show as a table").all():
        await summary.click()
    figures = message.get_by_role("table")
    await expect(figures.first.locator("td")).to_have_text(["4", "7", "9", "-2"])
    await expect(figures.last.locator("td")).to_have_text(["30", "75%", "10", "25%"])


async def test_pictures_from_elsewhere_are_named_and_never_fetched(visit: Visit, slack: AsyncWebClient) -> None:
    blocks = [block for block in gallery.MESSAGE if block["type"] in {"image", "video", "file", "context"}]
    message = await _drawn(visit, slack, *blocks)
    picture = message.get_by_role("figure", name="Refunds in May").get_by_role("img", name="A chart of refunds")
    await expect(picture).to_contain_text("cdn.example.com")
    await expect(message.get_by_role("link", name="Play How to refund")).to_have_attribute("href", gallery.VIDEO)
    await expect(message.get_by_text("report-2026")).to_be_visible()
    await expect(message.locator("img")).to_have_count(0)


async def test_cards_and_containers_are_worked(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    wanted = {"card", "carousel", "container"}
    message = await _drawn(visit, slack, *(block for block in gallery.MESSAGE if block["type"] in wanted))
    for action_id in ("in-card", "in-carousel-1"):
        await message.locator(f"[data-action-id={action_id}]").click()
    await expect(message.get_by_text("Inside the frame")).to_be_hidden()
    await message.get_by_role("button", name="Show").click()
    await message.locator("[data-action-id=in-container]").click()
    pressed = [act["actions"][0]["action_id"] for act in await acts(bot, 3)]
    assert pressed == ["in-card", "in-carousel-1", "in-container"]


async def test_plans_say_how_far_they_are(visit: Visit, slack: AsyncWebClient) -> None:
    message = await _drawn(visit, slack, gallery.PLAN)
    await expect(message.locator(".plan-count")).to_have_text("1 of 2 done")
    await expect(message.get_by_role("img", name="In progress")).to_be_visible()
    await expect(message.get_by_text("Looking for refunds")).to_be_visible()


async def test_headers_have_levels_and_fields_two_columns(visit: Visit, slack: AsyncWebClient) -> None:
    fields = {"type": "section", "fields": [mrkdwn("*Team*"), plain("Billing")]}
    header = {"type": "header", "text": plain("Small"), "level": 3}
    message = await _drawn(visit, slack, {"type": "header", "text": plain("Large")}, header, fields, rich(line()))
    await expect(message.get_by_role("heading", level=3)).to_have_text("Large")
    await expect(message.get_by_role("heading", level=5)).to_have_text("Small")
    await expect(message.locator(".section-field")).to_have_text(["Team", "Billing"])


async def test_a_long_text_is_folded_until_it_is_wanted(visit: Visit, slack: AsyncWebClient) -> None:
    long = mrkdwn("\n".join(f"line {number}" for number in range(40)))
    message = await _drawn(
        visit,
        slack,
        {"type": "section", "block_id": "folded", "text": long},
        {"type": "section", "block_id": "whole", "text": long, "expand": True},
    )
    last = message.locator("[data-block-id=folded]").get_by_text("line 39")
    await expect(message.locator("[data-block-id=whole]").get_by_text("line 39")).to_be_visible()
    button = message.get_by_role("button", name="See more")
    await expect(button).to_have_attribute("aria-expanded", "false")
    folded = message.locator(".folded")
    assert await folded.evaluate("node => node.scrollHeight > node.clientHeight")
    await button.click()
    await expect(folded).to_have_count(0)
    await expect(last).to_be_visible()
