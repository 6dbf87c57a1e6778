import numpy as np
import pytest

from engines.transcribers import TranscriberError, TranscriberOptions, make

LOCAL = TranscriberOptions()
PROMPT = "So, um, I was, uh, going to, um, the... uh, the store."


def test_a_recogniser_is_loaded_once_for_the_same_options():
    assert make(LOCAL) is make(TranscriberOptions())
    assert make(LOCAL).leaves_machine is False


def test_recognition_gives_words_with_times_and_confidence(speech):
    heard = make(LOCAL).transcribe(speech, language="en", prompt=PROMPT, windows=[(0.0, 11.0)])
    assert heard.timing == "words"
    assert heard.heard_language == "en"
    assert heard.language_confidence > 0.8
    assert len(heard.words) == 22
    assert all(0 <= word.start <= word.end <= 11.1 for word in heard.words)
    assert all(0 < word.confidence <= 1 for word in heard.words)
    assert "ask not what your country can do for you" in heard.text.lower().replace(",", "")


def test_recognition_finds_windows_and_language_by_itself(speech):
    heard = make(LOCAL).transcribe(speech, language=None, prompt=None)
    assert heard.language == "en"
    assert len(heard.words) == 22


def test_recognition_notes_another_language_than_the_one_declared(speech):
    heard = make(LOCAL).transcribe(speech, language="de", prompt=None, windows=[(0.0, 11.0)])
    assert heard.language == "de"
    assert heard.heard_language == "en"
    assert heard.language_confidence < 0.2


def test_a_window_is_heard_alike_alone_and_among_others(speech):
    windows = [(0.0, 5.5), (5.5, 11.0)]
    heard: dict[str, list] = {"alone": [], "together": []}
    for name, part in (("alone", windows[:1]), ("together", windows)):
        make(LOCAL).transcribe(
            speech,
            language="en",
            prompt=None,
            windows=part,
            on_states=lambda _start, states, kept=heard[name]: kept.append(states.copy()),
        )
    assert [len(states) for states in heard["together"]] == [275, 275]
    np.testing.assert_allclose(heard["together"][0], heard["alone"][0], atol=1e-4)


def test_two_workers_write_what_one_writes(speech):
    windows = [(0.0, 4.0), (4.0, 8.0), (8.0, 11.0)]
    one, two = (
        make(TranscriberOptions(cpu_threads=threads)).transcribe(
            speech, language="en", prompt=PROMPT, windows=windows
        )
        for threads in (1, 2)
    )
    assert len(two.words) > 15
    assert two == one


def test_words_of_a_window_have_their_times_alone_and_among_others(speech):
    # The shorter text comes first: beside the longer one it would be filled up.
    alone = make(LOCAL).transcribe(speech, language="en", prompt=None, windows=[(0.0, 4.0)])
    among = make(LOCAL).transcribe(
        speech, language="en", prompt=None, windows=[(0.0, 4.0), (4.0, 11.0)]
    )
    times = [(word.text, word.start, word.end) for word in alone.words]
    assert len(times) > 4
    assert [(word.text, word.start, word.end) for word in among.words[: len(times)]] == times


def test_prompt_of_any_length_is_taken(speech):
    heard = make(LOCAL).transcribe(
        speech, language="en", prompt="Wagtails and herons. " * 200, windows=[(0.0, 11.0)]
    )
    assert "country" in heard.text


def test_no_windows_make_no_words(speech):
    assert make(LOCAL).transcribe(speech, language="en", prompt=PROMPT, windows=[]).words == ()


def test_windows_keep_their_place_in_time(speech):
    twice = np.concatenate([speech, speech])
    heard = make(LOCAL).transcribe(
        twice, language="en", prompt=PROMPT, windows=[(0.0, 11.0), (11.0, 22.0)]
    )
    half = len(heard.words) // 2
    assert heard.words[half].start - heard.words[0].start == pytest.approx(11.0, abs=0.05)


def test_recognition_tells_how_far_it_is(speech):
    told = []
    make(TranscriberOptions(batch_size=1)).transcribe(
        np.concatenate([speech, speech]),
        language="en",
        prompt=None,
        windows=[(0.0, 11.0), (11.0, 22.0)],
        on_progress=told.append,
    )
    assert told == [0.25, 0.75]


def test_language_is_told_from_the_sound(speech):
    code, probability = make(LOCAL).language_of(speech)
    assert code == "en"
    assert probability > 0.8


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (TranscriberOptions(provider="nobody"), "engine_unavailable"),
        (TranscriberOptions(provider="openai"), "engine_unavailable"),
    ],
)
def test_a_recogniser_that_cannot_be_had_says_so(options, code):
    with pytest.raises(TranscriberError) as raised:
        make(options)
    assert raised.value.code == code
    assert raised.value.permanent


def test_a_language_the_model_does_not_know_is_refused(speech):
    with pytest.raises(TranscriberError) as raised:
        make(LOCAL).transcribe(speech, language="xx", prompt=None, windows=[(0.0, 5.0)])
    assert raised.value.code == "unknown_language"


def test_a_key_does_not_show_in_the_options():
    assert "secret" not in repr(TranscriberOptions(provider="openai", api_key="secret"))
