import numpy as np
import pytest

from analysis import vad
from analysis.vad import detect_speech
from analysis.weights.corpus import decoded


def test_speech_is_found_where_it_is(speech):
    # Kennedy pauses before each "ask" and after "not", by hand from the waveform.
    spans = detect_speech(speech)
    for silent in (2.6, 4.9, 7.7):
        assert not any(span.start <= silent <= span.end for span in spans)
    for spoken in (0.8, 1.8, 3.6, 6.0, 9.0):
        assert any(span.start <= spoken <= span.end for span in spans)


def test_speech_found_in_chunks_is_the_same_as_in_one_run(speech, monkeypatch):
    whole = detect_speech(speech)
    monkeypatch.setattr(vad, "CHUNK_FRAMES", 37)
    assert detect_speech(speech) == whole


@pytest.mark.parametrize("sound", ["silence", "noise", "tone", "nothing"])
def test_no_speech_is_found_in(sound):
    rng = np.random.default_rng(7)
    seconds = np.arange(5 * 16_000) / 16_000
    sounds = {
        "silence": np.zeros(80_000),
        "noise": rng.normal(0, 3000, 80_000),
        "tone": 9000 * np.sin(2 * np.pi * 440 * seconds),
        "nothing": np.zeros(0),
    }
    assert detect_speech(sounds[sound].astype(np.int16)) == ()


@pytest.mark.parametrize("seed", [1, 7])
def test_noise_that_now_and_then_is_a_little_like_speech_is_none(seed):
    noise = np.random.default_rng(seed).normal(0, 1, 180 * 16_000)
    noise *= 12_000 / np.abs(noise).max()
    assert detect_speech(noise.astype(np.int16)) == ()


def test_speech_after_digital_silence_is_heard_from_its_first_sound(speech):
    # A muted microphone leaves zeros; the network alone comes up to 0.7 s late after them.
    phrases = speech[5_280:33_760], speech[86_560:120_480]
    muted = np.zeros(38_400, np.int16)
    parts = [part for number in range(10) for part in (phrases[number % 2], muted)]
    ends = np.cumsum([len(part) for part in parts]) / 16_000
    spans = detect_speech(np.concatenate(parts))
    assert len(spans) == 10
    assert [span.start for span in spans[1:]] == pytest.approx(ends[1:-1:2], abs=0.03)


def test_voice_from_another_microphone_is_heard_from_its_first_words(shared):
    # The network's memory of the first recording makes it deaf to twelve seconds of the second.
    folder = shared / "wideband" / "audio"
    first, second = (decoded(folder / f"{name}_corpus.flac") for name in ("acoustic", "cold"))
    spans = detect_speech(np.concatenate([first, second]))
    cut = len(first) / 16_000
    heard = [span for span in spans if cut < span.start < cut + 12]
    assert heard[0].start == pytest.approx(cut + 1.0, abs=1.0)
    assert sum(span.length for span in heard) > 8


def test_speech_detection_tells_how_far_it_is(speech):
    told = []
    detect_speech(np.tile(speech, 12), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
