"""The account pages."""

from django.urls import path

from accounts.api.me import MeApi
from accounts.api.pairs import LoginApi, RegisterApi
from accounts.views import (
    activity,
    confirmation,
    connections,
    emails,
    entrance,
    factors,
    own_data,
    passkeys,
    passwords,
    profiles,
    settings,
)
from contract.shared_addresses import page_or_call

app_name = "accounts"

urlpatterns = [
    path("login/", page_or_call(entrance.SignInView.as_view(), LoginApi.as_view()), name="login"),
    path("logout/", entrance.sign_out, name="logout"),
    path(
        "register/",
        page_or_call(entrance.SignUpView.as_view(), RegisterApi.as_view()),
        name="signup",
    ),
    path("verify/", factors.VerifyView.as_view(), name="verify"),
    path("second-factor/", factors.SetUpView.as_view(), name="setup"),
    path("second-factor/codes/", factors.BackupCodesView.as_view(), name="backup_codes"),
    path("second-factor/remove/", factors.RemoveView.as_view(), name="disable"),
    path("confirm/", confirmation.ConfirmView.as_view(), name="confirm"),
    path("passkeys/ask/", passkeys.ask, name="passkey_ask"),
    path("passkeys/answer/", passkeys.AnswerView.as_view(), name="passkey_answer"),
    path("passkeys/new/", passkeys.NewPasskeyView.as_view(), name="passkey_new"),
    path("passkeys/new/ask/", passkeys.ask_for_new, name="passkey_new_ask"),
    path("passkeys/<int:pk>/", passkeys.RenamePasskeyView.as_view(), name="passkey_rename"),
    path("passkeys/<int:pk>/remove/", passkeys.RemovePasskeyView.as_view(), name="passkey_remove"),
    path("password/", passwords.ChangeView.as_view(), name="password_change"),
    path("password/reset/", passwords.ResetView.as_view(), name="password_reset"),
    path("password/reset/sent/", passwords.SentView.as_view(), name="password_reset_done"),
    path(
        "password/reset/<uidb64>/<token>/",
        passwords.NewPasswordView.as_view(),
        name="password_reset_confirm",
    ),
    path("email/verify/", emails.VerifyView.as_view(), name="email_verify_ask"),
    path("email/verify/<token>/", emails.ConfirmView.as_view(), name="email_verify"),
    path("email/change/", emails.ChangeView.as_view(), name="email_change"),
    path("email/change/<token>/", emails.ChangeConfirmView.as_view(), name="email_change_confirm"),
    path("email/undo/<token>/", emails.UndoView.as_view(), name="email_change_undo"),
    path("connections/", connections.connections, name="connections"),
    path("connections/<int:pk>/end/", connections.disconnect, name="disconnect"),
    path("social/<backend>/", connections.begin, name="social_begin"),
    path("social/<backend>/complete/", connections.complete, name="social_complete"),
    path("activity/", activity.ActivityView.as_view(), name="activity"),
    path("devices/", activity.devices, name="devices"),
    path("devices/browsers/end/", activity.end_browser, name="browser_end"),
    path("devices/sign-out/", activity.sign_out_everywhere, name="sign_out_everywhere"),
    path("profile/", page_or_call(profiles.ProfileView.as_view(), MeApi.as_view()), name="profile"),
    path("data/", own_data.OwnDataView.as_view(), name="data"),
    path("data/copy/", own_data.export, name="export"),
    path("data/copy/<str:link>/", own_data.download, name="export_download"),
    path("data/erase/", own_data.EraseView.as_view(), name="erase"),
    path("erasure/", own_data.pending_erasure, name="erasure"),
    path("profile/picture/", profiles.picture, name="picture"),
    path("languages/new/", profiles.AddLanguageView.as_view(), name="language_add"),
    path("languages/<int:pk>/", profiles.ChangeLanguageView.as_view(), name="language"),
    path(
        "languages/<int:pk>/delete/",
        profiles.DeleteLanguageView.as_view(),
        name="language_delete",
    ),
    path("security/", settings.security, name="security"),
    path("security/tokens/", settings.NewTokenView.as_view(), name="token_create"),
    path("security/tokens/revoke/", settings.revoke_tokens, name="token_revoke"),
]
