"""Models by OpenAI's own SDK: at OpenAI, or on any server that speaks its chat completions."""

import json
import re
from typing import Any

import openai
from openai.types.chat import ChatCompletion

from engines.asking import host_of
from engines.bounded_client import BoundedClient
from engines.failures import of_silence, of_status
from engines.language_models import LanguageModel, LanguageModelError, LanguageModelOptions, Request
from engines.language_models.asking import BoundedModel, Reply
from engines.language_models.structure import bad_answer, shape_of

BASE_URL = "https://api.openai.com/v1"
_KNOWS_NO_SCHEMA = re.compile("response_format|json_schema|grammar|guided", re.IGNORECASE)


def load(options: LanguageModelOptions) -> LanguageModel:
    """A model for these options. Raises LanguageModelError when it cannot be reached so."""
    if options.provider == "openai" and not options.api_key:
        raise LanguageModelError("engine_unavailable", permanent=True, detail="OpenAI needs a key.")
    if options.provider == "compatible" and not options.base_url:
        raise LanguageModelError(
            "engine_unavailable", permanent=True, detail="The server's address is not set."
        )
    return BoundedModel(OpenAIConnection(options), options, host_of(_address(options)))


def _address(options: LanguageModelOptions) -> str:
    return options.base_url or BASE_URL


class OpenAIConnection:
    """One client, kept with its connections."""

    def __init__(self, options: LanguageModelOptions) -> None:
        self._options = options
        self._by_schema = True
        # All given by name: the SDK would else take an address or a key from the environment, and
        # what is asked would go where nobody was told that it goes.
        self.client = openai.OpenAI(
            api_key=options.api_key or "none",  # the client insists; local servers do not look
            base_url=_address(options),
            max_retries=0,
            timeout=options.timeout,
            http_client=BoundedClient(),
        )

    def send(self, request: Request, timeout: float) -> Reply:
        """One request; two where the server turns out to know no schemas. Raises the error."""
        if self._by_schema:
            try:
                return self._send(request, timeout, self._in_schema(request))
            except LanguageModelError as error:
                if error.code != "request_refused" or not _KNOWS_NO_SCHEMA.search(error.detail):
                    raise
                self._by_schema = False
        return self._send(request, timeout, _in_words(request))

    def _in_schema(self, request: Request) -> dict[str, Any]:
        schema = {"name": request.name, "schema": shape_of(request.schema), "strict": True}
        return {
            "messages": _messages(request, request.system),
            "response_format": {"type": "json_schema", "json_schema": schema},
        }

    def _send(self, request: Request, timeout: float, body: dict[str, Any]) -> Reply:
        # OpenAI's newer models know only the one name, most other servers only the other.
        at_openai = self._options.provider == "openai"
        limit = "max_completion_tokens" if at_openai else "max_tokens"
        body = {**body, limit: request.max_tokens}
        try:
            completion: ChatCompletion = self.client.chat.completions.create(
                model=self._options.model, timeout=timeout, **body
            )
        except openai.APIStatusError as error:
            raise of_status(
                LanguageModelError, error.status_code, error.response.headers, error.message
            ) from error
        except (openai.OpenAIError, ValueError) as error:
            raise of_silence(LanguageModelError, str(error.__cause__ or error)) from error
        try:
            return _reply(completion)
        except (AttributeError, TypeError, IndexError) as error:
            # The SDK checks no types: a gateway's own page or object passes for a completion.
            raise of_silence(LanguageModelError, "what came is no completion") from error


def _messages(request: Request, system: str) -> list[dict[str, str]]:
    turns = [{"role": message.role, "content": message.text} for message in request.messages]
    return [{"role": "system", "content": system}, *turns]


def _in_words(request: Request) -> dict[str, Any]:
    """For servers that only promise some JSON: the schema stands in the text."""
    schema = json.dumps(shape_of(request.schema))
    system = f"{request.system}\n\nAnswer with one JSON object of this schema:\n{schema}"
    return {
        "messages": _messages(request, system),
        "response_format": {"type": "json_object"},
    }


def _reply(completion: ChatCompletion) -> Reply:
    choice = completion.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise LanguageModelError(
            "request_refused", permanent=True, detail="The model declined to answer."
        )
    if choice.finish_reason == "length":
        raise bad_answer("The answer was cut off at its greatest length.")
    usage = completion.usage
    return Reply(
        text=choice.message.content or "",
        model=completion.model,
        input_tokens=usage.prompt_tokens if usage else None,
        output_tokens=usage.completion_tokens if usage else None,
    )
