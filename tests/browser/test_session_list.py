"""The list of sessions under the fingers: filters that need no button, and many rows at once."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser import MARKS
from tests.phone import Phone

pytestmark = MARKS

LIST = "/speech-sessions/"


@pytest.fixture(scope="module")
def two_records(stack) -> None:
    """Two sessions that nothing needs to analyse."""
    phone = Phone(stack.address, "alice@example.org")
    for title in ("Evening class", "Morning class"):
        phone.call("POST", "/api/v1/speech-sessions/", {"duration": 60, "title": title})


async def test_typing_filters_the_list_and_the_address_keeps_it(
    open_browser, alices_cookies, two_records
):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto(LIST)
    await page.locator("[name=search]").press_sequentially("evening")

    await expect(page.locator(".row-title")).to_have_text(["Evening class"])
    await expect(page.locator("#session-total")).to_have_text("1 session, 1 min of speaking")
    await expect(page.locator("[name=search]")).to_be_focused()
    await page.wait_for_url(re.compile("search=evening"))
    await page.reload()
    await expect(page.locator(".row-title")).to_have_text(["Evening class"])


async def test_what_was_typed_before_the_script_came_filters_the_list(
    open_browser, alices_cookies, two_records
):
    # What a service worker fetches could not be held back.
    page = await open_browser(storage_state=alices_cookies, service_workers="block")
    typed = asyncio.Event()

    async def late(route) -> None:
        await typed.wait()
        await route.continue_()

    await page.route("**/htmx*.js", late)
    await page.goto(LIST, wait_until="domcontentloaded")
    await page.fill("[name=search]", "evening")
    typed.set()

    await expect(page.locator(".row-title")).to_have_text(["Evening class"])
    await page.wait_for_url(re.compile("search=evening"))


async def test_dates_appear_where_they_are_asked_for(open_browser, alices_cookies, two_records):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto(LIST)
    await expect(page.locator("[name=date_after]")).to_be_hidden()
    await page.select_option("[name=period]", "dates")
    await expect(page.locator("[name=date_after]")).to_be_visible()
    await page.fill("[name=date_before]", "2001-01-01")
    await expect(page.get_by_text("No session matches.")).to_be_visible()
    # A request that a closing page cuts off would be told in the console.
    await page.wait_for_load_state("networkidle")


async def test_selected_sessions_are_archived_by_keyboard(
    open_browser, alices_cookies, two_records
):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto(f"{LIST}?search=morning")
    archive = page.locator("button[value=archive]")
    await expect(archive).to_be_hidden()
    await page.locator("[name=ids]").focus()
    await page.keyboard.press("Space")
    await expect(archive).to_be_visible()
    await archive.focus()
    await page.keyboard.press("Enter")

    await expect(page.locator("#messages")).to_contain_text("1 session archived.")
    await expect(page.get_by_text("No session matches.")).to_be_visible()
    await page.goto(f"{LIST}?status=archived")
    await expect(page.locator(".row-title")).to_have_text(["Morning class"])
