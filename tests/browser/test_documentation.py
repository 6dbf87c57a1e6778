"""The pages that describe the API, with nothing but our own files and a strict policy."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser import LOOKING

pytestmark = LOOKING

TAG = "Speech%20Sessions"


async def open_call(page: Page, path: str, call: str) -> Locator:
    """One call, opened by its own address: the page draws only those that are in sight."""
    await page.goto(f"{path}#/{TAG}/{call}")
    opened = page.locator(f"[id$={call}].is-open")
    await expect(opened).to_be_visible(timeout=60_000)
    return opened


@pytest.mark.parametrize("path", ["/docs", "/api/v1/docs/"])
async def test_swagger_lists_every_call_and_violates_no_policy(open_browser, path):
    page = await open_browser()
    call = await open_call(page, path, "speech_sessions_create")
    await expect(call.locator(".opblock-summary-post")).to_be_visible()
    await expect(call.locator(".responses-wrapper").first).to_be_visible()
    await call.get_by_role("button", name="Try it out").click()
    await expect(call.get_by_role("button", name="Execute")).to_be_visible()


async def test_swagger_tries_a_call_as_the_person_signed_in(open_browser, alices_cookies):
    page = await open_browser(storage_state=alices_cookies)
    call = await open_call(page, "/api/v1/docs/", "speech_sessions_analytics_retrieve")
    await call.get_by_role("button", name="Try it out").click()
    await call.get_by_role("button", name="Execute").click()
    status = call.locator(".live-responses-table tbody .response-col_status")
    await expect(status).to_contain_text("200")


async def test_redoc_shows_every_call_and_violates_no_policy(open_browser):
    page = await open_browser()
    await page.goto("/redoc")
    await expect(page.get_by_role("heading", name="Analyse again")).to_be_visible(timeout=60_000)
    await page.wait_for_load_state("networkidle")
