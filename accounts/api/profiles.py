"""`users/profiles/`: one learning profile for each language somebody learns."""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import ModelViewSet

from accounts.api import documentation as told
from accounts.models import LearningProfile, User
from accounts.serializers.profiles import LearningProfileSerializer
from accounts.services import profiles
from contract.errors import Conflict
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin
from contract.schema import error_answer

_TAKEN = error_answer(
    "There is a profile for this language already.",
    "language_taken",
    "You have a profile for Spanish already. Change that one.",
)


@extend_schema_view(
    list=extend_schema(
        tags=told.TAGS,
        summary="List learning profiles",
        description="One's own, one for each language, by language.",
    ),
    create=extend_schema(
        tags=told.TAGS,
        summary="Add a learning profile",
        description="One for each language: Spanish, español and es are the same.",
        responses={201: LearningProfileSerializer, 409: _TAKEN},
    ),
    retrieve=extend_schema(
        tags=told.TAGS, summary="Read a learning profile", description="One of one's own."
    ),
    partial_update=extend_schema(
        tags=told.TAGS,
        summary="Change a learning profile",
        description="What is left out stays.",
        responses={200: LearningProfileSerializer, 409: _TAKEN},
    ),
    destroy=extend_schema(
        tags=told.TAGS,
        summary="Delete a learning profile",
        description="What was recorded in the language stays.",
        responses={204: None},
    ),
)
class LearningProfileViewSet(
    ConditionalGetMixin, IdempotentCreateMixin, ModelViewSet[LearningProfile]
):
    """One's own learning profiles."""

    queryset = LearningProfile.objects.none()
    serializer_class = LearningProfileSerializer
    lookup_value_regex = "[0-9]{1,18}"
    http_method_names = ("get", "head", "post", "patch", "delete", "options")

    def get_queryset(self) -> QuerySet[LearningProfile]:
        """Those of who asks."""
        return LearningProfile.objects.filter(user=cast("User", self.request.user))

    def get_success_headers(self, data: Any) -> dict[str, str]:
        """Where the new profile is."""
        address = reverse("learning-profile-detail", args=(data["id"],), request=self.request)
        return {"Location": address}

    def perform_destroy(self, instance: LearningProfile) -> None:
        """Forget that this language is learnt."""
        profiles.delete_learning_profile(instance)

    def handle_exception(self, exc: Exception) -> Response:
        """A language that has its profile already is a conflict."""
        if isinstance(exc, profiles.LanguageTaken):
            exc = Conflict(str(exc), "language_taken")
        return super().handle_exception(exc)
