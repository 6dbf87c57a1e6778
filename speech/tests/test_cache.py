"""Sound that was made before is found again, until there is no more room."""

import os
import time

from speech import cache


def kept(name: str, size: int, *, heard_days_ago: float = 0.0) -> str:
    key = cache.key_of(name)
    sound = cache.keep(key, "wav", bytes(size), seconds=1.25, voice="Joe")
    file = cache._folder() / f"{key}.wav"
    heard = time.time() - heard_days_ago * 86_400
    os.utime(file, (heard, heard))
    assert sound.path == f"speech/{key}.wav"
    return key


def test_sound_is_found_by_what_was_said_and_how(settings):
    key = kept("Hello.", 100)
    found = cache.find(key, "wav")
    assert (found.duration_seconds, found.voice) == (1.25, "Joe")
    assert cache.find(key, "mp3") is None
    assert cache.find(cache.key_of("Hello!"), "wav") is None


def test_least_lately_heard_goes_where_the_room_is_needed(settings):
    settings.SPEECH_CACHE_BYTES = 250
    old, heard_again, new = (kept(name, 100, heard_days_ago=2) for name in ("a", "b", "c"))
    cache.find(heard_again, "wav")
    cache.find(new, "wav")
    assert cache.make_room() == 1
    assert cache.find(old, "wav") is None
    assert cache.find(heard_again, "wav")
    assert cache.find(new, "wav")


def test_what_nobody_heard_for_long_goes(settings):
    settings.SPEECH_CACHE_DAYS = 30
    old, fresh = kept("old", 10, heard_days_ago=31), kept("fresh", 10, heard_days_ago=29)
    assert cache.make_room() == 1
    assert cache.find(old, "wav") is None
    assert cache.find(fresh, "wav")


def test_recordings_that_wait_to_be_heard_are_none_of_the_cache(settings, media_of_its_own):
    waiting = media_of_its_own / "speech" / "sent"
    waiting.mkdir(parents=True)
    os.utime(waiting, (0, 0))
    sound = kept("Hello.", 100)
    settings.SPEECH_CACHE_BYTES = 0
    assert cache.make_room() == 1
    assert cache.find(sound, "wav") is None
    assert waiting.is_dir()


def test_only_its_owner_may_read_the_files(media_of_its_own):
    key = kept("Hello.", 10)
    assert (media_of_its_own / "speech" / f"{key}.wav").stat().st_mode & 0o077 == 0
    assert not list((media_of_its_own / "speech").glob(".*"))
