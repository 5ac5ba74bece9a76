"""A person's hands on the page of a running world."""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.journey.world import Object, World


@dataclass(frozen=True)
class Hands:
    """Does what people do, in whoever's name, and sees the page as they do."""

    page: Page
    desk: World

    async def go(self, who: str, place: str) -> None:
        await self.page.goto(f"{self.desk.url}/?as={who}#/{place}")
        await self.page.wait_for_selector("#live-state[data-live=true]")

    async def card(self, who: str, subject: str, shows: str = "ticket.approve") -> Locator:
        """Go to where the card of a ticket stands, once it shows something; the card."""
        found = await self.desk.card(subject, shows=shows)
        return await self.message(who, found)

    async def message(self, who: str, found: Object) -> Locator:
        await self.go(who, f"channel/{found['channel']}")
        shown = self.page.locator(f"[data-testid=message][data-ts='{found['ts']}']").first
        await expect(shown).to_be_visible()
        return shown

    async def press(self, where: Locator | Page, action: str) -> None:
        await where.locator(f"[data-action-id='{action}']").first.click()

    async def pick(self, where: Locator | Page, action: str, name: str) -> None:
        """Choose an entry of a menu by the beginning of what it is called."""
        await self.press(where, action)
        await self.page.get_by_role("option", name=re.compile(re.escape(name), re.I)).first.click()

    async def fill(self, action: str, text: str) -> None:
        await self.modal.locator(f"[data-action-id^='{action}']").first.fill(text)

    @property
    def modal(self) -> Locator:
        return self.page.get_by_test_id("modal")

    async def send(self) -> None:
        """Send the form that is open, and see it close."""
        await self.page.get_by_test_id("modal-submit").click()
        await expect(self.modal).to_be_hidden()

    async def close(self) -> None:
        await self.page.get_by_test_id("modal-close").click()
        await expect(self.modal).to_be_hidden()

    async def type(self, words: str) -> None:
        """Say or command something where one is."""
        box = self.page.get_by_test_id("composer")
        await box.fill(words)
        await self.page.keyboard.press("Enter")
        await expect(box).to_have_value("")

    async def told(self, words: str | re.Pattern[str]) -> Locator:
        """What only this person sees, once it is there."""
        shown = self.page.get_by_test_id("ephemeral").filter(has_text=words).last
        await expect(shown).to_be_visible()
        return shown

    async def react(self, message: Locator, emoji: str) -> None:
        await self._key(message, "r")
        await self.page.get_by_label("Search emoji").fill(emoji)
        await self.page.locator(f"[data-emoji='{emoji}']").click()

    async def menu(self, message: Locator, name: str) -> None:
        """Choose an entry of a message's own menu, as its shortcuts are."""
        await self._key(message, "m")
        await self.page.get_by_role("option", name=name).first.click()

    async def _key(self, message: Locator, letter: str) -> None:
        """Use a message's tools by its keys: under a mouse the messages move on while others arrive."""
        await message.focus()
        await self.page.keyboard.press(letter)
