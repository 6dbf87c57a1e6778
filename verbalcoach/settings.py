"""Every setting of the project, read from the environment and `.env`. See .env.example."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import dj_email_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from dotenv import load_dotenv

from engines.transcribers import TranscriberOptions
from verbalcoach import environment as env
from verbalcoach import schedule, speech_engines

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
if not TESTING:
    # Tests must not depend on what this installation is set to, or reach what it uses.
    load_dotenv(BASE_DIR / ".env")
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

# The product

APP_NAME = env.text("APP_NAME", "Verbal Coach")
DEBUG = env.boolean("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY and not (DEBUG or TESTING):
    raise ImproperlyConfigured(
        "SECRET_KEY is not set: with DEBUG off it must be a long random text"
        " that only this installation knows."
    )
if not SECRET_KEY:
    # Signatures then last as long as the checkout stands where it stands.
    SECRET_KEY = hashlib.sha256(f"debug:{BASE_DIR}".encode()).hexdigest()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# Where links in mails lead: never what a request says its host is.
SITE_URL = env.origin("SITE_URL", f"http://localhost:{env.integer('PORT', 8000)}")

INSTALLED_APPS = [
    "verbalcoach",
    "conversations",
    "practice",
    "pronunciation",
    "speech_sessions",
    "sharing",
    "speech",
    "flashcards",
    "accounts",
    "contract",
    "accounts.admin_config.ProductAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp_webauthn",
    "axes",
    "social_django",
    "channels",
    "corsheaders",
    "csp",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "knox",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "contract.headers.PermissionsPolicyMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "contract.errors.ApiErrorMiddleware",
    "contract.slashes.CanonicalPathMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.browser_middleware.BrowserMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
    "accounts.language_middleware.InterfaceLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.erasure_gate.ErasureGateMiddleware",
]

ROOT_URLCONF = "verbalcoach.urls"
ASGI_APPLICATION = "verbalcoach.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "verbalcoach.test_runner.PytestRunner"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "verbalcoach.context.product",
            ],
        },
    },
]

# Where things are kept

DATABASES: dict[str, Any] = {
    "default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'verbalcoach.sqlite3'}")
}
_database = DATABASES["default"]
if "sqlite" in _database["ENGINE"]:
    _database["OPTIONS"] = {
        # A writer waits for the other writer instead of failing in the middle of its transaction.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;",
    }
else:
    # Under ASGI a connection a thread would outlive its request: a pool bounds them.
    _database["CONN_MAX_AGE"] = 0
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": env.integer("DATABASE_POOL_SIZE", 20), "timeout": 10},
    }

MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "media")))
MEDIA_URL = "/media/"  # never served: recordings are fetched through their owner
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700


def _local_socket() -> Path:
    if TESTING:
        return Path(tempfile.gettempdir()) / f"verbalcoach-test-{os.getpid()}.sock"
    socket = VAR_DIR / "valkey.sock"
    if len(str(socket)) < 100:
        return socket
    # A socket's path may have 107 characters at most.
    name = hashlib.sha256(str(socket).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"verbalcoach-{name}.sock"


LOCAL_REDIS_SOCKET = _local_socket()
REDIS_URL = env.text("REDIS_URL", f"unix://{LOCAL_REDIS_SOCKET}")
REDIS_IS_LOCAL = str(LOCAL_REDIS_SOCKET) in REDIS_URL

CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": env.redis_database(REDIS_URL, 2),
        "KEY_PREFIX": "vc",
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 2,
            # Throttles and caches fail open: an absent cache must not stop the product.
            "IGNORE_EXCEPTIONS": True,
        },
    }
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [env.redis_database(REDIS_URL, 1)], "prefix": "vc"},
    }
}

# Work in the background

CELERY_BROKER_URL = env.redis_database(
    env.text("CELERY_BROKER_URL", REDIS_URL), 0, socket_scheme="redis+socket"
)
ANALYSIS_HARD_TIME_LIMIT = env.integer("ANALYSIS_HARD_TIME_LIMIT", 1500)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than any task may run, or the broker would hand a running task to a second worker.
    "visibility_timeout": ANALYSIS_HARD_TIME_LIMIT + 300,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "max_retries": 1,
    "interval_start": 0.2,  # seconds before that retry: somebody waits for the answer
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = schedule.BEAT_SCHEDULE

# Analysis of recordings

MAX_UPLOAD_BYTES = env.integer("MAX_UPLOAD_BYTES", 200 * 1024 * 1024)
MAX_RECORDING_SECONDS = env.integer("MAX_RECORDING_SECONDS", 2 * 60 * 60)
ANALYSIS_MODEL = env.text("ANALYSIS_MODEL")  # empty: the packaged multilingual base
ANALYSIS_DEVICE = env.text("ANALYSIS_DEVICE", "cpu")
ANALYSIS_COMPUTE_TYPE = env.text("ANALYSIS_COMPUTE_TYPE", "int8")
ANALYSIS_THREADS = env.integer("ANALYSIS_THREADS", 0)  # 0: every core
REANALYSIS_AT_ONCE = env.integer("REANALYSIS_AT_ONCE", 1)  # see manage.py reanalyze
ANALYSIS_STT_PROVIDERS = env.words("ANALYSIS_STT_PROVIDERS", "local")
ANALYSIS_OPENAI_MODEL = env.text("ANALYSIS_OPENAI_MODEL", "whisper-1")
WORK_DIR = Path(env.text("WORK_DIR", str(VAR_DIR / "work")))  # decoded samples while runs last
MODEL_DIR = Path(env.text("MODEL_DIR", str(VAR_DIR / "models")))
OPENAI_BASE_URL = env.text("OPENAI_BASE_URL")
OPENAI_API_KEY = env.text("OPENAI_API_KEY")

# Talking with the tutor: who hears and who speaks, in the order they are asked

from verbalcoach.talk_settings import *  # noqa: E402, F403 - they read what .env has set above

SPEECH_TRANSCRIBERS = speech_engines.transcribers_from_environment(
    local=TranscriberOptions(
        model=env.text("TUTOR_MODEL") or ANALYSIS_MODEL or None,
        device=ANALYSIS_DEVICE,
        compute_type=ANALYSIS_COMPUTE_TYPE,
        cpu_threads=ANALYSIS_THREADS,
        beam_size=env.integer("TUTOR_BEAM_SIZE", 5),
        model_directory=MODEL_DIR,
    )
)
# Tests must not find the voices of a product that runs beside them.
SPEECH_VOICES = speech_engines.voices_from_environment(
    (LOCAL_REDIS_SOCKET if TESTING else VAR_DIR / "voices").with_suffix(".json")
)

# Forms may hold a recording or a picture; anything else in a body is small.
MAX_PICTURE_BYTES = env.integer("MAX_PICTURE_BYTES", 10 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

# Accounts

from verbalcoach.account_settings import *  # noqa: E402, F403 - they read what .env has set above

SIMPLE_JWT = {
    # A key of its own: what is signed here can be taken for nothing else that SECRET_KEY signs.
    "SIGNING_KEY": hashlib.sha256(f"access tokens:{SECRET_KEY}".encode()).hexdigest(),
    "ISSUER": "verbalcoach",
}
OTP_TOTP_ISSUER = OTP_WEBAUTHN_RP_NAME = APP_NAME

EMAIL_URL = env.text("EMAIL_URL")
MAIL_DIR = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{APP_NAME} <no-reply@localhost>")
if EMAIL_URL:
    vars().update(dj_email_url.parse(EMAIL_URL))
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAIL_DIR)

# The API

from verbalcoach.api_settings import *  # noqa: E402, F403 - they read what .env has set above

SPECTACULAR_SETTINGS = {
    "TITLE": f"{APP_NAME} API",
    "DESCRIPTION": "Recordings of speech in, honest measurements and one thing to practise out.",
    "VERSION": "1.0.0",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "KindEnum": "speech_sessions.models.SpeechSession.Kind",
        "PracticeKindEnum": "practice.models.Kind",
        "PracticeLevelEnum": "practice.models.Level",
        "CefrLevelEnum": "accounts.models.LearningProfile.Level",
        "SideEnum": "conversations.models.TutorMessage.Side",
        "TurnStateEnum": "conversations.models.TutorMessage.State",
        "TalkStateEnum": "conversations.models.TutorSession.State",
        "CompletionStatusEnum": "practice.models.PracticeSession.Status",
        "RoleEnum": "accounts.models.User.Role",
        "ChosenRoleEnum": "accounts.serializers.users.CHOSEN_ROLES",
        "DeviceKindEnum": "accounts.serializers.users.DEVICE_KINDS",
    },
    "PREPROCESSING_HOOKS": ["contract.schema.only_canonical"],
}

# The browser's side

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [("dist", BASE_DIR / "static" / "dist")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        # A form that leads to another site's sign-in is sent on there.
        "form-action": [SELF, *SOCIAL_ORIGINS],  # noqa: F405
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
CORS_ALLOWED_ORIGINS = env.words("CORS_ALLOWED_ORIGINS")
CORS_URLS_REGEX = (
    r"^/(api|api-auth|auth|users|speech|pronunciation|conversations/sessions|accounts/[a-z-]+"
    r"|speech-sessions/api)(/.*)?$"
)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.boolean("SECURE_COOKIES", not DEBUG)
SECURE_HSTS_SECONDS = env.integer("SECURE_HSTS_SECONDS", 0 if DEBUG else 60 * 60 * 24 * 30)
BEHIND_PROXY = env.boolean("BEHIND_PROXY", False)  # one that ends TLS and sets X-Forwarded-Proto
SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", BEHIND_PROXY)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# HSTS speaks for this host alone: what else lives in its domain is not ours to decide.
# The origin of a passkey follows from SITE_URL or the request (accounts/passkeys.py).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "axes.W002", "otp_webauthn.E030"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "filters": {"hide_links": {"()": "verbalcoach.logs.HideLinks"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["hide_links"],
        }
    },
    # A line for every request to an engine, or for every sentence heard, tells nobody anything.
    "loggers": {name: {"level": "WARNING"} for name in ("httpx2", "faster_whisper")},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
