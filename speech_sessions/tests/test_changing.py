import pytest
from django.utils import timezone

from speech_sessions import selectors, services
from speech_sessions.models import AnalysisRun, DeletedSession, SpeechReport, SpeechSession
from speech_sessions.tests.conftest import files_in, upload, wav

pytestmark = pytest.mark.django_db


@pytest.fixture
def analysed(alices_session):
    """Alice's session as a finished run leaves it."""
    run = alices_session.current_run
    AnalysisRun.objects.filter(pk=run.pk).update(state=AnalysisRun.State.DONE, seq=9)
    report = SpeechReport.objects.create(
        session=alices_session,
        run=run,
        version="1",
        duration=12.4,
        words=30,
        filler_count=3,
        confidence=0.8,
        pacing="Calm.",
        transcript="Um, hello.",
        document={"version": 1},
    )
    SpeechSession.objects.filter(pk=alices_session.pk).update(
        report=report,
        duration=12,
        filler_count=3,
        pacing_analysis="Calm.",
        transcription="Um, hello.",
        confidence_score=0.8,
        status=SpeechSession.Status.ANALYZED,
    )
    return SpeechSession.objects.get(pk=alices_session.pk)


def test_changed_analysed_values_count_as_set_by_hand_and_unchanged_ones_do_not(analysed):
    services.update_session(analysed, {"filler_count": 5, "duration": 12, "title": "Better"})
    analysed.refresh_from_db()
    assert (analysed.filler_count, analysed.title) == (5, "Better")
    assert analysed.hand_set == ["filler_count"]
    assert analysed.report.filler_count == 3
    assert analysed.runs.count() == 1


def test_value_set_by_hand_goes_back_to_the_measured_one(analysed):
    services.update_session(analysed, {"filler_count": 5, "duration": 99})
    services.update_session(analysed, {"filler_count": None, "duration": None})
    analysed.refresh_from_db()
    assert (analysed.filler_count, analysed.duration, analysed.hand_set) == (3, 12, [])


def test_hand_corrections_of_two_stale_pages_are_both_kept(analysed):
    stale = SpeechSession.objects.get(pk=analysed.pk)
    services.update_session(analysed, {"filler_count": 5})
    services.update_session(stale, {"transcription": "Hello."})
    stale.refresh_from_db()
    assert stale.hand_set == ["filler_count", "transcription"]
    assert stale.filler_count == 5


def test_unknown_field_cannot_be_changed(analysed):
    with pytest.raises(ValueError, match="user"):
        services.update_session(analysed, {"user": 3})


def test_new_recording_replaces_the_old_one_and_is_analysed(
    analysed, settings, django_capture_on_commit_callbacks
):
    old = analysed.audio_file.name
    with django_capture_on_commit_callbacks(execute=True):
        services.update_session(analysed, {"filler_count": 8}, upload(wav(2), "again.wav"))
    analysed.refresh_from_db()
    assert analysed.audio_file.name != old
    assert analysed.audio_name == "again.wav"
    assert [path.name for path in files_in(settings.MEDIA_ROOT)] == [
        analysed.audio_file.name.rpartition("/")[2]
    ]
    assert analysed.status == SpeechSession.Status.PENDING
    assert (analysed.report, analysed.transcription, analysed.filler_count) == (None, "", 8)
    assert analysed.current_run.state == AnalysisRun.State.QUEUED
    assert analysed.current_run.seq == 10


def test_waveform_of_the_old_recording_is_not_shown_with_a_new_one(analysed):
    analysed.runs.update(recording={"peaks": [0.5], "duration": 12.4})
    assert selectors.player_of(analysed)["peaks"] == [0.5]
    services.update_session(analysed, {}, upload(wav(2)))
    assert selectors.player_of(analysed)["peaks"] == []


def test_transcript_somebody_wrote_is_kept_when_a_recording_joins_it(alice):
    session = services.create_record(alice, duration=5, transcription="Exactly so.")
    services.update_session(session, {}, upload(wav()))
    session.refresh_from_db()
    assert (session.transcription, session.hand_set) == ("Exactly so.", ["transcription"])
    assert session.current_run.stage == AnalysisRun.Stage.DECODE


def test_recording_replaced_from_two_stale_pages_leaves_one_file(
    analysed, settings, django_capture_on_commit_callbacks
):
    stale = SpeechSession.objects.get(pk=analysed.pk)
    with django_capture_on_commit_callbacks(execute=True):
        services.update_session(analysed, {}, upload(wav(2)))
        services.update_session(stale, {}, upload(wav(3)))
    assert len(files_in(settings.MEDIA_ROOT)) == 1


def test_refused_new_recording_changes_nothing(analysed, settings):
    with pytest.raises(services.RecordingRefused):
        services.update_session(analysed, {"title": "No"}, upload(b"not audio at all"))
    analysed.refresh_from_db()
    assert analysed.title == "Weekly update"
    assert len(files_in(settings.MEDIA_ROOT)) == 1


def test_new_recording_gives_up_the_run_under_way(alices_session):
    first = alices_session.current_run
    services.update_session(alices_session, {}, upload(wav(2)))
    first.refresh_from_db()
    assert (first.state, first.error) == (AnalysisRun.State.FAILED, "superseded")
    assert alices_session.current_run.pk != first.pk


@pytest.mark.parametrize("change", [{"language": "es"}, {"kind": "interview"}])
def test_what_the_measures_depend_on_has_the_session_analysed_anew(analysed, change):
    services.update_session(analysed, change)
    assert analysed.runs.count() == 2


def test_bulk_actions_answer_for_every_id_and_touch_only_ones_own(analysed, charlie):
    other = services.create_record(charlie, duration=10)
    plain = services.create_record(analysed.user, duration=10)
    ids = [analysed.pk, plain.pk, other.pk, 999_999]

    def statuses():
        order = [analysed.pk, plain.pk, other.pk]
        found = dict(SpeechSession.objects.values_list("pk", "status"))
        return [found[pk] for pk in order]

    results = services.apply_bulk_action(analysed.user, ids, "archive")
    assert [(result.id, result.ok) for result in results] == list(
        zip(ids, [True, True, False, False], strict=True)
    )
    assert results[2].error
    assert statuses() == ["archived", "archived", "pending"]
    services.apply_bulk_action(analysed.user, ids, "restore")
    assert statuses() == ["analyzed", "pending", "pending"]
    services.apply_bulk_action(analysed.user, ids, "tag", tag=" work ")
    services.apply_bulk_action(analysed.user, ids, "tag", tag="work")
    analysed.refresh_from_db()
    other.refresh_from_db()
    assert (analysed.tags, other.tags) == (["work"], [])


def test_bulk_actions_cost_the_same_number_of_queries_for_one_as_for_many(
    alice, django_assert_max_num_queries
):
    few = [services.create_record(alice, duration=1).pk for _ in range(2)]
    many = [services.create_record(alice, duration=1).pk for _ in range(30)]
    for action in ("archive", "restore", "tag", "delete"):
        with django_assert_max_num_queries(13):
            services.apply_bulk_action(alice, few, action, tag="x")
        with django_assert_max_num_queries(13):
            services.apply_bulk_action(alice, many, action, tag="x")


def test_deleted_session_takes_its_recording_along_and_leaves_its_number(
    analysed, settings, django_capture_on_commit_callbacks
):
    before = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_session(analysed)
    assert files_in(settings.MEDIA_ROOT) == []
    assert not SpeechSession.objects.exists()
    assert not SpeechReport.objects.exists()
    left = DeletedSession.objects.since(before).get()
    assert (left.user, left.gone_id) == (analysed.user, analysed.pk)


def test_deletion_that_is_rolled_back_keeps_the_recording(analysed, settings):
    services.delete_session(analysed)  # nothing commits in this test
    assert len(files_in(settings.MEDIA_ROOT)) == 1
