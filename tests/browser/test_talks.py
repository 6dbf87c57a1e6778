"""Rehearsing a talk beside its script, and saying phrases where there is no voice."""

import re

from playwright.async_api import expect

from tests.browser import MARKS

pytestmark = MARKS


async def test_talk_scrolls_waits_and_holds_each_section_against_its_time(
    open_browser, alices_cookies
):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto("/practice/talks/new/")
    await page.fill("[name=title]", "Trams")
    await page.fill("[name=script]", "\n\n".join(["Ten years ago this street was loud. " * 6] * 9))
    await page.fill("[name=sections]", "0:02 Then\n1:30 Now")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("button", name="Rehearse").click()
    await page.wait_for_url(re.compile(r"/practice/\d+/$"))
    script = page.locator("[data-prompter=view]")
    outline = page.locator("talk-outline")

    await expect(outline).to_contain_text("over its time")
    await expect(outline).to_contain_text("behind the plan", timeout=20_000)
    assert await script.evaluate("element => element.scrollTop") > 0
    await page.keyboard.press("Space")
    await expect(page.locator("[data-part=pause-caption]")).to_have_text("Go on")
    await page.keyboard.press("ArrowDown")
    pace = page.locator("[data-prompter=pace]")
    own_pace = int((await pace.inner_text()).split()[0])
    await page.keyboard.press("+")
    await expect(pace).to_have_text(f"{own_pace + 10} wpm")
    await expect(page.locator("[data-prompter=text] p").nth(1)).to_have_attribute(
        "data-current", ""
    )
    await page.reload()
    await expect(pace).to_have_text(f"{own_pace + 10} wpm")
    await expect(page.locator("[data-prompter=text] p").nth(1)).to_have_attribute(
        "data-current", ""
    )

    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await expect(outline).to_contain_text("the last section")
    await page.click("[data-part=finish]")
    await expect(page.get_by_role("table")).to_contain_text("over", timeout=30_000)
    await expect(page.get_by_role("row", name="Now")).to_contain_text("not finished")


async def test_phrases_are_read_recorded_and_measured_without_a_voice(open_browser, alices_cookies):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto("/practice/shadowing/")
    await page.get_by_role("button", name="A morning by the harbour").click()
    note = page.locator("[data-shadow=voice-note]")
    await expect(note).to_contain_text("no voice for this language")
    main = page.locator("[data-shadow=main]")
    await main.click()
    await expect(main).to_have_text("Done")
    await page.wait_for_timeout(2_000)
    await main.click()
    await expect(page.locator("[data-shadow=own]")).to_be_enabled()
    await page.click("[data-shadow=finish]")
    await expect(page.locator("h1")).to_contain_text("Broken off after", timeout=30_000)
    await expect(page.get_by_role("table")).to_contain_text("The harbour is still asleep")
