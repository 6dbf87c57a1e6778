"""The time line of a report: rows on one axis, and the same as tables."""

import pytest

from speech_sessions.presentation.own_bands import with_own_bands
from speech_sessions.presentation.timeline import broken, curve_of, most_points, rows_of, timeline
from speech_sessions.presentation.word_lists import word_lists
from speech_sessions.tests.reported import report_of

FLAT = {"type": "flat_pitch", "start": 4.0, "end": 16.0, "text": "", "tier": "sure"}


@pytest.fixture(scope="module")
def talk() -> dict:
    return report_of().to_json()


def rows(document) -> dict:
    return {row.name: row for row in timeline(document, document["duration_seconds"]).rows}


def test_timeline_has_a_row_for_what_the_report_knows_and_no_other(talk):
    bare = {**talk, "series": {"local_pace": talk["series"]["local_pace"]}}
    assert list(rows(bare)) == ["fillers", "pauses", "stumbles", "pace"]
    assert list(rows({**talk, "series": {}, "events": []})) == []


def test_marks_are_the_events_in_order_with_what_was_heard(talk):
    shown = rows(talk)
    events = [e for e in talk["events"] if e["type"] in {"filled_pause", "lexical_filler"}]
    assert shown["fillers"].count == len(events)
    starts = [mark[0] for mark in shown["fillers"].data["marks"]]
    assert starts == sorted(round(event["start"], 2) for event in events)
    assert shown["fillers"].data["marks"][0][2:] == ["um", 1]
    long = [mark for mark in shown["pauses"].data["marks"] if mark[3]]
    assert [mark[2] for mark in long] == ["1.2 s", "1.6 s", "1.1 s"]


def test_pitch_and_loudness_stand_on_the_same_axis_with_flat_stretches(talk):
    pitch = [[second / 2, 2.0 if second % 2 else -1.5] for second in range(50)]
    document = {
        **talk,
        "series": {**talk["series"], "pitch": pitch, "loudness": pitch},
        "events": [*talk["events"], FLAT],
    }
    shown = timeline(document, 25.0)
    by_name = {row.name: row for row in shown.rows}
    assert list(by_name)[-3:] == ["pace", "pitch", "loudness"]
    assert by_name["pitch"].data["marks"] == [[4.0, 16.0, "", 1]]
    assert by_name["pitch"].data["stops"][0] == [0.0, "-1.5"]
    assert (4.0, 16.0, "Flat pitch", "12.0 s") in shown.happened
    assert [len(values) for _time, values in shown.readings] == [3] * len(shown.readings)


@pytest.mark.parametrize(
    ("own", "band"),
    [((100, 140), [100, 140]), ((None, 150), ["lowest", 150]), ((90, None), [90, "highest"])],
)
def test_band_behind_the_pace_is_ones_own_range(talk, own, band):
    shown = rows(with_own_bands(talk, {"speech_rate": own}))["pace"].data["band"]
    pace = [value for _time, value in talk["series"]["local_pace"]]
    ends = {"lowest": min(*pace, own[1] or 0), "highest": max(*pace, own[0] or 0)}
    assert shown == [ends.get(end, end) for end in band]


def test_possible_stumbles_are_named_as_possible(talk):
    block = {"type": "block", "start": 2.0, "end": 2.6, "text": "boat", "tier": "possible"}
    sure = {**block, "type": "false_start", "tier": "sure"}
    shown = timeline({**talk, "events": [block, {**sure, "tier": "possible"}, sure]}, 25.0)
    assert [kind for _start, _end, kind, _said in shown.happened] == [
        "Perhaps stuck",
        "Perhaps begun again",
        "Begun again",
    ]
    assert [mark[3] for mark in shown.rows[0].data["marks"]] == [0, 0, 1]


def test_curve_breaks_where_nobody_spoke():
    points = [[0.0, 1.0], [0.5, 1.0], [1.0, 2.0], [6.0, 1.0], [6.5, 2.0]]
    assert broken(points) == [[0.0, 1.0], [0.5, 1.0], [1.0, 2.0], None, [6.0, 1.0], [6.5, 2.0]]
    assert broken([]) == []


def test_pace_of_two_hours_keeps_its_peak_and_fits_a_table():
    pace = [[float(second), 140.0] for second in range(7200)]
    pace[4321] = [4321.0, 230.0]
    assert len(curve_of(pace)) <= 240
    assert len(curve_of(pace, most_points(pace))) == 1440
    assert most_points(pace[:300]) == 240
    assert [4321.0, 230.0] in curve_of(pace)
    assert len(rows_of(pace)) <= 61
    assert [row[0] for row in rows_of(pace[:31])] == [0.0, 10.0, 20.0, 30.0]
    assert (curve_of([]), rows_of([])) == ([], [])


def test_words_leaned_on_are_listed_with_where_they_were_said(talk):
    said = [
        {"text": "customer", "count": 9, "evidence": [[float(i), i + 0.3] for i in range(9)]},
        {"text": "support", "count": 2, "evidence": []},
    ]
    (leaned_on,) = word_lists({**talk, "words": {"leaned_on": said, "starters": []}})
    assert [(item.text, item.count) for item in leaned_on.items] == [
        ("customer", 9),
        ("support", 2),
    ]
    moments = leaned_on.items[0].moments
    assert (len(moments.shown), moments.more) == (6, 3)
    assert (moments.shown[0].start, moments.shown[-1].start) == (0.0, 8.0)


def test_report_of_the_first_formulas_has_no_lists_of_words(talk):
    old = {name: part for name, part in talk.items() if name != "words"}
    assert word_lists(old) == []
