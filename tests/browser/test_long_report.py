"""The report of two hours: it comes quickly, and what is drawn of it stays small."""

import os
from pathlib import Path

import pytest

from tests.browser import LOOKING
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import violations_of
from tests.phone import Phone

pytestmark = LOOKING

# A real report, the same again and again until it is two hours long.
REPEATED = """
from speech_sessions.models import SpeechReport, SpeechSession
session = SpeechSession.objects.get(pk={session})
report = SpeechReport.objects.get(pk=session.report_id)
document, length = report.document, report.document["duration_seconds"]
times = int(7200 // length)
later = lambda entry, by: {{**entry, "start": entry["start"] + by, "end": entry["end"] + by}}
words = document["transcript"]["words"]
def event(entry, turn):
    entry = later(entry, turn * length)
    for end in ("first_word", "last_word"):
        if entry[end] is not None:
            entry[end] += turn * len(words)
    return entry
turns = range(times)
timed = [entry for entry in document["events"] if entry["start"] is not None]
document["events"] = [event(entry, turn) for turn in turns for entry in timed]
for measure in document["measures"]:
    spans = measure["evidence"]
    measure["evidence"] = [[a + t * length, b + t * length] for t in turns for a, b in spans]
for name, points in document["series"].items():
    document["series"][name] = [[a + t * length, b] for t in turns for a, b in points]
document["transcript"]["words"] = [later(w, t * length) for t in turns for w in words]
document["transcript"]["text"] = " ".join([document["transcript"]["text"]] * times)
document["duration_seconds"] = times * length
report.document, report.duration = document, times * length
report.transcript = document["transcript"]["text"]
report.save()
SpeechSession.objects.filter(pk=session.pk).update(duration=times * length)
run = report.run
run.recording = {{**run.recording, "duration": times * length}}
run.save(update_fields=["recording"])
answer = times * len(words)
"""


@pytest.fixture(scope="module")
def two_hours(stack, spoken) -> str:
    """The address of the page of a session whose report is two hours long."""
    phone = Phone(stack.address, "alice@example.org")
    session = phone.upload("long.wav", spoken, title="Two hours")
    phone.wait_for_report(session["id"])
    assert stack.shell(REPEATED.format(session=session["id"])) > 10_000
    return f"/speech-sessions/{session['id']}/"


def seconds_worked(stack) -> float:
    """The processor's time that the web server took so far."""
    used = Path(f"/proc/{stack.pid('web')}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


async def seconds_to(page, address: str, stack) -> float:
    """What server and page work until the time line is drawn, whatever else the machine does."""
    tools = await page.context.new_cdp_session(page)
    await tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = seconds_worked(stack)
    await page.goto(address)
    await page.wait_for_selector("speech-timeline rect", state="attached")
    told = (await tools.send("Performance.getMetrics"))["metrics"]
    in_page = next(each["value"] for each in told if each["name"] == "TaskDuration")
    return seconds_worked(stack) - before + in_page


@pytest.mark.parametrize("tab", ["summary", "transcript", "delivery"])
async def test_two_hours_come_within_three_seconds(
    tab, open_browser, alices_cookies, two_hours, stack
):
    page = await open_browser(storage_state=alices_cookies)
    assert await seconds_to(page, f"{two_hours}?tab={tab}", stack) < 3
    assert await page.evaluate("document.querySelectorAll('*').length") < 8000


async def test_time_line_of_two_hours_is_read_ten_minutes_at_a_time(
    open_browser, alices_cookies, two_hours
):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto(f"{two_hours}?tab=delivery")
    shown = page.locator('[data-part="shown"]')
    bar = page.locator('[data-part="parts"]')
    marks = page.locator('[data-row="pauses"] rect')
    assert await shown.inner_text() == "0:00 to 10:00"
    assert await bar.get_by_text("Earlier").is_disabled()
    few = await marks.count()
    await bar.get_by_text("Later").click()
    assert await shown.inner_text() == "10:00 to 20:00"
    track = page.locator('[data-row="fillers"]')
    await track.focus()
    await page.keyboard.press("End")
    assert (await shown.inner_text()).startswith("1:50:00 to 1:5")
    assert await bar.get_by_text("Later").is_disabled()
    await bar.get_by_text("Whole").click()
    assert (await shown.inner_text()).startswith("0:00 to 1:5")
    assert few < await marks.count() <= 300
    for row in await page.locator("[data-row]").all():
        assert await row.locator("rect").count() <= 301


async def test_transcript_of_two_hours_is_read_part_by_part(
    open_browser, alices_cookies, two_hours
):
    page = await open_browser(storage_state=alices_cookies, viewport=PHONE)
    await page.goto(f"{two_hours}?tab=transcript")
    parts = page.locator(".transcript-parts")
    assert "Part 1 of " in await parts.inner_text()
    await parts.get_by_text("Later").click()
    await page.wait_for_url("**part=2")
    assert "Part 2 of " in await parts.inner_text()
    first = await page.locator(".transcript .word").first.get_attribute("data-start")
    assert float(first) > 600


@pytest.mark.parametrize("tab", ["transcript", "delivery"])
async def test_long_report_is_open_to_everybody(tab, open_browser, alices_cookies, two_hours):
    page = await open_browser(storage_state=alices_cookies)
    assert await violations_of(page, f"{two_hours}?tab={tab}") == {}
