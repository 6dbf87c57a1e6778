"""The report in a real browser: its tabs, its time line, and hearing whatever is pressed."""

import asyncio
import time

import pytest

from tests.browser import LOOKING
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import violations_of

pytestmark = LOOKING

TABS = ("summary", "transcript", "delivery", "words", "practice")
_TIME = "document.querySelector('session-player audio').currentTime"
_PAUSED = "document.querySelector('session-player audio').paused"
_ROWS = "JSON.parse(document.getElementById('timeline-data').textContent)"


async def until(page, true: str, seconds: float = 15) -> None:
    """Until an expression of the page holds; asked from outside, as its policy forbids eval."""
    end = time.monotonic() + seconds
    while not await page.evaluate(true):
        assert time.monotonic() < end, (true, await page.evaluate(_TIME))
        await asyncio.sleep(0.1)


async def time_near(page, seconds: float) -> None:
    """The player has jumped to about `seconds`: a little before, and soon on its way."""
    await until(page, f"{_TIME} > 0 && Math.abs({_TIME} - {seconds}) < 2")


async def press_at(page, row: str, seconds: float, duration: float) -> None:
    track = page.locator(f'[data-row="{row}"]')
    await track.scroll_into_view_if_needed()
    box = await track.bounding_box()
    await track.click(position={"x": box["width"] * seconds / duration, "y": box["height"] / 2})


@pytest.mark.parametrize("tab", TABS)
async def test_every_tab_is_open_to_everybody(tab, open_browser, alices_cookies, report_page):
    page = await open_browser(storage_state=alices_cookies)
    assert await violations_of(page, f"{report_page}?tab={tab}") == {}


@pytest.mark.parametrize("width", [320, 1280])
async def test_pressing_a_mark_or_a_curve_plays_from_there(
    width, open_browser, alices_cookies, report_page
):
    page = await open_browser(
        storage_state=alices_cookies, viewport={"width": width, "height": 800}
    )
    await page.goto(f"{report_page}?tab=delivery")
    await page.wait_for_selector("speech-timeline rect")
    drawn = await page.evaluate(_ROWS)
    for row in ("fillers", "pauses"):
        start, end, *_ = drawn["rows"][row]["marks"][-1]
        await press_at(page, row, (start + end) / 2, drawn["duration"])
        await time_near(page, start)
    for row in {"pace", "pitch"} & set(drawn["rows"]):
        middle = drawn["duration"] / 2
        await press_at(page, row, middle, drawn["duration"])
        await time_near(page, middle)
    await until(page, _PAUSED)  # it stops a little after the moment
    assert await page.evaluate(_TIME) < drawn["duration"] - 1


async def test_arrows_go_from_mark_to_mark_and_enter_plays(
    open_browser, alices_cookies, report_page
):
    page = await open_browser(storage_state=alices_cookies, viewport=DESKTOP)
    await page.goto(f"{report_page}?tab=delivery")
    await page.wait_for_selector("speech-timeline rect")
    marks = (await page.evaluate(_ROWS))["rows"]["fillers"]["marks"]
    track = page.locator('[data-row="fillers"]')
    await track.focus()
    await page.keyboard.press("End")
    assert await track.get_attribute("aria-valuenow") == str(len(marks))
    await page.keyboard.press("ArrowLeft")
    assert await track.get_attribute("aria-valuenow") == str(len(marks) - 1)
    assert marks[-2][2] in await track.get_attribute("aria-valuetext")
    await page.keyboard.press("Enter")
    await time_near(page, marks[-2][0])


async def test_tabs_switch_in_place_and_the_back_button_goes_back(
    open_browser, alices_cookies, report_page
):
    page = await open_browser(storage_state=alices_cookies, viewport=PHONE)
    await page.goto(report_page)
    await page.evaluate("window.stayed = true")
    await page.get_by_role("tab", name="Summary").focus()
    for name in ("Transcript", "Delivery"):
        await page.keyboard.press("ArrowRight")
        tab = page.get_by_role("tab", name=name)
        assert await tab.get_attribute("aria-selected") == "true"
        assert await page.evaluate("document.activeElement.textContent") == name
    assert page.url.endswith("?tab=delivery")
    assert await page.locator("speech-timeline").is_visible()
    await page.go_back()
    assert page.url.endswith("?tab=transcript")
    assert await page.locator(".transcript").is_visible()
    assert await page.locator("speech-timeline").is_hidden()
    await page.get_by_role("tab", name="Summary").click()
    await page.get_by_role("link", name="How to practise it").click()
    assert await page.locator("#panel-practice").is_visible()
    assert await page.evaluate("window.stayed")


async def test_reliability_opens_by_keyboard_and_its_moments_can_be_heard(
    open_browser, alices_cookies, report_page
):
    page = await open_browser(storage_state=alices_cookies, viewport=PHONE)
    await page.goto(report_page)
    summary = page.locator("#panel-summary .sure:has(.moments) > summary").first
    await summary.focus()
    await page.keyboard.press("Enter")
    moment = page.locator("#panel-summary .sure[open] .time-link").last
    start = float(await moment.get_attribute("data-seek"))
    await moment.click()
    await time_near(page, start)


async def test_tabs_work_without_scripts(open_browser, alices_cookies, report_page):
    page = await open_browser(storage_state=alices_cookies, java_script_enabled=False)
    await page.goto(report_page)
    await page.click('a[data-tab="words"]')
    assert page.url.endswith("?tab=words")
    assert await page.locator("#panel-words").is_visible()
    assert await page.locator("#panel-summary").is_hidden()
    assert await page.locator("session-player audio").is_visible()
