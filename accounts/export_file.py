"""The zip of one's own data as an answer, to the page's link and to the API's."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import DataExport
from accounts.services import exports
from contract.ranges import serve_stored


def serve_export(request: HttpRequest, export: DataExport) -> HttpResponseBase:
    """By one Range, or whole; written into the audit log. Raises Http404 where it is gone."""
    exports.note_download(export, request)
    return serve_stored(
        request,
        export.file,
        content_type="application/zip",
        file_name=exports.file_name_of(export),
        attachment=True,
    )
