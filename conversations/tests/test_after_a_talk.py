"""What a finished talk came to: its turns measured by the engine, in words, and what comes next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analysis.timeline import Span
from analysis.turns import Turn
from conversations import fluency, retention, reviewing, services
from conversations.models import HeardTurn, TalkReview, TutorMessage, VoiceConversation
from conversations.sound import wav_of
from conversations.tests.conftest import SESSIONS, started
from engines.transcribers import Transcript, Word
from flashcards.models import Card
from flashcards.services import meet
from speech.tests.conftest import JFK

PAGES = "/conversations/live/"
pytestmark = pytest.mark.usefixtures("lost_worker", "own_engines")


@pytest.fixture
def heard() -> dict:
    """Eleven seconds with a long pause and an um, as the engine hears them: every turn says it."""
    text = (
        "so my fellow friends I would like to have um a soup and then some bread and a tea please"
    )
    words, speech, at = [], [], 0.5
    for number, word in enumerate(text.split()):
        if number == 9:
            at += 1.5
        if number in {0, 9}:
            speech.append([at, at])
        words.append(Word(word, round(at, 2), round(at + 0.4, 2), 0.9))
        at += 0.45
        speech[-1][1] = at
    spans = tuple(Span(*span) for span in speech)
    return Turn(Transcript(text, "en", None, tuple(words), "words"), spans, at).to_json()


@pytest.fixture
def engine(heard, monkeypatch):
    """The engine's answer without its work: what `heard` holds, for every turn."""
    asked = []

    def answer(message, options, transcriber):
        asked.append(message.position)
        return heard

    monkeypatch.setattr(fluency, "heard", answer)
    return asked


def say(talk, text, *, spoken=True, corrections=(), checks=()) -> TutorMessage:
    """A turn and its answer, as the worker stores them."""
    if spoken:
        turn = services.take_audio(
            talk, wav_of(b"\1\0" * 16_000), f"c{TutorMessage.objects.count()}"
        )
    else:
        turn = services.take_text(talk, text)
    TutorMessage.objects.filter(pk=turn.pk).update(state="answered", text=text, seconds=11.0)
    TutorMessage.objects.create(
        session=talk,
        position=turn.position + 1,
        side="tutor",
        state="answered",
        text="Very well. Here is the bill.",
        corrections=list(corrections),
    )
    if checks:
        talk.checks_met = [*talk.checks_met, *checks]
        talk.save(update_fields=("checks_met",))
    return turn


HAVE = {"said": "She have", "better": "She has", "why": "She, he and it: has.", "rule": "have"}


def state_of(talk, phone) -> dict:
    return phone.get(f"{SESSIONS}{talk.pk}/").json()


def test_spoken_turns_are_measured_and_told_everywhere(
    talk, alice, alices_phone, alices_browser, engine, django_capture_on_commit_callbacks
):
    say(talk, "She have a soup. She have a fish too.", corrections=[HAVE, HAVE])
    say(talk, "A water, please.", spoken=False)
    say(talk, "And the bill.")
    ended = services.end(talk)

    before = state_of(ended, alices_phone)["review"]
    assert (before["state"], before["turns_measured"], before["turns_to_measure"]) == (
        "measuring",
        0,
        2,
    )
    assert before["corrections"][0]["times"] == 2
    assert "0 of 2 so far" in alices_browser.get(f"{PAGES}{talk.pk}/").text

    reviewing.work(talk.pk)

    review = state_of(ended, alices_phone)["review"]
    assert engine == [1, 5]
    assert review["state"] == "done"
    values = {each["name"]: each["value"] for each in review["fluency"]}
    assert values["words"] == 38
    assert values["long_pauses"] == 2
    assert values["filled_pause_count"] == 2
    assert 2 < values["articulation_rate"] < 6
    assert {each["position"] for one in review["fluency"] for each in one["evidence"]} <= {1, 5}
    stored = VoiceConversation.objects.get(pk=ended.conversation_id)
    assert stored.ai_feedback["fluency"][0]["name"] == "speaking_time"
    assert stored.written_feedback == {}
    page = alices_browser.get(f"{PAGES}{talk.pk}/").text
    assert "syllables a second" in page
    assert f"/sessions/{talk.pk}/messages/1/audio/#t=" in page
    assert not HeardTurn.objects.exists()


def test_engine_of_recordings_hears_a_turn(talk, alices_phone):
    turn = services.take_audio(talk, JFK.read_bytes(), "j1")
    TutorMessage.objects.filter(pk=turn.pk).update(state="answered", text="And so.")
    services.end(talk)
    reviewing.work(talk.pk)
    review = state_of(talk, alices_phone)["review"]
    by_name = {each["name"]: each for each in review["fluency"]}
    assert by_name["words"]["value"] == 22
    # Eleven seconds say what was said, and nothing of a rate.
    assert by_name["speech_rate"]["value"] is None
    assert by_name["speech_rate"]["reliability"]["level"] == "low"


def test_lost_worker_is_followed_by_one_that_goes_on_after_what_was_heard(
    talk, engine, monkeypatch, time_machine
):
    for _turn in range(3):
        say(talk, "I would like a soup.")
    services.end(talk)
    real = fluency.heard

    def dies_at_the_second(message, options, transcriber):
        if message.position == 3:
            raise KeyboardInterrupt
        return real(message, options, transcriber)

    monkeypatch.setattr(fluency, "heard", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        reviewing.work(talk.pk)
    assert TalkReview.objects.get(session=talk).turns_measured == 1
    monkeypatch.setattr(fluency, "heard", real)
    reviewing.work(talk.pk)
    assert engine == [1]
    assert reviewing.waiting() == []

    time_machine.move_to(timezone.now() + reviewing.LEASE + reviewing.RESEND_AFTER)
    assert reviewing.waiting() == [talk.pk]
    reviewing.work(talk.pk)

    assert engine == [1, 3, 5]
    assert TalkReview.objects.get(session=talk).due_at is None


def test_two_workers_measure_a_talk_once(talk, engine, monkeypatch):
    say(talk, "I would like a soup.")
    services.end(talk)
    real = fluency.heard

    def another_takes_it(message, options, transcriber):
        TalkReview.objects.update(due_at=timezone.now() + timedelta(minutes=9))
        return real(message, options, transcriber)

    monkeypatch.setattr(fluency, "heard", another_takes_it)
    reviewing.work(talk.pk)
    review = TalkReview.objects.get(session=talk)
    assert "fluency" not in review.facts
    assert not HeardTurn.objects.exists()


def test_engine_that_never_answers_ends_in_a_sentence(talk, alices_phone, settings, time_machine):
    say(talk, "I would like a soup.")
    services.end(talk)
    settings.ANALYSIS_STT_PROVIDERS = []
    for _attempt in range(reviewing.MOST_ATTEMPTS + 1):
        reviewing.work(talk.pk)
        time_machine.move_to(timezone.now() + reviewing.LEASE * 2)
    review = state_of(talk, alices_phone)["review"]
    assert review["state"] == "done"
    assert "did not answer" in review["not_measured"]


def test_turns_are_not_sent_to_a_service_that_had_no_part_in_the_talk(
    talk, alices_phone, settings, engine
):
    say(talk, "I would like a soup.")
    services.end(talk)
    settings.ANALYSIS_STT_PROVIDERS, settings.OPENAI_API_KEY = ["openai"], "k"
    reviewing.work(talk.pk)
    assert engine == []
    assert "not sent there" in state_of(talk, alices_phone)["review"]["not_measured"]


def test_sound_that_goes_with_the_analysis_stays_until_it_was_measured(talk, alice, engine):
    alice.keep_audio = alice.KeepAudio.UNTIL_ANALYZED
    alice.save()
    say(talk, "I would like a soup.")
    services.end(talk)
    assert retention.delete_due() == 0
    reviewing.work(talk.pk)
    assert retention.delete_due() == 1


def test_written_turns_alone_have_nothing_to_hear_and_are_not_waited_for(talk, alices_phone):
    say(talk, "I would like a soup.", spoken=False)
    services.end(talk)
    review = state_of(talk, alices_phone)["review"]
    assert (review["state"], review["fluency"]) == ("done", [])
    assert "wrote your turns" in review["not_measured"]
    assert "60 words" in review["level"]["reasons"][0]


def test_what_a_client_wrote_stands_before_what_was_measured(talk, engine):
    say(talk, "I would like a soup.")
    conversation = services.end(talk).conversation
    services.add_feedback(conversation, {"conversation_flow": "Mine.", "mood": "calm"})
    reviewing.work(talk.pk)
    stored = VoiceConversation.objects.get(pk=conversation.pk)
    assert stored.ai_feedback["conversation_flow"] == "Mine."
    assert stored.ai_feedback["mood"] == "calm"
    assert stored.ai_feedback["fluency"]


def test_correction_stands_by_its_pattern_in_the_learners_own_sentence(talk, alices_browser):
    say(talk, "Hello there. She have a soup.", spoken=False, corrections=[HAVE])
    say(talk, "She have a fish.", spoken=False, corrections=[HAVE])
    say(talk, "I want a tea.", spoken=False, corrections=[HAVE | {"rule": "x", "why": "Other."}])
    ended = services.end(talk)
    first, second = ended.review.facts["corrections"]
    assert (first["rule"], first["times"], second["times"]) == ("have", 2, 1)
    assert [each["sentence"] for each in first["examples"]] == [
        "She have a soup.",
        "She have a fish.",
    ]
    page = alices_browser.get(f"{PAGES}{talk.pk}/").text
    assert "What came back most, 2 times: “She have” for “She has”." in page
    assert '<mark class="turn-wrong">She have</mark> a fish.' in page


def test_words_that_came_are_kept_at_one_press(talk, alice, alices_browser):
    say(talk, "Can I see the menu?", spoken=False)
    services.end(talk)
    page = alices_browser.get(f"{PAGES}{talk.pk}/").text
    assert "Keep 2 words to learn" in page
    answer = alices_browser.post(f"{PAGES}{talk.pk}/keep-words/", follow=True).text
    assert "2 words were kept." in answer
    assert "All of them are among your words." in answer
    card = Card.objects.get(user=alice, word="the menu")
    assert card.sentence == "Can I see the menu?"


def test_words_that_are_due_are_shown_in_the_next_talk_whoever_answers(talk, alice, alices_browser):
    meet(alice, language="English", word="sparkling")
    meet(alice, language="Spanish", word="la cuenta")
    page = alices_browser.get(f"{PAGES}{talk.pk}/").text
    due = page.split("Words to use again", 1)[1].split("</details>", 1)[0]
    assert "sparkling" in due
    assert "la cuenta" not in due


def test_next_is_what_is_open_then_what_is_new_at_this_level(talk, alice):
    say(talk, "A soup, please.", spoken=False, checks=["main", "polite"])
    topics = services.end(talk).review.facts["next"]
    assert topics[0] == {"slug": "ordering-food", "reason": "open", "checks": ["drink", "pay"]}
    assert {each["reason"] for each in topics[1:]} == {"same"}
    assert "ordering-food" not in {each["slug"] for each in topics[1:]}


def test_next_is_a_step_up_where_all_was_done(talk, alice):
    say(talk, "Done.", spoken=False, checks=["main", "drink", "polite", "pay"])
    topics = services.end(talk).review.facts["next"]
    assert [each["reason"] for each in topics][:2] == ["above", "same"]
    before = topics[1]["slug"]
    again = started(alice, scenario=before)
    say(again, "Done.", spoken=False)
    assert before not in {each["slug"] for each in services.end(again).review.facts["next"][1:]}


def test_talk_of_before_there_were_reviews_still_has_its_page(talk, alices_browser, alices_phone):
    say(talk, "She have a soup.", spoken=False, corrections=[HAVE])
    services.end(talk)
    TalkReview.objects.all().delete()
    assert "She has" in alices_browser.get(f"{PAGES}{talk.pk}/").text
    assert state_of(talk, alices_phone)["review"] is None
