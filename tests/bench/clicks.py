"""A person at the page who opens one thing after the other, and a stopwatch that runs inside the page."""

from dataclasses import dataclass, field

from playwright.async_api import Error, Locator, Page

MODAL = "[data-testid=modal][open]"
PATIENCE = 10_000
"""Milliseconds after which a click counts as never answered."""

_STOPWATCH = """(answer) => {
  const seen = () => [...document.querySelectorAll(answer)].some((node) => node.checkVisibility());
  window.answered = new Promise((resolve) => {
    document.addEventListener("click", (event) => {
      const look = () => (seen() ? resolve(performance.now() - event.timeStamp) : requestAnimationFrame(look));
      look();
    }, { capture: true, once: true });
  });
}"""
"""From the next click's own time to the first frame in which the answer is there."""

_CARD_IN_VIEW = """() => {
  const frame = document.querySelector(".channel-pane .timeline").getBoundingClientRect();
  const inside = ({ top, bottom }) => top > frame.top + 60 && bottom < frame.bottom - 60;
  const buttons = [...document.querySelectorAll(".channel-pane article [data-action-id='ticket.edit']")];
  const cards = buttons.filter((button) => button.closest("article").querySelector("[data-action-id='ticket.more']"));
  const found = cards.find((button) => inside(button.getBoundingClientRect())) ?? cards.at(-4) ?? cards[0];
  if (!found) return null;
  if (!inside(found.getBoundingClientRect())) found.scrollIntoView({ block: "center" });
  return found.closest("article").dataset.ts;
}"""
"""A card that the person has before them; else one is brought there, as a person scrolls to it."""


@dataclass
class Times:
    """Milliseconds from click to visible answer, by what was clicked."""

    edit: list[float] = field(default_factory=list)
    thread: list[float] = field(default_factory=list)
    why: list[float] = field(default_factory=list)
    missed: int = 0

    @property
    def all(self) -> list[float]:
        return sorted([*self.edit, *self.thread, *self.why])


async def click_once(tab: Page, times: Times, turn: int) -> None:
    """Open an Edit modal, a thread or a "Why?" by turns, and close it again."""
    ts = await tab.evaluate(_CARD_IN_VIEW)
    if ts is None:
        await tab.wait_for_timeout(200)
        return
    card = tab.locator(f".channel-pane article[data-ts='{ts}']")
    try:
        await (_edit, _thread, _why)[turn % 3](tab, card, times)
    except Error:
        times.missed += 1
        await tab.keyboard.press("Escape")


async def _edit(tab: Page, card: Locator, times: Times) -> None:
    times.edit.append(await _timed(tab, card.locator("[data-action-id='ticket.edit']"), f"{MODAL} textarea"))
    await _close_modal(tab)


async def _thread(tab: Page, card: Locator, times: Times) -> None:
    await card.hover(position={"x": 60, "y": 8}, timeout=PATIENCE)
    answer = "[data-testid=thread] article"
    times.thread.append(await _timed(tab, card.get_by_test_id("reply-in-thread"), answer))
    await tab.get_by_test_id("thread-close").click(timeout=PATIENCE)


async def _why(tab: Page, card: Locator, times: Times) -> None:
    await card.locator("[data-action-id='ticket.more']").click(timeout=PATIENCE)
    option = tab.get_by_role("option", name="Why this?")
    times.why.append(await _timed(tab, option, f"{MODAL} .modal-body .block"))
    await _close_modal(tab)


async def _timed(tab: Page, target: Locator, answer: str) -> float:
    await tab.evaluate(_STOPWATCH, answer)
    await target.click(timeout=PATIENCE)
    giving_up = f"Promise.race([window.answered, new Promise((_, no) => setTimeout(no, {PATIENCE}))])"
    return float(await tab.evaluate(giving_up))


async def _close_modal(tab: Page) -> None:
    await tab.get_by_test_id("modal-close").click(timeout=PATIENCE)
    await tab.locator(MODAL).wait_for(state="detached", timeout=PATIENCE)
