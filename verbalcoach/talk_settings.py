"""The settings of talks: who may be asked, and how much of it a person has. Part of settings.py."""

from django.core.exceptions import ImproperlyConfigured

from verbalcoach import environment as env
from verbalcoach import language_models, language_services

# Who may be asked, in this order; whether anybody is, each use says for itself.
LANGUAGE_MODELS = language_models.from_environment()
FEEDBACK_LANGUAGE_MODEL = env.boolean("FEEDBACK_LANGUAGE_MODEL", False)
FEEDBACK_LANGUAGE_MODEL_SECONDS = env.integer("FEEDBACK_LANGUAGE_MODEL_SECONDS", 15)
CONVERSATION_LANGUAGE_MODEL = env.boolean("CONVERSATION_LANGUAGE_MODEL", False)
# Talks with the tutor: how much one may say in a day (UTC), and how long a request waits for it.
TUTOR_DAILY_TURNS = env.integer("TUTOR_DAILY_TURNS", 400)
TUTOR_DAILY_SECONDS = env.integer("TUTOR_DAILY_SECONDS", 3600)
TUTOR_AUDIO_BYTES = env.integer("TUTOR_AUDIO_BYTES", 10 * 1024 * 1024)
TUTOR_WAIT_SECONDS = env.integer("TUTOR_WAIT_SECONDS", 25)
TUTOR_MODEL_SECONDS = env.integer("TUTOR_MODEL_SECONDS", 12)
# How long a request waits until a sentence is judged.
PRONUNCIATION_WAIT_SECONDS = env.integer("PRONUNCIATION_WAIT_SECONDS", 20)
# Setting one up is the owner's word that texts may be sent to it.
REALTIME = language_models.realtime_from_environment()
TRANSLATORS = language_services.translators()
DICTIONARIES = language_services.dictionaries()
GRAMMAR_CHECKERS = language_services.grammar_checkers()
for _use in ("FEEDBACK_LANGUAGE_MODEL", "CONVERSATION_LANGUAGE_MODEL"):
    if globals()[_use] and not LANGUAGE_MODELS:
        raise ImproperlyConfigured(
            f"{_use} is on, but none of LLM_PROVIDERS is set up: give one its key."
        )
# Hearing and speaking: what is taken, and how long it may take (s).
SPEECH_MAX_SECONDS = env.integer("SPEECH_MAX_SECONDS", 120)
SPEECH_MAX_BYTES = env.integer("SPEECH_MAX_BYTES", 20 * 1024 * 1024)
SPEECH_HEAR_SECONDS = env.integer("SPEECH_HEAR_SECONDS", 20)
# How long a request waits for the worker that hears, how much a person may have heard (s) and said
# (characters) in a day (UTC).
SPEECH_WAIT_SECONDS = env.integer("SPEECH_WAIT_SECONDS", 30)
SPEECH_DAILY_SECONDS = env.integer("SPEECH_DAILY_SECONDS", 3600)
SPEECH_DAILY_CHARACTERS = env.integer("SPEECH_DAILY_CHARACTERS", 50_000)
SPEECH_SPEAK_SECONDS = env.integer("SPEECH_SPEAK_SECONDS", 15)
SPEECH_CACHE_BYTES = env.integer("SPEECH_CACHE_BYTES", 200 * 1024 * 1024)
SPEECH_CACHE_DAYS = env.integer("SPEECH_CACHE_DAYS", 30)
