"""The contract app."""

from django.apps import AppConfig


class ContractConfig(AppConfig):
    """What every answer of the API promises."""

    name = "contract"
