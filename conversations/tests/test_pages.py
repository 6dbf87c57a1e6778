"""The pages of stored conversations."""

import pytest

from conversations import feedback, services
from conversations.models import VoiceConversation

PAGES = "/conversations/"


@pytest.fixture
def market(alice) -> VoiceConversation:
    return services.create(
        alice,
        {
            "topic": "At the market",
            "target_language": "Spanish",
            "transcription": "Learner: Quiero manzanas.",
            "ai_feedback": {
                "grammar_score": 78,
                "areas_for_improvement": ["Article and noun agree."],
                "suggested_next_topics": "Paying",
                "mood": {"calm": True},
                "html": "<script>alert(1)</script>",
            },
        },
    )


def test_conversation_shows_what_was_said_and_found(alices_browser, market):
    page = alices_browser.get(f"{PAGES}{market.pk}/").text

    assert "Quiero manzanas." in page
    assert "78 of 100" in page
    assert "Article and noun agree." in page
    assert "Paying" in page
    assert "calm: yes" in page
    assert "<script>alert(1)" not in page


def test_conversation_says_who_counted_and_that_nothing_is_judged(alices_browser, alice):
    talk = services.create(alice, {"target_language": "en", "transcription": "I saw a river."})
    assert "is being looked at" in alices_browser.get(f"{PAGES}{talk.pk}/").text

    feedback.find(talk.pk)

    page = alices_browser.get(f"{PAGES}{talk.pk}/").text
    assert "4 words of yours." in page
    assert "Grammar and pronunciation are not judged here." in page


def test_history_is_filtered(alices_browser, alice, market):
    services.create(alice, {"topic": "Boats", "target_language": "fr"})

    def shown(query: str) -> list[str]:
        page = alices_browser.get(f"{PAGES}?{query}")
        return [each.topic for each in page.context["page_obj"]]

    assert shown("") == ["Boats", "At the market"]
    assert shown("language=fr") == ["Boats"]
    assert shown("search=manzanas") == ["At the market"]
    assert shown("date_before=2001-01-01") == []
    assert shown("conversation_type=nonsense&date_after=nonsense") == ["Boats", "At the market"]
    assert "No conversation matches." in alices_browser.get(f"{PAGES}?search=nothing").text


def test_history_costs_the_same_for_one_and_for_many(
    alices_browser, alice, market, django_assert_max_num_queries
):
    for _ in range(30):
        services.create(alice, {"topic": "Boats", "target_language": "fr"})

    with django_assert_max_num_queries(6):
        assert len(alices_browser.get(PAGES).context["page_obj"]) == 20


def test_empty_history_says_what_will_stand_there(alices_browser):
    assert "will stand here" in alices_browser.get(PAGES).text
    assert "will stand here" in alices_browser.get(f"{PAGES}progress/").text


def test_progress_adds_up(alices_browser, market):
    page = alices_browser.get(f"{PAGES}progress/").text

    assert "78 of 100 on average" in page
    assert "Español" in page


def test_conversation_is_deleted_after_a_question(alices_browser, market):
    assert "cannot be undone" in alices_browser.get(f"{PAGES}{market.pk}/delete/").text

    alices_browser.post(f"{PAGES}{market.pk}/delete/")

    assert not VoiceConversation.objects.exists()
