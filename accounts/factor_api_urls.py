"""Addresses below auth/2fa/: the authenticator, backup codes, passkeys."""

from django.urls import path

from accounts.api import factors, passkeys

urlpatterns = [
    path("totp/enrol/", factors.TotpEnrolApi.as_view(), name="api-totp-enrol"),
    path("totp/confirm/", factors.TotpConfirmApi.as_view(), name="api-totp-confirm"),
    path("totp/disable/", factors.TotpDisableApi.as_view(), name="api-totp-disable"),
    path("backup-codes/regenerate/", factors.BackupCodesApi.as_view(), name="api-backup-codes"),
    path("passkeys/", passkeys.PasskeysApi.as_view(), name="api-passkeys"),
    path("passkeys/challenge/", passkeys.ChallengeApi.as_view(), name="api-passkey-challenge"),
    path(
        "passkeys/register/begin/",
        passkeys.RegisterBeginApi.as_view(),
        name="api-passkey-begin",
    ),
    path(
        "passkeys/register/complete/",
        passkeys.RegisterCompleteApi.as_view(),
        name="api-passkey-complete",
    ),
    path("passkeys/<int:pk>/", passkeys.PasskeyApi.as_view(), name="api-passkey"),
]
