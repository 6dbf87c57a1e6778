"""Each kind of practice: what is asked in it, and what its result says."""

from functools import partial

import pytest
from django.urls import reverse

from practice import services
from practice.how_it_went import how_it_went
from practice.models import Kind, PracticeSession, Question, Sequence
from practice.praise import next_step
from practice.question_bank import Wish, choices
from practice.services import Plan
from practice.steps import recorded_spans, steps_of
from practice.tests.conftest import SESSIONS
from practice.tests.test_results import said_at
from speech_sessions.models import SpeechSession
from speech_sessions.tests.conftest import upload, wav
from speech_sessions.tests.reported import TALK, reported_session

pytestmark = pytest.mark.django_db


def begun(user, name: str) -> PracticeSession:
    return services.start(user, Sequence.objects.get(name=name))


def spoken(session: PracticeSession, script: str = TALK) -> PracticeSession:
    """The session, ended, with a recording of `script` that was analysed."""
    services.complete(session.user, session.pk, services.Completion(60, "completed"))
    session.refresh_from_db()
    session.recording = reported_session(session.user, script, kind="practice")
    session.save()
    return session


def page_of(browser, session: PracticeSession) -> str:
    return browser.get(reverse("practice:session", args=[session.pk])).content.decode()


def test_three_table_topics_ask_three_questions_each_thought_about_first(alice):
    prompts = [step["prompt"] for step in steps_of(begun(alice, "three-table-topics"))]
    assert prompts[0::2] == prompts[1::2]
    assert len(set(prompts)) == 3


def test_interview_asks_further_after_the_answer(alice):
    session = begun(alice, "interview-round")
    prompts = {step["title"]: step["prompt"] for step in steps_of(session)}
    assert prompts["Think"] == prompts["Answer"] == session.question.text
    assert prompts["Asked further"] == session.question.follow_ups[0]


def test_interview_can_be_asked_by_role_and_competence(alice):
    wish = Wish(role="nurse", competence="Judgement")
    question = services.start(alice, None, Kind.INTERVIEW, Plan(wish)).question
    assert (question.role, question.competence) == ("Nurse", "Judgement")
    bank = choices(Kind.INTERVIEW)
    assert len(bank.roles) >= 8
    for name in bank.competences:
        offered = Question.objects.filter(category="interview", competence=name)
        assert offered.count() >= 3, name


def test_filler_free_challenge_lasts_as_long_as_was_chosen(alices_browser):
    alices_browser.post(reverse("practice:start"), {"kind": "filler_free", "minutes": "3"})
    session = PracticeSession.objects.get()
    assert [step["seconds"] for step in steps_of(session) if step["spoken"]] == [180]
    assert session.question.category in {"story", "explain"}


def test_what_cannot_be_practised_so_starts_nothing(alices_browser):
    for wrong in ({"kind": "flying"}, {"minutes": "0"}, {"minutes": "61"}, {"question": "0"}):
        answer = alices_browser.post(reverse("practice:start"), wrong, follow=True)
        assert "Choose again" in answer.content.decode()
    assert not PracticeSession.objects.exists()


def test_another_question_begins_the_time_to_think_anew(alices_browser, alice):
    session = begun(alice, "table-topic")
    services.pause(alice, session.pk, 12)
    before = session.question
    answer = alices_browser.post(
        reverse("practice:question", args=[session.pk]),
        {"category": "opinion", "level": "hard"},
        follow=True,
    )
    session.refresh_from_db()
    assert (session.question.category, session.question.level) == ("opinion", "hard")
    assert session.question != before
    assert session.paused_at is None
    assert answer.context["clock"]["elapsed"] < 10
    assert '<option value="hard" selected>' in answer.content.decode()


def test_question_stays_when_somebody_speaks_already_or_none_fits(alices_browser, alice):
    session = begun(alice, "table-topic")
    address = reverse("practice:question", args=[session.pk])
    Question.objects.filter(category="work").update(is_offered=False)
    answer = alices_browser.post(address, {"category": "work"}, follow=True)
    assert "No question fits that" in answer.content.decode()
    services.mark_step(alice, session.pk, 1, completed=True, seconds=30)
    answer = alices_browser.post(address, follow=True)
    assert "You are speaking already" in answer.content.decode()
    assert PracticeSession.objects.get().question == session.question


def test_filler_free_result_names_each_filler_and_the_longest_stretch(alices_browser, alice):
    tries = [spoken(begun(alice, "filler-free-minute")) for _try in range(2)]
    html = page_of(alices_browser, tries[1])
    assert "6 fillers in" in html
    assert f"{tries[1].recording.get_absolute_url()}#t=2.00" in html
    assert "Longest stretch without one:" in html
    assert "Your last tries" in html
    assert reverse("practice:session", args=[tries[0].pk]) in html


def test_filler_free_result_is_too_early_to_say_after_a_few_words(alices_browser, alice):
    session = spoken(begun(alice, "filler-free-minute"), "Only a few words were said here.")
    assert "Too early to say" in page_of(alices_browser, session)


def test_challenge_without_a_filler_is_told_and_made_harder(alices_browser, alice):
    session = spoken(begun(alice, "filler-free-minute"), said_at(140, 40))
    html = page_of(alices_browser, session)
    assert "No um, no uh:" in html
    assert "Take a minute more next time" in html


def test_ladder_holds_each_step_against_its_pace(alices_browser, alice):
    session = begun(alice, "pace-ladder")
    for number, seconds in enumerate((30, 30), start=1):
        services.mark_step(alice, session.pk, number, completed=True, seconds=seconds)
    session = spoken(session, f"{said_at(120, 30)} /0.2/ {said_at(180, 30)}")
    result = how_it_went(session)
    assert [rung.verdict for rung in result.rungs] == ["held", "faster", "too_early", "too_early"]
    assert "140 words a minute" in next_step(session, result)
    html = page_of(alices_browser, session)
    assert "110 to 130" in html
    assert "too early to say" in html


def test_spans_are_unknown_when_the_recording_is_shorter_than_the_steps(alice):
    session = begun(alice, "pace-ladder")
    for number in (1, 2, 3, 4):
        services.mark_step(alice, session.pk, number, completed=True, seconds=60)
    assert recorded_spans(session, 239.2)[4] == (180, 240)
    assert recorded_spans(session, 150) == {}


def test_what_was_read_aloud_is_held_against_its_text(alice):
    session = begun(alice, "read-the-ferry")
    recording = services.keep_recording(session, upload(wav()))
    assert recording.kind == SpeechSession.Kind.READ_ALOUD
    assert recording.script.startswith("The ferry leaves at six")
    assert recording.script.count("The ferry leaves") == 1


def test_breathing_step_has_its_pattern_and_is_not_spoken(alice):
    first = steps_of(begun(alice, "breathing"))[0]
    assert (first["breathing"], first["spoken"]) == ([4, 6], False)


def test_learner_keeps_words_and_ticks_and_deletes_the_practice(alices_browser, alice):
    session = begun(alice, "interview-round")
    address = reverse("practice:notes", args=[session.pk])
    alices_browser.post(address, {"notes": "Shorter.", "reflection": "Begin with the result."})
    alices_browser.post(address, {"checklist": ["result", "task", "nonsense"]})
    session.refresh_from_db()
    assert (session.notes, session.reflection) == ("Shorter.", "Begin with the result.")
    assert session.checklist == ["task", "result"]
    delete = reverse("practice:delete", args=[session.pk])
    assert "Delete this practice?" in alices_browser.get(delete).content.decode()
    alices_browser.post(delete)
    assert not PracticeSession.objects.exists()


def test_result_says_that_the_analysis_runs_or_failed(alices_browser, alice):
    session = begun(alice, "table-topic")
    services.keep_recording(session, upload(wav()))
    services.complete(alice, session.pk, services.Completion(150, "completed"))
    html = page_of(alices_browser, session)
    assert "<analysis-progress" in html
    assert "That is your first practice done." in html
    session.refresh_from_db()
    run = session.recording.current_run
    type(run).objects.filter(pk=run.pk).update(state="failed", error="silent")
    assert "did not succeed. Your practice counts" in page_of(alices_browser, session)


def test_phone_starts_a_kind_asks_anew_ticks_and_reads_how_it_went(alices_phone, alice):
    wanted = {"kind": "interview", "role": "Teacher", "level": "hard"}
    started = alices_phone.post(f"{SESSIONS}start/", wanted, format="json").json()
    address = f"{SESSIONS}{started['session_id']}/"
    asked = alices_phone.put(f"{address}question/", {"competence": "Craft"}, format="json").json()
    question = Question.objects.get(pk=asked["question_id"])
    assert (question.competence, asked["prompts"]) == ("Craft", [question.text])
    ticked = alices_phone.patch(address, {"checklist": ["result"]}, format="json")
    assert ticked.json()["checklist"] == ["result"]
    assert alices_phone.patch(address, {"checklist": ["luck"]}, format="json").status_code == 422
    services.mark_step(alice, started["session_id"], 1, completed=True, seconds=30)
    assert alices_phone.put(f"{address}question/").status_code == 409
    result = alices_phone.get(f"{address}result/").json()
    assert (result["analysis"], result["fillers"], result["tries"]) == (None, None, [])


def test_phone_starts_with_a_question_or_a_length_of_its_own_and_is_refused_others(alices_phone):
    question = Question.objects.filter(category="table_topics").last()
    sent = {"kind": "table_topics", "question_id": question.pk, "planned_seconds": 90}
    assert alices_phone.post(f"{SESSIONS}start/", sent, format="json").status_code == 201
    session = PracticeSession.objects.get()
    assert (session.question, session.planned_seconds) == (question, 90)
    for wrong, code in (({"kind": "shadowing"}, 422), ({"question_id": 10**9}, 404)):
        answer = alices_phone.post(f"{SESSIONS}start/", wrong, format="json")
        assert answer.status_code == code


def test_phone_reads_each_rung_and_each_try(alices_phone, alice):
    session = begun(alice, "pace-ladder")
    services.mark_step(alice, session.pk, 1, completed=True, seconds=30)
    session = spoken(session, said_at(120, 30))
    result = alices_phone.get(f"{SESSIONS}{session.pk}/result/").json()
    assert result["rungs"][0]["verdict"] == "held"
    assert result["analysis"]["state"] == "done"
    tries = [spoken(begun(alice, "filler-free-minute")) for _try in range(2)]
    result = alices_phone.get(f"{SESSIONS}{tries[1].pk}/result/").json()
    assert result["fillers"]["fillers"][0]["text"] == "um"
    assert [each["session_id"] for each in result["tries"]] == [tries[0].pk]


def test_phone_sends_what_was_said_once_and_says_where_each_step_is(alices_phone, alice):
    session = begun(alice, "pace-ladder")
    address = f"{SESSIONS}{session.pk}/"
    step = {"completed": True, "seconds": 30, "recorded_from": 0.4, "recorded_until": 30.1}
    assert alices_phone.put(f"{address}steps/1/", step, format="json").status_code == 200
    assert recorded_spans(session, 5) == {1: (0.4, 30.1)}
    wrong = {"completed": True, "recorded_from": "nan"}
    assert alices_phone.put(f"{address}steps/1/", wrong, format="json").status_code == 422
    assert alices_phone.post(f"{address}recording/").status_code == 422
    send = partial(alices_phone.post, f"{address}recording/", format="multipart")
    kept = send({"audio_file": upload(wav())})
    assert kept.status_code == 201
    assert alices_phone.get(address).json()["recording_id"] == kept.json()["id"]
    assert send({"audio_file": upload(wav())}).status_code == 409
