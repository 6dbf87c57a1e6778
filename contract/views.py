"""The OpenAPI description, and the pages that show it."""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView
from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.throttling import BaseThrottle


class SchemaView(SpectacularAPIView):
    """The description itself, the same for everybody."""

    permission_classes: list[type[BasePermission]] = [AllowAny]  # noqa: RUF012 - DRF's own form
    authentication_classes: list[Any] = []  # noqa: RUF012
    throttle_classes: list[type[BaseThrottle]] = []  # noqa: RUF012
    content_negotiation_class = DefaultContentNegotiation  # as JSON or as YAML


class _DocumentationView(TemplateView):
    url_name = "api-schema"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """The address of the schema, for the page's script."""
        return super().get_context_data(schema_url=reverse(self.url_name), **context)


class SwaggerView(_DocumentationView):
    """Swagger UI from the product's own files; nothing of it is inline."""

    template_name = "contract/swagger.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Also the CSRF token, with which a signed-in browser may try the calls."""
        return super().get_context_data(csrf_token=get_token(self.request), **context)


# Redoc searches in a worker that it makes from a blob; its styles carry the page's nonce.
@method_decorator(csp_update({"worker-src": ["blob:"]}), name="dispatch")
class RedocView(_DocumentationView):
    """Redoc from the product's own files."""

    template_name = "contract/redoc.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page."""
        return super().dispatch(request, *args, **kwargs)
