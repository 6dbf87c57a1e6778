"""The settings of accounts: ways in, keys, passwords, whose word is taken. Part of settings.py."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from verbalcoach import environment as env

AUTH_USER_MODEL = "accounts.User"
KNOX_TOKEN_MODEL = "accounts.DeviceToken"  # noqa: S105 - the name of a model
# Ours takes the place of knox's own token, whose migrations would make its table all the same.
MIGRATION_MODULES = {"knox": None}
ACCESS_TOKEN_EXPIRE_MINUTES = env.integer("ACCESS_TOKEN_EXPIRE_MINUTES", 30)
if not 5 <= ACCESS_TOKEN_EXPIRE_MINUTES <= 30:
    raise ImproperlyConfigured("ACCESS_TOKEN_EXPIRE_MINUTES must be from 5 to 30.")
# Other sites that people may sign in with: those whose keys are set.
SOCIAL_AUTH_GOOGLE_OAUTH2_KEY = env.text("GOOGLE_CLIENT_ID")
SOCIAL_AUTH_GOOGLE_OAUTH2_SECRET = env.text("GOOGLE_CLIENT_SECRET")
SOCIAL_AUTH_GITHUB_KEY = env.text("GITHUB_CLIENT_ID")
SOCIAL_AUTH_GITHUB_SECRET = env.text("GITHUB_CLIENT_SECRET")
SOCIAL_AUTH_GITHUB_SCOPE = ["user:email"]
SOCIAL_AUTH_OIDC_OIDC_ENDPOINT = env.secure_url("OIDC_URL")
SOCIAL_AUTH_OIDC_KEY = env.text("OIDC_CLIENT_ID")
SOCIAL_AUTH_OIDC_SECRET = env.text("OIDC_CLIENT_SECRET")
SOCIAL_AUTH_OIDC_USE_PKCE = SOCIAL_AUTH_GOOGLE_OAUTH2_USE_PKCE = True
_sites = {
    "google-oauth2": (SOCIAL_AUTH_GOOGLE_OAUTH2_KEY, "Google", "https://accounts.google.com"),
    "github": (SOCIAL_AUTH_GITHUB_KEY, "GitHub", "https://github.com"),
    "oidc": (
        SOCIAL_AUTH_OIDC_OIDC_ENDPOINT and SOCIAL_AUTH_OIDC_KEY,
        env.text("OIDC_NAME", "OpenID Connect"),
        env.origin_of(SOCIAL_AUTH_OIDC_OIDC_ENDPOINT),
    ),
}
SOCIAL_SITES = {name: title for name, (key, title, _origin) in _sites.items() if key}
SOCIAL_ORIGINS = [origin for key, _title, origin in _sites.values() if key]
SOCIAL_AUTH_PIPELINE = [
    "social_core.pipeline.social_auth.social_details",
    "social_core.pipeline.social_auth.social_uid",
    "social_core.pipeline.social_auth.auth_allowed",
    "social_core.pipeline.social_auth.social_user",
    "accounts.social.address_that_site_verified",
    "accounts.social.refuse_who_may_not_come_in",
    "accounts.social.find_or_make",
    "social_core.pipeline.social_auth.associate_user",
    "accounts.social.record_connection",
]
SOCIAL_AUTH_JSONFIELD_ENABLED = True
SOCIAL_AUTH_REQUESTS_TIMEOUT = 5
SOCIAL_AUTH_NEW_ASSOCIATION_REDIRECT_URL = "accounts:connections"
EXTERNAL_ISSUERS = env.issuers()  # whose bearer tokens are taken besides our own: nobody's
EXTERNAL_USERS_CREATE = env.boolean("EXTERNAL_USERS_CREATE", False)
EXTERNAL_EMAILS_VERIFIED = env.boolean("EXTERNAL_EMAILS_VERIFIED", False)
EXTERNAL_SECOND_FACTOR = env.boolean("EXTERNAL_SECOND_FACTOR", False)
REST_KNOX = {"TOKEN_TTL": timedelta(days=365), "AUTH_HEADER_PREFIX": "Token"}
EXPORT_KEPT_DAYS = env.integer("EXPORT_KEPT_DAYS", 7)
EXPORT_LINK_SECONDS = env.integer("EXPORT_LINK_SECONDS", 10 * 60)
ERASURE_GRACE_DAYS = env.integer("ERASURE_GRACE_DAYS", 7)
OTP_WEBAUTHN_HELPER_CLASS = "accounts.passkeys.PasskeyCeremony"
OTP_WEBAUTHN_RP_ID_CALLABLE = "accounts.passkeys.relying_party_id"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Axes' backend comes first: it says whether a password may be looked at (see accounts/lock_out.py).
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.PersonBackend",
    "django_otp_webauthn.backends.WebAuthnBackend",
    # Only ever asked by name, for those of SOCIAL_SITES.
    "social_core.backends.google.GoogleOAuth2",
    "social_core.backends.github.GithubOAuth2",
    "social_core.backends.open_id_connect.OpenIdConnectAuth",
]
AXES_HANDLER = "accounts.lock_out.LockOut"
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
