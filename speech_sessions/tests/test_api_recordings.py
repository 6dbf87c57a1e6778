"""What is heard and read of a session: audio, clips, peaks, report, events."""

import io
import wave

import pytest

from speech_sessions.models import AnalysisRun, SpeechReport, SpeechSession
from speech_sessions.tests.conftest import upload, wav

BASE = "/api/v1/speech-sessions/"
EVENTS = [
    {
        "type": kind,
        "start": start,
        "end": start + 0.3,
        "text": "um",
        "confidence": 0.9,
        "tier": "sure",
    }
    for start, kind in enumerate(["filled_pause", "pause", "filled_pause"])
]
DOCUMENT = {"version": "1", "duration_seconds": 3.0, "events": EVENTS, "measures": []}


@pytest.fixture
def address(alices_phone) -> str:
    """Of a session with three seconds of (silent) recording."""
    response = alices_phone.post(BASE, {"audio_file": upload(wav(3))}, format="multipart")
    return f"{BASE}{response.json()['id']}/"


@pytest.fixture
def reported(address) -> SpeechSession:
    """The same session with a report."""
    session = SpeechSession.objects.get()
    report = SpeechReport.objects.create(
        session=session,
        run=AnalysisRun.objects.get(),
        version="1",
        duration=3.0,
        words=5,
        filler_count=2,
        pacing="",
        transcript="um",
        document=DOCUMENT,
    )
    SpeechSession.objects.update(report=report)
    return session


def content_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_audio_is_the_recording_as_it_was_sent(alices_phone, address):
    response = alices_phone.get(f"{address}audio/")
    assert content_of(response) == wav(3)
    assert response["Content-Type"].startswith("audio/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="talk.wav"'
    assert "private" in response["Cache-Control"]


def test_audio_is_sought_by_range(alices_phone, address):
    response = alices_phone.get(f"{address}audio/", headers={"Range": "bytes=44-1043"})
    assert response.status_code == 206
    assert content_of(response) == wav(3)[44:1044]


def test_range_that_lies_outside_is_416_in_the_one_shape(alices_phone, address):
    response = alices_phone.get(f"{address}audio/", headers={"Range": "bytes=9999999-"})
    assert response.status_code == 416
    assert response.json()["errors"][0]["code"] == "range_not_satisfiable"


def test_audio_can_be_downloaded(alices_phone, address):
    response = alices_phone.get(f"{address}audio/?download")
    assert response["Content-Disposition"] == 'attachment; filename="talk.wav"'


def test_head_of_audio_tells_its_length(alices_phone, address):
    response = alices_phone.head(f"{address}audio")
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(wav(3)))
    assert response.content == b""


@pytest.mark.parametrize("call", ["audio/", "clip/?start=0&end=1"])
def test_recording_of_a_session_without_one_is_404(alices_phone, call):
    pk = alices_phone.post(BASE, {"duration": 60}).json()["id"]
    response = alices_phone.get(f"{BASE}{pk}/{call}")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "no_recording"


def test_clip_lasts_from_start_to_end(alices_phone, address):
    response = alices_phone.get(f"{address}clip/?start=0.5&end=1.25")
    assert response.status_code == 200
    assert response["Content-Type"] == "audio/wav"
    with wave.open(io.BytesIO(response.content)) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(0.75, abs=0.001)


def test_clip_ends_with_the_recording(alices_phone, address):
    response = alices_phone.get(f"{address}clip/?start=2.5&end=30")
    with wave.open(io.BytesIO(response.content)) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(0.5, abs=0.01)


def test_clip_may_be_mp3(alices_phone, address):
    response = alices_phone.get(f"{address}clip/?start=0&end=1&format=mp3")
    assert response["Content-Type"] == "audio/mpeg"
    assert response.content[:3] == b"ID3" or response.content[0] == 0xFF


@pytest.mark.parametrize(
    ("query", "attr"),
    [
        ("", "start"),
        ("start=0", "end"),
        ("start=1&end=1", "end"),
        ("start=2&end=1", "end"),
        ("start=0&end=60.5", "end"),
        ("start=-1&end=1", "start"),
        ("start=nan&end=1", "start"),
        ("start=0&end=inf", "end"),
        ("start=x&end=1", "start"),
        ("start=0&end=1&format=flac", "format"),
    ],
)
def test_clip_that_makes_no_sense_is_400(alices_phone, address, query, attr):
    response = alices_phone.get(f"{address}clip/?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == attr


def test_clip_beyond_the_end_is_404(alices_phone, address):
    response = alices_phone.get(f"{address}clip/?start=100&end=101")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "beyond_the_end"


def test_clip_of_a_damaged_recording_is_415_and_says_so(alices_phone):
    damaged = b"fLaC" + b"nonsense" * 100
    made = alices_phone.post(BASE, {"audio_file": upload(damaged)}, format="multipart")
    response = alices_phone.get(f"{BASE}{made.json()['id']}/clip/?start=0&end=1")
    assert response.status_code == 415
    assert response.json()["detail"]


def test_peaks_are_empty_until_the_recording_was_read(alices_phone, address):
    assert alices_phone.get(f"{address}peaks/").json()["peaks"] == []


def test_peaks_are_those_of_the_newest_run(alices_phone, address):
    AnalysisRun.objects.update(recording={"peaks": [0, 0.5, 1], "duration": 3.0})
    assert alices_phone.get(f"{address}peaks/").json() == {"peaks": [0, 0.5, 1], "duration": 3.0}


@pytest.mark.parametrize("call", ["report/", "events/"])
def test_report_before_there_is_one_is_404(alices_phone, address, call):
    response = alices_phone.get(f"{address}{call}")
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "no_report"


def test_report_is_the_document_and_corrections_do_not_change_it(alices_phone, address, reported):
    first = alices_phone.get(f"{address}report/")
    assert first.json() == DOCUMENT
    alices_phone.patch(address, {"filler_count": 99})
    again = alices_phone.get(f"{address}report/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_events_are_listed_and_picked_by_type(alices_phone, address, reported):
    assert alices_phone.get(f"{address}events/").json()["results"] == EVENTS
    found = alices_phone.get(f"{address}events/?type=pause").json()
    assert found["count"] == 1
    assert found["results"] == [EVENTS[1]]


def test_event_pages_are_linked(alices_phone, address, reported):
    page = alices_phone.get(f"{address}events/?page_size=2").json()
    assert len(page["results"]) == 2
    assert len(alices_phone.get(page["next"]).json()["results"]) == 1
