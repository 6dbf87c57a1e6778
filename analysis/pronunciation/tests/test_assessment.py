"""A recording that is public domain, held against what was said in it and what was not."""

import functools

import pytest

from analysis.pronunciation import Assessment, assess
from analysis.pronunciation.lexicon import syllables, ways_of, words_of
from analysis.pronunciation.phones import phones
from analysis.vad import detect_speech
from analysis.weights.corpus import SHARED, decoded
from engines.transcribers import Word

AUDIO = SHARED / "wideband" / "audio"
READER = "020360017.flac"
TEXT = "We all had a good time."
SAID = ("we", 0.52), ("all", 0.71), ("had", 0.91), ("a", 1.17), ("good", 1.28), ("time", 1.52)

labelled = pytest.mark.skipif(
    not AUDIO.exists(), reason="the labelled recordings (../shared) are not here"
)


@functools.lru_cache(maxsize=1)
def _samples():
    return decoded(AUDIO / READER)


def _assessed(text, heard=SAID, code="en") -> Assessment:
    words = [Word(word, start, start + 0.2) for word, start in heard]
    found = assess(_samples(), text, code, words, detect_speech(_samples()))
    assert found is not None
    return found


def test_acoustic_model_is_read_from_its_definition():
    model = phones()
    assert len(model.spoken) == 39
    three = model.senones("IY", "W", "AO", first=False, last=True)
    assert all(senone in model.of_phone[model.numbers["IY"]] for senone in three)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("good", "G UH D"),
        ("3", "TH R IY"),
        ("wolfs", "W UH L F S"),
        ("tinkered's", "T IH NG K ER D Z"),
        ("boatfish", "B OW T F IH SH"),
    ],
)
def test_words_are_said_by_dictionary_or_by_rule(word, said):
    assert " ".join(ways_of(word)[0]) == said


def test_unknown_word_has_no_pronunciation():
    (word,) = words_of("xqzt!")
    assert (word.written, word.ways) == ("xqzt!", ())


def test_syllables_are_vowels():
    assert syllables(ways_of("banana")[0]) == 3


@labelled
def test_sentence_that_was_read_is_said_in_full():
    found = _assessed(TEXT)
    assert {word.verdict for word in found.words} <= {"said", "unclear"}
    assert found.completeness == 1.0
    assert found.overall is not None
    assert found.overall > 60
    starts = [word.start for word in found.words]
    assert starts == pytest.approx([start for _, start in SAID], abs=0.15)
    assert " ".join(phone.name for phone in found.words[4].phones) == "G UH D"
    assert found.fluency.speech_rate == pytest.approx(60 * 6 / found.fluency.seconds, rel=0.01)


@labelled
def test_word_that_was_not_read_is_found_out():
    found = _assessed("We all had a lovely good time.")
    assert found.words[4].verdict == "left_out"
    assert found.completeness == pytest.approx(6 / 7, abs=0.001)


@labelled
def test_word_in_the_place_of_another_is_told():
    found = _assessed("We all had a good sandwich.")
    assert (found.words[-1].verdict, found.words[-1].heard) == ("other", "time")
    assert found.words[-1].score is None


@labelled
def test_word_without_pronunciation_is_not_judged():
    found = _assessed("We all xqzt a good time.")
    assert (found.words[2].verdict, found.words[2].score) == ("not_judged", None)


@labelled
def test_other_language_is_judged_by_its_words_alone():
    found = _assessed("Wir all had a good time", code="de")
    assert found.judged == "words"
    assert found.overall is None
    assert [word.verdict for word in found.words] == ["other", *["said"] * 5]


@labelled
def test_added_words_are_told():
    heard = (*SAID, ("together", 1.8))
    assert _assessed(TEXT, heard).added == ("together",)


@labelled
def test_text_without_words_is_not_assessed():
    assert assess(_samples(), "…!", "en", [], ()) is None
