"""`?fields=id,title`: only these fields of each object."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.fields import Field
from rest_framework.request import Request


class SparseFieldsMixin:
    """A serializer that answers a GET with the fields that `?fields=` names, or with all."""

    context: dict[str, Any]

    def get_fields(self) -> dict[str, Field[Any, Any, Any, Any]]:
        """The fields asked for; raises ValidationError where one does not exist."""
        fields: dict[str, Field[Any, Any, Any, Any]] = super().get_fields()  # type: ignore[misc]
        request: Request | None = self.context.get("request")
        if request is None or request.method not in {"GET", "HEAD"}:
            return fields
        names = [name.strip() for name in request.query_params.get("fields", "").split(",")]
        names = [name for name in names if name]
        unknown = [name for name in names if name not in fields]
        if unknown:
            message = _("There is no field %(name)s. There are: %(choices)s.") % {
                "name": unknown[0][:50],
                "choices": ", ".join(fields),
            }
            raise ValidationError({"fields": [ErrorDetail(message, "invalid_choice")]})
        return {name: field for name, field in fields.items() if name in names or not names}
