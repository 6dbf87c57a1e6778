"""Every prefix of the product in one place."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from accounts.api.login import LoginView
from contract.views import RedocView, SchemaView, SwaggerView
from verbalcoach import health, installing, pages
from verbalcoach.statistics import StatisticsApi

# These also stand where clients of earlier versions ask; the description names them once.
account_calls = [
    path("auth/", include("accounts.auth_api_urls")),
    path("users/", include("accounts.own_api_urls")),
    path("users/stats/", StatisticsApi.as_view(), name="api-user-stats"),
    path("users/", include("accounts.users_api_urls")),
]

api_v1 = [
    path("voice-conversations/", include("conversations.api_urls")),
    path("conversations/", include("conversations.tutor_api_urls")),
    path("pronunciation/", include("pronunciation.api_urls")),
    path("vocabulary/", include("flashcards.api_urls")),
    path("practice/", include("practice.api_urls")),
    path("", include("practice.api_urls_earlier")),
    path("speech-sessions/", include("speech_sessions.api_urls")),
    path("speech/", include("speech.api_urls")),
    *account_calls,
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", SwaggerView.as_view(url_name="api-schema"), name="api-docs"),
]

urlpatterns = [
    path("", pages.home, name="home"),
    path("today/", pages.today, name="today"),
    path("privacy/", pages.privacy, name="privacy"),
    path("health/", health.health, name="health"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("sw.js", installing.service_worker, name="service-worker"),
    path("offline/", installing.offline, name="offline"),
    path("accounts/", include("accounts.urls")),
    path("accounts/voice-conversations/", include("conversations.api_urls_earlier")),
    path("accounts/", include(account_calls[1:])),
    *account_calls,
    path("api-auth/login/", LoginView.as_view(), name="api-login"),
    path("speech-sessions/api/sessions/", include("speech_sessions.api_urls_earlier")),
    path("conversations/sessions/", include("conversations.tutor_api_urls_earlier")),
    path("conversations/", include("conversations.urls")),
    path("pronunciation/assess/", include("pronunciation.api_urls_earlier")),
    path("pronunciation/", include("pronunciation.urls")),
    path("vocabulary/", include("flashcards.urls")),
    path("practice/", include("practice.urls")),
    path("speech-sessions/", include("speech_sessions.urls")),
    path("speech/", include("speech.api_urls")),
    path("api/v1/", include(api_v1)),
    path("docs/", SwaggerView.as_view(url_name="api-schema"), name="docs"),
    path("redoc/", RedocView.as_view(url_name="api-schema"), name="redoc"),
    path("admin/", admin.site.urls),
]

admin.site.site_header = admin.site.site_title = settings.APP_NAME
