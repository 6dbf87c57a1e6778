"""What is found in a conversation that nobody wrote feedback for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations import feedback, services
from conversations.models import VoiceConversation
from conversations.transcripts import learners_words
from engines.language_models import LanguageModelOptions
from engines.tests import language_model_server as lms

WALK = (
    "Tutor: What did you do?\n"
    "Learner: I saw a river. The river was wide, and I like a river.\n"
    "Tutor: A river, a river, a river."
)

JUDGED = {
    "grammar_score": 72,
    "vocabulary_usage": "Everyday words, such as “wide”.",
    "areas_for_improvement": [],
    "suggested_next_topics": ["A walk in town"],
    "confidence_level": "medium",
    "conversation_flow": "Answers, and does not ask back.",
}


@pytest.fixture
def model(settings):
    """The owner has conversations judged by a language model of their own."""
    settings.CONVERSATION_LANGUAGE_MODEL = True
    with lms.running() as server:
        address = f"{server.address}/v1"
        settings.LANGUAGE_MODELS = [
            LanguageModelOptions("compatible", "llama3.2", base_url=address, timeout=2.0, retries=0)
        ]
        yield server


@pytest.fixture
def talk(alice) -> VoiceConversation:
    return services.create(alice, {"target_language": "English", "transcription": WALK})


def found_in(talk: VoiceConversation) -> VoiceConversation:
    feedback.find(talk.pk)
    return VoiceConversation.objects.get(pk=talk.pk)


def test_words_of_the_learner_alone_are_counted(talk):
    usage = found_in(talk).ai_feedback["vocabulary_usage"]

    assert usage["words"] == 13
    assert usage["leaned_on"] == [{"word": "river", "times": 3}]
    assert usage["by"] == "counted"


def test_no_score_is_made_up_without_a_language_model(talk):
    talk = found_in(talk)

    assert "grammar_score" not in talk.ai_feedback
    assert talk.grammar_score is None
    assert talk.feedback_due_at is None


@pytest.mark.parametrize(
    ("transcription", "said"),
    [
        ("Hello there.", "Hello there."),
        ("User: Hi.\nAssistant: Hello.\nUser: Bye.", "Hi.\nBye."),
        ("**Me**: One\ntwo\nAI: three", "One\ntwo"),
        ("Note: a thing", "Note: a thing"),
        ("Tutor: Speak.", "Tutor: Speak."),
    ],
)
def test_learners_lines_are_told_from_the_partners(transcription, said):
    assert learners_words(transcription) == said


def test_what_was_written_stands_before_what_was_found(talk):
    found_in(talk)

    kept = services.add_feedback(talk, {"vocabulary_usage": "Plain.", "mood": "calm"})

    assert kept.ai_feedback["vocabulary_usage"] == "Plain."
    assert kept.ai_feedback["mood"] == "calm"
    assert kept.ai_feedback["areas_for_improvement"]


def test_feedback_that_arrives_while_it_is_analysed_wins(talk, monkeypatch):
    counted = feedback.counted

    def meanwhile(conversation):
        services.add_feedback(conversation, {"grammar_score": 90})
        return counted(conversation)

    monkeypatch.setattr(feedback, "counted", meanwhile)

    assert found_in(talk).ai_feedback == {"grammar_score": 90}


def test_conversation_is_analysed_once_by_two_workers(talk):
    first = found_in(talk)
    feedback.find(talk.pk)

    assert VoiceConversation.objects.get().updated_at == first.updated_at


def test_conversation_left_by_a_lost_worker_is_sent_again(talk):
    long_ago = timezone.now() - timedelta(minutes=5)
    assert feedback.waiting() == []
    VoiceConversation.objects.update(feedback_due_at=long_ago)

    assert feedback.waiting() == [talk.pk]


def test_another_transcript_is_analysed_anew(talk):
    found_in(talk)

    changed = services.change(talk, {"transcription": "I saw a bird."})

    assert changed.ai_feedback == {}
    assert found_in(changed).ai_feedback["vocabulary_usage"]["words"] == 4


def test_language_model_judges_where_one_is_set_up(talk, model):
    model.says = JUDGED

    talk = found_in(talk)

    by = {"model": "gpt-6-luna-2026-09-22", "prompt": "feedback-1"}
    assert talk.ai_feedback == JUDGED | {"by": by}
    assert talk.grammar_score == 72
    [(_, _, asked)] = model.requests
    assert "did you do" in asked["messages"][-1]["content"]


@pytest.mark.parametrize(
    "fault", [lms.status(500), lms.status(401), lms.raw(b"{"), lms.raw(b"no JSON")]
)
def test_words_are_counted_where_the_language_model_fails(talk, model, fault):
    model.always = fault

    talk = found_in(talk)

    assert talk.ai_feedback["vocabulary_usage"]["words"] == 13
    assert talk.feedback_due_at is None


def test_answer_that_is_not_as_asked_is_not_kept(talk, model):
    model.says = JUDGED | {"grammar_score": 140}

    assert "grammar_score" not in found_in(talk).ai_feedback


def test_nothing_is_sent_to_a_language_model_unless_the_owner_says_so(talk, model, settings):
    settings.CONVERSATION_LANGUAGE_MODEL = False

    assert "grammar_score" not in found_in(talk).ai_feedback
    assert model.requests == []
