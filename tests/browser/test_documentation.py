"""The pages that describe the API, with nothing but our own files and a strict policy."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser import LOOKING

pytestmark = LOOKING


async def look_at(page: Page, call: str) -> Locator:
    """Scroll to a call: the page draws only those that are in sight."""
    await expect(page.locator(".opblock-summary-path").first).to_be_visible(timeout=20_000)
    found = page.locator(call)
    for step in range(1, 150):
        if await found.count():
            break
        if step % 50:
            await page.mouse.wheel(0, 500)
        else:  # it was drawn too late to be seen on the way down
            await page.evaluate("scrollTo(0, 0)")
        await page.wait_for_timeout(150)
    return found.first


@pytest.mark.parametrize("path", ["/docs", "/api/v1/docs/"])
async def test_swagger_lists_every_call_and_violates_no_policy(open_browser, path):
    page = await open_browser()
    await page.goto(path)
    await (await look_at(page, "[id*=speech_sessions_create] .opblock-summary-post")).click()
    await expect(page.locator(".responses-wrapper").first).to_be_visible()
    await page.get_by_role("button", name="Try it out").first.click()
    await expect(page.get_by_role("button", name="Execute").first).to_be_visible()


async def test_swagger_tries_a_call_as_the_person_signed_in(open_browser, alices_cookies):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto("/api/v1/docs/")
    await (await look_at(page, "[id*=speech_sessions_analytics]")).click()
    await page.get_by_role("button", name="Try it out").first.click()
    await page.get_by_role("button", name="Execute").first.click()
    status = page.locator(".live-responses-table tbody .response-col_status").first
    await expect(status).to_contain_text("200")


async def test_redoc_shows_every_call_and_violates_no_policy(open_browser):
    page = await open_browser()
    await page.goto("/redoc")
    await expect(page.get_by_role("heading", name="Analyse again")).to_be_visible(timeout=30_000)
    await page.wait_for_load_state("networkidle")
