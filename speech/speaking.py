"""Text to speech: the first voice that answers, of those that are set up."""

import logging
import time
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache as shared

from engines.voices import MANY, VoiceError, VoiceOptions, make
from engines.voices.asking import Candidate, Said, speak_in_turn
from speech import cache, names, prices
from speech.encoding import Format, encoded
from speech.results import PassedOver, ServiceName, Spoken, Voice
from speech.sentences import sentences

logger = logging.getLogger(__name__)

# Lists of voices are asked for before every sentence. What runs on this machine may just have come.
LIST_SECONDS = 300
LOCAL_LIST_SECONDS = 10
LIST_TIMEOUT = 3.0


def speak(
    text: str,
    *,
    language: str,
    voice: str | None = None,
    speed: float = 1.0,
    format: Format = "wav",  # noqa: A002 - the contract's word
) -> Spoken | None:
    """`text` as sound; None where no voice is at hand, or none answers.

    `language`: BCP 47. `voice`: the id of one of `voices`, which is asked first; where it cannot be
    had, the others' usual ones are. `speed`: 0.5 to 2, 1 as the voice speaks by itself.
    """
    began = time.monotonic()
    candidates = _candidates(language, voice)
    if not candidates or not any(letter.isalnum() for letter in text):
        return None
    first = candidates[0]
    kept = cache.find(_key(first, text, language, speed), format)
    if kept:
        return Spoken(
            path=kept.path,
            format=format,
            duration_seconds=kept.duration_seconds,
            voice=_id(first.options, kept.voice),
            service=names.of_voice(first.options),
            seconds=round(time.monotonic() - began, 3),
            cached=True,
            passed_over=(),
            cost=0.0,
        )
    try:
        said = speak_in_turn(
            candidates, text, language=language, speed=speed, seconds=settings.SPEECH_SPEAK_SECONDS
        )
    except VoiceError as error:
        logger.info("nobody speaks %s: %s (%s)", language, error.code, error.detail)
        return None
    return _kept(said, text, language, speed, format, began)


def speak_sentences(
    text: str,
    *,
    language: str,
    voice: str | None = None,
    speed: float = 1.0,
    format: Format = "wav",  # noqa: A002 - the contract's word
) -> Iterator[Spoken]:
    """The sentences of `text` one by one, as they are ready; it ends where no voice is at hand."""
    for sentence in sentences(text):
        spoken = speak(sentence, language=language, voice=voice, speed=speed, format=format)
        if spoken is None:
            return
        yield spoken


def voices(language: str | None = None) -> list[Voice]:
    """Those that can be asked for, the first to be asked first; for a language, those that know it.

    Those of a service that does not answer in LIST_TIMEOUT are left out.
    """
    found = []
    for options in settings.SPEECH_VOICES:
        for name, title, spoken in _listed(options):
            if language is None or spoken == MANY or _same(spoken, language):
                found.append(Voice(f"{options.provider}:{name}", title, spoken, options.provider))
    return found


def who_speaks(language: str | None = None) -> list[ServiceName]:
    """Who is asked, one after another, until one answers; local voices only where they are."""
    return [names.of_voice(each.options) for each in _candidates(language, None)]


def _candidates(language: str | None, voice: str | None) -> list[Candidate]:
    provider, _, name = (voice or "").partition(":")
    usual, chosen = [], []
    for options in settings.SPEECH_VOICES:
        if name and options.provider == provider and _has(options, name):
            chosen.append(Candidate(options, name))
        if options.provider != "local":
            usual.append(Candidate(options, options.voice))
        elif local := _local_voice(options, language):
            usual.append(Candidate(options, local))
    return chosen[:1] + [each for each in usual if each not in chosen]


def _local_voice(options: VoiceOptions, language: str | None) -> str | None:
    """The voice for exactly that language, else for another kind of it; None where none is."""
    known = [
        (spoken.lower() != (language or "").lower(), place, name)
        for place, (name, _, spoken) in enumerate(_listed(options))
        if language is None or _same(spoken, language)
    ]
    return min(known)[2] if known else None


def _has(options: VoiceOptions, name: str) -> bool:
    return any(name == listed for listed, _, _ in _listed(options))


def _listed(options: VoiceOptions) -> list[tuple[str, str, str]]:
    """Name, title and language of each voice; none where the service does not answer."""
    key = f"speech:voices:{cache.key_of(options.provider, options.base_url, options.model)}"
    known = shared.get(key)
    if known is None:
        try:
            found = make(options).voices(timeout=LIST_TIMEOUT)
        except VoiceError as error:
            logger.info("no list of voices from %s: %s", options.provider, error.detail)
            return []
        known = [(one.name, one.title, one.language) for one in found]
        seconds = LOCAL_LIST_SECONDS if options.provider == "local" else LIST_SECONDS
        shared.set(key, known, seconds)
    return [(name, title, spoken) for name, title, spoken in known]


def _kept(said: Said, text: str, language: str, speed: float, kind: Format, began: float) -> Spoken:
    options, sound = said.candidate.options, said.sound
    kept = cache.keep(
        _key(said.candidate, text, language, speed),
        kind,
        encoded(sound.pcm, sound.rate, kind),
        seconds=sound.seconds,
        voice=sound.voice,
    )
    return Spoken(
        path=kept.path,
        format=kind,
        duration_seconds=kept.duration_seconds,
        voice=_id(options, sound.voice),
        service=names.of_voice(options),
        seconds=round(time.monotonic() - began, 3),
        cached=False,
        passed_over=tuple(
            PassedOver(names.of_voice(one.options).name, one.code) for one in said.passed_over
        ),
        cost=prices.of_speaking(options, text, sound.seconds),
    )


def _key(candidate: Candidate, text: str, language: str, speed: float) -> str:
    options = candidate.options
    who = (options.provider, options.base_url, options.model, candidate.voice)
    return cache.key_of(*who, language.lower(), round(speed, 2), text)


def _id(options: VoiceOptions, voice: str) -> str:
    return f"{options.provider}:{voice}"


def _same(spoken: str, language: str) -> bool:
    return spoken.partition("-")[0].lower() == language.partition("-")[0].lower()
