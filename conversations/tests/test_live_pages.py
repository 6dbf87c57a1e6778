"""The pages of the live talk: choosing, talking without scripts, the end."""

import pytest

from conversations import services
from conversations.live_page import pieces_of
from conversations.models import CustomScenario, TutorSession
from conversations.tests.conftest import started

PAGES = "/conversations/live/"


def begin(browser, **chosen):
    wanted = {"target_language": "en", "scenario": "ordering-food"}
    return browser.post(f"{PAGES}begin/", wanted | chosen)


def page_of(browser, talk: TutorSession) -> str:
    return browser.get(f"{PAGES}{talk.pk}/").text


def test_choosing_offers_one_talk_to_begin_with_and_says_who_takes_part(alices_browser):
    page = alices_browser.get(PAGES).text
    assert 'name="scenario"' in page
    assert "scripted partner" in page
    assert "stays on the machine" in page
    assert "outside" not in page.split("Who takes part")[1].split("</section>")[0]


def test_situations_that_need_a_language_model_say_so_and_cannot_be_begun(alices_browser):
    page = alices_browser.get(PAGES, {"language": "de"}).text
    assert "needs a language model" in page
    assert 'name="scenario"' not in page
    assert "Nobody here speaks Deutsch yet." in page


def test_situations_are_filtered_and_an_empty_list_leads_back(alices_browser):
    found = alices_browser.get(PAGES, {"search": "ordering food", "level": "A1"}).text
    assert "Ordering food" in found
    assert "Salary" not in found
    page = alices_browser.get(PAGES, {"search": "no such thing"}).text
    assert "No situation matches." in page


def test_only_what_works_here_is_shown_on_request(alices_browser):
    page = alices_browser.get(PAGES, {"playable": "on"}).text
    assert "needs a language model</span>" not in page.split("Your own")[0]


@pytest.mark.parametrize("language", ["xx-nowhere", "", "'"])
def test_choosing_takes_no_offence_at_a_strange_language(alices_browser, language):
    assert alices_browser.get(PAGES, {"language": language, "page": "x"}).status_code == 200


def test_choosing_names_the_language_that_is_learnt_whatever_kind_of_it(alices_browser, alice):
    alice.learning_profiles.create(
        target_language="English", target_language_code="en-IE", native_language="German"
    )
    assert '<option value="en-IE" selected>' in alices_browser.get(PAGES).text


def test_talk_begins_at_one_press(alices_browser, alice):
    answer = begin(alices_browser, persona="patient", patience_seconds="4")
    talk = TutorSession.objects.get(user=alice)
    assert answer["Location"] == f"{PAGES}{talk.pk}/"
    assert talk.patience_seconds == 4
    page = page_of(alices_browser, talk)
    assert talk.messages.get(position=0).text in page.replace("&#x27;", "'")
    assert "Goal:" in page


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"scenario": "no-such-thing"}, "There is no such situation."),
        ({"target_language": "de"}, "needs a language model"),
        ({"persona": "nobody"}, "cannot be talked about so"),
        ({"patience_seconds": "99"}, "cannot be talked about so"),
    ],
)
def test_talk_that_cannot_be_leads_back_with_a_sentence(alices_browser, chosen, said):
    begin(alices_browser, **chosen)
    assert said in alices_browser.get(PAGES).text
    assert not TutorSession.objects.exists()


def test_without_scripts_a_typed_turn_is_stored_once_and_answered(alices_browser, talk, worker):
    for _again in range(2):
        alices_browser.post(
            f"{PAGES}{talk.pk}/say/", {"text": "A soup, please.", "client_id": "one"}
        )
    page = page_of(alices_browser, talk)
    assert page.count("A soup, please.") >= 1
    assert talk.messages.filter(side="learner").count() == 1
    reply = talk.messages.get(position=2)
    assert reply.text in page.replace("&#x27;", "'").replace("&quot;", '"')


def test_page_waits_for_an_answer_that_takes_longer(alices_browser, talk, lost_worker):
    alices_browser.post(f"{PAGES}{talk.pk}/say/", {"text": "A soup, please."})
    page = page_of(alices_browser, talk)
    assert "The answer is on its way." in page
    assert 'http-equiv="refresh"' in page


def test_end_shows_what_was_done_and_leads_to_the_stored_conversation(alices_browser, talk, worker):
    services.take_text(talk, "I would like a soup and two bread, please.")
    answer = alices_browser.post(f"{PAGES}{talk.pk}/end/", follow=True)
    talk.refresh_from_db()
    assert talk.state == TutorSession.State.ENDED
    page = answer.text
    assert "What you came for" in page
    assert f"/conversations/{talk.conversation_id}/" in page
    assert "Talk again" in page


def test_talk_in_which_nothing_was_said_ends_kindly(alices_browser, talk):
    page = alices_browser.post(f"{PAGES}{talk.pk}/end/", follow=True).text
    assert "Nothing was said this time." in page
    assert "The whole conversation" not in page


def test_nothing_can_be_added_to_a_talk_that_is_over(alices_browser, talk, worker):
    services.end(talk)
    page = alices_browser.post(f"{PAGES}{talk.pk}/say/", {"text": "Wait"}, follow=True).text
    assert "This talk is over." in page


def test_open_talk_is_offered_to_go_on_with(alices_browser, talk):
    assert f'href="{PAGES}{talk.pk}/"' in alices_browser.get(PAGES).text


def test_what_is_suggested_was_not_had_before(alices_browser, alice):
    first = offered(alices_browser)
    begin(alices_browser, scenario=first)
    assert offered(alices_browser) != first


def offered(browser) -> str:
    card = browser.get(PAGES).text.split("card-ink", 1)[1]
    return card.split('name="scenario" value="', 1)[1].split('"', 1)[0]


def test_situation_of_ones_own_is_made_changed_and_deleted(alices_browser, alice):
    fields = {
        "title": "Renting a flat",
        "goal": "Get the flat.",
        "partner_role": "the landlord",
        "level": "B1",
        "checks": "You asked for the rent.\n\n You asked when to move in. ",
    }
    alices_browser.post(f"{PAGES}own/", fields)
    own = CustomScenario.objects.get(user=alice)
    assert own.checks == ["You asked for the rent.", "You asked when to move in."]
    assert "Renting a flat" in alices_browser.get(PAGES).text
    alices_browser.post(f"{PAGES}own/{own.pk}/", fields | {"title": "Renting a room"})
    own.refresh_from_db()
    assert own.title == "Renting a room"
    assert "Delete “Renting a room”?" in alices_browser.get(f"{PAGES}own/{own.pk}/?delete").text
    alices_browser.post(f"{PAGES}own/{own.pk}/", {"delete": "1"})
    assert not CustomScenario.objects.exists()


def test_situation_with_too_many_checks_is_refused_with_a_sentence(alices_browser):
    page = alices_browser.post(
        f"{PAGES}own/",
        {"title": "T", "goal": "G", "partner_role": "R", "level": "A1", "checks": "one\n" * 7},
    ).text
    assert "At most six lines" in page


def test_page_of_a_talk_needs_the_same_queries_however_long_it_is(
    alices_browser, alice, worker, django_assert_num_queries, django_assert_max_num_queries
):
    talk = started(alice)
    with django_assert_max_num_queries(12) as few:
        alices_browser.get(f"{PAGES}{talk.pk}/")
    for text in ("A soup, please.", "A water.", "The bill, please."):
        services.take_text(talk, text)
    with django_assert_num_queries(len(few)):
        alices_browser.get(f"{PAGES}{talk.pk}/")


def test_what_could_be_said_better_is_marked_once_each():
    pieces = pieces_of("Quiero dos kilos de Los manzanas.", ["los manzanas", "manzanas", "pan"])
    assert [(piece.text, piece.wrong) for piece in pieces] == [
        ("Quiero dos kilos de ", False),
        ("Los manzanas", True),
        (".", False),
    ]


@pytest.mark.parametrize(
    ("text", "said", "before"),
    [
        ("I have a apple.", "a", "I have "),
        ("She says he go.", "HE GO", "She says "),
        ("我吃了", "吃", "我"),
    ],
)
def test_what_could_be_said_better_is_marked_where_it_is_a_word(text, said, before):
    first, marked, _ = pieces_of(text, [said])
    assert (first.text, marked.text.lower(), marked.wrong) == (before, said.lower(), True)


def test_what_could_be_said_better_stands_under_the_turn_and_at_the_end(
    alices_browser, talk, worker
):
    services.take_text(talk, "She have a soup, please")

    page = page_of(alices_browser, talk)
    assert '<mark class="turn-wrong">She have</mark>' in page
    assert "she has" in page.lower()
    alices_browser.post(f"{PAGES}{talk.pk}/end/")
    assert '<mark class="turn-wrong">She have</mark>' in page_of(alices_browser, talk)
