"""What the call that looks a word up takes and answers."""

from typing import Any

from rest_framework import serializers

from accounts.languages import LONGEST, code_of
from flashcards.models import LONGEST_WORD


class LookUpSerializer(serializers.Serializer[Any]):
    """A word of a language."""

    word = serializers.CharField(max_length=LONGEST_WORD)
    language = serializers.CharField(max_length=LONGEST, help_text="By name or BCP 47 code.")

    def validate_language(self, value: str) -> str:
        """Its code."""
        return code_of(value)


class SenseSerializer(serializers.Serializer[Any]):
    """One meaning."""

    definition = serializers.CharField()
    part_of_speech = serializers.CharField(help_text="Empty where none is told.")
    example = serializers.CharField(help_text="Empty where none is given.")


class DictionaryEntrySerializer(serializers.Serializer[Any]):
    """What the dictionary says, in the word's own language."""

    word = serializers.CharField()
    pronunciation = serializers.CharField(help_text="In IPA; empty where none is given.")
    senses = SenseSerializer(many=True)
    source = serializers.CharField(help_text="Address to name as the source.")
    licence = serializers.CharField(help_text="Licence of the text.")
    service = serializers.CharField(help_text="Which dictionary.")
    leaves_machine = serializers.BooleanField(help_text="The word went to another machine.")
