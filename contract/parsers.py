"""Bodies, read strictly."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON.")


class JSONParser(BaseParser):
    """JSON as RFC 8259 has it: UTF-8 whatever the charset says, no NaN, no endless nesting."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """What `stream` holds; raises ParseError where that is not JSON."""
        try:
            text = stream.read().decode("utf-8-sig")
            return json.loads(text, parse_constant=_refuse_constant)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error
        except ValueError as error:
            raise ParseError(
                _("The body is not valid JSON: %(reason)s") % {"reason": error}
            ) from error
