"""The account pages."""

from django.urls import path

from accounts.views import entrance, factors, passwords, settings

app_name = "accounts"

urlpatterns = [
    path("login/", entrance.SignInView.as_view(), name="login"),
    path("logout/", entrance.sign_out, name="logout"),
    path("register/", entrance.SignUpView.as_view(), name="signup"),
    path("verify/", factors.VerifyView.as_view(), name="verify"),
    path("second-factor/", factors.SetUpView.as_view(), name="setup"),
    path("second-factor/codes/", factors.BackupCodesView.as_view(), name="backup_codes"),
    path("second-factor/remove/", factors.RemoveView.as_view(), name="disable"),
    path("password/", passwords.ChangeView.as_view(), name="password_change"),
    path("password/reset/", passwords.ResetView.as_view(), name="password_reset"),
    path("password/reset/sent/", passwords.SentView.as_view(), name="password_reset_done"),
    path(
        "password/reset/<uidb64>/<token>/",
        passwords.NewPasswordView.as_view(),
        name="password_reset_confirm",
    ),
    path("profile/", settings.ProfileView.as_view(), name="profile"),
    path("security/", settings.security, name="security"),
    path("security/tokens/", settings.NewTokenView.as_view(), name="token_create"),
    path("security/tokens/revoke/", settings.revoke_tokens, name="token_revoke"),
]
