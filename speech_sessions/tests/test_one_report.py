"""Page, API and list show the same report: change a filler in it, and all of them follow."""

import json
import re

import pytest

from speech_sessions.tests.reported import TALK, report_of, reported_session

FEWER = TALK.replace("Um, the second thing", "The second thing")


def page(browser, session) -> str:
    html = browser.get(session.get_absolute_url()).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("script", [TALK, FEWER], ids=["as it was said", "one um less"])
def test_page_and_api_tell_the_numbers_of_the_stored_report(alice, alices_browser, script):
    session = reported_session(alice, script, language="en")
    measured = report_of(script)
    address = f"/api/v1/speech-sessions/{session.pk}/"
    answer = alices_browser.get(f"{address}report/").json()
    expected = json.loads(json.dumps(measured.to_json()))
    for part in ("measures", "events", "transcript", "feedback", "pacing"):
        assert answer[part] == expected[part], part
    summary = alices_browser.get(address).json()
    assert summary["filler_count"] == measured.value("filler_count")
    assert summary["pacing_analysis"] == " ".join(sentence["text"] for sentence in answer["pacing"])
    shown = page(alices_browser, session)
    assert f"{measured.value('fillers'):.1f} a minute" in shown
    assert f"{measured.value('speech_rate'):.0f} words a minute" in shown
    assert measured.feedback.focus.text in shown


def test_everything_that_is_shown_follows_when_a_filler_is_taken_out(alice, alices_browser):
    said, told = [], []
    for script in (TALK, FEWER):
        session = reported_session(alice, script, language="en")
        said.append(page(alices_browser, session))
        told.append(alices_browser.get(f"/api/v1/speech-sessions/{session.pk}/").json())
    before, after = (report_of(script) for script in (TALK, FEWER))
    assert after.value("filler_count") == before.value("filler_count") - 1
    assert told[1]["filler_count"] == told[0]["filler_count"] - 1
    assert told[0]["pacing_analysis"] != told[1]["pacing_analysis"]
    rates = [f"{report.value('fillers'):.1f} a minute" for report in (before, after)]
    assert rates[0] in said[0]
    assert rates[1] in said[1]
    assert rates[0] not in said[1]
