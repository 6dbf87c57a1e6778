"""Practising against the clock: on two devices, reloaded, offline, spoken, and measured."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page, Route, expect

from tests.browser import MARKS
from tests.browser.conftest import sign_in

pytestmark = MARKS

_READY = "navigator.serviceWorker.ready.then(() => undefined)"

# The step that the newest practice stands at, as this device keeps it, is `step`.
_STEP_KEPT = """
step => new Promise((resolve) => {
  const opening = indexedDB.open("verbalcoach-practice");
  opening.onsuccess = () => {
    const all = opening.result.transaction("practices").objectStore("practices").getAll();
    all.onsuccess = () => {
      opening.result.close();
      const kept = all.result.sort((one, other) => other.changedAt - one.changedAt)[0];
      resolve(kept?.clock.step === step);
    };
  };
})
"""


async def open_practice(page: Page) -> None:
    """The page of practice, with all that it keeps for later."""
    await page.goto("/practice/")
    await page.evaluate(_READY)
    kit = page.locator("offline-kit")
    await expect(kit).to_contain_text("Works without a connection", timeout=20_000)


async def begin(page: Page, title: str) -> None:
    await open_practice(page)
    await page.locator(".row", has_text=title).get_by_role("button").last.click()
    await page.wait_for_url(re.compile(r"/practice/(\d+/|offline/\?practice=.+)$"))
    await expect(page.locator("[data-part=pause]")).to_be_enabled()


async def seconds_shown(page: Page) -> int:
    minutes, seconds = (await page.locator("[data-part=time]").inner_text()).split(":")
    return int(minutes) * 60 + int(seconds)


async def spoken_for(page: Page, seconds: int) -> None:
    """The clock, which counts up, has come to `seconds` of the first minute, or further."""
    shown = "|".join(f"{second:02}" for second in range(seconds, 60))
    clock = page.locator("[data-part=time]")
    await expect(clock).to_have_text(re.compile(rf"^0:({shown})$"), timeout=40_000)


async def expect_paused(page: Page, paused: bool) -> None:
    caption = "Go on" if paused else "Pause"
    await expect(page.locator("[data-part=pause-caption]")).to_have_text(caption)


async def press_space(page: Page) -> None:
    await page.locator("h1").click()
    await page.keyboard.press("Space")


@asynccontextmanager
async def answered_late(page: Page, url: str) -> AsyncIterator[None]:
    """What `page` hears from `url` is from before what happens inside; it asks once more."""
    answered, may_arrive = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        response = await route.fetch()
        answered.set()
        await may_arrive.wait()
        await route.fulfill(response=response)

    await page.route(url, hold, times=1)
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await asyncio.wait_for(answered.wait(), 20)
    yield
    async with page.expect_request(url):
        may_arrive.set()


async def test_practice_on_two_devices_reloaded_and_finished_offline_is_one_session_one_recording(
    open_browser, alices_cookies, stack
):
    first = await open_browser(storage_state=alices_cookies)
    await begin(first, "A minute without fillers")
    await first.check("[data-part=record]")
    await spoken_for(first, 6)
    await press_space(first)
    await expect_paused(first, True)
    paused_at = await seconds_shown(first)
    await first.reload()
    await expect_paused(first, True)
    assert abs(await seconds_shown(first) - paused_at) <= 1

    # A second part is spoken after the reload: it becomes one recording with the first.
    await press_space(first)
    await spoken_for(first, paused_at + 3)
    await press_space(first)
    await expect_paused(first, True)
    paused_at = await seconds_shown(first)

    second = await open_browser(storage_state=alices_cookies)
    await open_practice(second)
    await second.get_by_role("link", name="Go on with it").click()
    await expect_paused(second, True)
    assert abs(await seconds_shown(second) - paused_at) <= 2
    await press_space(second)
    await expect_paused(second, False)
    await second.keyboard.press("ArrowRight")
    await expect(second.locator("[data-part=place]")).to_have_text("Step 2 of 2")

    await second.context.set_offline(True)
    await second.reload()
    await expect(second.locator("[data-part=place]")).to_have_text("Step 2 of 2")
    await expect_paused(second, False)
    await second.click("[data-part=finish]")
    await expect(second.locator("[data-part=note]")).to_contain_text("No connection")
    await second.context.set_offline(False)
    await expect(second.locator("h1")).to_contain_text("You did", timeout=60_000)

    # What was spoken lies on the first device, which hears of the end and sends it.
    await expect(first.locator("h1")).to_contain_text("You did", timeout=60_000)
    counts = (
        "from practice.models import PracticeSession\n"
        f"session = PracticeSession.objects.get(pk={second.url.rstrip('/').rsplit('/', 1)[1]})\n"
        "recordings = session.user.speech_sessions.filter(kind='practice')\n"
        "answer = [session.completion_status, session.steps_completed, session.pauses.count(),"
        " recordings.count(), session.recording_id == recordings.get().pk,"
        " session.user.practice_sessions.filter(pk__gte=session.pk).count()]"
    )
    await expect(first.get_by_role("link", name=re.compile("report|how far"))).to_be_visible(
        timeout=60_000
    )
    assert stack.shell(counts) == ["partial", 1, 2, 1, True, 1]
    await first.get_by_role("link", name=re.compile("report|how far")).click()
    await expect(first.locator(".measures")).to_be_visible(timeout=120_000)


async def test_clock_follows_what_another_device_does_and_comes_back_after_a_lost_connection(
    open_browser, alices_cookies, stack
):
    session_id = stack.shell(
        "from accounts.models import User\n"
        "from practice import services\n"
        "from practice.models import Sequence\n"
        "alice = User.objects.get(email='alice@example.org')\n"
        "answer = services.start(alice, Sequence.objects.get(name='table-topic')).pk"
    )
    first, second = [await open_browser(storage_state=alices_cookies) for _device in range(2)]
    for page in (first, second):
        await page.goto(f"/practice/{session_id}/")
        await expect(page.locator("[data-part=pause]")).to_be_enabled()
    await press_space(first)
    await expect_paused(second, True)
    assert abs(await seconds_shown(first) - await seconds_shown(second)) <= 1
    await press_space(second)
    await expect_paused(first, False)
    place = second.locator("[data-part=place]")
    async with answered_late(second, f"**/api/v1/practice/sessions/{session_id}/"):
        await first.keyboard.press("ArrowRight")
        await expect(place).to_have_text("Step 2 of 2")
    await expect(place).to_have_text("Step 2 of 2")

    # What happens while one of them hears nothing is known as soon as it hears again.
    await second.context.set_offline(True)
    await press_space(first)
    await expect_paused(first, True)
    await second.context.set_offline(False)
    await expect_paused(second, True)
    assert abs(await seconds_shown(first) - await seconds_shown(second)) <= 1
    await second.click("[data-part=finish]")
    for page in (second, first):
        await expect(page.locator("h1")).to_contain_text(
            re.compile("You did|You practised|Broken off"), timeout=20_000
        )


async def test_practice_begun_without_a_connection_is_sent_later_and_forgotten_here(
    open_browser, stack
):
    page = await open_browser()
    await sign_in(page, "charlie")
    await open_practice(page)
    await page.context.set_offline(True)
    await begin(page, "One table topic")
    prompt = await page.locator("h1").inner_text()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("[data-part=lights]")).to_contain_text("1:00 green")
    await page.keyboard.press("ArrowLeft")
    await expect(page.locator("[data-part=place]")).to_have_text("Step 1 of 2")
    await page.wait_for_function(_STEP_KEPT, arg=0)
    await page.goto("/practice/")
    await page.get_by_role("link", name="Go on with what you began").click()
    await expect(page.locator("h1")).to_have_text(prompt)
    await page.click("[data-part=finish]")
    await expect(page.locator("[data-part=note]")).to_contain_text("No connection")
    await page.goto("/speech-sessions/")
    await expect(page.locator("h1")).to_have_text("There is no connection")
    await page.get_by_role("link", name="Practise").click()
    await expect(page.get_by_text(re.compile(r"\d things wait to be sent"))).to_be_visible()
    async with page.expect_response("**/practice/sync/"):
        await page.context.set_offline(False)
    found = stack.shell(
        "from practice.models import PracticeSession\n"
        "session = PracticeSession.objects.get(user__email='charlie@example.org')\n"
        "answer = [session.question.text, session.sequence.title, session.completion_status]"
    )
    assert found == [prompt, "One table topic", "abandoned"]
    await page.locator(".menu summary").click()
    await page.get_by_role("button", name="Sign out").click()
    await page.wait_for_url(re.compile(r"/$"))
    kept = await page.evaluate("caches.keys()")
    assert [name for name in kept if name.startswith("person-")] == []


async def test_product_can_be_installed(open_browser):
    page = await open_browser()
    await page.goto("/")
    client = await page.context.new_cdp_session(page)
    answer = await client.send("Page.getAppManifest")
    assert answer["url"].endswith("/manifest.webmanifest")
    assert answer["errors"] == []
