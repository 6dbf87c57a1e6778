"""From the microphone, or a file, to a report that can be heard."""

import re

from playwright.async_api import Page, expect

from tests.browser import MARKS

pytestmark = MARKS


async def expect_seconds(page: Page, least: int) -> None:
    """The clock shows `least` seconds of the first minute, or more."""
    shown = "|".join(f"{second:02}" for second in range(least, 60))
    clock = page.locator("[data-part=time]").first
    await expect(clock).to_contain_text(re.compile(rf"0:({shown})"), timeout=40_000)


async def follow_to_the_report(page: Page) -> None:
    await page.wait_for_url(re.compile(r"/speech-sessions/\d+/$"), timeout=30_000)
    await expect(page.locator(".measures")).to_be_visible(timeout=120_000)


async def test_speech_into_the_microphone_becomes_a_report(open_browser, alices_cookies):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto("/speech-sessions/new/")
    await page.fill("[name=title]", "Spoken into the browser")

    await page.click("[data-part=main]")
    await expect_seconds(page, 8)
    await page.click("[data-part=finish]")
    await expect(page.locator("[data-part=finish-caption]")).to_have_text("Analyse")
    await page.click("[data-part=finish]")

    await page.wait_for_url(re.compile(r"/speech-sessions/\d+/$"), timeout=30_000)
    await expect(page.locator("h1")).to_have_text("Spoken into the browser")
    await follow_to_the_report(page)
    await expect(page.locator(".transcript")).to_contain_text(re.compile("corpus", re.IGNORECASE))


async def test_take_is_kept_while_the_connection_is_gone_and_becomes_one_session(
    open_browser, alices_cookies, stack
):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto("/speech-sessions/new/")
    await page.fill("[name=title]", "Spoken on a train")
    await page.click("[data-part=main]")
    await expect_seconds(page, 3)
    await page.click("[data-part=finish]")
    await expect(page.locator("[data-part=finish-caption]")).to_have_text("Analyse")

    await page.context.set_offline(True)
    await page.click("[data-part=finish]")
    note = page.locator("voice-recorder [data-part=note]")
    await expect(note).to_contain_text("safe on this device")
    await page.context.set_offline(False)

    await page.wait_for_url(re.compile(r"/speech-sessions/\d+/$"), timeout=60_000)
    await expect(page.locator("h1")).to_have_text("Spoken on a train")
    assert (
        stack.shell(
            "from speech_sessions.models import SpeechSession\n"
            "answer = SpeechSession.objects.filter(title='Spoken on a train').count()"
        )
        == 1
    )


async def test_progress_is_shown_until_the_report_stands_there(
    open_browser, alices_cookies, spoken_at_length
):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto("/speech-sessions/new/")
    await page.set_input_files(
        "[name=audio_file]",
        {"name": "long.wav", "mimeType": "audio/wav", "buffer": spoken_at_length},
    )
    await page.click("audio-upload [data-part=submit]")
    await page.wait_for_url(re.compile(r"/speech-sessions/\d+/$"), timeout=30_000)

    meter = page.locator("analysis-progress [data-part=meter]")
    await expect(meter).to_be_visible()
    await page.wait_for_function(
        "() => { const meter = document.querySelector('analysis-progress [data-part=meter]');"
        " return !meter || meter.value > 0 }",
        timeout=60_000,
    )
    await follow_to_the_report(page)


async def test_click_on_a_filler_moves_the_player_there(open_browser, alices_cookies, report_page):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto(f"{report_page}?tab=transcript")
    filler = page.locator(".transcript .word-filler").first
    await expect(filler).to_be_visible()
    start = float(await filler.get_attribute("data-start") or "nan")

    await filler.click()

    await page.wait_for_function(
        "(start) => { const audio = document.querySelector('session-player audio');"
        " return audio && Math.abs(audio.currentTime - start) < 2.5 && audio.currentTime > 0 }",
        arg=start,
    )


async def test_word_is_marked_while_it_is_played(open_browser, alices_cookies, report_page):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto(f"{report_page}?tab=transcript")
    await page.click("session-player [data-part=play]")
    await page.wait_for_function(
        "() => { const audio = document.querySelector('session-player audio');"
        " return audio && audio.currentTime > 1 }"
    )
    await page.wait_for_selector(".transcript .word[data-now]")


async def test_file_that_is_no_recording_is_refused_with_a_sentence(open_browser, alices_cookies):
    page = await open_browser(storage_state=alices_cookies)
    answers = []
    page.on("response", lambda answer: answers.append(answer.status))
    await page.goto("/speech-sessions/new/")
    await page.set_input_files(
        "[name=audio_file]", {"name": "letter.wav", "mimeType": "audio/wav", "buffer": b"Dear Sir"}
    )
    await page.click("audio-upload [data-part=submit]")
    await expect(page.locator("audio-upload")).to_contain_text(re.compile(r"\w+ \w+ \w+.*\."))
    await page.wait_for_timeout(500)
    assert any(status in {400, 415} for status in answers)
    assert "/speech-sessions/new/" in page.url
