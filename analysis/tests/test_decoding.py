import os
import zipfile

import av
import numpy as np
import pytest

from analysis import audio
from analysis.errors import AnalysisError
from analysis.options import Limits
from analysis.tests.conftest import encode

FORMATS = [
    ("wav", "wav", "pcm_s16le", {}),
    ("flac", "flac", "flac", {}),
    ("mp3", "mp3", "libmp3lame", {}),
    ("opus", "ogg", "libopus", {"rate": 48_000}),
    ("webm", "webm", "libopus", {"rate": 48_000, "options": {"live": "1"}}),
    ("m4a", "ipod", "aac", {"rate": 44_100}),
    ("aac", "adts", "aac", {"rate": 44_100}),
    ("mp4", "mp4", "aac", {"rate": 44_100, "picture": True}),
    ("mov", "mov", "pcm_s16le", {"picture": True}),
    ("mkv", "matroska", "libopus", {"rate": 48_000, "picture": True}),
    ("fragmented.mp4", "mp4", "aac", {"options": {"movflags": "frag_keyframe+empty_moov"}}),
    ("telephone.wav", "wav", "pcm_mulaw", {"rate": 8_000}),
]


def decode(path, tmp_path, **limits):
    return audio.decode(path, tmp_path / "samples.raw", Limits(**limits))


def code_of(path, tmp_path, **limits):
    with pytest.raises(AnalysisError) as raised:
        decode(path, tmp_path, **limits)
    assert raised.value.permanent
    return raised.value.code


def likeness(decoded, original):
    """Correlation of envelopes in steps of 10 ms, at the best delay of at most 80 ms.

    Lossy codecs keep the envelope; some formats keep the encoder's delay.
    """
    steps = min(len(decoded), len(original)) // 160
    a, b = (
        np.abs(part[: steps * 160].astype(np.float64)).reshape(steps, 160).mean(axis=1)
        for part in (decoded, original)
    )
    return max(np.corrcoef(a[delay:], b[: steps - delay])[0, 1] for delay in range(9))


@pytest.mark.parametrize(("name", "container", "codec", "how"), FORMATS, ids=lambda v: str(v)[:14])
def test_decoding_gives_the_same_speech_from_every_format(
    speech, tmp_path, name, container, codec, how
):
    path = encode(speech, tmp_path / f"a.{name}", container, codec, **how)
    recording = decode(path, tmp_path)
    assert recording.duration == pytest.approx(11.0, abs=0.15)
    assert not recording.truncated
    assert likeness(recording.samples(), speech) > 0.95


def test_decoding_uses_the_live_channel_when_the_other_is_dead(speech, tmp_path):
    stereo = np.vstack([np.zeros_like(speech), speech])
    path = encode(stereo, tmp_path / "a.wav", "wav", "pcm_s16le", layout="stereo")
    recording = decode(path, tmp_path)
    assert recording.mix == "right"
    assert np.array_equal(recording.samples(), speech)


def test_decoding_does_not_cancel_channels_of_opposite_phase(speech, tmp_path):
    path = encode(
        np.vstack([speech, -speech]), tmp_path / "a.wav", "wav", "pcm_s16le", layout="stereo"
    )
    assert audio.level(decode(path, tmp_path).samples()) == pytest.approx(
        audio.level(speech), rel=0.01
    )


def test_decoding_mixes_two_voices_on_two_channels(speech, tmp_path):
    stereo = np.vstack([speech, np.roll(speech, 16_000)])
    path = encode(stereo, tmp_path / "a.wav", "wav", "pcm_s16le", layout="stereo")
    assert decode(path, tmp_path).mix == "mean"


def test_decoding_keeps_what_arrived_of_a_cut_off_file(speech, tmp_path):
    for name, container, codec in (("wav", "wav", "pcm_s16le"), ("flac", "flac", "flac")):
        path = encode(speech, tmp_path / f"a.{name}", container, codec)
        os.truncate(path, path.stat().st_size // 2)
        recording = decode(path, tmp_path)
        assert recording.truncated
        assert 4 < recording.duration < 7


def test_decoding_says_that_an_m4a_without_its_index_is_cut_off(speech, tmp_path):
    path = encode(speech, tmp_path / "a.m4a", "ipod", "aac")
    os.truncate(path, path.stat().st_size // 2)
    assert code_of(path, tmp_path) == "truncated"


def test_decoding_fills_holes_in_the_time_stamps(speech, tmp_path):
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w", format="matroska") as output:
        stream = output.add_stream("pcm_s16le", rate=16_000, layout="mono")
        for start, after in ((0, 0), (16_000, 48_000)):
            frame = av.AudioFrame.from_ndarray(
                speech[start : start + 16_000].reshape(1, -1), format="s16", layout="mono"
            )
            frame.sample_rate, frame.pts = 16_000, after
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    recording = decode(path, tmp_path)
    assert recording.duration == pytest.approx(4.0, abs=0.01)
    assert not recording.samples()[17_000:47_000].any()


def zip_file(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.wav", b"RIFF" * 100)


IMPOSTORS = {
    "text.mp3": b"This is not a recording.\n" * 50,
    "playlist.mp3": b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/hostname\n",
    "concat.wav": b"ffconcat version 1.0\nfile /etc/hostname\n",
    "dash.mp4": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
    "page.ogg": b"<!doctype html><title>404</title>",
    "subtitles.wav": b"1\n00:00:00,000 --> 00:00:02,000\nHello\n",
    "picture.mp3": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "photo.m4a": b"\x00\x00\x00\x1cftypheic" + bytes(500),
    "webp.wav": b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(500),
    "midi.wav": b"MThd\x00\x00\x00\x06" + bytes(100),
    "zeros.wav": bytes(10_000),
}


@pytest.mark.parametrize("name", IMPOSTORS)
def test_decoding_refuses_what_only_looks_like_audio_by_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(IMPOSTORS[name])
    assert code_of(path, tmp_path) == "not_audio"


def test_decoding_refuses_an_archive_and_an_empty_file(tmp_path):
    zip_file(tmp_path / "a.wav")
    assert code_of(tmp_path / "a.wav", tmp_path) == "not_audio"
    (tmp_path / "b.wav").touch()
    assert code_of(tmp_path / "b.wav", tmp_path) == "empty_file"


@pytest.mark.parametrize("magic", [b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3", b"RIFF\0\0\0\0WAVE"])
def test_decoding_refuses_noise_behind_a_true_magic_number(tmp_path, magic):
    path = tmp_path / "a.bin"
    path.write_bytes(magic + np.random.default_rng(1).bytes(20_000))
    assert code_of(path, tmp_path) in {"unreadable_file", "no_audio_stream"}


def test_decoding_refuses_a_video_without_sound(tmp_path):
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        image = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        output.mux(stream.encode(image))
        output.mux(stream.encode(None))
    assert code_of(path, tmp_path) == "no_audio_stream"


def test_decoding_keeps_to_the_limits_of_size_and_length(jfk, tmp_path):
    assert code_of(jfk, tmp_path, max_bytes=1000) == "too_large"
    assert code_of(jfk, tmp_path, max_seconds=5) == "too_long"


def test_decoding_is_ended_when_it_takes_too_long(jfk, tmp_path):
    assert code_of(jfk, tmp_path, decoder_wall_seconds=0.001) == "decoder_timeout"


def test_decoding_is_ended_when_it_needs_too_much_memory_or_time(jfk, tmp_path):
    assert code_of(jfk, tmp_path, decoder_memory_bytes=30_000_000) == "decoder_memory"
    assert code_of(jfk, tmp_path, decoder_cpu_seconds=0) == "decoder_timeout"


def test_decoding_may_be_tried_again_after_the_decoder_crashed(jfk, tmp_path):
    with pytest.raises(AnalysisError) as raised:
        audio.decode(jfk, tmp_path / "no such folder" / "samples.raw", Limits())
    assert raised.value.code == "decoder_crashed"
    assert not raised.value.permanent


def test_probe_tells_container_and_length_and_refuses_what_is_too_long(jfk):
    assert audio.probe(jfk, Limits()).declared_seconds == pytest.approx(11.0)
    with pytest.raises(AnalysisError, match=r"11 s long"):
        audio.probe(jfk, Limits(max_seconds=10))


def test_peaks_are_the_largest_values_of_equal_parts():
    samples = np.array([0, -32768, 100, 16384], dtype=np.int16)
    assert audio.peaks(samples, 2) == [1.0, 0.5]
    assert audio.peaks(samples[:0], 2) == [0.0, 0.0]
