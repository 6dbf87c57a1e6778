"""`{% picture_address person %}`: where a person's picture is fetched."""

from django import template
from django.urls import reverse

from accounts.models import User
from accounts.services.pictures import version_of

register = template.Library()


@register.simple_tag
def picture_address(person: User) -> str:
    """The address; it changes with the picture."""
    return f"{reverse('api-user-picture', args=(person.pk,))}?v={version_of(person)}"
