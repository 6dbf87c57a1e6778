"""Stored conversations, by the contract that existing clients rely on."""

import json

import pytest

from conversations.models import DeletedConversation, VoiceConversation

ADDRESS = "/api/v1/voice-conversations/"
TYPES = [
    "practice",
    "lesson",
    "conversation",
    "assessment",
    "pronunciation",
    "vocabulary",
    "grammar",
]
TALK = {
    "topic": "At the market",
    "transcription": "Learner: Quiero dos kilos de manzanas.\nTutor: Muy bien.",
    "native_language": "English",
    "target_language": "Spanish",
    "conversation_type": "practice",
    "duration_minutes": 6.5,
}


def stored(phone, **changes) -> dict:
    answer = phone.post(ADDRESS, TALK | changes, format="json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_conversation_comes_back_as_it_was_sent(alices_phone, alice):
    feedback = {"grammar_score": 80, "anything": {"else": [1, None, "two"]}}

    body = stored(alices_phone, ai_feedback=feedback)

    assert body | TALK == body
    assert body["ai_feedback"] == feedback
    assert body["user"] == alice.pk
    assert list(body) == [
        "id",
        "user",
        "topic",
        "transcription",
        "native_language",
        "target_language",
        "target_language_code",
        "conversation_type",
        "duration_minutes",
        "ai_feedback",
        "created_at",
        "updated_at",
    ]
    assert alices_phone.get(f"{ADDRESS}{body['id']}/").json() == body
    assert alices_phone.get(f"/accounts/voice-conversations/{body['id']}/").json() == body


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("Spanish", "es"),
        ("Español", "es"),
        ("es", "es"),
        ("pt-BR", "pt-BR"),
        ("Klingon", "klingon"),
    ],
)
def test_language_comes_back_as_sent_with_its_code_beside(alices_phone, sent, code):
    body = stored(alices_phone, target_language=sent)

    assert (body["target_language"], body["target_language_code"]) == (sent, code)


@pytest.mark.parametrize("kind", TYPES)
def test_each_of_the_seven_types_is_taken_and_listed(alices_phone, kind):
    stored(alices_phone, conversation_type=kind)

    assert alices_phone.get(f"{ADDRESS}by-type/{kind}/").json()["count"] == 1


@pytest.mark.parametrize(
    "ask",
    [
        lambda phone: phone.get(f"{ADDRESS}by-type/chat/"),
        lambda phone: phone.post(ADDRESS, TALK | {"conversation_type": "chat"}, format="json"),
    ],
)
def test_unknown_type_is_refused_naming_the_seven(alices_phone, ask):
    answer = ask(alices_phone)

    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["attr"] == "conversation_type"
    assert all(kind in error["detail"] for kind in TYPES)


@pytest.mark.parametrize("feedback", [None, {}, "left out"])
def test_conversation_without_feedback_is_analysed(alices_phone, feedback):
    talk = TALK if feedback == "left out" else TALK | {"ai_feedback": feedback}

    answer = alices_phone.post(ADDRESS, talk, format="json")

    assert answer.json()["ai_feedback"] == {}
    assert VoiceConversation.objects.get().feedback_due_at is not None


@pytest.mark.parametrize(
    "sent",
    [
        [1],
        "text",
        7,
        {"name": "\x00"},
        {"name": "\ud800"},
        {"long": "x" * 70_000},
    ],
)
def test_feedback_that_cannot_be_kept_is_refused(alices_phone, sent):
    body = json.dumps(TALK | {"ai_feedback": sent})

    answer = alices_phone.post(ADDRESS, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"].startswith("ai_feedback")


def test_duration_within_a_day_is_taken_and_no_other(alices_phone):
    for minutes in (-1, 1441, "NaN", "long"):
        sent = json.dumps(TALK | {"duration_minutes": minutes})
        answer = alices_phone.post(ADDRESS, sent, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == "duration_minutes"


def test_added_feedback_is_merged_key_by_key(alices_phone):
    talk = stored(alices_phone, ai_feedback={"grammar_score": 70, "kept": "yes"})
    address = f"{ADDRESS}{talk['id']}/add_feedback/"

    wrapped = alices_phone.patch(address, {"ai_feedback": {"grammar_score": 75}}, format="json")
    bare = alices_phone.patch(address, {"confidence_level": "high"}, format="json")

    assert wrapped.json()["ai_feedback"] == {"grammar_score": 75, "kept": "yes"}
    assert bare.json()["ai_feedback"] == {
        "grammar_score": 75,
        "kept": "yes",
        "confidence_level": "high",
    }


def test_changing_a_conversation_leaves_what_is_not_named(alices_phone):
    talk = stored(alices_phone, ai_feedback={"grammar_score": 70})

    changed = alices_phone.patch(f"{ADDRESS}{talk['id']}/", {"topic": "Fruit"}, format="json")

    assert changed.json()["topic"] == "Fruit"
    assert changed.json()["ai_feedback"] == {"grammar_score": 70}


def test_by_language_finds_every_spelling_and_region(alices_phone):
    for language in ("Spanish", "español", "es", "es-MX", "French"):
        stored(alices_phone, target_language=language)

    assert alices_phone.get(f"{ADDRESS}by-language/Spanish/").json()["count"] == 4
    assert alices_phone.get(f"{ADDRESS}by-language/es-MX/").json()["count"] == 1
    assert alices_phone.get(f"{ADDRESS}by-language/Klingon/").json()["count"] == 0


def test_list_is_filtered_and_ordered(alices_phone):
    stored(alices_phone, topic="Trams", duration_minutes=2)
    stored(alices_phone, topic="Buses and trams", conversation_type="lesson", duration_minutes=9)
    stored(alices_phone, topic="Boats", target_language="French", duration_minutes=5)

    def topics(query: str) -> list[str]:
        answer = alices_phone.get(f"{ADDRESS}?{query}")
        assert answer.status_code == 200, answer.content
        return [talk["topic"] for talk in answer.json()["results"]]

    assert topics("search=trams") == ["Buses and trams", "Trams"]
    assert topics("conversation_type=lesson") == ["Buses and trams"]
    assert topics("language=fr") == ["Boats"]
    assert topics("ordering=duration_minutes") == ["Trams", "Boats", "Buses and trams"]
    assert topics("date_after=2000-01-01&date_before=2000-01-02") == []
    assert alices_phone.get(f"{ADDRESS}?ordering=id").status_code == 400


def test_changes_since_a_moment_come_with_what_is_left_of_deleted_ones(alices_phone):
    kept, gone = stored(alices_phone), stored(alices_phone)
    assert alices_phone.delete(f"{ADDRESS}{gone['id']}/").status_code == 204

    since = alices_phone.get(f"{ADDRESS}?updated_after=2000-01-01").json()["results"]

    left = DeletedConversation.objects.get()
    assert [each["id"] for each in since] == [kept["id"], gone["id"]]
    assert since[1] == {
        "id": left.conversation_id,
        "deleted_at": left.deleted_at.isoformat().replace("+00:00", "Z"),
    }


def test_same_key_stores_one_conversation(alices_phone):
    first, again = (
        alices_phone.post(ADDRESS, TALK, format="json", headers={"Idempotency-Key": "walk"})
        for _ in range(2)
    )

    assert first.json() == again.json()
    assert VoiceConversation.objects.count() == 1


def test_others_conversations_are_not_there(alices_phone, charlies_phone):
    talk = stored(alices_phone)
    address = f"{ADDRESS}{talk['id']}/"

    assert charlies_phone.get(address).status_code == 404
    assert charlies_phone.patch(address, {"topic": "x"}, format="json").status_code == 404
    assert charlies_phone.patch(f"{address}add_feedback/", {}, format="json").status_code == 404
    assert charlies_phone.delete(address).status_code == 404
    assert charlies_phone.get(ADDRESS).json()["count"] == 0


def test_list_costs_the_same_for_one_and_for_many(alices_phone, django_assert_num_queries):
    stored(alices_phone)
    for query in ("", "?updated_after=2000-01-01"):
        alices_phone.get(ADDRESS + query)
    for _ in range(30):
        stored(alices_phone)
    with django_assert_num_queries(3):
        assert len(alices_phone.get(ADDRESS).json()["results"]) == 20
    with django_assert_num_queries(4):
        alices_phone.get(f"{ADDRESS}?updated_after=2000-01-01")


def test_summary_adds_up(alices_phone, charlies_phone, django_assert_num_queries):
    stored(alices_phone, ai_feedback={"grammar_score": 70, "pronunciation_score": 60})
    stored(
        alices_phone,
        topic="at the market",
        target_language="es",
        conversation_type="lesson",
        ai_feedback={"grammar_score": 80, "suggested_next_topics": ["Paying", "paying", 3]},
    )
    stored(
        alices_phone, topic="Boats", target_language="French", ai_feedback={"grammar_score": "A"}
    )
    stored(charlies_phone)

    with django_assert_num_queries(6):
        body = alices_phone.get(f"{ADDRESS}summary/").json()

    [day] = body.pop("scores_over_time")
    assert (day["grammar"], day["pronunciation"], day["conversations"]) == (75.0, 60.0, 2)
    assert body == {
        "total_conversations": 3,
        "total_minutes": 19.5,
        "by_language": {
            "es": {"language": "Español", "conversations": 2, "minutes": 13.0},
            "fr": {"language": "Français", "conversations": 1, "minutes": 6.5},
        },
        "by_type": {
            "practice": {"conversations": 2, "minutes": 13.0},
            "lesson": {"conversations": 1, "minutes": 6.5},
        },
        "average_scores": {"grammar": 75.0, "pronunciation": 60.0},
        "recent_topics": ["Boats", "at the market"],
        "suggested_next_topics": ["Paying"],
    }


def test_summary_of_nothing_is_empty(alices_phone):
    body = alices_phone.get(f"{ADDRESS}summary/").json()

    assert body["total_conversations"] == 0
    assert body["average_scores"] == {"grammar": None, "pronunciation": None}
    assert body["by_language"] == {}
