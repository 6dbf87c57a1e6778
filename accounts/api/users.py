"""`users/`: accounts, for staff; anybody else sees a list of one, themselves."""

from typing import Any, cast

from django.db import IntegrityError
from django.db.models import Case, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet

from accounts import second_factor, services
from accounts.api import documentation as told
from accounts.models import User
from accounts.serializers.users import ManagedUserSerializer, NewUserSerializer, UserSerializer
from contract.errors import Conflict
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin
from contract.schema import error_answer

_PERMISSIONS = {
    "POST": "accounts.add_user",
    "PUT": "accounts.change_user",
    "PATCH": "accounts.change_user",
    "DELETE": "accounts.delete_user",
}
_VIEW = "accounts.view_user"


@extend_schema_view(
    list=extend_schema(
        tags=told.TAGS,
        summary="List users",
        description=(
            "Staff who may view users see all of them, by address; anybody else sees a list of "
            "one, themselves."
        ),
        parameters=[
            OpenApiParameter("search", str, description="Staff: part of a name or an address.")
        ],
        examples=[told.answered(told.USER)],
    ),
    create=extend_schema(
        tags=told.TAGS,
        summary="Make a user",
        description="Staff who may add users only.",
        request=NewUserSerializer,
        responses={
            201: ManagedUserSerializer,
            400: error_answer(
                "Not valid, or the address has an account already.",
                "taken",
                "There is an account with this address.",
                "email",
            ),
        },
        examples=[told.sent({"email": "bob@example.org", "role": "teacher"})],
    ),
    retrieve=extend_schema(
        tags=told.TAGS,
        summary="Read a user",
        description="Oneself; for staff who may view users, anybody.",
        examples=[told.answered(told.USER)],
    ),
    update=extend_schema(
        tags=told.TAGS,
        summary="Replace a user",
        description="Oneself; for staff who may change users, anybody, and their role.",
        examples=[told.sent({"name": "Alice Archer"}), told.answered(told.USER)],
    ),
    partial_update=extend_schema(
        tags=told.TAGS,
        summary="Change a user",
        description="Oneself; for staff who may change users, anybody, and their role.",
        examples=[told.sent({"name": "Alice Archer"}), told.answered(told.USER)],
    ),
    destroy=extend_schema(
        tags=told.TAGS,
        summary="Delete a user",
        description=(
            "Staff who may delete users only: the account is shut at once, and erased by a worker. "
            "One's own account is erased by `DELETE users/me`."
        ),
        responses={
            204: None,
            409: error_answer(
                "It is one's own account.",
                "own_account",
                "Erase your own account by DELETE users/me.",
            ),
        },
    ),
)
class UserViewSet(ConditionalGetMixin, IdempotentCreateMixin, ModelViewSet[User]):
    """Accounts that who asks may see."""

    queryset = User.objects.none()
    serializer_class = UserSerializer
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[User]:
        """Everybody for staff who may view users, else who asks; not who is being erased."""
        people = User.objects.annotate(
            owner_has_factor=Case(
                When(second_factor.has_factor_where(OuterRef("pk")), then=Value(True)),
                default=Value(False),
            )
        ).exclude(erasure__due_at__lte=timezone.now())
        if not self._may(_VIEW):
            return people.filter(pk=self._asking().pk)
        search = self.request.query_params.get("search", "")
        if search and self.action == "list":
            people = people.filter(Q(email__icontains=search) | Q(name__icontains=search))
        return people

    def get_serializer_class(self) -> type[BaseSerializer[User]]:
        """Staff may give roles."""
        return ManagedUserSerializer if self._may("accounts.change_user") else UserSerializer

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """An account for somebody else."""
        self._demand()
        form = NewUserSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asking = cast("HttpRequest", request)
        try:
            user = services.make_person(self._asking(), form.validated_data, asking)
        except IntegrityError as error:
            detail = ErrorDetail(_("There is an account with this address."), "taken")
            raise ValidationError({"email": [detail]}) from error
        body = ManagedUserSerializer(user, context=self.get_serializer_context()).data
        address = reverse("user-detail", args=(user.pk,), request=request)
        return Response(body, status=status.HTTP_201_CREATED, headers={"Location": address})

    def perform_update(self, serializer: BaseSerializer[User]) -> None:
        """Write what was checked; the administrators are theirs alone to change."""
        person = cast("User", serializer.instance)
        if person.pk != self._asking().pk:
            self._demand()
            self._refuse_above(person)
        services.change_person(person, serializer.validated_data)

    def perform_destroy(self, instance: User) -> None:
        """Shut the account."""
        self._demand()
        self._refuse_above(instance)
        if instance.pk == self._asking().pk:
            raise Conflict(_("Erase your own account by DELETE users/me."), "own_account")
        services.delete_person(instance)

    def _asking(self) -> User:
        return cast("User", self.request.user)

    def _may(self, permission: str) -> bool:
        user = self._asking()
        return user.is_staff and user.has_perm(permission)

    def _demand(self) -> None:
        if not self._may(_PERMISSIONS[self.request.method or ""]):
            raise PermissionDenied(_("Only staff with the permission for it may do this."))

    def _refuse_above(self, person: User) -> None:
        """Who may look after users must not thereby get at those who may do more."""
        if (person.is_superuser or person.is_staff) and not self._asking().is_superuser:
            raise PermissionDenied(_("Only an administrator may change another member of staff."))
