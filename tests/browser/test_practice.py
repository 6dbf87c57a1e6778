"""Practising against the clock: paused, reloaded, offline, spoken, and measured."""

import re

from playwright.async_api import Page, expect

from tests.browser import MARKS

pytestmark = MARKS


async def begin(page: Page, title: str) -> None:
    await page.goto("/practice/")
    card = page.locator(".practice-card", has_text=title)
    await card.get_by_role("button").click()
    await page.wait_for_url(re.compile(r"/practice/\d+/$"))
    await expect(page.locator("[data-part=pause]")).to_be_enabled()


async def seconds_shown(page: Page) -> int:
    minutes, seconds = (await page.locator("[data-part=time]").inner_text()).split(":")
    return int(minutes) * 60 + int(seconds)


async def test_practice_is_paused_reloaded_finished_offline_and_measured_once(
    open_browser, alices_cookies, stack
):
    page = await open_browser(storage_state=alices_cookies)
    await begin(page, "A minute without fillers")
    await page.check("[data-part=record]")
    await page.locator("h1").click()
    await expect(page.locator("[data-part=time]")).to_have_text("0:08", timeout=30_000)

    await page.keyboard.press("Space")
    await expect(page.locator("[data-part=pause-caption]")).to_have_text("Go on")
    paused_at = await seconds_shown(page)
    second = await open_browser(storage_state=alices_cookies)
    await second.goto(page.url)
    await expect(second.locator("[data-part=pause-caption]")).to_have_text("Go on")
    assert abs(await seconds_shown(second) - paused_at) <= 2
    await second.context.close()

    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("[data-part=place]")).to_have_text("Step 2 of 2")
    await expect(page.locator("[data-part=time]")).to_have_text("0:06", timeout=30_000)
    await page.context.set_offline(True)
    await page.click("[data-part=finish]")
    await expect(page.locator("[data-part=note]")).to_contain_text("No connection")
    await page.context.set_offline(False)

    await expect(page.locator("h1")).to_contain_text("You did", timeout=60_000)
    counted = stack.shell(
        "from practice.models import PracticeSession\n"
        f"session = PracticeSession.objects.get(pk={page.url.rstrip('/').rsplit('/', 1)[1]})\n"
        "answer = [session.completion_status, session.steps_completed, session.pauses.count(),"
        " session.recording.user.practice_sessions.filter(recording__isnull=False).count()]"
    )
    assert counted == ["partial", 1, 1, 1]
    await page.get_by_role("link", name=re.compile("report|how far")).click()
    await expect(page.locator(".measures")).to_be_visible(timeout=120_000)


async def test_practice_without_recording_is_stored_too(open_browser, alices_cookies):
    page = await open_browser(storage_state=alices_cookies)
    await begin(page, "Three table topics")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("[data-part=lights]")).to_contain_text("1:00 green")
    await page.click("[data-part=finish]")
    await expect(page.locator("h1")).to_contain_text("Broken off after")
