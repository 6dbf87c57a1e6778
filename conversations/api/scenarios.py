"""`conversations/scenarios/`, `conversations/personas/`, `conversations/custom-scenarios/`."""

from dataclasses import asdict
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import ModelViewSet

from accounts.languages import code_of
from accounts.models import User
from contract.errors import Conflict
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin
from contract.ids import id_in_address
from conversations import services, situations, tutor_selectors
from conversations.api import tutor_documentation as documentation
from conversations.models import CustomScenario
from conversations.scenario_serializers import (
    CustomScenarioSerializer,
    PersonaSerializer,
    ScenarioQuerySerializer,
    ScenarioSerializer,
    scenario_state,
)
from partner.personas import all_personas


class ScenariosApi(ConditionalGetMixin, APIView):
    """The catalogue of situations."""

    @documentation.scenarios
    def get(self, request: Request) -> Response:
        """Those that fit, the easiest first."""
        query = ScenarioQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        language = code_of(asked.get("language", ""))
        found = situations.found(
            language=language,
            level=asked.get("level", ""),
            category=asked.get("category", ""),
            words=asked.get("q", "").split(),
            scripted=asked["scripted"],
        )
        states = [scenario_state(each, language) for each in found]
        return Response(ScenarioSerializer(states, many=True).data)


class PersonasApi(ConditionalGetMixin, APIView):
    """Who can play the partner."""

    @documentation.personas
    def get(self, request: Request) -> Response:
        """All of them; the first is the one to begin with."""
        return Response(
            PersonaSerializer([asdict(each) for each in all_personas()], many=True).data
        )


@documentation.custom_scenarios
class CustomScenarioViewSet(
    ConditionalGetMixin, IdempotentCreateMixin, ModelViewSet[CustomScenario]
):
    """Situations of one's own."""

    queryset = CustomScenario.objects.none()
    serializer_class = CustomScenarioSerializer
    lookup_value_regex = "[0-9]+"
    filter_backends = ()

    def get_queryset(self) -> QuerySet[CustomScenario]:
        """Those of who asks."""
        return tutor_selectors.custom_scenarios_of(cast("User", self.request.user))

    def get_object(self) -> CustomScenario:
        """The one that the address names; 404 where it is not there or another's."""
        return get_object_or_404(self.get_queryset(), pk=id_in_address(self.kwargs["pk"]))

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        """Make a new one."""
        try:
            serializer.save()
        except services.TooMany as full:
            message = _("You have 100 situations of your own. Delete one first.")
            raise Conflict(message, "too_many") from full

    def perform_destroy(self, instance: CustomScenario) -> None:
        """Delete it."""
        services.delete_scenario(instance)
