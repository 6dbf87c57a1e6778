"""Old recordings are measured again in the background; versions are not compared silently."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analysis.measures import FORMULA_VERSION
from speech_sessions import pipeline, selectors, services
from speech_sessions.models import AnalysisRun, PlannedAnalysis, SpeechReport, SpeechSession
from speech_sessions.selectors.history import earlier_values
from speech_sessions.tests.conftest import run_to_the_end, upload, wav
from speech_sessions.tests.reported import reported_session

WORDS = "Well, um, good morning. Um, I am, uh, glad that you are all here today. " * 6
OLD = f"1.{FORMULA_VERSION - 1}"


def written(user, **fields) -> SpeechSession:
    """A session analysed as text."""
    session = services.create_record(user, duration=60, transcription=WORDS, **fields)
    run_to_the_end(session.current_run)
    return SpeechSession.objects.get(pk=session.pk)


def age(*sessions) -> None:
    """As if these had been measured by the formulas before the present ones."""
    SpeechReport.objects.filter(session__in=sessions).update(version=OLD)


def said(*arguments) -> str:
    output = io.StringIO()
    call_command("reanalyze", *arguments, stdout=output)
    return output.getvalue().strip()


def test_command_plans_what_older_formulas_measured_and_nothing_twice(alice):
    old, new = written(alice), written(alice)
    age(old)
    assert said() == "1 session will be measured again, while no new recording waits."
    assert said() == "0 sessions will be measured again, while no new recording waits."
    assert PlannedAnalysis.objects.get().session == old
    assert new.runs.count() == 1


def test_command_counts_and_plans_nothing_when_only_asked(alice):
    age(written(alice), written(alice))
    assert said("--dry-run") == "2 sessions would be measured again."
    assert not PlannedAnalysis.objects.exists()


def test_command_plans_for_one_person_and_no_more_than_told(alice, charlie):
    age(written(alice), written(alice), written(charlie))
    assert said("--user", "ALICE@example.org", "--limit", "1").startswith("1 session")
    assert PlannedAnalysis.objects.get().session.user == alice


def test_command_refuses_a_version_that_is_not_there(alice):
    with pytest.raises(CommandError, match=f"1 to {FORMULA_VERSION}"):
        said("--version", str(FORMULA_VERSION + 1))
    with pytest.raises(CommandError, match="nobody"):
        said("--user", "nobody@example.org")


def test_session_without_recording_and_text_is_left_out(alice):
    empty = written(alice)
    age(empty)
    SpeechSession.objects.filter(pk=empty.pk).update(transcription="")
    assert said().startswith("0 sessions")


def test_plan_starts_only_while_nobody_waits(alice, django_capture_on_commit_callbacks):
    old = written(alice)
    age(old)
    said()
    fresh = services.create_record(alice, duration=60, transcription=WORDS)
    assert pipeline.start_planned() == []
    run_to_the_end(fresh.current_run)
    (run,) = pipeline.start_planned()
    assert run.session_id == old.pk
    assert pipeline.start_planned() == []
    run_to_the_end(run)
    old.refresh_from_db()
    assert old.report.version == f"1.{FORMULA_VERSION}"
    assert not PlannedAnalysis.objects.exists()


def test_values_set_by_hand_stay_when_measured_again(alice):
    old = written(alice)
    services.update_session(old, {"filler_count": 3})
    age(old)
    said()
    (run,) = pipeline.start_planned()
    run_to_the_end(run)
    old.refresh_from_db()
    assert old.filler_count == 3
    assert old.report.filler_count != 3


def test_plan_for_a_recording_whose_file_is_gone_is_dropped(alice):
    session = reported_session(alice)
    age(session)
    said()
    session.audio_file.storage.delete(session.audio_file.name)
    AnalysisRun.objects.update(state=AnalysisRun.State.DONE)
    assert pipeline.start_planned() == []
    assert not PlannedAnalysis.objects.exists()


def test_plan_gives_way_to_an_analysis_that_was_asked_for(alice):
    session = services.submit_recording(alice, upload(wav()))
    PlannedAnalysis.objects.create(session=session)
    AnalysisRun.objects.update(state=AnalysisRun.State.DONE)
    (run,) = pipeline.start_planned()
    assert run.session_id == session.pk
    PlannedAnalysis.objects.create(session=session)
    AnalysisRun.objects.filter(pk=run.pk).update(not_before=timezone.now())
    assert pipeline.start_planned() == []


def test_numbers_of_other_formulas_are_left_out_and_counted(alice, alices_browser):
    now = timezone.now()
    old = [written(alice, date=now - timedelta(days=days)) for days in (3, 2)]
    new = written(alice, date=now - timedelta(days=1))
    SpeechReport.objects.filter(session__in=old).update(fillers_per_minute=90)
    age(*old)
    numbers = selectors.analytics(alice)
    assert numbers.measured_otherwise == 2
    assert numbers.averages["fillers_per_minute"] == new.report.fillers_per_minute
    assert numbers.totals["sessions"] == 3
    assert selectors.recent_values(alice, "fillers_per_minute") == [new.report.fillers_per_minute]
    page = alices_browser.get("/speech-sessions/analytics/").content.decode()
    assert "2 sessions were measured by earlier formulas." in page
    today = alices_browser.get("/today/").content.decode()
    assert "2 sessions were measured by earlier formulas." in today


def test_feedback_does_not_repeat_the_words_of_the_recording_before(alice):
    now = timezone.now()
    first, second = (written(alice, date=now - timedelta(days=days)) for days in (2, 1))
    messages = [session.report.document["feedback"]["messages"] for session in (first, second)]
    ids = [{message["id"] for message in said.values()} for said in messages]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_history_holds_every_measure_of_the_recordings_before(alice):
    now = timezone.now()
    first, second = (written(alice, date=now - timedelta(days=days)) for days in (2, 1))
    version = second.report.version
    (values,) = earlier_values(second, version)
    measured = {entry["name"]: entry["value"] for entry in first.report.document["measures"]}
    assert values == {name: value for name, value in measured.items() if value is not None}
    assert earlier_values(second, OLD) == []
