"""The rich text editor: what its tools, its keys and the clipboard make of a text."""

from playwright.async_api import Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import Visit, in_browser
from tests.playground.browser.conftest import acts
from tests.playground.browser.opening import opened
from tests.playground.browser.shapes import Object, asked, form, line, rich, words
from tests.playground.running import Bot

pytestmark = in_browser

TOOLS: dict[str, Object] = {
    "Bold": line(words("word", bold=True)),
    "Italic": line(words("word", italic=True)),
    "Strikethrough": line(words("word", strike=True)),
    "Code": line(words("word", code=True)),
    "Ordered list": {"type": "rich_text_list", "style": "ordered", "indent": 0, "elements": [line(words("word"))]},
    "Bulleted list": {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [line(words("word"))]},
    "Quote": {"type": "rich_text_quote", "elements": [words("word")]},
    "Code block": {"type": "rich_text_preformatted", "elements": [words("word")]},
}
KEYS = {
    "Control+b": "Bold",
    "Control+i": "Italic",
    "Control+Shift+X": "Strikethrough",
    "Control+e": "Code",
    "Control+Shift+7": "Ordered list",
    "Control+Shift+8": "Bulleted list",
    "Control+Shift+9": "Quote",
}


def _name(tool: str, by: str) -> str:
    return f"{tool.lower().replace(' ', '-')}-{by}"


def _editor(tab: Page, name: str) -> Locator:
    return tab.locator(f"[data-block-id={name}] [role=textbox]")


async def _values(tab: Page, bot: Bot) -> Object:
    await tab.get_by_test_id("modal-submit").click()
    values = (await acts(bot, 2))[1]["view"]["state"]["values"]
    return {name: held[f"a-{name}"]["rich_text_value"] for name, held in values.items()}


async def test_each_tool_and_each_shortcut_formats_what_is_selected(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    names = [*(_name(tool, "pressed") for tool in TOOLS), *(_name(tool, "typed") for tool in KEYS.values())]
    value = rich(line(words("word")))
    inputs = [asked(name, {"type": "rich_text_input", "initial_value": value}) for name in names]
    tab, _ = await opened(visit, slack, bot, form(*inputs))
    for tool in TOOLS:
        name = _name(tool, "pressed")
        await _editor(tab, name).select_text()
        button = tab.locator(f"[data-block-id={name}]").get_by_role("button", name=tool, exact=True)
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")
    for keys, tool in KEYS.items():
        await _editor(tab, _name(tool, "typed")).select_text()
        await tab.keyboard.press(keys)
    values = await _values(tab, bot)
    for tool, made in TOOLS.items():
        assert values[_name(tool, "pressed")] == rich(made)
    for tool in KEYS.values():
        assert values[_name(tool, "typed")] == rich(TOOLS[tool])


async def test_only_words_are_pasted(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tab, _ = await opened(visit, slack, bot, form(asked("note", {"type": "rich_text_input"})))
    await _editor(tab, "note").evaluate(
        """editor => {
          const data = new DataTransfer();
          data.setData("text/html", "<img src=x onerror=alert(1)><b>bold</b>");
          data.setData("text/plain", "<b>bold</b>");
          editor.focus();
          editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, cancelable: true }));
        }"""
    )
    assert await _values(tab, bot) == {"note": rich(line(words("<b>bold</b>")))}


async def test_lines_and_lists_in_lists_are_kept(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    def listed(indent: int, *items: str) -> Object:
        elements = [line(words(item)) for item in items]
        return {"type": "rich_text_list", "style": "bullet", "indent": indent, "elements": elements}

    value = rich(line(words("first\nsecond")), listed(0, "one", "two"), listed(1, "inner"), listed(0, "three"))
    element = {"type": "rich_text_input", "initial_value": value}
    tab, _ = await opened(visit, slack, bot, form(asked("note", element)))
    assert await _values(tab, bot) == {"note": value}
