"""Creating, reading, changing and deleting sessions over the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from speech_sessions.models import AnalysisRun, DeletedSession, SpeechSession
from speech_sessions.tests.conftest import files_in, upload, wav

BASE = "/api/v1/speech-sessions/"
FIELDS = {
    *("id", "user", "title", "date", "duration", "filler_count", "pacing_analysis", "status"),
    *("kind", "language", "tags", "script", "audio_file", "transcription", "confidence_score"),
    *("created_at", "updated_at", "analysis"),
}


def create(client, **fields):
    response = client.post(BASE, {"duration": 60, **fields})
    assert response.status_code == 201, response.content
    return response.json()


def send_recording(client, content=None, name="talk.wav", **fields):
    file = upload(wav() if content is None else content, name)
    return client.post(BASE, {"audio_file": file, **fields}, format="multipart")


def errors_of(response) -> dict[str, str]:
    assert response.status_code == 400, response.content
    return {error["attr"]: error["code"] for error in response.json()["errors"]}


def test_record_without_audio_is_made_from_its_duration(alices_phone, alice):
    session = create(alices_phone, duration=300)
    assert set(session) == FIELDS
    assert session["user"] == alice.pk
    assert session["duration"] == 300
    assert session["status"] == "pending"
    assert session["kind"] == "talk"
    assert session["audio_file"] is None
    assert session["confidence_score"] is None
    assert session["analysis"] == {
        "state": "nothing_to_analyse",
        "stage": "",
        "progress": 0,
        "error": None,
    }


def test_record_with_a_transcription_is_queued(alices_phone):
    session = create(alices_phone, duration=300, transcription="Well, um, good morning.")
    assert session["transcription"] == "Well, um, good morning."
    assert session["analysis"]["state"] == "queued"


def test_new_session_is_found_at_its_location(alices_phone):
    response = alices_phone.post(BASE, {"duration": 60})
    assert alices_phone.get(response["Location"]).json()["id"] == response.json()["id"]


def test_recording_is_stored_and_queued(alices_phone):
    response = send_recording(
        alices_phone, title="Rehearsal", kind="read-aloud", language="en-GB", tags="work,review"
    )
    assert response.status_code == 201
    session = response.json()
    assert session["title"] == "Rehearsal"
    assert session["kind"] == "read_aloud"
    assert session["tags"] == ["work", "review"]
    assert session["analysis"]["state"] == "queued"
    assert session["audio_file"] == f"http://testserver{BASE}{session['id']}/audio/"
    sound = alices_phone.get(session["audio_file"])
    assert b"".join(sound.streaming_content) == wav()


def test_values_sent_with_a_recording_count_as_set_by_hand(alices_phone):
    response = send_recording(alices_phone, transcription="What I said.", filler_count=3)
    session = SpeechSession.objects.get(pk=response.json()["id"])
    assert set(session.hand_set) == {"transcription", "filler_count"}


def test_empty_values_sent_with_a_recording_do_not_count_as_set(alices_phone):
    response = send_recording(
        alices_phone, transcription="", filler_count=0, pacing_analysis="", duration=0
    )
    assert response.status_code == 201
    assert SpeechSession.objects.get(pk=response.json()["id"]).hand_set == []


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "empty_file"),
        (b"not a recording at all, only words", 415, "not_audio"),
        (b"#EXTM3U\nfile:///etc/passwd\n", 415, "not_audio"),
        (b"PK\x03\x04" + bytes(100), 415, "not_audio"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), 415, "not_audio"),
    ],
    ids=["empty", "text", "playlist", "archive", "picture"],
)
def test_file_that_is_no_recording_is_refused_and_leaves_nothing(
    alices_phone, media_of_its_own, content, status, code
):
    response = send_recording(alices_phone, content)
    assert response.status_code == status
    error = response.json()["errors"][0]
    assert error["code"] == code or error["code"] == "unsupported"
    assert error["attr"] == "audio_file"
    assert len(error["detail"]) > 20
    assert not SpeechSession.objects.exists()
    assert files_in(media_of_its_own) == []


def test_file_over_the_limit_is_413(alices_phone, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    response = send_recording(alices_phone)
    assert response.status_code == 413
    assert response.json()["errors"][0]["code"] == "too_large"
    assert not SpeechSession.objects.exists()


@pytest.mark.parametrize(
    ("fields", "attr", "code"),
    [
        ({"duration": None}, "duration", "null"),
        ({"duration": 0}, "duration", "min_value"),
        ({"duration": -1}, "duration", "min_value"),
        ({"duration": 10**30}, "duration", "max_value"),
        ({"duration": 2**31}, "duration", "max_value"),
        ({"duration": "an hour"}, "duration", "invalid"),
        ({"duration": 1.5}, "duration", "invalid"),
        ({"duration": []}, "duration", "invalid"),
        ({"duration": {}}, "duration", "invalid"),
        ({"filler_count": -1}, "filler_count", "min_value"),
        ({"filler_count": 10**30}, "filler_count", "max_value"),
        ({"kind": "sermon"}, "kind", "invalid_choice"),
        ({"kind": None}, "kind", "null"),
        ({"kind": ["talk"]}, "kind", "invalid_choice"),
        ({"status": "done"}, "status", "invalid_choice"),
        ({"language": "English"}, "language", "invalid"),
        ({"language": "e" * 50}, "language", "invalid"),
        ({"language": 5}, "language", "invalid"),
        ({"title": "x" * 201}, "title", "max_length"),
        ({"title": "a\x00b"}, "title", "null_characters_not_allowed"),
        ({"title": {}}, "title", "invalid"),
        ({"transcription": "a\x00b"}, "transcription", "null_characters_not_allowed"),
        ({"transcription": None}, "transcription", "null"),
        ({"confidence_score": 1.1}, "confidence_score", "max_value"),
        ({"confidence_score": -0.1}, "confidence_score", "min_value"),
        ({"confidence_score": "nan"}, "confidence_score", "invalid"),
        ({"confidence_score": "inf"}, "confidence_score", "invalid"),
        ({"date": "soon"}, "date", "invalid"),
        ({"date": "2026-02-30"}, "date", "invalid"),
        ({"date": "0001-01-01T00:00:00+14:00"}, "date", "overflow"),
        ({"date": "9999-12-31T23:59:59-14:00"}, "date", "overflow"),
        ({"date": "0001-01-01"}, "date", "invalid"),
        ({"date": 5}, "date", "invalid"),
        ({"tags": "work"}, "tags", "not_a_list"),
        ({"tags": [{}]}, "tags.0", "invalid"),
        ({"tags": ["x" * 51]}, "tags.0", "max_length"),
        ({"tags": ["a\x00"]}, "tags.0", "null_characters_not_allowed"),
        ({"tags": [str(number) for number in range(21)]}, "tags", "max_length"),
        ({"audio_file": "https://elsewhere.example/talk.wav"}, "audio_file", "invalid"),
    ],
)
def test_value_that_does_not_fit_is_400_and_names_its_field(alices_phone, fields, attr, code):
    response = alices_phone.post(BASE, {"duration": 60, **fields})
    assert errors_of(response).get(attr) == code
    assert not SpeechSession.objects.exists()


@pytest.mark.parametrize(
    "field", ["title", "kind", "language", "transcription", "date", "tags", "audio_file", "nobody"]
)
def test_half_a_character_is_no_crash(alices_phone, field):
    body = b'{"duration": 60, "%s": "a\\ud800b"}' % field.encode()
    response = alices_phone.post(BASE, body, content_type="application/json")
    assert response.status_code == (201 if field == "nobody" else 400)


def test_missing_duration_without_a_recording_is_400(alices_phone):
    assert errors_of(alices_phone.post(BASE, {"title": "x"})) == {"duration": "required"}


@pytest.mark.parametrize(
    ("field", "choices"),
    [
        ("kind", "talk, interview, conversation, read_aloud, practice, other"),
        ("status", "pending, analyzed, archived"),
    ],
)
def test_unknown_choice_is_told_what_there_is(alices_phone, field, choices):
    response = alices_phone.post(BASE, {"duration": 60, field: "nonsense"})
    assert choices in response.json()["detail"]


def test_all_errors_of_a_request_are_told_at_once(alices_phone):
    response = alices_phone.post(BASE, {"duration": -1, "kind": "sermon", "date": "soon"})
    assert set(errors_of(response)) == {"duration", "kind", "date"}


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("2026-11-05", "2026-11-05T12:00:00Z"),
        ("2026-11-05T09:30:00Z", "2026-11-05T09:30:00Z"),
        ("2026-11-05T09:30:00+02:00", "2026-11-05T07:30:00Z"),
        ("2026-11-05T09:30", "2026-11-05T09:30:00Z"),
    ],
)
def test_date_may_be_a_day_or_a_moment(alices_phone, sent, answered):
    assert create(alices_phone, date=sent)["date"] == answered


def test_day_is_one_of_the_persons_time_zone(alices_phone, alice):
    alice.time_zone = "Pacific/Auckland"
    alice.save()
    assert create(alices_phone, date="2026-11-05")["date"] == "2026-11-04T23:00:00Z"


def test_patch_changes_what_was_sent_and_marks_it_as_set_by_hand(alices_phone):
    session = create(alices_phone, title="Before")
    response = alices_phone.patch(f"{BASE}{session['id']}/", {"filler_count": 4, "title": "After"})
    assert response.status_code == 200
    assert response.json()["filler_count"] == 4
    assert response.json()["title"] == "After"
    assert response.json()["duration"] == 60
    assert SpeechSession.objects.get().hand_set == ["filler_count"]


def test_put_of_what_was_got_changes_nothing(alices_phone):
    session = send_recording(alices_phone).json()
    response = alices_phone.put(f"{BASE}{session['id']}/", session)
    assert response.status_code == 200
    assert {**response.json(), "updated_at": ""} == {**session, "updated_at": ""}
    assert SpeechSession.objects.get().hand_set == []
    assert AnalysisRun.objects.count() == 1


@pytest.mark.parametrize("body", [{"title": "New"}, {"title": "New", "audio_file": None}])
def test_put_without_audio_keeps_it(alices_phone, body):
    session = send_recording(alices_phone).json()
    response = alices_phone.put(f"{BASE}{session['id']}/", body)
    assert response.json()["title"] == "New"
    assert response.json()["audio_file"] == session["audio_file"]
    assert b"".join(alices_phone.get(session["audio_file"]).streaming_content) == wav()


def test_new_audio_replaces_the_old_and_is_queued(
    alices_phone, media_of_its_own, django_capture_on_commit_callbacks
):
    session = send_recording(alices_phone).json()
    with django_capture_on_commit_callbacks(execute=True):
        response = alices_phone.put(
            f"{BASE}{session['id']}/", {"audio_file": upload(wav(2))}, format="multipart"
        )
    assert response.status_code == 200
    assert response.json()["analysis"]["state"] == "queued"
    assert b"".join(alices_phone.get(session["audio_file"]).streaming_content) == wav(2)
    assert len(files_in(media_of_its_own)) == 1


def test_read_only_fields_are_not_changed(alices_phone, charlie):
    session = create(alices_phone)
    body = {"id": 999, "user": charlie.pk, "created_at": "2000-01-01T00:00:00Z", "analysis": {}}
    response = alices_phone.patch(f"{BASE}{session['id']}/", body)
    assert response.json()["user"] == session["user"]
    assert response.json()["id"] == session["id"]
    assert response.json()["created_at"] == session["created_at"]


def test_delete_takes_session_and_recording_and_leaves_a_tombstone(
    alices_phone, media_of_its_own, django_capture_on_commit_callbacks
):
    session = send_recording(alices_phone).json()
    with django_capture_on_commit_callbacks(execute=True):
        response = alices_phone.delete(f"{BASE}{session['id']}/")
    assert response.status_code == 204
    assert response.content == b""
    assert alices_phone.get(f"{BASE}{session['id']}/").status_code == 404
    assert DeletedSession.objects.get().session_id == session["id"]
    assert files_in(media_of_its_own) == []


def test_analyze_queues_a_new_run(alices_phone):
    session = create(alices_phone, transcription="Good morning.")
    AnalysisRun.objects.update(state="done")
    response = alices_phone.post(f"{BASE}{session['id']}/analyze/")
    assert response.status_code == 202
    assert response.json()["analysis"]["state"] == "queued"
    assert AnalysisRun.objects.count() == 2


def test_analyze_while_one_runs_is_409(alices_phone):
    session = create(alices_phone, transcription="Good morning.")
    response = alices_phone.post(f"{BASE}{session['id']}/analyze/")
    assert response.status_code == 409
    assert response.json()["errors"][0]["code"] == "already_running"


def test_analyze_of_nothing_is_409(alices_phone):
    session = create(alices_phone)
    response = alices_phone.post(f"{BASE}{session['id']}/analyze/")
    assert response.status_code == 409
    assert response.json()["errors"][0]["code"] == "nothing_to_analyse"


def test_detail_that_did_not_change_is_304(alices_phone):
    address = f"{BASE}{create(alices_phone)['id']}/"
    first = alices_phone.get(address)
    assert "private" in first["Cache-Control"]
    again = alices_phone.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    alices_phone.patch(address, {"title": "Changed"})
    changed = alices_phone.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_fields_picks_what_is_answered(alices_phone):
    session = create(alices_phone, title="Short")
    response = alices_phone.get(f"{BASE}{session['id']}/?fields=id,title")
    assert response.json() == {"id": session["id"], "title": "Short"}
    listed = alices_phone.get(f"{BASE}?fields=title").json()["results"]
    assert listed == [{"title": "Short"}]


def test_field_that_does_not_exist_is_400_and_told_which_do(alices_phone):
    create(alices_phone)
    response = alices_phone.get(f"{BASE}?fields=id,password")
    assert errors_of(response) == {"fields": "invalid_choice"}
    assert "transcription" in response.json()["detail"]


@pytest.mark.parametrize(
    "call",
    ["", "analyze/", "audio/", "clip/?start=0&end=1", "events/", "peaks/", "report/"],
)
def test_session_of_somebody_else_is_404_everywhere(alices_phone, charlies_phone, call):
    session = send_recording(alices_phone).json()
    address = f"{BASE}{session['id']}/{call}"
    methods = ["post"] if call == "analyze/" else ["get", "head"]
    methods += ["put", "patch", "delete"] if not call else []
    for method in methods:
        response = getattr(charlies_phone, method)(address)
        assert response.status_code == 404, method
    assert SpeechSession.objects.filter(pk=session["id"]).exists()


def test_browser_with_a_session_may_use_the_api_too(alices_browser):
    response = alices_browser.post(BASE, {"duration": 60}, content_type="application/json")
    assert response.status_code == 201
    assert alices_browser.get(BASE).json()["count"] == 1


def test_upload_with_a_name_of_any_length_is_taken(alices_phone):
    file = SimpleUploadedFile("é" * 300 + ".wav", wav())
    response = alices_phone.post(BASE, {"audio_file": file}, format="multipart")
    assert response.status_code == 201
