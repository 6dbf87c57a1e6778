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


def counted(browser, session) -> dict[str, object]:
    """Everything beside the report itself that tells how many fillers there were."""
    api = "/api/v1/speech-sessions/"
    own = browser.get(session.get_absolute_url()).context["report"]
    fillers = {"filled_pause", "lexical_filler"}
    numbers = browser.get(f"{api}analytics/").json()
    today = numbers["series"][-1]
    month = numbers["this_month_vs_last"]
    events = browser.get(f"{api}{session.pk}/events/").json()
    events = events["results"] if isinstance(events, dict) else events
    sure = {"tier": "sure"}.items()
    rows = {row.name: row for row in own.timeline.rows}
    pieces = [piece for paragraph in own.transcript.paragraphs for piece in paragraph]
    return {
        "column": session.report.filler_count,
        "session": session.filler_count,
        "list": browser.get(api).json()["results"][0]["filler_count"],
        "events": sum(e["type"] in fillers and sure <= e.items() for e in events),
        "text": sum(piece.kind == "filler" for piece in pieces),
        "time line": sum(mark[3] for mark in rows["fillers"].data["marks"]),
        "player": sum(e["type"] in fillers and e["tier"] == "sure" for e in own.player["events"]),
        "totals": numbers["totals"]["fillers"],
        "rates": [
            session.report.fillers_per_minute,
            numbers["averages"]["fillers_per_minute"],
            today["fillers_per_minute"],
            month["fillers_per_minute"]["this"],
        ],
        "filled pauses": [
            session.report.filled_pauses_per_minute,
            numbers["averages"]["filled_pauses_per_minute"],
        ],
        "row": re.search(
            r"([\d.]+) fillers/min",
            re.sub(r"<[^>]+>", "", browser.get("/speech-sessions/").content.decode()),
        )[1],
    }


def test_counts_and_rates_follow_everywhere_when_a_filler_is_taken_out(
    alice, charlie, alices_browser, charlies_browser
):
    before = counted(alices_browser, reported_session(alice, TALK, language="en"))
    after = counted(charlies_browser, reported_session(charlie, FEWER, language="en"))
    reports = [report_of(TALK), report_of(FEWER)]
    for shown, report in zip((before, after), reports, strict=True):
        count = report.value("filler_count")
        counts = {name: number for name, number in shown.items() if isinstance(number, int)}
        assert counts == dict.fromkeys(counts, count)
        assert len(counts) == 8
        assert shown["rates"] == pytest.approx([report.value("fillers")] * 4, abs=0.01)
        assert shown["filled pauses"] == pytest.approx(
            [report.value("filled_pauses")] * 2, abs=0.01
        )
        assert shown["row"] == f"{report.value('fillers'):.1f}"
    assert before["column"] == after["column"] + 1
