"""The copy of one's data and the erasure of an account, as the API shows and takes them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from accounts.models import DataExport, Erasure
from accounts.services.exports import link_of


class DataExportSerializer(serializers.ModelSerializer[DataExport]):
    """A copy of everything that belongs to the person."""

    progress = serializers.IntegerField(help_text="Percent.")
    size = serializers.IntegerField(help_text="Bytes of the zip; 0 until it is there.")
    error = serializers.CharField(
        help_text="Why it failed: `worker_lost`, `timed_out` or `internal`; else empty."
    )
    expires_at = serializers.DateTimeField(help_text="When the file will be deleted.")
    download = serializers.SerializerMethodField(
        help_text="Where the zip is fetched for the next minutes, by its owner; or null."
    )

    class Meta:
        model = DataExport
        fields = (
            "id",
            "state",
            "progress",
            "size",
            "error",
            "created_at",
            "finished_at",
            "expires_at",
            "download",
        )
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_download(self, export: DataExport) -> str | None:
        """A fresh link with each answer."""
        if not export.file:
            return None
        request = self.context.get("request")
        return reverse("api-export-file", args=(link_of(export),), request=request)


class ErasureSerializer(serializers.ModelSerializer[Erasure]):
    """The order to erase an account."""

    due_at = serializers.DateTimeField(
        help_text="Until then, signing in on the website leads to the page that takes it back."
    )

    class Meta:
        model = Erasure
        fields = ("asked_at", "due_at")
        read_only_fields = fields
