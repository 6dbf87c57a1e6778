"""The transcript as the page shows it: fillers, pauses and repetitions in their places."""

import re

import pytest
from django.template import Context, Template

from analysis.engine import measure_text
from analysis.options import AnalysisOptions
from speech_sessions.presentation.margin_notes import margin_notes
from speech_sessions.presentation.transcript import Piece, paragraphs, pieces
from speech_sessions.presentation.transcript_parts import part_of
from speech_sessions.tests.reported import report_of

POSSIBLE = "It is three hours of work so basically we are done"


def shown(document, kind: str) -> list[str]:
    return [piece.text for piece in pieces(document) if piece.kind == kind]


def html_of(document) -> str:
    template = Template("{% load speech %}{% for p in parts %}{% spoken p %}|{% endfor %}")
    return template.render(Context({"parts": paragraphs(document)}))


def text_of(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).replace("|", "")


@pytest.fixture(scope="module")
def talk() -> dict:
    return report_of().to_json()


def test_words_come_in_their_order_and_none_is_lost(talk):
    words = [piece.text for piece in pieces(talk) if piece.kind != "pause"]
    assert " ".join(words) == talk["transcript"]["text"]


def test_fillers_repetitions_and_long_pauses_are_marked(talk):
    assert shown(talk, "filler")[:2] == ["Um,", "uh,"]
    assert shown(report_of(POSSIBLE).to_json(), "possible") == ["basically"]
    assert shown(talk, "repeated") == ["we we", "three hours,", "three hours"]
    assert shown(talk, "filler").count("um,") == 1  # inside of what was said twice
    assert shown(talk, "pause") == ["1.2 s", "1.6 s", "1.1 s"]


def test_pause_stands_between_the_words_it_parts(talk):
    texts = [piece.text for piece in pieces(talk)]
    assert texts[texts.index("1.6 s") - 1] == "new"
    assert texts[texts.index("1.6 s") + 1] == "platform"


def test_marked_words_say_what_they_are_to_a_screen_reader(talk):
    first = next(piece for piece in pieces(talk) if piece.kind == "filler")
    pause = next(piece for piece in pieces(talk) if piece.kind == "pause")
    assert first.label == "Um, filler at 0:02"
    assert pause.label.startswith("Pause, 1.2 s, at 0:0")


def test_paragraph_begins_where_a_sentence_does(talk):
    parts = paragraphs(talk)
    assert len(parts) == 2
    assert parts[1][0].text[0].isupper()
    last = [piece for piece in parts[0] if piece.kind != "pause"][-1]
    assert last.text.endswith(".")


def test_speech_without_full_stops_is_parted_too():
    document = report_of(" ".join(f"word{number}" for number in range(400))).to_json()
    lengths = [len([p for p in part if p.kind != "pause"]) for part in paragraphs(document)]
    assert max(lengths) <= 141
    assert sum(lengths) == 400


def test_words_are_joined_as_they_were_written():
    document = report_of("I take the one way train at five").to_json()
    words = document["transcript"]["words"]
    words[3]["text"], words[4]["text"] = "one", "-way"
    document["transcript"]["text"] = "I take the one-way train at five"
    assert text_of(html_of(document)).strip() == "I take the one-way train at five"


def test_language_without_blanks_gets_none():
    document = report_of("えーと 東京 に 行きました").to_json()
    document["transcript"]["text"] = "えーと東京に行きました"
    assert text_of(html_of(document)).strip() == "えーと東京に行きました"


def test_word_that_is_not_in_the_text_is_still_shown():
    document = report_of("one two three").to_json()
    document["transcript"]["text"] = "something else"
    assert text_of(html_of(document)).split() == ["one", "two", "three"]


def test_every_word_can_be_sought_and_every_mark_reached_by_keyboard(talk):
    html = html_of(talk)
    assert '<span class="word" data-start="0.50" data-end="0.78">Thank</span>' in html
    assert re.search(r'<button type="button" class="word word-filler" data-start="\d', html)
    assert re.search(r'<button type="button" class="word word-pause" data-start="\d', html)


def test_words_are_text_and_never_markup():
    html = html_of(report_of("I said <script>alert(1)</script> & left").to_json())
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; " in re.sub("</?span[^>]*>", "", html)


def test_text_without_times_is_marked_without_buttons():
    text = "Um, I think that, you know, it is fine."
    document = measure_text(text, 20, AnalysisOptions("en")).to_json()
    html = html_of(document)
    assert "<button" not in html
    assert '<mark class="word word-filler"' in html
    assert text_of(html).strip() == text


def test_mark_that_points_outside_of_the_words_is_left_out(talk):
    event = {**next(e for e in talk["events"] if e["type"] == "filled_pause")}
    document = {**talk, "events": [{**event, "first_word": 900, "last_word": 901}]}
    assert shown(document, "filler") == []


def test_filler_that_only_the_sound_knows_stands_where_it_was_heard():
    document = report_of("We moved it /0.9/ to another place").to_json()
    document["events"] = [
        {
            "type": "filled_pause",
            "start": 1.5,
            "end": 1.9,
            "text": "",
            "confidence": 0.8,
            "tier": "sure",
            "first_word": None,
            "last_word": None,
        }
    ]
    assert [piece.text for piece in pieces(document)][:5] == ["We", "moved", "it", "um", "to"]


def test_margin_tells_of_possible_fillers_pauses_inside_clauses_and_repetitions(talk):
    (possible,) = margin_notes(report_of(POSSIBLE).to_json())
    assert possible.label == "Possible filler"
    assert possible.text == "“basically we are” may be meant. Not counted."
    notes = {(note.label, note.text) for note in margin_notes(talk)}
    assert ("Pause inside a clause", "1.6 s, before “platform”.") in notes
    assert ("Said twice", "“we”") in notes
    starts = [note.start for note in margin_notes(talk)]
    assert starts == sorted(starts)


def test_two_hours_of_words_take_one_small_element_each():
    document = report_of(" ".join(f"word{number}." for number in range(20_000))).to_json()
    html = html_of(document)
    assert html.count("<span") == 20_000
    assert len(html) < 20_000 * 100


def test_piece_is_a_value():
    assert Piece("word", "a", 0.0, 1.0) == Piece("word", "a", 0.0, 1.0)


def test_long_transcript_is_shown_part_by_part():
    line = [Piece("word", "so", float(at), at + 0.5) for at in range(50)]
    parts = [part_of([line] * 200, asked) for asked in ("", "2", "3", "99", "0", "x")]
    assert [part.number for part in parts] == [1, 2, 3, 3, 1, 1]
    assert [part.count for part in parts] == [3] * 6
    assert [len(part.paragraphs) for part in parts[:3]] == [60, 60, 80]
    assert part_of([line], "").count == 1
    assert part_of([], "2").paragraphs == []
