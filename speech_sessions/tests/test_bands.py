"""One's own ranges: set on their page or by a phone, and used wherever a number is judged."""

import math
from datetime import timedelta

import pytest
from django.utils import timezone

from analysis.bands import OWN, banded
from speech_sessions import selectors, services
from speech_sessions.models import OwnBand
from speech_sessions.pipeline import engine_options
from speech_sessions.services import OwnRange, RangeRefused
from speech_sessions.tests.conftest import run_to_the_end
from speech_sessions.tests.reported import reported_session

PAGE = "/speech-sessions/bands/"
API = "/api/v1/speech-sessions/bands/"


def test_page_shows_every_usual_range_with_its_source(alices_browser):
    answer = alices_browser.get(PAGE, {"kind": "interview"})
    text = answer.content.decode()
    assert "Usual: 125 to 180 words a minute." in text
    assert "Our estimate: answers run a little faster than talks" in text
    assert len(answer.context["rows"]) == len(banded())


def test_page_saves_ranges_in_the_units_it_shows(alices_browser, alice):
    data = {"speech_rate_low": "100", "speech_rate_high": "140", "pause_share_low": "25"}
    assert alices_browser.post(PAGE, data).url == PAGE
    assert selectors.own_ranges(alice.pk, "talk") == {
        "speech_rate": (100, 140),
        "pause_share": (0.25, None),
    }
    assert 'value="25' in alices_browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"speech_rate_low": "160", "speech_rate_high": "140"}, "speech_rate_high"),
        ({"speech_rate_low": "nan"}, "speech_rate_low"),
        ({"speech_rate_high": "inf"}, "speech_rate_high"),
        ({"speech_rate_low": "-4"}, "speech_rate_low"),
        ({"speech_rate_low": "fast"}, "speech_rate_low"),
    ],
)
def test_page_says_beside_the_field_what_is_wrong(alices_browser, data, field):
    answer = alices_browser.post(PAGE, data)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not OwnBand.objects.exists()


def test_reset_leads_back_to_the_usual_range_and_leaves_the_others(alices_browser, alice):
    data = {"speech_rate_low": "100", "fillers_high": "3"}
    alices_browser.post(PAGE, data)
    alices_browser.post(PAGE, {**data, "reset": "speech_rate"})
    assert selectors.own_ranges(alice.pk, "talk") == {"fillers": (None, 3)}


def test_range_for_a_kind_wins_over_the_one_for_every_kind(alice):
    services.set_ranges(
        alice, [OwnRange("speech_rate", "", 90, 120), OwnRange("speech_rate", "talk", 100, 140)]
    )
    assert selectors.own_ranges(alice.pk, "talk") == {"speech_rate": (100, 140)}
    assert selectors.own_ranges(alice.pk, "interview") == {"speech_rate": (90, 120)}


def test_page_of_a_kind_tells_what_holds_for_every_kind(alice, alices_browser):
    services.set_ranges(alice, [OwnRange("speech_rate", "", 90, 120)])
    text = alices_browser.get(PAGE, {"kind": "talk"}).content.decode()
    assert "For every kind you set 90 to 120." in text
    assert "For every kind you set" not in alices_browser.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "entry",
    [
        OwnRange("speech_rate", "", math.nan, 140),
        OwnRange("speech_rate", "", 140, 140),
        OwnRange("speech_rate", "", None, None),
        OwnRange("speech_rate", "", -1, None),
        OwnRange("shoe_size", "", 36, 48),
        OwnRange("speech_rate", "sermon", 100, 140),
    ],
)
def test_service_refuses_a_range_that_is_none(alice, entry):
    with pytest.raises(RangeRefused):
        services.set_ranges(alice, [entry])
    assert not OwnBand.objects.exists()


def test_phone_replaces_its_ranges_and_leaves_those_of_others(alices_phone, alice, charlie):
    services.set_ranges(charlie, [OwnRange("fillers", "", 0, 2)])
    services.set_ranges(alice, [OwnRange("fillers", "", 0, 9)])
    wanted = {"measure": "speech_rate", "kind": "talk", "low": 100.0, "high": 140.0}
    answer = alices_phone.put(API, {"bands": [wanted]}, format="json")
    assert answer.status_code == 200, answer.json()
    assert answer.json()["bands"] == [wanted]
    assert alices_phone.get(API).json() == answer.json()
    assert selectors.own_ranges(charlie.pk, "talk") == {"fillers": (0, 2)}
    usual = {entry["measure"]: entry for entry in answer.json()["usual"]}
    assert usual["speech_rate"]["high"] == 165
    assert usual["filled_pauses"]["source"].startswith("Laske")


@pytest.mark.parametrize(
    ("bands", "attr"),
    [
        ([{"measure": "speech_rate", "low": 140, "high": 100}], "bands.0.high"),
        ([{"measure": "shoe_size", "low": 1}], "bands.0.measure"),
        ([{"measure": "fillers", "high": 3}, {"measure": "fillers", "high": 4}], "bands.1"),
    ],
)
def test_phone_is_told_which_range_is_wrong(alices_phone, bands, attr):
    answer = alices_phone.put(API, {"bands": bands}, format="json")
    assert answer.status_code == 400
    assert [error["attr"] for error in answer.json()["errors"]] == [attr]
    assert not OwnBand.objects.exists()


def test_phone_is_refused_usual_ranges_of_no_kind(alices_phone):
    assert alices_phone.get(API, {"kind": "sermon"}).status_code == 400


def test_new_analysis_is_held_against_ones_own_range(alice):
    services.set_ranges(alice, [OwnRange("fillers", "", None, 40)])
    words = "Well, um, good morning. Um, I am, uh, glad that you are all here today. " * 6
    session = services.create_record(alice, duration=60, transcription=words)
    assert engine_options.options_of(session).ranges == {"fillers": (None, 40)}
    run_to_the_end(session.current_run)
    document = selectors.report_document(selectors.session_of(alice, session.pk))
    by_name = {entry["name"]: entry for entry in document["measures"]}
    assert by_name["fillers"]["band"]["source"] == OWN
    assert by_name["fillers"]["band"]["position"] == "inside"


def test_earlier_report_is_shown_against_the_range_one_has_by_now(alice, alices_browser):
    session = reported_session(alice, date=timezone.now() - timedelta(days=3))
    rate = session.report.speech_rate
    services.set_ranges(alice, [OwnRange("speech_rate", "", rate - 60, rate - 30)])
    answer = alices_browser.get(f"/speech-sessions/{session.pk}/")
    assert "Above your own range" in answer.content.decode()
    document = selectors.report_document(session)
    assert OWN not in str(document["measures"])
