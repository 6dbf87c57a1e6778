import pytest
from django.conf import settings as project_settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from speech_sessions import services
from speech_sessions.models import AnalysisRun, DeletedSession, SpeechReport, SpeechSession
from speech_sessions.tests.conftest import files_in, upload, wav

pytestmark = pytest.mark.django_db
CHANGELIST = "admin:speech_sessions_speechsession_changelist"


@pytest.fixture
def staff(settings, db) -> Client:
    settings.DEBUG = True  # the second factor of staff has tests of its own
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org", None))
    return client


@pytest.fixture
def analysed(alice) -> SpeechSession:
    session = services.create_record(
        alice, duration=60, title="Keynote", transcription="Um, welcome to Lisbon."
    )
    run = session.current_run
    AnalysisRun.objects.filter(pk=run.pk).update(state=AnalysisRun.State.DONE)
    session.report = SpeechReport.objects.create(
        session=session,
        run=run,
        version="1.1",
        duration=60,
        words=4,
        filler_count=1,
        pacing="",
        transcript="",
        document={"measures": [{"name": "speech_rate", "value": 131.5}]},
    )
    session.save()
    return session


def test_list_costs_the_same_for_few_and_many(staff, alice, charlie, django_assert_num_queries):
    for number in range(12):
        services.submit_recording(alice, upload(wav(0.1)), title=f"a{number}")
        services.create_record(charlie, duration=5)
        if number in {1, 11}:
            with django_assert_num_queries(10):
                page = staff.get(reverse(CHANGELIST)).content.decode()
            assert "alice@example.org" in page


def test_search_finds_words_of_the_transcript_and_people(staff, analysed, charlie):
    services.create_record(charlie, duration=5, title="Other")
    for text, found in (("lisb", 1), ("alice@", 1), ("example.org", 2), ("*", 0), ('"', 0)):
        page = staff.get(reverse(CHANGELIST), {"q": text})
        assert page.status_code == 200
        assert page.context["cl"].result_count == found, text


@pytest.mark.parametrize(
    "query",
    [
        {"status": "analyzed"},
        {"current_run__state": "failed"},
        {"date__year": "2026"},
        {"kind": "talk", "language": "en"},
    ],
)
def test_list_can_be_filtered(staff, analysed, query):
    assert staff.get(reverse(CHANGELIST), query).status_code == 200


def test_session_shows_its_report_to_read_and_no_way_to_the_recording(staff, analysed):
    address = reverse("admin:speech_sessions_speechsession_change", args=(analysed.pk,))
    page = staff.get(address).content.decode()
    assert "131.5" in page
    assert 'name="report' not in page
    assert project_settings.MEDIA_URL not in page


def test_change_goes_the_way_of_everybodys_changes(staff, analysed):
    address = reverse("admin:speech_sessions_speechsession_change", args=(analysed.pk,))
    form = staff.get(address).context["adminform"].form
    data = {
        name: value if not isinstance(value, list) else "[]"
        for name, value in form.initial.items()
        if name in form.fields and value is not None
    }
    local = analysed.date.astimezone()
    data |= {
        "date_0": f"{local:%Y-%m-%d}",
        "date_1": f"{local:%H:%M:%S}",
        "filler_count": 7,
        "runs-TOTAL_FORMS": 0,
        "runs-INITIAL_FORMS": 0,
    }
    answer = staff.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    analysed.refresh_from_db()
    assert (analysed.filler_count, analysed.hand_set) == (7, ["filler_count"])


def test_chosen_sessions_are_analysed_again_where_that_is_possible(staff, analysed, alice):
    bare = services.create_record(alice, duration=5)
    answer = staff.post(
        reverse(CHANGELIST),
        {"action": "analyse_again", "_selected_action": [analysed.pk, bare.pk]},
        follow=True,
    )
    analysed.refresh_from_db()
    assert analysed.current_run.state == AnalysisRun.State.QUEUED
    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 2
    assert "1 session queued." in told


@pytest.mark.parametrize("model", ["speechsession", "user"])
@pytest.mark.parametrize("way", ["one", "chosen"])
def test_deleting_leaves_no_recording_on_disk(
    staff, alice, settings, django_capture_on_commit_callbacks, model, way
):
    session = services.submit_recording(alice, upload(wav()))
    app, pk = ("accounts", alice.pk) if model == "user" else ("speech_sessions", session.pk)
    if way == "one":
        address, data = reverse(f"admin:{app}_{model}_delete", args=(pk,)), {}
    else:
        address = reverse(f"admin:{app}_{model}_changelist")
        data = {"action": "delete_selected", "_selected_action": [pk]}
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(address, {**data, "post": "yes"})
    assert answer.status_code == 302
    assert not SpeechSession.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []
    assert DeletedSession.objects.count() == (model == "speechsession")


def test_runs_can_be_looked_through(staff, analysed, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page = staff.get(reverse("admin:speech_sessions_analysisrun_changelist"))
    assert page.status_code == 200
    address = reverse("admin:speech_sessions_analysisrun_change", args=(analysed.current_run.pk,))
    assert staff.get(address).status_code == 200
