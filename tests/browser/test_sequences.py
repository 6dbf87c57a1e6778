"""The editor of sequences: the same with the script and without it."""

import pytest
from playwright.async_api import expect

from tests.browser import LOOKING

pytestmark = LOOKING


async def fill(page, place: int, title: str, time: str) -> None:
    await page.fill(f"[name=steps-{place}-title]", title)
    await page.fill(f"[name=steps-{place}-seconds]", time)


@pytest.mark.parametrize("scripts", [True, False])
async def test_steps_are_added_moved_taken_away_and_kept(scripts, open_browser, alices_cookies):
    page = await open_browser(storage_state=alices_cookies, java_script_enabled=scripts)
    await page.goto("/practice/sequences/new/")
    await page.fill("[name=title]", f"Before a call, {scripts}")
    await fill(page, 0, "Say it", "1:30")
    for place, title in enumerate(("Breathe", "Smile"), start=1):
        await page.click("button[value=add]")
        await fill(page, place, title, "20")
    if scripts:
        assert await page.inner_text("[data-part=total]") == "2:10 in all"
        await page.focus("[name=steps-1-title]")
        await page.keyboard.press("Alt+ArrowUp")
    else:
        await page.click("button[value=up-1]")
    await expect(page.locator("[name=steps-0-title]")).to_have_value("Breathe")
    await page.click("button[value=remove-2]")
    await expect(page.locator("[name$=-title]")).to_have_count(2)
    await expect(page.locator("[name=steps-1-title]")).to_have_value("Say it")
    await page.click(".form-actions button[value=save]")
    await page.wait_for_url("**/practice/sequences/")
    row = page.locator(".row", has_text=f"Before a call, {scripts}")
    assert "2 steps · 1:50" in await row.inner_text()
