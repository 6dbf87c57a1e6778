"""Claude, by Anthropic's own SDK: the Messages API with an output format."""

import anthropic
from anthropic.types import MessageParam, OutputConfigParam

from engines.asking import host_of
from engines.bounded_client import BoundedClient
from engines.failures import of_silence, of_status
from engines.language_models import LanguageModel, LanguageModelError, LanguageModelOptions, Request
from engines.language_models.asking import BoundedModel, Reply
from engines.language_models.structure import bad_answer, shape_of

BASE_URL = "https://api.anthropic.com"


def load(options: LanguageModelOptions) -> LanguageModel:
    """A model for these options. Raises LanguageModelError when there is no key."""
    if not options.api_key:
        raise LanguageModelError(
            "engine_unavailable", permanent=True, detail="Anthropic needs a key."
        )
    return BoundedModel(AnthropicConnection(options), options, host_of(_address(options)))


def _address(options: LanguageModelOptions) -> str:
    return options.base_url or BASE_URL


class AnthropicConnection:
    """One client, kept with its connections."""

    def __init__(self, options: LanguageModelOptions) -> None:
        self._model = options.model
        # All given by name: the SDK would else take an address or a key from the environment, and
        # what is asked would go where nobody was told that it goes.
        self.client = anthropic.Anthropic(
            api_key=options.api_key,
            base_url=_address(options),
            max_retries=0,
            timeout=options.timeout,
            http_client=BoundedClient(),
            open_telemetry=False,
        )

    def send(self, request: Request, timeout: float) -> Reply:
        """One request. Raises LanguageModelError."""
        messages: list[MessageParam] = [
            {"role": "user", "content": turn.text}
            if turn.role == "user"
            else {"role": "assistant", "content": turn.text}
            for turn in request.messages
        ]
        output: OutputConfigParam = {
            "format": {"type": "json_schema", "schema": shape_of(request.schema)}
        }
        try:
            message = self.client.messages.create(
                model=self._model,
                max_tokens=request.max_tokens,
                system=request.system,
                messages=messages,
                output_config=output,
                timeout=timeout,
            )
        except anthropic.APIStatusError as error:
            raise of_status(
                LanguageModelError, error.status_code, error.response.headers, error.message
            ) from error
        except (anthropic.AnthropicError, ValueError) as error:
            raise of_silence(LanguageModelError, str(error.__cause__ or error)) from error
        try:
            return _reply(message)
        except (AttributeError, TypeError) as error:
            # The SDK checks no types: a gateway's own page or object passes for a message.
            raise of_silence(LanguageModelError, "what came is no message") from error


def _reply(message: anthropic.types.Message) -> Reply:
    if message.stop_reason == "refusal":
        raise LanguageModelError(
            "request_refused", permanent=True, detail="The model declined to answer."
        )
    if message.stop_reason == "max_tokens":
        raise bad_answer("The answer was cut off at its greatest length.")
    usage = message.usage
    return Reply(
        text="".join(block.text for block in message.content if block.type == "text"),
        model=message.model,
        input_tokens=usage.input_tokens if usage else None,
        output_tokens=usage.output_tokens if usage else None,
    )
