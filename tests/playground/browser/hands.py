"""What a person's hands do with an element, by its action id."""

from playwright.async_api import Page, expect


async def choose(tab: Page, action_id: str, name: str) -> None:
    await tab.locator(f"[data-action-id={action_id}]").click()
    await tab.get_by_role("option", name=name).click()


async def choose_many(tab: Page, action_id: str, *names: str) -> None:
    """Picks each, then closes the list: only that ends the choosing."""
    await tab.locator(f"[data-action-id={action_id}]").click()
    for name in names:
        await tab.get_by_role("option", name=name).click()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_test_id("menu")).to_have_count(0)


async def press(tab: Page, action_id: str) -> None:
    await tab.locator(f"[data-action-id={action_id}]").first.click()


async def fill(tab: Page, action_id: str, text: str) -> None:
    field = tab.locator(f"[data-action-id={action_id}]")
    await field.fill(text)
    await field.blur()


async def check(tab: Page, action_id: str, label: str) -> None:
    await tab.locator(f"[data-action-id={action_id}]").get_by_label(label).click()


async def pick_day(tab: Page, action_id: str, day: str) -> None:
    """A day of the month that the calendar shows at first."""
    await tab.locator(f"[data-action-id={action_id}]").click()
    await tab.get_by_test_id("calendar").locator(f"[data-day='{day}']").click()
