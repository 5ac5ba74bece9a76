"""One Chromium for the whole run, a fresh context for every test; whatever the page complains about fails the test."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000
"""Milliseconds; what a slow and busy machine may take for one step."""
Visit = Callable[[str], Awaitable[Page]]

in_browser = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
"""The marks of a module of browser tests: all run on the loop on which the one Chromium lives."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists() and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, base: str) -> AsyncIterator[Visit]:
    """Open the page at an address such as `?as=ana#/helpdesk`; each test starts as a stranger to it."""
    complaints: list[str] = []
    context = await browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(PATIENCE)

    async def go(address: str) -> Page:
        tab = await context.new_page()
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await tab.goto(f"{base}/{address}")
        await tab.wait_for_selector("#live-state[data-live=true]")
        return tab

    yield go
    await context.close()
    assert complaints == []
