"""How a list of changes tells what is gone: `{"id", "deleted_at"}`."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from contract.models import Tombstone


class TombstoneSerializer(serializers.Serializer[Tombstone]):
    """The id of what is gone, and when it went."""

    id = serializers.IntegerField(source="gone_id")
    deleted_at = serializers.DateTimeField(default_timezone=UTC)


class TombstoneMixin:
    """A serializer of lists in which deleted things stand among the others."""

    def to_representation(self, instance: Any) -> Any:
        """The thing; of a deleted one what is left."""
        if isinstance(instance, Tombstone):
            return TombstoneSerializer(instance).data
        return super().to_representation(instance)  # type: ignore[misc]
