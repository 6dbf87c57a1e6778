"""Sharing practice: who may read it, what it shows, until when, and what its owner sees of that."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services.erasure import ask_erasure
from practice import services as practice
from practice.models import PracticeSession, PracticeShare, Sequence, SequenceShare
from practice.share_addresses import address_of
from sharing import services
from speech_sessions.tests.reported import reported_session


@pytest.fixture(autouse=True)
def confirmed(alice, bob) -> None:
    User.objects.update(email_verified=True)
    alice.refresh_from_db()
    bob.refresh_from_db()


@pytest.fixture
def practised(alice) -> PracticeSession:
    session = practice.start(alice)
    practice.complete(alice, session.pk, practice.Completion(125, "completed", notes="My secret."))
    session.refresh_from_db()
    return session


@pytest.fixture
def bobs_browser(bob) -> Client:
    client = Client()
    client.force_login(bob)
    return client


def shared(practised, email=None, **terms) -> PracticeShare:
    return services.share(practised, practised.user, email, terms)[0]


def path_of(share) -> str:
    return "/practice/" + address_of(share).split("/practice/")[1]


def test_link_shows_what_was_practised_and_nothing_else_to_a_visitor(practised, client):
    answer = client.get(path_of(shared(practised)))
    html = answer.content.decode()
    assert "Alice Archer shares this practice" in html
    assert "2 min 5 s" in html
    assert "Completed" in html
    for hidden in ("My secret.", "alice@example.org", "<audio", "Transcript"):
        assert hidden not in html


def test_shared_page_stays_out_of_search_engines_caches_and_other_logs(practised, client):
    answer = client.get(path_of(shared(practised)))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"


def test_link_is_no_key_of_the_database_alone(practised, client):
    share = shared(practised)
    for made_up in (share.key, f"{share.key}.", f"{share.key}.{'A' * 43}"):
        assert client.get(reverse("practice:shared", args=[made_up])).status_code == 404


def test_each_part_is_shown_where_it_was_chosen(alice, practised, client):
    recording = reported_session(alice)
    PracticeSession.objects.update(recording=recording)
    recording.refresh_from_db()
    path = path_of(shared(practised))
    seen = {
        "notes": "My secret.",
        "recording": "<audio",
        "transcript": "Thank you all for coming",
        "numbers": "What was measured",
    }
    for part in (None, *PracticeShare.Part.values):
        shared(practised, include=[part] if part else [])
        html = client.get(path).content.decode()
        assert {name for name, text in seen.items() if text in html} == {part} - {None}
        sound = client.get(f"{path}recording/", headers={"Range": "bytes=0-9"})
        assert sound.status_code == (206 if part == "recording" else 404)


def test_share_for_one_person_opens_to_them_and_to_nobody_else(
    practised, client, bobs_browser, charlies_browser
):
    path = path_of(shared(practised, "Bob@example.org"))
    assert bobs_browser.get(path).status_code == 200
    assert charlies_browser.get(path).status_code == 404
    assert client.get(path).url.startswith("/accounts/login/")


def test_share_for_a_person_who_is_gone_opens_to_nobody(practised, bob, client, charlies_browser):
    path = path_of(shared(practised, bob.email))
    bob.delete()
    assert client.get(path).status_code == 302
    assert charlies_browser.get(path).status_code == 404


@pytest.mark.parametrize("end", ["revoke", "expire", "suspend", "erase", "delete"])
def test_link_is_dead_once_it_ended(end, alice, practised, client):
    share = shared(practised)
    path = path_of(share)
    assert client.get(path).status_code == 200
    if end == "revoke":
        services.revoke(practised.shares.all())
    elif end == "expire":
        PracticeShare.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "suspend":
        User.objects.filter(pk=alice.pk).update(is_active=False)
    elif end == "erase":
        ask_erasure(alice)
    else:
        practised.delete()
    assert client.get(path).status_code == 404


def test_link_that_ran_out_stays_dead_when_shared_again(practised, client):
    old = shared(practised)
    PracticeShare.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    new = shared(practised)
    assert new.pk != old.pk
    assert client.get(path_of(old)).status_code == 404
    assert client.get(path_of(new)).status_code == 200


def test_password_is_asked_for_and_forgotten_when_it_changes(alice, practised, client):
    recording = reported_session(alice)
    PracticeSession.objects.update(recording=recording)
    practised.refresh_from_db()
    path = path_of(shared(practised, password="heron", include=["recording"]))
    assert "This page has a password" in client.get(path).content.decode()
    assert client.get(f"{path}recording/").status_code == 404
    assert "not the password" in client.post(path, {"password": "crane"}).content.decode()
    assert client.post(path, {"password": "heron"}).url == path
    assert "Alice Archer" in client.get(path).content.decode()
    assert client.get(f"{path}recording/", headers={"Range": "bytes=0-1"}).status_code == 206
    shared(practised, password="egret")
    assert "This page has a password" in client.get(path).content.decode()


def test_passwords_are_guessed_ten_times_an_hour_at_most(practised, client):
    share = shared(practised, password="heron")
    for _guess in range(10):
        assert client.post(path_of(share), {"password": "crane"}).status_code == 200
    refused = client.post(path_of(share), {"password": "heron"})
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    PracticeShare.objects.update(guesses_since=timezone.now() - timedelta(minutes=61))
    assert client.post(path_of(share), {"password": "heron"}).status_code == 302


def test_owner_sees_who_opened_it_but_not_their_address(
    practised, alices_browser, bobs_browser, client
):
    path = path_of(shared(practised))
    for browser in (alices_browser, bobs_browser, bobs_browser, client):
        browser.get(path)
    share = PracticeShare.objects.get()
    assert share.opened == 3
    assert share.openings.count() == 2
    html = alices_browser.get(
        reverse("practice:session_shares", args=[practised.pk])
    ).content.decode()
    assert "Opened 3 times" in html
    assert "Bob Baker" in html
    assert "bob@example.org" not in html


def test_sharing_needs_a_confirmed_address_on_both_sides(alice, bob, practised, alices_browser):
    address = reverse("practice:session_shares", args=[practised.pk])
    User.objects.filter(pk=bob.pk).update(email_verified=False)
    answer = alices_browser.post(address, {"email": bob.email, "days": "7"})
    assert answer.context["form"].errors["email"]
    User.objects.filter(pk=alice.pk).update(email_verified=False)
    answer = alices_browser.post(address, {"days": "7"})
    assert "Confirm your e-mail address first" in answer.content.decode()
    assert not PracticeShare.objects.exists()


def test_page_shares_changes_and_ends(practised, alices_browser):
    address = reverse("practice:session_shares", args=[practised.pk])
    alices_browser.post(address, {"days": "7", "include": ["notes"], "password": "heron"})
    alices_browser.post(address, {"email": "bob@example.org", "days": "open-ended"})
    by_link = PracticeShare.objects.get(by_link=True)
    assert by_link.include == ["notes"]
    assert by_link.password.startswith("argon2")
    assert timedelta(days=6) < by_link.expires_at - timezone.now() < timedelta(days=7)
    assert address_of(by_link) in alices_browser.get(address).content.decode()
    assert "Bob Baker" in alices_browser.get(reverse("practice:shares")).content.decode()
    alices_browser.post(address, {"revoke": str(by_link.pk)})
    by_link.refresh_from_db()
    assert not by_link.is_open


def test_page_keeps_the_password_of_a_link_whose_days_are_changed(practised, alices_browser):
    address = reverse("practice:session_shares", args=[practised.pk])
    alices_browser.post(address, {"days": "7", "password": "heron"})
    before = PracticeShare.objects.get()
    alices_browser.post(address, {"days": "30", "password": ""})
    after = PracticeShare.objects.get()
    assert after.expires_at > before.expires_at
    assert after.password == before.password != ""


def test_what_is_shared_by_name_is_found_by_who_may_read_it(practised, bobs_browser):
    share = shared(practised, "bob@example.org")
    assert address_of(share) in bobs_browser.get(reverse("practice:shares")).content.decode()


def test_shared_sequence_is_copied_by_who_is_signed_in(
    alice, charlie, sequence, charlies_browser, client
):
    mine = practice.copy_sequence(alice, sequence)
    share = services.share(mine, alice, None, {})[0]
    path = path_of(share)
    assert client.get(path).url.startswith("/accounts/login/")
    html = charlies_browser.get(path).content.decode()
    assert "Alice Archer shares this sequence" in html
    assert charlies_browser.post(f"{path}duplicate/").status_code == 302
    copy = Sequence.objects.get(owner=charlie)
    assert copy.steps.count() == sequence.steps.count()
    assert SequenceShare.objects.get().opened == 1
    services.revoke(mine.shares.all())
    assert charlies_browser.post(f"{path}duplicate/").status_code == 404


@pytest.mark.usefixtures("valkey")
def test_sixty_shares_an_hour_are_enough(practised, alices_browser):
    for _share in range(60):
        shared(practised)
    address = reverse("practice:session_shares", args=[practised.pk])
    assert alices_browser.post(address, {"days": "7"}).status_code == 429
