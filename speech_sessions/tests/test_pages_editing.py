"""Changing and deleting a session by its pages."""

import pytest

from speech_sessions.models import SpeechSession
from speech_sessions.tests.conftest import files_in, upload, wav
from speech_sessions.tests.reported import reported_session


@pytest.fixture
def session(alice) -> SpeechSession:
    return reported_session(alice, title="Weekly update")


def shown(browser, session) -> dict[str, str]:
    """The form as a browser would send it back unchanged."""
    form = browser.get(f"{session.get_absolute_url()}edit/").context["form"]
    values = {}
    for field in form:
        if field.name in {"audio_file", "use_machine"}:
            continue
        value = field.value()
        if field.name == "date":
            value = value.strftime("%Y-%m-%dT%H:%M")
        values[field.name] = "" if value is None else str(value).replace("\n", "\r\n")
    return values


def save(browser, session, **changes):
    data = {**shown(browser, session), **changes}
    return browser.post(f"{session.get_absolute_url()}edit/", data)


def test_saving_an_unchanged_form_changes_nothing(alices_browser, session):
    before = SpeechSession.objects.values().get(pk=session.pk)
    assert save(alices_browser, session).url == session.get_absolute_url()
    after = SpeechSession.objects.values().get(pk=session.pk)
    assert {**before, "updated_at": None} == {**after, "updated_at": None}
    assert session.runs.count() == 1


def test_title_kind_and_tags_are_changed(alices_browser, session):
    save(alices_browser, session, title="Monthly update", tags="work,  review, work")
    session.refresh_from_db()
    assert session.title == "Monthly update"
    assert session.tags == ["work", "review"]
    assert session.hand_set == []


def test_value_set_by_hand_wins_and_the_machines_stands_beside_it(alices_browser, session):
    counted = session.report.filler_count
    save(alices_browser, session, filler_count="17")
    session.refresh_from_db()
    assert (session.filler_count, session.hand_set) == (17, ["filler_count"])
    html = alices_browser.get(f"{session.get_absolute_url()}edit/").content.decode()
    assert "Set by hand." in html
    assert f"The analysis says: {counted}" in html
    page = alices_browser.get(session.get_absolute_url()).content.decode()
    assert "set by hand" in page
    assert "The analysis says" in page


def test_value_set_by_hand_is_given_back_to_the_machine(alices_browser, session):
    counted = session.report.filler_count
    save(alices_browser, session, filler_count="17")
    session.refresh_from_db()
    save(alices_browser, session, use_machine=["filler_count"])
    session.refresh_from_db()
    assert (session.filler_count, session.hand_set) == (counted, [])


def test_another_recording_is_analysed_anew(alices_browser, session, settings):
    save(alices_browser, session, audio_file=upload(wav(2.0)))
    session.refresh_from_db()
    assert session.report is None
    assert session.current_run.state == "queued"
    assert session.runs.count() == 2


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"filler_count": "-1"}, 400, "greater than or equal to 0"),
        ({"confidence_score": "1.5"}, 400, "less than or equal to 1"),
        ({"date": "yesterday"}, 400, "Enter a valid date/time."),
        ({"audio_file": b"Dear diary"}, 415, "This file is not a recording"),
        ({"audio_file": b""}, 400, "This file is empty."),
    ],
)
def test_wrong_value_is_explained_and_what_was_typed_stays(
    alices_browser, session, changes, status, words
):
    files = {name: upload(value) for name, value in changes.items() if isinstance(value, bytes)}
    answer = save(alices_browser, session, **{"title": "Typed", **changes, **files})
    assert answer.status_code == status
    html = answer.content.decode()
    assert words in html
    assert 'value="Typed"' in html
    session.refresh_from_db()
    assert session.title == "Weekly update"
    assert session.report is not None


def test_deleting_asks_first(alices_browser, session):
    html = alices_browser.get(f"{session.get_absolute_url()}delete/").content.decode()
    assert "Delete “Weekly update”?" in html
    assert SpeechSession.objects.filter(pk=session.pk).exists()


def test_deleted_session_is_gone_with_its_recording(
    alices_browser, session, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = alices_browser.post(f"{session.get_absolute_url()}delete/", follow=True)
    assert "“Weekly update” was deleted." in answer.content.decode()
    assert not SpeechSession.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []


@pytest.mark.parametrize("page", ["edit", "delete"])
def test_session_of_another_person_is_not_there(charlies_browser, session, page):
    address = f"{session.get_absolute_url()}{page}/"
    assert charlies_browser.get(address).status_code == 404
    assert charlies_browser.post(address, {"title": "Mine"}).status_code == 404
    session.refresh_from_db()
    assert session.title == "Weekly update"
