"""Reading aloud: slips against the text, and how numbers are written does not matter."""

import pytest

from analysis.engine import measure
from analysis.languages import language
from analysis.number_words import in_digits
from analysis.options import AnalysisOptions
from analysis.reading import compare
from analysis.tests.test_fillers import words_of
from analysis.timeline import Span
from engines.transcribers import Transcript, Word

TEXT = "The north wind and the sun argued about which of them was the stronger."


def read(said, text=TEXT, hesitations=(), code="en"):
    return compare(text, words_of(said), language(code), hesitations)


def slips(reading):
    return [(slip.kind, slip.text, slip.first_word, slip.last_word) for slip in reading.slips]


def test_a_text_read_word_for_word_is_complete_however_it_is_written():
    reading = read("the north wind, and the Sun argued about which of them was the stronger")
    assert (reading.accuracy, reading.completeness, reading.slips) == (1, 1, ())


def test_each_slip_is_found_where_it_was_made():
    reading = read("The north wind and the moon argued which of them really was the stronger.")
    assert slips(reading) == [
        ("misread", "sun", 5, 5),
        ("left_out", "about", None, None),
        ("added", "really", 10, 10),
    ]
    assert reading.slips[1].after_word == 6
    assert reading.accuracy == pytest.approx(1 - 3 / 14)
    assert reading.completeness == pytest.approx(13 / 14)


def test_filled_pauses_are_no_slips():
    said = "The north um wind and the sun argued about which of them was the stronger."
    assert read(said, hesitations={2}).accuracy == 1


def test_what_was_left_out_at_either_end_lies_beside_the_words_that_were_said():
    reading = read("and the sun argued")
    assert [slip.after_word for slip in reading.slips] == [None, 3]
    assert reading.completeness == pytest.approx(4 / 14)


def test_nothing_said_leaves_everything_out_and_no_text_is_no_reading():
    assert read("").completeness == 0
    assert compare("... - !", words_of("hello"), language("en"), ()) is None


def test_more_said_than_the_text_has_does_not_make_accuracy_negative():
    assert read("one two three four five six", text="seven").accuracy == 0


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("twenty one", "21"),
        ("twenty-one", "21"),
        ("nineteen sixty one", "1961"),
        ("two hundred and five", "205"),
        ("three thousand four hundred", "3,400"),
        ("one million", "1,000,000"),
        ("five five five", "555"),
    ],
)
def test_numbers_in_letters_and_digits_are_the_same(said, written):
    assert read(f"about {said} people", text=f"About {written} people.").accuracy == 1


def test_a_word_that_joins_numbers_stays_a_word_elsewhere():
    values = language("en").number_values
    assert [text for text, _, _ in in_digits(["two", "and", "two"], values)] == ["2", "and", "2"]


@pytest.mark.parametrize(
    ("code", "said", "written"),
    [
        ("es", "tengo veinte años", "Tengo 20 años."),
        ("fr", "il a seize ans", "Il a 16 ans."),
        ("de", "zwölf Monate", "12 Monate"),
        ("it", "sono dieci", "Sono 10."),
        ("pt", "são cem", "São 100."),
    ],
)
def test_numbers_are_known_in_each_language(code, said, written):
    assert read(said, text=written, code=code).accuracy == 1


def test_a_doubtful_word_is_only_possibly_misread():
    words = [Word("The", 0, 0.3, 0.9), Word("wend", 0.3, 0.6, 0.3)]
    (slip,) = compare("The wind", words, language("en"), ()).slips
    assert (slip.kind, slip.tier) == ("misread", "possible")


def test_a_report_of_a_reading_has_its_measures_and_events_with_times():
    words = words_of("The north wind and the moon argued which of them was the stronger.")
    transcript = Transcript(" ".join(w.text for w in words), "en", 0.9, tuple(words), "words")
    options = AnalysisOptions(language="en", kind="read_aloud", reference=TEXT)
    report = measure(transcript, [Span(0.0, 20.0)], 21.0, options)
    assert report.measure("reading_accuracy").value is None  # too short to say
    left_out = report.events_of("left_out")
    assert (left_out[0].text.split()[0], left_out[0].start) == ("about", 2.1)
    (misread,) = report.events_of("misread")
    assert (misread.first_word, misread.start, misread.end) == (5, 1.5, 1.8)


def test_without_a_text_nothing_is_said_about_reading():
    transcript = Transcript("Hello there.", "en", 0.9, tuple(words_of("Hello there.")), "words")
    report = measure(transcript, [Span(0.0, 2.0)], 2.0, AnalysisOptions(language="en"))
    assert report.measure("reading_accuracy") is None
