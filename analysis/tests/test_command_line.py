"""`python -m analysis` on real files of every kind people have, and on what is none."""

import io
import json
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from analysis import __main__ as command
from analysis import console
from analysis.progress import LINE_EVERY, Progress
from analysis.tests.conftest import encode

ROOT = Path(__file__).resolve().parents[2]
# What differs is decoding, which test_decoding.py holds in a dozen formats: here one without a
# length in its header and one of another rate.
FORMATS = {
    "a.webm": ("webm", "libopus", {"rate": 48_000, "options": {"live": "1"}}),
    "a.m4a": ("ipod", "aac", {"rate": 44_100}),
}
# "Ask not what your country can do for you", by hand.
PHRASE = slice(int(3.2 * 16_000), int(7.9 * 16_000))


@pytest.fixture
def run(monkeypatch, capsys):
    """The command in this process, which has loaded the model: status, output and errors."""

    def called(*arguments):
        monkeypatch.setattr(sys, "argv", ["analysis", "--language", "en", *map(str, arguments)])
        try:
            status = command.main()
        except SystemExit as refused:
            status = refused.code
        return status, *capsys.readouterr()

    return called


def variable_frame_rate_video(speech, path):
    """Pictures that come late, early and not at all, as phones write them, beside the sound."""
    with av.open(str(path), "w") as output:
        video = output.add_stream("mpeg4", rate=30)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        sound = output.add_stream("aac", rate=16_000, layout="mono")
        pictures = np.cumsum(np.random.default_rng(4).integers(1, 12, 60))
        for at in pictures:
            image = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            image.pts = int(at)
            output.mux(video.encode(image))
        output.mux(video.encode(None))
        for start in range(0, len(speech) - 1024, 1024):
            frame = av.AudioFrame.from_ndarray(
                speech[start : start + 1024].reshape(1, -1), format="s16", layout="mono"
            )
            frame.sample_rate, frame.pts = 16_000, start
            output.mux(sound.encode(frame))
        output.mux(sound.encode(None))
    return path


def wav_that_lies(speech, path, seconds):
    """A WAV file whose header claims another length than what follows."""
    encode(speech, path, "wav", "pcm_s16le")
    content = bytearray(path.read_bytes())
    data = content.index(b"data")
    claimed = int(seconds * 32_000)
    content[data + 4 : data + 8] = claimed.to_bytes(4, "little")
    content[4:8] = (claimed + data).to_bytes(4, "little")
    path.write_bytes(content)
    return path


def test_command_line_reports_recordings_and_the_sound_of_videos(speech, run, tmp_path):
    said = speech[PHRASE]
    paths = [
        encode(said, tmp_path / name, container, codec, **how)
        for name, (container, codec, how) in FORMATS.items()
    ]
    paths.append(variable_frame_rate_video(said, tmp_path / "phone.mp4"))
    status, output, errors = run("--json", *paths)
    assert status == 0, errors
    for path, line in zip(paths, output.splitlines(), strict=True):
        report = json.loads(line)
        assert report["duration_seconds"] == pytest.approx(len(said) / 16_000, abs=0.2), path.name
        assert "what your country can do for you" in report["transcript"]["text"], path.name
        assert len(report["transcript"]["words"]) == pytest.approx(9, abs=1), path.name


def test_command_line_measures_what_is_there_when_the_header_lies(speech, run, tmp_path):
    said = speech[PHRASE]
    long = wav_that_lies(said, tmp_path / "long.wav", 3_600)
    short = wav_that_lies(said, tmp_path / "short.wav", 2)
    status, output, errors = run("--json", long, short)
    assert status == 0, errors
    of_long, of_short = map(json.loads, output.splitlines())
    assert of_long["duration_seconds"] == pytest.approx(len(said) / 16_000, abs=0.1)
    assert of_long["notices"][0]["id"] == "truncated"
    assert of_short["duration_seconds"] == pytest.approx(len(said) / 16_000, abs=0.1)
    assert "truncated" not in [notice["id"] for notice in of_short["notices"]]
    assert "what your country can do for you" in of_short["transcript"]["text"]


def test_command_line_goes_on_after_a_file_that_fails(jfk, tmp_path):
    (tmp_path / "b.wav").write_text("no sound")
    done = subprocess.run(
        [sys.executable, "-m", "analysis", tmp_path / "none.wav", tmp_path / "b.wav", jfk],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "none.wav: unreadable_file" in done.stderr
    assert "b.wav: not_audio" in done.stderr
    assert done.stdout.startswith("jfk.flac  0:11  English  talk\n")


def test_command_line_says_one_json_error_a_file(run, tmp_path):
    (tmp_path / "b.wav").write_text("no sound")
    status, output, _ = run("--json", tmp_path / "none.wav", tmp_path / "b.wav")
    assert [json.loads(line) for line in output.splitlines()] == [
        {"file": str(tmp_path / "none.wav"), "error": "unreadable_file"},
        {"file": str(tmp_path / "b.wav"), "error": "not_audio"},
    ]
    assert status == 1


def test_command_line_holds_a_reading_against_its_text(speech, run, tmp_path):
    path = encode(speech[PHRASE], tmp_path / "a.wav", "wav", "pcm_s16le")
    text = tmp_path / "text.txt"
    text.write_text("Ask not what your dear country can do for you.")
    _, output, _ = run("--json", "--reference", text, path)
    report = json.loads(output)
    values = {measure["name"]: measure["value"] for measure in report["measures"]}
    assert report["kind"] == "read_aloud"
    assert [event["text"] for event in report["events"] if event["type"] == "left_out"] == ["dear"]
    assert {"reading_accuracy", "reading_completeness"} <= values.keys()


def test_command_line_refuses_a_text_that_is_none(jfk, run, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("  \n")
    for name in (text, tmp_path / "none.txt", jfk):
        status, _, errors = run("--reference", name, jfk)
        assert status == 2
        assert str(name) in errors


def test_readable_report_tells_every_measure_its_range_and_why(report):
    text = console.written(Path("talk.wav"), report)
    lines = text.splitlines()
    assert lines[0] == "talk.wav  0:44  English  talk"
    for measure in report.measures:
        row = next(line for line in lines if line.startswith(measure.name.replace("_", " ") + "  "))
        assert f"  {console.figure(measure)}  {measure.unit}" in row
        assert measure.reliability.level in row
    assert "120 to 165, good" in text
    assert f"Keep      {report.feedback.strength.text.split()[0]}" in text
    long = int(report.value("long_pauses"))
    assert sum("s  pause" in line for line in lines) == long
    assert all(len(line) <= 100 for line in lines)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_one_line_written_over_on_a_terminal():
    terminal = Terminal()
    progress = Progress("talk.wav", terminal, iter(range(10)).__next__)
    progress("decode", 0.5)
    progress("transcribe", 0.25)
    progress.close()
    said = terminal.getvalue()
    assert "talk.wav: recognising words, 25 %" in said
    assert "\n" not in said
    assert said.endswith("\r\033[K")


def test_progress_is_a_line_now_and_then_in_a_log():
    log, clock = io.StringIO(), [0.0]
    progress = Progress("talk.wav", log, lambda: clock[0])
    for second in range(60):
        clock[0] = float(second)
        progress("transcribe", second / 60)
    progress.close()
    lines = log.getvalue().splitlines()
    assert len(lines) == 59 // LINE_EVERY
    assert lines[0] == "talk.wav: recognising words, 25 %"
