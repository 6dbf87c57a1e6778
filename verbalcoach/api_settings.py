"""The settings of the API: ways in, forms, limits, errors. Part of settings.py."""

from verbalcoach import environment as env

REST_FRAMEWORK = {
    # Whose X-Forwarded-For is believed when requests are counted: nobody's without a proxy.
    "NUM_PROXIES": int(env.boolean("BEHIND_PROXY", False)),
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.DeviceTokenAuthentication",
        "accounts.bearer.BearerAuthentication",
        "accounts.authentication.SecondFactorSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "accounts.permissions.SecondFactorGiven",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "contract.negotiation.OneForm",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "contract.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "contract.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "contract.schema.ContractSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.text("THROTTLE_ANON", "60/min"),
        "user": env.text("THROTTLE_USER", "600/min"),
        "login": env.text("THROTTLE_LOGIN", "10/min"),
        "speech": env.text("THROTTLE_SPEECH", "60/min"),
        "tutor-start": env.text("THROTTLE_TUTOR_START", "10/min"),
    },
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_FORMATTER_CLASS": "contract.errors.ErrorFormatter",
    "EXCEPTION_HANDLER_CLASS": "contract.errors.ExceptionHandler",
    "ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": True,
}
