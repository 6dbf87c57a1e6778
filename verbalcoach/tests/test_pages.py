"""The pages that belong to no single app."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from engines.language_services import ServiceOptions
from engines.transcribers import TranscriberOptions
from engines.voices import VoiceOptions
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.tests.reported import reported_session
from verbalcoach.today import WEEKS, greeting

FRIDAY_EVENING = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def work_folder(settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"
    settings.WORK_DIR.mkdir()


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_home_shows_visitors_what_it_does(db):
    text = text_of(Client().get("/"))
    assert "Hear how you speak" in text
    assert "Sign in" in text


def test_home_leads_who_is_signed_in_to_their_day(alices_browser):
    assert alices_browser.get("/").url == "/today/"


def test_today_is_closed_to_visitors(db):
    assert Client().get("/today/").url == "/accounts/login/?next=/today/"


def test_today_begins_with_an_invitation(alices_browser):
    text = text_of(alices_browser.get("/today/"))
    assert "What will stand here" in text
    assert "Record a minute" in text


def test_today_shows_the_newest_focus_and_where_it_comes_from(alice, alices_browser):
    session = reported_session(alice, title="Quarterly review")
    feedback = session.report.document["feedback"]
    answer = alices_browser.get("/today/")
    assert feedback["focus"] in text_of(answer)
    assert session.get_absolute_url() in answer.content.decode()


def test_today_forgets_the_focus_of_an_archived_session(alice, alices_browser):
    session = reported_session(alice)
    SpeechSession.objects.update(status="archived")
    assert session.report.document["feedback"]["focus"] not in text_of(
        alices_browser.get("/today/")
    )


def test_today_adds_up_the_week_in_the_persons_zone(alice, alices_browser, time_machine):
    time_machine.move_to(FRIDAY_EVENING, tick=False)
    alice.time_zone = "Pacific/Auckland"  # Saturday morning there
    alice.save()
    for days, seconds in ((0, 60), (4, 30), (5, 500)):
        SpeechSession.objects.create(
            user=alice, date=FRIDAY_EVENING - timedelta(days=days), duration=seconds
        )
    answer = alices_browser.get("/today/")
    week = answer.context["week"]
    assert "Saturday 21 November" in text_of(answer)
    assert "Good morning." in text_of(answer)
    # Monday evening in London is Tuesday there, Sunday evening is Monday.
    assert (week.seconds, week.sessions) == (590, 3)
    assert week.days[-1].date.isoformat() == "2026-11-21"
    assert week.days[-1].seconds == 60
    assert len(week.days) == (WEEKS - 1) * 7 + 6
    assert week.days[0].date.weekday() == 0


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (5, "Good morning."),
        (12, "Good afternoon."),
        (18, "Good evening."),
        (2, "Good evening."),
    ],
)
def test_greeting_fits_the_hour_where_the_reader_is(hour, said):
    with timezone.override("America/New_York"):
        assert greeting(datetime(2026, 11, 20, (hour + 5) % 24, 30, tzinfo=UTC)) == said


def test_today_names_what_is_being_analysed(alice, alices_browser):
    session = SpeechSession.objects.create(user=alice, title="On its way")
    session.current_run = AnalysisRun.objects.create(session=session)
    session.save()
    failed = SpeechSession.objects.create(user=alice, title="Broken")
    failed.current_run = AnalysisRun.objects.create(session=failed, state="failed")
    failed.save()
    answer = alices_browser.get("/today/")
    assert [s.title for s in answer.context["pending"]] == ["On its way"]
    assert [s.title for s in answer.context["recent"]] == ["Broken"]


def test_today_claims_no_trend_from_a_few_recordings(alice, alices_browser):
    reported_session(alice)
    text = text_of(alices_browser.get("/today/"))
    assert "Too early to say, 4 more recordings" in text


def test_today_takes_as_many_queries_at_2_as_at_10(
    alice, alices_browser, django_assert_max_num_queries
):
    def recordings(count):
        for days in range(count):
            reported_session(alice, date=timezone.now() - timedelta(days=days))

    recordings(2)
    with django_assert_max_num_queries(23) as few:
        alices_browser.get("/today/")
    recordings(8)
    with django_assert_max_num_queries(len(few)):
        alices_browser.get("/today/")


def test_privacy_says_that_recordings_stay(db):
    assert "Nowhere. It is kept here, and analysed here." in text_of(Client().get("/privacy/"))


def test_privacy_names_who_hears_them_where_they_are_sent(db, settings):
    settings.ANALYSIS_STT_PROVIDERS = ["openai"]
    settings.OPENAI_API_KEY = "key"
    assert "sent to OpenAI to be written down" in text_of(Client().get("/privacy/"))


def test_privacy_names_nobody_who_is_not_set_up(db, settings):
    settings.ANALYSIS_STT_PROVIDERS = ["openai", "local"]
    settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = ""
    assert "Nowhere." in text_of(Client().get("/privacy/"))


def test_privacy_names_the_services_that_lines_and_words_are_sent_to(db, settings):
    settings.TRANSLATORS = [
        ServiceOptions("deepl", api_key="k"),
        ServiceOptions("libretranslate", base_url="http://localhost:5000"),
    ]

    told = text_of(Client().get("/privacy/"))

    assert "DeepL (api.deepl.com): a line of your partner" in told
    assert "LibreTranslate" not in told
    assert "no word of it is sent" not in told


@pytest.mark.parametrize("page", ["/", "/today/", "/privacy/", "/speech-sessions/"])
def test_pages_keep_to_the_strict_policy(page, alices_browser, alice):
    reported_session(alice)
    answer = alices_browser.get(page, follow=True)
    html = answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]+(src=|type=\"application/json\"))", html)


def test_privacy_page_says_who_hears_and_speaks_in_conversations(client, settings):
    settings.SPEECH_TRANSCRIBERS = [TranscriberOptions()]
    settings.SPEECH_VOICES = []
    assert "Who hears and speaks" not in client.get("/privacy/").content.decode()
    settings.SPEECH_TRANSCRIBERS = [TranscriberOptions("deepgram", api_key="k")]
    settings.SPEECH_VOICES = [VoiceOptions("elevenlabs", api_key="k")]
    page = client.get("/privacy/").content.decode()
    assert "heard by Deepgram" in page
    assert "sent to ElevenLabs to be spoken" in page
    assert "No sound and no word" not in page
