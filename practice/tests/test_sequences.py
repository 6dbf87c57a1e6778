"""The editor of sequences: without JavaScript, and what it refuses."""

import pytest
from django.urls import reverse

from practice import services
from practice.models import Sequence
from practice.sequence_forms import ClockField


def sent(*steps, order="save", **fields):
    data = {"title": "Before the stand-up", "description": "", "order": order} | fields
    data |= {"steps-TOTAL_FORMS": str(len(steps)), "steps-INITIAL_FORMS": "0"}
    for place, (title, seconds) in enumerate(steps):
        data |= {
            f"steps-{place}-title": title,
            f"steps-{place}-seconds": seconds,
            f"steps-{place}-text": "",
            f"steps-{place}-is_spoken": "on",
        }
    return data


@pytest.fixture
def own(alice) -> Sequence:
    steps = [
        {"title": title, "text": "", "seconds": 30, "is_spoken": True} for title in ("One", "Two")
    ]
    sequence = Sequence(owner=alice)
    return services.save_sequence(sequence, title="Mine", description="", steps=steps)


def titles(sequence):
    return list(sequence.steps.order_by("number").values_list("number", "title", "seconds"))


def test_editor_keeps_steps_in_their_order(alices_browser, alice):
    new = reverse("practice:new_sequence")
    answer = alices_browser.post(new, sent(("Breathe", "0:30"), ("Say it", "90")))
    assert answer.status_code == 302
    sequence = Sequence.objects.get(owner=alice)
    assert titles(sequence) == [(1, "Breathe", 30), (2, "Say it", 90)]
    page = alices_browser.get(reverse("practice:sequences")).content.decode()
    assert "2 steps · 2:00" in page


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("down-0", ["two", "one", "three"]),
        ("up-2", ["one", "three", "two"]),
        ("up-0", ["one", "two", "three"]),
        ("remove-1", ["one", "three"]),
        ("add", ["one", "two", "three", ""]),
        ("up-99", ["one", "two", "three"]),
        ("nonsense", ["one", "two", "three"]),
    ],
)
def test_buttons_rearrange_what_was_typed_and_store_nothing(order, expected, alices_browser, own):
    data = sent(("one", "soon"), ("two", "5"), ("three", ""), order=order, title="Renamed")
    answer = alices_browser.post(reverse("practice:edit_sequence", args=[own.pk]), data)
    steps = answer.context["steps"]
    assert [form["title"].value() or "" for form in steps] == expected
    assert {"soon"} <= {form["seconds"].value() for form in steps}
    assert "Renamed" in answer.content.decode()
    own.refresh_from_db()
    assert own.title == "Mine"


def test_what_is_not_valid_is_told_beside_its_field_and_nothing_is_lost(alices_browser, own):
    data = sent(("One", "soon"), ("", "10:00:00"), title="")
    answer = alices_browser.post(reverse("practice:edit_sequence", args=[own.pk]), data)
    steps = answer.context["steps"]
    assert answer.context["form"].errors["title"]
    assert "1:30" in steps[0].errors["seconds"][0]
    assert set(steps[1].errors) == {"title", "seconds"}
    html = answer.content.decode()
    assert 'value="soon"' in html
    assert 'aria-describedby="id_steps-0-seconds_error"' in html
    assert titles(own) == [(1, "One", 30), (2, "Two", 30)]


@pytest.mark.parametrize("steps", [[], [("Long", "4:00:00"), ("More", "1")]])
def test_sequence_without_steps_or_over_four_hours_is_refused(steps, alices_browser, alice):
    answer = alices_browser.post(reverse("practice:new_sequence"), sent(*steps))
    assert answer.status_code == 200
    assert answer.context["steps"].non_form_errors()
    assert not Sequence.objects.filter(owner=alice).exists()


@pytest.mark.parametrize(
    ("typed", "seconds"), [("90", 90), ("1:30", 90), ("1:00:00", 3600), (" 5 ", 5)]
)
def test_time_is_read_as_people_write_it(typed, seconds):
    assert ClockField().clean(typed) == seconds


def test_deleting_asks_first(alices_browser, own):
    address = reverse("practice:delete_sequence", args=[own.pk])
    assert "Delete “Mine”?" in alices_browser.get(address).content.decode()
    assert Sequence.objects.filter(pk=own.pk).exists()
    alices_browser.post(address)
    assert not Sequence.objects.filter(pk=own.pk).exists()


def test_provided_sequence_becomes_ones_own_by_duplicating(alices_browser, alice, sequence):
    address = reverse("practice:duplicate_sequence", args=[sequence.pk])
    answer = alices_browser.post(address)
    copy = Sequence.objects.get(owner=alice)
    assert answer.url == reverse("practice:edit_sequence", args=[copy.pk])
    assert titles(copy) == titles(sequence)


def test_five_hundred_sequences_are_enough(alices_browser, alice, sequence):
    Sequence.objects.bulk_create(Sequence(owner=alice, title="x") for _number in range(500))
    alices_browser.post(reverse("practice:duplicate_sequence", args=[sequence.pk]))
    answer = alices_browser.post(reverse("practice:new_sequence"), sent(("One", "5")))
    assert "500 sequences" in answer.content.decode()
    assert Sequence.objects.filter(owner=alice).count() == 500


def test_sequence_of_another_person_is_not_there(charlies_browser, own):
    for page in ("edit_sequence", "delete_sequence", "duplicate_sequence", "sequence_shares"):
        answer = charlies_browser.post(reverse(f"practice:{page}", args=[own.pk]))
        assert answer.status_code == 404, page


def test_editor_keeps_what_steps_of_other_kinds_have_besides(alices_browser, own):
    reading = "Read this.\nAnd this."
    own.steps.filter(number=2).update(words_per_minute=140, reading=reading)
    address = reverse("practice:edit_sequence", args=[own.pk])
    rows = [form.initial for form in alices_browser.get(address).context["steps"]]
    data = sent(*((row["title"], str(row["seconds"])) for row in rows))
    for place, row in enumerate(rows):
        data[f"steps-{place}-words_per_minute"] = row["words_per_minute"] or ""
        data[f"steps-{place}-reading"] = row["reading"]
    assert alices_browser.post(address, data).status_code == 302
    kept = own.steps.order_by("number").values_list("words_per_minute", "reading")
    assert list(kept) == [(None, ""), (140, reading)]
