"""Talks: brought by page and API, rehearsed as a session of their sections."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from practice import services
from practice.models import Sequence, Talk
from practice.tests.conftest import PRACTICE, SESSIONS
from speech_sessions.models import SpeechReport
from speech_sessions.pipeline.engine_options import options_of
from speech_sessions.tests.conftest import upload, wav
from speech_sessions.tests.reported import reported_session

TALKS = f"{PRACTICE}talks/"
TRAMS = {
    "title": "Why we moved to trams",
    "language": "en",
    "script": "Ten years ago this street was loud.\n\nToday you can hear the birds.",
    "sections": "1:00 The street then\n1:30 The street now",
}


@pytest.fixture
def talk(alice) -> Talk:
    sections = [{"title": "Then", "seconds": 60}, {"title": "Now", "seconds": 90}]
    return services.save_talk(
        alice, None, title="Trams", script=TRAMS["script"], language="en", sections=sections
    )


def test_talk_is_written_changed_and_deleted_on_its_pages(alices_browser, alice):
    assert alices_browser.post(reverse("practice:new_talk"), TRAMS).status_code == 302
    talk = Talk.objects.get(sequence__owner=alice)
    assert [step.seconds for step in talk.sequence.steps.all()] == [60, 90]
    page = alices_browser.get(reverse("practice:talks")).content.decode()
    assert "Why we moved to trams" in page
    assert "2 sections · 2:30 · 13 words" in page
    edit = reverse("practice:edit_talk", args=[talk.pk])
    assert "1:30 The street now" in alices_browser.get(edit).content.decode()
    alices_browser.post(edit, TRAMS | {"sections": "", "title": "Trams"})
    talk.sequence.refresh_from_db()
    assert (talk.sequence.title, talk.sequence.total_seconds) == ("Trams", 30)
    delete = reverse("practice:delete_talk", args=[talk.pk])
    assert "Delete “Trams”?" in alices_browser.get(delete).content.decode()
    alices_browser.post(delete)
    assert not Sequence.objects.filter(owner=alice).exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("talk.pdf", b"%PDF-1.7", "ends in .txt or .md"),
        ("talk.txt", b"caf\xe9", "not in UTF-8"),
        ("talk.txt", b"  \n ", "no text in this file"),
        ("talk.txt", b"a\0b", "not a text file"),
        ("talk.txt", b"word " * 4_001, "20000 characters at most"),
        ("talk.txt", b"w" * 80_001, "too large"),
    ],
)
def test_file_that_is_no_script_is_refused_beside_its_field(alices_browser, name, content, said):
    file = SimpleUploadedFile(name, content)
    answer = alices_browser.post(reverse("practice:new_talk"), TRAMS | {"file": file})
    assert answer.status_code == 400
    assert said in answer.context["form"].errors["file"][0]
    assert not Talk.objects.exists()


def test_script_is_taken_from_a_markdown_file_without_its_marks(alices_browser):
    text = "# The street\r\n\r\n- It **was** loud, see [the map](https://example.org).\n"
    file = SimpleUploadedFile("talk.md", text.encode("utf-8-sig"))
    alices_browser.post(reverse("practice:new_talk"), TRAMS | {"file": file})
    assert Talk.objects.get().script == "The street\n\nIt was loud, see the map."


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ("The problem", "Line 1: begin with the time"),
        ("1:00 One\n\n0:00 Two", "Line 3: a section takes a second at least"),
        ("1:60 One", "Line 1: begin with the time"),
        ("200 One\n200 Two", "four hours at most"),
    ],
)
def test_section_that_cannot_be_read_is_told_by_its_line(alices_browser, sections, said):
    answer = alices_browser.post(reverse("practice:new_talk"), TRAMS | {"sections": sections})
    assert said in answer.context["form"].errors["sections"][0]


def test_talk_comes_and_goes_over_the_api(alices_phone):
    sent = {"title": "Trams", "sections": [{"title": "Then", "seconds": 60}]}
    made = alices_phone.post(TALKS, sent, format="json")
    assert made.status_code == 201
    talk = made.json()
    assert (talk["language"], talk["script"], talk["total_seconds"]) == ("en", "", 60)
    listed = alices_phone.get(TALKS)
    assert listed.json()["results"] == [talk]
    again = alices_phone.get(TALKS, headers={"If-None-Match": listed["ETag"]})
    assert again.status_code == 304
    address = f"{TALKS}{talk['id']}/"
    changed = alices_phone.put(address, {"title": "Trams", "script": "One " * 281}, format="json")
    assert changed.json()["sections"] == [{"title": "Trams", "seconds": 130}]
    started = alices_phone.post(f"{SESSIONS}start/", {"sequence_id": talk["id"]}, format="json")
    assert started.status_code == 201
    since = {"updated_after": talk["updated_at"]}
    assert [one["id"] for one in alices_phone.get(TALKS, since).json()["results"]] == [talk["id"]]
    assert alices_phone.delete(address).status_code == 204
    gone = alices_phone.get(TALKS, since).json()["results"]
    assert [set(one) for one in gone] == [{"id", "deleted_at"}]
    assert alices_phone.get(address).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"title": "Trams"},
        {"title": "", "script": "One."},
        {"title": "Trams", "script": "w" * 20_001},
        {"title": "Trams", "script": "One.", "language": "English, please"},
        {"title": "Trams", "sections": [{"title": "Then", "seconds": 0}]},
        {"title": "Trams", "sections": [{"title": "Then", "seconds": 14_400}] * 2},
        {"title": "Trams", "sections": "1:00 Then"},
    ],
)
def test_talk_that_is_not_valid_is_422(alices_phone, sent):
    answer = alices_phone.post(TALKS, sent, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_clock_of_a_talk_shows_its_script_and_says_whose_pace_it_is(alices_browser, alice, talk):
    address = reverse("practice:session", args=[services.start(alice, talk.sequence).pk])
    html = alices_browser.get(address).content.decode()
    assert 'data-pace="140"' in html
    assert "nothing of yours is measured yet" in html
    assert '<p data-words="7">Ten years ago this street was loud.</p>' in html
    for rate in (120, 151, 180):
        session = reported_session(alice)
        SpeechReport.objects.filter(session=session).update(speech_rate=rate)
    html = alices_browser.get(address).content.decode()
    assert 'data-pace="151"' in html
    assert "the median of your last recordings" in html


def test_sections_stand_against_their_time_as_planned_then(alices_browser, alice, talk):
    session = services.start(alice, talk.sequence)
    services.mark_step(alice, session.pk, 1, completed=True, seconds=75)
    services.complete(alice, session.pk, services.Completion(110, "partial"))
    services.save_talk(
        alice,
        talk,
        title="Trams",
        script="",
        language="en",
        sections=[{"title": "All", "seconds": 9}],
    )
    html = alices_browser.get(reverse("practice:session", args=[session.pk])).content.decode()
    assert "Then" in html
    assert "0:15 over" in html


def test_recording_of_a_talk_is_held_against_its_script(alice, talk):
    session = services.start(alice, talk.sequence)
    recording = services.keep_recording(session, upload(wav()))
    assert (recording.kind, recording.script) == ("practice", talk.script)
    assert options_of(recording).reference == talk.script


def test_talk_stands_among_talks_and_not_among_sequences(alices_browser, talk):
    for name, count in (("home", 0), ("sequences", 0), ("talks", 1)):
        html = alices_browser.get(reverse(f"practice:{name}")).content.decode()
        assert html.count(f'name="sequence" value="{talk.pk}"') == count, name


def test_talk_of_another_person_is_not_there(talk, charlies_browser, charlies_phone):
    for name in ("edit_talk", "delete_talk"):
        assert charlies_browser.get(reverse(f"practice:{name}", args=[talk.pk])).status_code == 404
    assert charlies_phone.get(f"{TALKS}{talk.pk}/").status_code == 404
    assert charlies_phone.get(TALKS).json()["count"] == 0
