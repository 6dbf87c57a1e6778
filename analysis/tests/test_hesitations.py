"""Filled pauses by sound: found at their time, and nothing made up in fluent speech."""

import json
from itertools import pairwise

import numpy as np
import pytest

from analysis import engine
from analysis.fillers import find_fillers
from analysis.hesitations import WEIGHTS, ear_for, hear, model
from analysis.hesitations.candidates import LOOKS
from analysis.hesitations.ear import Discriminant, Ear
from analysis.hesitations.features import FEATURES
from analysis.hesitations.logistic import Logistic, fit
from analysis.hesitations.placing import Heard, placed
from analysis.hesitations.text import with_heard
from analysis.languages import language
from analysis.options import AnalysisOptions
from analysis.timeline import Span
from analysis.vad import as_floats, detect_speech
from analysis.weights.corpus import decoded
from engines.transcribers import SAMPLE_RATE, Transcript, Word, make

ENGLISH = language("en")
OPTIONS = AnalysisOptions(language="en")


def uhm(seconds=0.6, pitch=110.0, loudness=4_000.0):
    """A hesitation by synthesis: pulses through the resonances of a neutral vowel, then of an m."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    sound = np.zeros_like(time)
    nasal = 1 / (1 + np.exp(-(time - 0.6 * seconds) * 60))
    for number in range(1, int(3_400 / pitch)):
        frequency = number * pitch
        vowel = sum(
            g / (1 + ((frequency - f) / w) ** 2)
            for f, w, g in ((580, 80, 1), (1250, 100, 0.5), (2500, 150, 0.15))
        )
        closed = 0.5 / (1 + ((frequency - 270) / 80) ** 2) + 0.03 / (
            1 + ((frequency - 1100) / 150) ** 2
        )
        gain = (1 - nasal) * vowel + nasal * closed
        sound += gain * np.sin(2 * np.pi * frequency * time + number**2)
    edge = np.minimum(1, np.minimum(time, time[::-1]) / 0.04)
    return sound * edge * loudness / np.abs(sound).max()


def spoken(*texts, step=0.4):
    return tuple(Word(text, i * step, (i + 1) * step, 0.9) for i, text in enumerate(texts))


def test_a_hesitation_in_a_gap_is_heard_at_its_time(speech):
    gap = 3.6
    silence = np.zeros(SAMPLE_RATE // 2)
    first = int(gap * SAMPLE_RATE)
    sound = np.concatenate([speech[:first], silence, uhm(), silence, speech[first:]])
    samples = sound.astype(np.int16)
    words = (Word("ask", 3.3, 3.6, 0.9), Word("not", gap + 1.7, gap + 2.0, 0.9))

    # Voice activity takes a synthetic voice for none.
    voiced = [*detect_speech(samples), Span(gap + 0.45, gap + 1.15)]

    heard = hear(words, as_floats(samples), sorted(voiced), ENGLISH)

    added = [word for word in heard if word.origin == "sound" and not word.doubted]
    assert [word.start for word in added] == pytest.approx([gap + 0.5], abs=0.06)


def test_a_real_monologue_keeps_its_hesitations(shared):
    samples = decoded(shared / "wideband" / "audio" / "cold_corpus.flac")
    transcript = engine.transcribe(
        samples, Span(0.0, len(samples) / SAMPLE_RATE), OPTIONS, make(OPTIONS.transcriber)
    )
    fillers = find_fillers(transcript.words, ENGLISH)
    # It holds five.
    assert 4 <= sum(f.kind == "filled_pause" and f.tier == "sure" for f in fillers) <= 6


def test_fluent_speech_gets_no_filled_pause(speech):
    transcript = engine.transcribe(
        speech, Span(0.0, len(speech) / SAMPLE_RATE), OPTIONS, make(OPTIONS.transcriber)
    )
    fillers = find_fillers(transcript.words, ENGLISH)
    assert [f for f in fillers if f.kind == "filled_pause" and f.tier == "sure"] == []


def test_a_filled_pause_written_past_the_end_of_the_sound_is_judged_all_the_same(speech):
    end = len(speech) / SAMPLE_RATE
    words = [Word("um", end - 0.05, end + 0.4, 0.9), Word("um", end + 0.5, end + 0.9, 0.9)]
    spans = detect_speech(speech)
    # The sound alone takes a sure recogniser at its word where a little of it is left.
    for ear, doubted in ((None, [False, True]), (ear_for("whisper-base"), [True, True])):
        heard = hear(words, as_floats(speech), spans, ENGLISH, ear)
        assert [word.doubted for word in heard if word.start > end - 1] == doubted


def test_a_language_without_a_list_of_filled_pauses_is_left_alone(speech):
    words = spoken("ask", "not")
    assert hear(words, as_floats(speech), detect_speech(speech), language("xx")) == words


def test_a_filled_pause_that_the_sound_does_not_bear_out_is_only_possible():
    word = Word("um", 1.0, 1.2, 0.1, doubted=True)
    assert [filler.tier for filler in find_fillers([word], ENGLISH)] == ["possible"]


def test_a_heard_filled_pause_inside_a_long_word_leaves_the_order_of_words():
    words = spoken("we", "wanted", "it", step=1.0)
    heard = placed(words, [Heard(Span(1.1, 1.4), None, "uh", doubted=False, confidence=0.8)])
    assert [word.text for word in heard] == ["we", "uh", "wanted", "it"]
    assert all(before.end <= after.start for before, after in pairwise(heard))
    assert (heard[1].start, heard[1].end, heard[1].origin) == (1.1, 1.4, "sound")


def test_the_text_says_every_filled_pause_that_the_words_say():
    text = "So, I went - you know - home. Then I slept."
    words = [
        Word("uh", 0.0, 0.2, origin="sound"),
        *spoken("So,", "I", "went"),
        Word("um", 1.2, 1.4, origin="sound"),
        *spoken("you", "know", "home.", "Then", "I", "slept."),
        Word("uh", 4.0, 4.2, origin="sound"),
    ]
    said = with_heard(text, words)
    assert said == "uh So, I went - um you know - home. Then I slept. uh"
    assert with_heard(text, spoken("So,", "I", "went")) == text


def test_the_text_stays_where_a_word_is_not_in_it():
    words = [*spoken("one"), Word("uh", 0.5, 0.6, origin="sound"), *spoken("zwei", "three")]
    assert with_heard("one two three", words) == "one two uh three"
    assert with_heard("", [Word("um", 0.0, 0.2, origin="sound")]) == "um"


def test_words_keep_how_they_were_found_when_stored():
    transcript = Transcript("um", "en", None, (Word("um", 0, 1, 0.5, "sound", True),), "words")
    assert Transcript.from_json(json.loads(json.dumps(transcript.to_json()))) == transcript


def test_words_stored_before_there_was_an_origin_are_readable():
    stored = {"text": "a", "start": 0.0, "end": 0.2, "confidence": None}
    assert Word(**stored).origin == "recognised"


def test_the_stored_weights_fit_the_features():
    assert model().frame.names == LOOKS
    for judge in (model().by_encoder, model().by_sound):
        assert set(judge.candidate.names) <= set(FEATURES)
        assert judge.possible <= judge.sure


def test_the_packaged_recogniser_tells_what_its_encoder_heard(speech):
    heard = {}
    transcriber = make(OPTIONS.transcriber)
    transcriber.transcribe(
        as_floats(speech),
        language="en",
        prompt=None,
        windows=[(0.0, 5.3), (5.3, 11.0)],
        on_states=heard.__setitem__,
    )
    assert transcriber.encoder == model().encoder
    assert {start: len(states) for start, states in heard.items()} == {0.0: 265, 5.3: 285}
    assert all(states.shape[1] == len(model().discriminant.weights) for states in heard.values())


def test_a_hesitation_that_recognition_drops_is_heard_by_its_encoder(shared):
    samples = decoded(shared / "wideband" / "audio" / "acoustic_corpus.flac")
    speech = detect_speech(samples)
    ear = ear_for("whisper-base")
    windows = [(0.0, 13.0), (13.0, len(samples) / SAMPLE_RATE)]
    written = make(OPTIONS.transcriber).transcribe(
        as_floats(samples), language="en", prompt=None, windows=windows, on_states=ear
    )
    dropped = [word for word in written.words if not ENGLISH.is_filled_pause(word.text)]

    heard = hear(dropped, as_floats(samples), speech, ENGLISH, ear)

    added = [word for word in heard if word.origin == "sound" and not word.doubted]
    assert [word.start for word in added] == pytest.approx([8.0, 14.4, 22.8], abs=0.25)


def test_an_ear_keeps_its_times_and_takes_what_it_was_not_given_for_silence():
    ear = Ear(Discriminant(np.array([1.0], dtype=np.float32), 0.0))
    ear(1.0, np.full((50, 1), 5.0, dtype=np.float32))
    like = ear.likeness(300)
    assert len(like) == 300
    assert like[105:195] == pytest.approx(5.0)
    assert like[:95].max() == like[205:].max() == -8.0


def test_a_fit_finds_the_weights_that_made_the_data():
    random = np.random.default_rng(1)
    rows = random.normal(size=(4_000, 2))
    chance = 1 / (1 + np.exp(-(2 * rows[:, 0] - rows[:, 1] - 1)))
    found = fit(("a", "b"), rows, random.random(4_000) < chance, ridge=0.1)
    assert found.weights == pytest.approx([2, -1], abs=0.2)
    assert Logistic.from_json(found.to_json()).log_odds(rows) == pytest.approx(
        found.log_odds(rows), abs=1e-3
    )


def test_the_weights_say_what_they_reached_on_calls_not_trained_on():
    for part in json.loads(WEIGHTS.read_text()).values():
        assert set(part["unseen"]) == {"precision", "recall", "f1"}


class Overheard:
    """A recogniser that notes what it is prompted with; `encoder` is what it says of itself."""

    leaves_machine = False
    name = "overheard"

    def __init__(self, recogniser, encoder):
        self.recogniser, self.encoder, self.prompts = recogniser, encoder, []

    def transcribe(self, samples, **how):
        self.prompts.append(how["prompt"])
        return self.recogniser.transcribe(samples, **how)


@pytest.mark.parametrize(
    ("encoder", "fillers", "prompt"),
    [
        ("whisper-base", "sound", None),
        (None, "sound", ENGLISH.prompt),
        ("whisper-base", "words", ENGLISH.prompt),
        ("whisper-base", "unprompted", None),
    ],
)
def test_recognition_is_prompted_only_where_its_encoder_tells_nothing(
    speech, encoder, fillers, prompt
):
    recogniser = Overheard(make(OPTIONS.transcriber), encoder)
    part = speech[: 3 * SAMPLE_RATE]
    engine.transcribe(part, Span(0.0, 3.0), OPTIONS, recogniser, fillers=fillers)
    assert recogniser.prompts == [prompt]
