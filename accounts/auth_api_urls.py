"""Addresses below auth/: signing in and out, who asks, their devices."""

from django.urls import include, path

from accounts.api import emails, passwords
from accounts.api.audit import AuditApi
from accounts.api.devices import DeviceApi, DevicesApi
from accounts.api.me import MeApi
from accounts.api.pairs import LoginApi, LogoutAllApi, LogoutApi, RefreshApi, RegisterApi
from accounts.api.tickets import TicketApi

urlpatterns = [
    path("register/", RegisterApi.as_view(), name="api-register"),
    path("login/", LoginApi.as_view(), name="api-pair"),
    path("refresh/", RefreshApi.as_view(), name="api-refresh"),
    path("logout/", LogoutApi.as_view(), name="api-logout"),
    path("logout-all/", LogoutAllApi.as_view(), name="api-logout-all"),
    path("me/", MeApi.as_view(), name="api-me"),
    path("ws-ticket/", TicketApi.as_view(), name="api-ws-ticket"),
    path("2fa/", include("accounts.factor_api_urls")),
    path("password/reset/", passwords.ResetApi.as_view(), name="api-password-reset"),
    path(
        "password/reset/confirm/",
        passwords.ResetConfirmApi.as_view(),
        name="api-password-reset-confirm",
    ),
    path("password/change/", passwords.ChangeApi.as_view(), name="api-password-change"),
    path("email/verify/", emails.VerifyApi.as_view(), name="api-email-verify"),
    path("email/change/", emails.ChangeApi.as_view(), name="api-email-change"),
    path("audit/", AuditApi.as_view(), name="api-audit"),
    path("devices/", DevicesApi.as_view(), name="api-devices"),
    path("devices/<id>/", DeviceApi.as_view(), name="api-device"),
]
