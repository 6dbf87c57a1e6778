"""Fields of the API that read more than one spelling and answer one."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import SkipField, empty
from rest_framework.reverse import reverse

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@extend_schema_field(
    {
        "type": "string",
        "format": "date-time",
        "description": "A moment (ISO 8601), or a day alone: its noon, the same day in every zone.",
    }
)
class MomentField(serializers.DateTimeField):
    """A moment or a day alone; answered in UTC."""

    def to_internal_value(self, value: Any) -> datetime:
        """The moment; one without a zone is in the person's. A day alone means its noon."""
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                day = parse_date(value)
            except ValueError:
                day = None
            if day is not None:
                value = datetime.combine(day, time(12))
        try:
            moment: datetime = super().to_internal_value(value).astimezone(UTC)
        except (OverflowError, ValueError):
            moment = datetime.min.replace(tzinfo=UTC)
        if not 1900 <= moment.year <= 2200:
            self.fail("invalid", format="YYYY-MM-DD, YYYY-MM-DDThh:mm[:ss][+HH:MM|Z]")
        return moment

    def to_representation(self, value: datetime) -> str:
        """ISO 8601, UTC."""
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class KindField(serializers.ChoiceField):
    """What kind of speech it was; `read-aloud` is taken for `read_aloud`."""

    def to_internal_value(self, data: Any) -> str:
        """The kind as it is stored."""
        kind: str = super().to_internal_value(
            data.replace("-", "_") if isinstance(data, str) else data
        )
        return kind


class FiniteField(serializers.FloatField):
    """A number that is one: neither NaN nor infinite."""

    def to_internal_value(self, data: Any) -> float:
        """The number."""
        value: float = super().to_internal_value(data)
        if not math.isfinite(value):
            self.fail("invalid")
        return value


class TagsField(serializers.ListField):
    """Words to find sessions again by; in a form also one text, separated by commas."""

    child = serializers.CharField(max_length=50)

    def get_value(self, dictionary: Mapping[str, Any]) -> Any:
        """What was sent, of a form's field the list."""
        name = self.field_name or ""
        if not isinstance(dictionary, QueryDict):
            return dictionary.get(name, empty)
        if name not in dictionary:
            return empty
        texts = dictionary.getlist(name)
        return [tag.strip() for text in texts for tag in str(text).split(",") if tag.strip()]

    def to_internal_value(self, data: Any) -> list[str]:
        """The tags, each once."""
        return list(dict.fromkeys(super().to_internal_value(data)))


@extend_schema_field(OpenApiTypes.BINARY)
class RecordingField(serializers.FileField):
    """The recording: taken in as a file, answered as the address it can be fetched from.

    A client may send back what it got: the address, null or nothing keeps what is there.
    """

    def run_validation(self, data: Any = empty) -> Any:
        """The file, where one was sent; skipped where the recording stays."""
        if data in (None, "") or (isinstance(data, str) and data == self._present_address()):
            raise SkipField
        return super().run_validation(data)

    def to_representation(self, value: Any) -> str | None:
        """The absolute address of the recording, or None without one."""
        if not value:
            return None
        address: str = reverse(
            "speech-session-audio", args=(value.instance.pk,), request=self.context.get("request")
        )
        return address

    def _present_address(self) -> str | None:
        session = self.parent.instance
        return self.to_representation(session.audio_file) if session is not None else None
