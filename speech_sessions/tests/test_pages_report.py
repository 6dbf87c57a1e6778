"""The page of a session in every state of its analysis."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from speech_sessions import services
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.presentation.headlines import band_of, headlines
from speech_sessions.presentation.measures import measure_called
from speech_sessions.presentation.tabs import TABS
from speech_sessions.tests.conftest import run_to_the_end, upload
from speech_sessions.tests.reported import report_of, reported_session


@pytest.fixture
def session(alice) -> SpeechSession:
    return reported_session(alice, title="Quarterly review", language="en", tags=["work"])


def page(browser, session, query: str = "") -> str:
    return browser.get(session.get_absolute_url() + query).content.decode()


def panel_tag(html: str, name: str) -> str:
    return re.search(rf'<section [^>]*data-panel="{name}"[^>]*>', html)[0]


def panel(html: str, name: str) -> str:
    """What one tab of a report shows."""
    rest = html.split(panel_tag(html, name), 1)[1]
    return re.split(r"<section [^>]*data-panel|</report-tabs>", rest)[0]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_report_begins_with_one_thing_to_practise(alices_browser, session):
    feedback = session.report.document["feedback"]
    html = page(alices_browser, session)
    text = text_of(html)
    for name in ("focus", "why", "drill", "strength", "goal"):
        assert (feedback[name] or "").replace("'", "&#x27;") in text, name
    assert "One thing to practise" in text
    assert f'data-seek="{feedback["clip"][0]:.2f}"' in html
    # The player stands above the tabs, as every one of them is listened to; then the focus.
    assert html.index("<session-player") < html.index("<report-tabs")
    assert html.index("<report-tabs") < html.index(feedback["focus"])


def test_head_says_what_when_how_long_and_where_it_was_analysed(alices_browser, session):
    text = text_of(page(alices_browser, session))
    assert "Quarterly review" in text
    assert "English · analysed in 21 s on this server" in text
    assert "work" in text


def test_headline_numbers_carry_unit_band_and_reliability(alices_browser, session):
    html = page(alices_browser, session)
    text = text_of(html)
    pace = session.report.speech_rate
    assert f"{pace:.0f} words a minute" in text
    assert f"{session.report.fillers_per_minute:.1f} a minute" in text
    assert "% of the talk" in text
    assert "% of pauses" in text
    assert "estimated" in text
    assert panel(html, "summary").count('class="band"') == 4
    assert "style=" not in html


def test_every_tab_is_a_page_of_its_own(alices_browser, session):
    for name in TABS:
        html = page(alices_browser, session, f"?tab={name}")
        assert [each for each in TABS if " hidden" not in panel_tag(html, each)] == [name]
        assert f'data-tab="{name}" aria-current="page"' in html
    for asked in ("", "?tab=", "?tab=elsewhere"):
        assert " hidden" not in panel_tag(page(alices_browser, session, asked), "summary")


def test_all_numbers_stand_under_their_tab_with_meaning_reason_and_moments(alices_browser, session):
    html = page(alices_browser, session)
    delivery, words = panel(html, "delivery"), panel(html, "words")
    for label in ("Articulation", "Length of a pause", "Change of pace"):
        assert label in delivery
        assert label not in words
    for label in ("Repetitions", "Empty phrases"):
        assert label in words
        assert label not in delivery
    assert "Measured in the sound itself" in delivery
    assert re.search(r"a minute, \d+ in all", text_of(delivery))
    assert "Fillers in all" not in html
    assert re.search(r'data-until="\d+\.\d\d" data-seek="\d+\.\d\d">0:\d\d</a>', delivery)


def test_every_number_of_a_report_is_shown_once_with_its_reason(alices_browser, session):
    report = alices_browser.get(session.get_absolute_url()).context["report"]
    rows = [row for section in (*report.delivery, *report.words) for row in section.rows]
    names = [row.name for row in rows]
    told = {"filler_count", "filled_pause_count", "lexical_filler_count"}
    assert len(names) == len(set(names))
    assert set(names) == {m["name"] for m in session.report.document["measures"]} - told
    assert all(row.reliability for row in rows)
    assert all(row.meaning for row in rows), [row.name for row in rows if not row.meaning]


def test_reliability_opens_without_a_pointer_and_leads_to_what_it_rests_on(alices_browser, session):
    head = panel(page(alices_browser, session), "summary")
    (fillers,) = [m for m in session.report.document["measures"] if m["name"] == "fillers"]
    assert head.count('<details class="sure">') == 4
    assert fillers["reliability"]["reason"] in text_of(head)
    assert re.search(r"Hear \d+ moments:", text_of(head))


def test_page_says_how_sure_it_is(alices_browser, session):
    text = text_of(page(alices_browser, session))
    (fillers,) = [m for m in session.report.document["measures"] if m["name"] == "fillers"]
    assert fillers["reliability"]["reason"] in text
    assert "mean confidence of 90 %" in text


def test_player_gets_the_events_that_the_text_marks(alices_browser, session):
    player = alices_browser.get(session.get_absolute_url()).context["report"].player
    assert player["audio"] == f"{session.get_absolute_url()}audio/"
    assert player["peaks"] == [0.1, 0.8, 0.4]
    assert {event["type"] for event in player["events"]} == {
        "filled_pause",
        "lexical_filler",
        "pause",
    }
    assert all(e["end"] - e["start"] >= 1 for e in player["events"] if e["type"] == "pause")
    assert [e["start"] for e in player["events"]] == sorted(e["start"] for e in player["events"])


def test_report_is_set_beside_ones_own_last_recordings(alice, alices_browser, session):
    for days in (4, 3, 2, 1):
        earlier = reported_session(alice, date=session.date - timezone.timedelta(days=days))
        assert earlier.report
    text = text_of(page(alices_browser, session))
    assert "Same as usual." in text
    assert "Your last recordings:" in text


def test_comparison_names_the_difference_and_whether_it_is_better():
    document = report_of().to_json()
    value = {entry["name"]: entry["value"] for entry in document["measures"]}["fillers"]
    shown = headlines(document, lambda name: [value + 2] * 3, {})
    fillers = next(headline for headline in shown if headline.name == "fillers")
    assert fillers.comparison == "2.0 a minute less than your median."
    assert fillers.is_better
    shown = headlines(document, lambda name: [1.0, 1.0], {})
    assert all(headline.comparison == "" for headline in shown)


@pytest.mark.parametrize(
    ("value", "low", "high", "drawn"),
    [
        (148, 120, 165, (33.3, 33.4, 54.1)),
        (300, 120, 165, (20.0, 20.0, 100.0)),
        (3, 0, 5, (0.0, 50.0, 30.0)),
        (6, None, 5, (0.0, 50.0, 60.0)),
        (40, 50, None, (80.0, 20.0, 0.0)),
    ],
)
def test_band_is_drawn_on_a_scale_that_holds_the_value(value, low, high, drawn):
    where = "inside" if (low or 0) <= value <= (high or 1000) else "above"
    band = {"low": low, "high": high, "position": where}
    shown = band_of(measure_called("speech_rate"), {"band": band, "value": value})
    assert shown is not None
    assert all(0 <= place <= 100 for place in (shown.start, shown.mark))
    assert shown.start + shown.width <= 100.1
    if value in {148, 3}:
        assert (shown.start, shown.width, shown.mark) == pytest.approx(drawn, abs=0.2)


def test_short_recording_shows_counts_and_says_that_it_is_too_early(alice, alices_browser):
    session = reported_session(alice, "Um, hello there. /1.3/ That is all.")
    html = page(alices_browser, session)
    text = text_of(panel(html, "summary"))
    assert "Too early to say" in text_of(panel(html, "delivery"))
    assert "Fillers in all" in text
    assert "words a minute" not in text


def test_transcript_alone_has_a_report_without_a_player(alice, alices_browser):
    text = "Um, I think we should go. You know, it is late, and uh, we are tired. " * 4
    session = services.create_record(alice, duration=60, transcription=text)
    run_to_the_end(session.current_run)
    html = page(alices_browser, session)
    assert "<session-player" not in html
    assert "Hear it at" not in html
    assert '<mark class="word word-filler"' in html
    assert "a minute" in text_of(html)


def test_length_alone_is_a_record_that_offers_to_be_measured(alice, alices_browser):
    session = services.create_record(alice, duration=320)
    text = text_of(page(alices_browser, session))
    assert "You noted 5 min 20 s of speaking." in text
    assert "Add a recording or a transcript" in text
    assert "Analyse again" not in text


@pytest.mark.parametrize("state", ["queued", "running"])
def test_progress_is_shown_and_works_without_scripts(alices_browser, alices_session, state):
    AnalysisRun.objects.update(state=state, stage="transcribe", progress=40)
    html = page(alices_browser, alices_session)
    assert "<analysis-progress" in html
    assert 'value="40"' in html
    assert f'data-status-url="{alices_session.get_absolute_url()}status/"' in html
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in html


def test_finished_page_does_not_load_itself_again(alices_browser, session):
    assert "http-equiv" not in page(alices_browser, session)


def test_failure_says_why_and_offers_to_try_again(alices_browser, alices_session):
    AnalysisRun.objects.update(state="failed", error="silent")
    html = page(alices_browser, alices_session)
    text = text_of(html)
    assert "This recording is silent. It is kept." in text
    assert "Try again" in text
    assert "<audio" in html


def test_failure_of_a_second_analysis_keeps_the_first_report(alices_browser, session):
    services.request_analysis(session)
    AnalysisRun.objects.filter(state="queued").update(state="failed", error="engine_unavailable")
    text = text_of(page(alices_browser, session))
    assert "the report below is the one before" in text
    assert "One thing to practise" in text


def test_trying_again_queues_one_more_analysis(alices_browser, alices_session):
    AnalysisRun.objects.update(state="failed", error="silent")
    address = f"{alices_session.get_absolute_url()}analyze/"
    answer = alices_browser.post(address, follow=True)
    assert "<analysis-progress" in answer.content.decode()
    assert alices_session.runs.count() == 2
    again = alices_browser.post(address, follow=True)
    assert "An analysis is under way." in text_of(again.content.decode())
    assert alices_session.runs.count() == 2
    assert alices_browser.get(address).status_code == 405


def test_status_tells_scripts_how_far_it_is(alices_browser, alices_session):
    AnalysisRun.objects.update(state="running", stage="transcribe", progress=40)
    answer = alices_browser.get(f"{alices_session.get_absolute_url()}status/")
    assert answer.json() == {
        "id": alices_session.pk,
        "state": "running",
        "stage": "transcribe",
        "progress": 40,
        "error": None,
    }
    assert "no-store" in answer["Cache-Control"]


def test_archived_session_offers_to_restore(alices_browser, session):
    SpeechSession.objects.update(status="archived")
    html = page(alices_browser, session)
    assert 'value="restore"' in html
    assert 'value="archive"' not in html


def test_recording_is_streamed_by_range_and_named_for_keeping(alices_browser, session):
    address = f"{session.get_absolute_url()}audio/"
    whole = alices_browser.get(address)
    assert whole["Content-Type"].startswith("audio/")
    assert whole.getvalue()[:4] == b"RIFF"
    part = alices_browser.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.getvalue()) == (206, b"RIFF")
    kept = alices_browser.get(f"{address}?download")
    assert kept["Content-Disposition"] == 'attachment; filename="talk.wav"'


@pytest.mark.parametrize("name", ["", "status/", "audio/", "edit/", "delete/"])
def test_page_of_another_person_is_not_there(charlies_browser, session, name):
    assert charlies_browser.get(f"{session.get_absolute_url()}{name}").status_code == 404
    visitor = Client().get(f"{session.get_absolute_url()}{name}")
    assert visitor.url.startswith("/accounts/login/")


def test_session_that_never_was_is_not_there(alices_browser):
    assert alices_browser.get("/speech-sessions/999999/").status_code == 404


def test_page_takes_as_many_queries_however_many_sessions_there_are(
    alice, alices_browser, session, django_assert_max_num_queries
):
    for days in range(1, 8):
        reported_session(alice, date=session.date - timezone.timedelta(days=days))
    with django_assert_max_num_queries(12):
        alices_browser.get(session.get_absolute_url())


def test_page_of_a_real_recording_shows_its_real_report(alice, alices_browser, speech):
    session = services.submit_recording(alice, upload(speech, "talk.flac"), title="Real")
    run_to_the_end(session.current_run)
    html = page(alices_browser, session)
    assert "<session-player" in html
    assert html.count('<button type="button" class="word word-filler"') >= 2
    assert "words a minute" in text_of(html)
