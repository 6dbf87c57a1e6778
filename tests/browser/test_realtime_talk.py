"""Talking freely with a realtime model: a real WebRTC call, to a service on loopback."""

import re

from playwright.async_api import expect

from tests.browser import MARKS
from tests.browser.realtime_service import serving
from tests.browser.test_tutor import start, turns_of

pytestmark = MARKS

# A call on a machine that has much else to do, in milliseconds.
CONNECTED = 30_000

_WRITTEN = "conversation.item.input_audio_transcription"
_SPOKEN = "response.output_audio_transcript"
# Once some of the voice was heard.
_PLAYS = "(voice) => new Promise((heard) => { voice.ontimeupdate = () => heard(true); })"
# Once the words are in the browser's own storage.
_KEPT = """(words) => new Promise((kept) => {
  const look = () => {
    const opening = indexedDB.open("verbalcoach-realtime");
    opening.onsuccess = () => {
      const rows = opening.result.transaction("said").objectStore("said").getAll();
      rows.onsuccess = () => {
        opening.result.close();
        if (rows.result.some((row) => row.text === words)) kept(true);
        else setTimeout(look, 50);
      };
    };
  };
  look();
})"""


def began(item: str, at: int) -> dict:
    started = {"item_id": item, "audio_start_ms": at}
    return {"type": "input_audio_buffer.speech_started", **started}


def stopped(item: str, at: int) -> dict:
    return {"type": "input_audio_buffer.speech_stopped", "item_id": item, "audio_end_ms": at}


async def say_a_turn(page, service):
    """The learner's words are written down after the answer to them has begun."""
    state = page.locator("[data-part=state]")
    await service.tell(began("item_1", 500), stopped("item_1", 2500))
    await expect(state).to_have_text("The answer is on its way.")
    await service.tell(
        {"type": "output_audio_buffer.started"},
        {"type": f"{_SPOKEN}.delta", "item_id": "item_2", "delta": "A soup, "},
    )
    await expect(page.locator("[data-part=captions] .turn-tutor")).to_contain_text("A soup,")
    await expect(state).to_have_text("Speak to interrupt.")
    await service.tell(
        {"type": f"{_SPOKEN}.done", "item_id": "item_2", "transcript": "A soup, of course."},
        {"type": f"{_WRITTEN}.completed", "item_id": "item_1", "transcript": "A soup, please."},
        {"type": "output_audio_buffer.stopped"},
    )


async def test_a_free_talk_is_heard_kept_turn_by_turn_and_stored(
    open_browser, alices_cookies, stack
):
    talk = start(stack, "en", "ordering-food")
    far_end = await open_browser(storage_state=alices_cookies)
    await far_end.goto("/privacy/")
    page = await open_browser(storage_state=alices_cookies)
    press, state, note = (
        page.locator(f"[data-part={part}]") for part in ("begin", "state", "note")
    )
    kept = page.locator("[data-part=turns] > .turn")
    async with serving(far_end, stack.realtime_port) as service:
        await page.goto(f"/conversations/live/{talk}/direct/")
        service.refuse = 410
        await press.click()
        await expect(note).to_contain_text("did not take the call", timeout=CONNECTED)
        service.refuse = 0
        await press.click()
        await expect(state).to_have_text("Speak when you like.", timeout=CONNECTED)
        assert "ordering" in service.instructions[-1].lower()

        await say_a_turn(page, service)
        await expect(kept).to_have_count(3, timeout=CONNECTED)
        await page.locator("[data-part=voice]").evaluate(_PLAYS)
        assert await far_end.evaluate("window.call.heard") == 1

        await press.click()
        await expect(state).to_contain_text("muted")
        await press.click()
        await expect(state).to_have_text("Speak when you like.")

        # A reload in the middle of a turn: what was written down of it is kept.
        await service.tell(
            began("item_3", 9000),
            {"type": f"{_WRITTEN}.delta", "item_id": "item_3", "delta": "And a water"},
        )
        await expect(page.locator("[data-part=captions]")).to_contain_text("And a water")
        await page.evaluate(_KEPT, "And a water")
        await page.reload()
        await expect(kept).to_have_count(4, timeout=CONNECTED)

        await press.click()
        await expect(state).to_have_text("Speak when you like.", timeout=CONNECTED)
        assert "And a water" in service.instructions[-1]
        await service.hang_up()
        await expect(note).to_contain_text("The line broke off", timeout=CONNECTED)

    await page.click("[data-part=ending] button")
    await expect(page.get_by_role("link", name="The whole conversation")).to_be_visible(
        timeout=CONNECTED
    )
    said = [(turn[0], turn[3]) for turn in turns_of(stack, talk)[1:]]
    assert said == [
        ("learner", "A soup, please."),
        ("tutor", "A soup, of course."),
        ("learner", "And a water"),
    ]
    assert re.search(r"/conversations/live/\d+/$", page.url)
