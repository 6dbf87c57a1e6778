"""From a model's text to an object of the schema that was asked for."""

import json
import re
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from engines.language_models import LanguageModelError

# What constrained decoding of the services understands; the rest is checked here.
_SHAPE = {"type", "properties", "required", "additionalProperties", "items", "enum", "description"}
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)


def shape_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without its bounds on lengths and numbers, which not every service knows."""
    shape = {name: value for name, value in schema.items() if name in _SHAPE}
    if "properties" in shape:
        shape["properties"] = {name: shape_of(part) for name, part in shape["properties"].items()}
    if "items" in shape:
        shape["items"] = shape_of(shape["items"])
    return shape


def object_in(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The object that `text` holds. Raises LanguageModelError `bad_answer`.

    Small models on local servers put their thoughts before it, or a code fence around it.
    """
    text = _THOUGHTS.sub("", text)
    fenced = _FENCE.match(text)
    try:
        data = json.loads(fenced[1] if fenced else text, parse_constant=_no_such_number)
    except (ValueError, RecursionError) as error:
        raise bad_answer(f"The answer is no JSON: {error}") from error
    wrong = next(iter(Draft202012Validator(dict(schema)).iter_errors(data)), None)
    if wrong is not None:
        where = "/".join(str(step) for step in wrong.absolute_path)
        raise bad_answer(f"The answer is not as asked, at {where or 'its root'}: {wrong.validator}")
    if not isinstance(data, dict):
        raise bad_answer("The answer is no object.")
    return data


def bad_answer(detail: str) -> LanguageModelError:
    """Another try may give a better one."""
    return LanguageModelError("bad_answer", permanent=False, detail=detail)


def _no_such_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
