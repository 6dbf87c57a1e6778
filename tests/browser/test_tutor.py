"""A talk with the partner, spoken into the microphone, with no key and no network."""

import re
import wave
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from faster_whisper.audio import decode_audio
from playwright.async_api import Page, async_playwright, expect

from tests.browser import MARKS
from tests.browser.conftest import patient, watched
from tests.stack import ROOT

pytestmark = MARKS

DATA = ROOT.parent / "shared" / "data" / "wideband"
RATE = 16_000
TURNS = 6
# An answer on a machine that has much else to do, in milliseconds.
ANSWERED = 60_000
# Silence after each sentence: longer than the patience. The next may come before the answer.
BETWEEN = 2.0
_TURNS_OF = """
from conversations.models import TutorMessage
found = TutorMessage.objects.filter(session_id={talk}).order_by("position")
answer = [[each.side, each.position, each.state, each.text, each.client_id] for each in found]
"""
_START = """
from accounts.models import User
from conversations import services
alice = User.objects.get(email="alice@example.org")
wish = services.Start(
    target_language={language!r}, scenario={scenario!r}, patience_seconds=0.8, persona="friendly"
)
answer = services.start(alice, wish).pk
"""


def start(stack, language: str, scenario: str) -> int:
    return int(stack.shell(_START.format(language=language, scenario=scenario)))


def turns_of(stack, talk: int) -> list[list]:
    return list(stack.shell(_TURNS_OF.format(talk=talk)))


def spanish() -> list[np.ndarray]:
    """A real reading, in pieces as long as a sentence in a talk."""
    file = next((DATA / "audio").glob("13697_11991_000000*"), None)
    if file is None:
        pytest.skip("there are no recordings in ../shared/data")
    whole = decode_audio(str(file), sampling_rate=RATE)
    return list(np.array_split(whole[: int(2.4 * TURNS * RATE)], TURNS))


def english() -> list[np.ndarray]:
    """Real sentences, each read by another learner."""
    table = DATA / "recordings.tsv"
    if not table.exists():
        pytest.skip("there are no recordings in ../shared/data")
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    columns = {name: number for number, name in enumerate(rows[0])}
    read = sorted(
        (float(row[columns["seconds"]]), row[columns["file"]])
        for row in rows[1:]
        if "speechocean" in "\t".join(row) and float(row[columns["seconds"]]) > 2.2
    )
    names = [name for _seconds, name in read[:TURNS]]
    return [decode_audio(str(DATA / "audio" / name), sampling_rate=RATE) for name in names]


def microphone_file(folder: Path, sentences: list[np.ndarray]) -> Path:
    """What the browser hears: a second of a quiet room, then each sentence and silence."""
    room = np.random.default_rng(7)

    def quiet(seconds: float) -> np.ndarray:
        return room.normal(0, 0.0005, int(seconds * RATE)).astype(np.float32)

    parts = [quiet(2)]
    for sentence in sentences:
        loudest = max(0.05, float(np.abs(sentence).max()))
        parts += [sentence / loudest * 0.6, quiet(BETWEEN)]
    # Longer than any test: at its end the browser's own device makes a noise.
    parts.append(quiet(500))
    samples = np.clip(np.concatenate(parts) * 32767, -32767, 32767).astype("<i2")
    file = folder / "talk.wav"
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes(samples.tobytes())
    return file


@pytest_asyncio.fixture(loop_scope="session")
async def open_talking(chromium, stack, alices_cookies, tmp_path):
    """Opens browsers whose microphone hears given sentences, once each."""
    opened, said = [], []
    async with async_playwright() as playwright:

        async def open_talking(sentences: list[np.ndarray]) -> Page:
            heard = microphone_file(tmp_path, sentences)
            browser = await playwright.chromium.launch(
                executable_path=chromium,
                args=[
                    "--no-sandbox",
                    "--use-fake-ui-for-media-stream",
                    "--use-fake-device-for-media-stream",
                    f"--use-file-for-fake-audio-capture={heard}%noloop",
                    "--autoplay-policy=no-user-gesture-required",
                ],
            )
            opened.append(browser)
            context = await browser.new_context(
                base_url=stack.address, storage_state=alices_cookies, permissions=["microphone"]
            )
            patient(context)
            watched(context, said)
            return await context.new_page()

        yield open_talking
        for browser in opened:
            await browser.close()
    assert said == []


async def open_talk(page: Page, talk: int) -> None:
    await page.goto(f"/conversations/live/{talk}/")
    await expect(page.locator("[data-part=speak]")).to_be_enabled(timeout=20_000)


async def type_turn(page: Page, text: str) -> None:
    if not await page.locator("#typed").is_visible():
        await page.click("[data-part=type]")
    await page.fill("#typed", text)
    await page.keyboard.press("Enter")


def replies(page: Page):
    return page.locator(".turns > .turn-tutor")


@pytest.mark.timeout(540)
@pytest.mark.parametrize(
    ("language", "scenario", "sentences"),
    [("en", "ordering-food", english), ("es", "market-fruit", spanish)],
)
async def test_six_spoken_turns_are_each_heard_and_answered_once_in_order(
    language, scenario, sentences, open_talking, stack
):
    spoken = sentences()
    page = await open_talking(spoken)
    talk = start(stack, language, scenario)
    await open_talk(page, talk)
    await page.click("[data-part=hands-free]")
    await expect(replies(page)).to_have_count(TURNS + 1, timeout=7 * ANSWERED)
    await page.click("[data-part=hands-free]")

    turns = turns_of(stack, talk)
    assert [turn[1] for turn in turns] == list(range(2 * TURNS + 1))
    assert [turn[0] for turn in turns[1:]] == ["learner", "tutor"] * TURNS
    assert {turn[2] for turn in turns} == {"answered"}
    assert all(turn[3] for turn in turns)
    assert len({turn[4] for turn in turns[1::2]}) == TURNS
    own = page.locator(".turns > .turn-learner")
    await expect(own).to_have_count(TURNS)
    await expect(own.first.locator("[data-act=own]")).to_be_visible()

    await page.click("[data-part=ending] button")
    whole = page.get_by_role("link", name="The whole conversation")
    await expect(whole).to_be_visible(timeout=ANSWERED)


async def test_two_tabs_show_the_same_talk_and_every_turn_once(open_browser, alices_cookies, stack):
    talk = start(stack, "en", "ordering-food")
    first = await open_browser(storage_state=alices_cookies)
    second = await first.context.new_page()
    for page in (first, second):
        await open_talk(page, talk)
    await type_turn(first, "A tomato soup, please.")
    await expect(replies(second)).to_have_count(2, timeout=ANSWERED)
    await type_turn(second, "A water, please.")
    for page in (first, second):
        await expect(replies(page)).to_have_count(3, timeout=ANSWERED)
        await expect(page.locator(".turns > .turn-learner")).to_have_count(2)
    assert [turn[3] for turn in turns_of(stack, talk)[1::2]] == [
        "A tomato soup, please.",
        "A water, please.",
    ]


async def test_turns_typed_without_a_connection_are_kept_over_a_reload_and_sent_in_order(
    open_browser, alices_cookies, stack
):
    talk = start(stack, "en", "ordering-food")
    page = await open_browser(storage_state=alices_cookies)
    await open_talk(page, talk)
    await page.context.set_offline(True)
    await type_turn(page, "A tomato soup, please.")
    await type_turn(page, "And a water.")
    await expect(page.locator("[data-part=note]")).to_contain_text("No connection")
    await expect(page.locator(".turns > .turn-learner[data-waiting]")).to_have_count(2)
    await page.context.set_offline(False)
    await page.reload()
    await expect(replies(page)).to_have_count(3, timeout=ANSWERED)
    turns = turns_of(stack, talk)
    assert [turn[3] for turn in turns[1::2]] == ["A tomato soup, please.", "And a water."]
    assert [turn[1] for turn in turns] == [0, 1, 2, 3, 4]


async def test_what_was_spoken_before_a_reload_in_mid_turn_is_one_turn(open_talking, stack):
    page = await open_talking(english()[:1])
    talk = start(stack, "en", "ordering-food")
    await open_talk(page, talk)
    await page.click("[data-part=speak]")
    await expect(page.locator("[data-part=state]")).to_contain_text("Listening")
    # The sentence begins after two seconds of silence.
    await page.wait_for_timeout(3500)
    await page.reload()
    await expect(replies(page)).to_have_count(2, timeout=ANSWERED)
    await page.reload()
    await expect(page.locator(".turns > .turn-learner")).to_have_count(1)
    assert len(turns_of(stack, talk)) == 3


async def test_partner_and_talk_are_chosen_and_begun_by_keyboard_alone(
    open_browser, alices_cookies, stack
):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto("/conversations/live/?language=en")
    await page.locator(".card-ink button").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile(r"/conversations/live/\d+/$"))
    await expect(page.locator("[data-part=speak]")).to_be_enabled()
    await page.keyboard.press("h")
    await expect(page.locator("[data-part=hint]")).to_be_visible()
    await page.keyboard.press("t")
    await expect(page.locator("#typed")).to_be_focused()
    await page.keyboard.type("Hello.")
    await page.keyboard.press("Enter")
    await expect(replies(page)).to_have_count(2, timeout=ANSWERED)


async def test_talk_goes_on_without_scripts(browser, stack, alices_cookies):
    context = await browser.new_context(
        base_url=stack.address, storage_state=alices_cookies, java_script_enabled=False
    )
    page = await context.new_page()
    talk = start(stack, "en", "ordering-food")
    await page.goto(f"/conversations/live/{talk}/")
    await page.fill("#typed", "A tomato soup, please.")
    await page.get_by_role("button", name="Send").click()
    await expect(replies(page)).to_have_count(2, timeout=ANSWERED)
    await context.close()
