"""The same call under /pronunciation/assess/, for clients that know no prefix."""

from django.urls import path

from pronunciation.api import AssessApi


class EarlierAssessApi(AssessApi):
    """The same, left out of the description: one address a call is enough."""

    schema = None


urlpatterns = [path("", EarlierAssessApi.as_view(), name="earlier-pronunciation-assess")]
