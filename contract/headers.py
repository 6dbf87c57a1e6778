"""Headers that every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# The recorder needs the microphone; nothing here needs anything else of the device.
PERMISSIONS_POLICY = ", ".join(
    [
        "microphone=(self)",
        "autoplay=(self)",
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "magnetometer",
                "midi",
                "payment",
                "usb",
                "xr-spatial-tracking",
            )
        ),
    ]
)


class PermissionsPolicyMiddleware:
    """Says which abilities of the device the product uses: its own pages, the microphone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with the policy."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
