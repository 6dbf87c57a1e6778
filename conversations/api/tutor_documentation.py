"""What the OpenAPI description says of talks with the tutor."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from contract.documentation import (
    IDEMPOTENCY_KEY,
    IF_NONE_MATCH,
    KEY_REUSED,
    RANGE,
    STORED_SOUND,
)
from contract.schema import error_answer
from conversations.scenario_serializers import (
    CustomScenarioSerializer,
    PersonaSerializer,
    ScenarioQuerySerializer,
    ScenarioSerializer,
)
from conversations.tutor_serializers import (
    PatienceSerializer,
    RealtimeTurnKeptSerializer,
    RealtimeTurnSerializer,
    SoundUploadSerializer,
    TutorMessageSerializer,
    TutorSessionSerializer,
    TutorStartSerializer,
    TutorTextSerializer,
    TutorTurnSerializer,
)

TAGS = ["Conversations"]

_NOBODY_PLAYS = error_answer(
    "The situation has no script in this language and no language model may answer; or the first "
    "request with this key is still running (`still_running`).",
    "needs_language_model",
    "Nobody can play this here: it has no script in this language, and no language model is set "
    "up. Choose a situation that needs none (`?scripted=true`), or have "
    "CONVERSATION_LANGUAGE_MODEL switched on.",
)
_ENDED = error_answer(
    "The talk is over.", "session_ended", "This talk has ended. Start another one."
)
_NO_SOUND = error_answer(
    "Not there, not yours, or without a sound.", "no_audio", "This turn has no sound."
)
_NUMBER = OpenApiParameter("number", int, OpenApiParameter.PATH, description="Its `position`.")
_WAITS = (
    "The turn is stored before it is answered, and answered once: sent again under its "
    "`client_id` it is the same turn. Where the answer takes longer than the request may wait, "
    "`tutor` is null, `learner.state` is `waiting`, and the answer comes to `messages/`. "
    "Turns and seconds of a day are bounded: 429 `daily_limit`."
)

sessions = extend_schema_view(
    list=extend_schema(tags=TAGS, summary="List talks", description="One's own, newest first."),
    create=extend_schema(
        tags=TAGS,
        summary="Start a talk",
        description="With whom, about what, in which language. Ten a minute.",
        parameters=[IDEMPOTENCY_KEY],
        request=TutorStartSerializer,
        responses={201: TutorSessionSerializer, 409: _NOBODY_PLAYS, 422: KEY_REUSED},
    ),
    retrieve=extend_schema(tags=TAGS, summary="Read a talk", description="One of one's own."),
    partial_update=extend_schema(
        tags=TAGS,
        summary="Change the patience",
        description="How long a thinking pause may last before the partner answers.",
        request=PatienceSerializer,
        responses={200: TutorSessionSerializer},
    ),
)
messages = extend_schema(
    tags=TAGS,
    summary="List what was said",
    description="Both sides, in order: the opening at position 0, each answer right after its "
    "turn.",
    responses={200: TutorMessageSerializer(many=True)},
)
message_audio = extend_schema(
    tags=TAGS,
    summary="Hear one turn",
    description="The learner's recording or the tutor's voice, whole or by `Range`.",
    parameters=[_NUMBER, RANGE, IF_NONE_MATCH],
    responses={**STORED_SOUND, 404: _NO_SOUND},
)
text = extend_schema(
    tags=TAGS,
    summary="Say something in writing",
    description=_WAITS,
    request=TutorTextSerializer,
    responses={201: TutorTurnSerializer, 409: _ENDED},
)
audio = extend_schema(
    tags=TAGS,
    summary="Say something aloud",
    description=f"A form with the field `audio`, or the recording itself as the body. {_WAITS} "
    "Where no words were heard, `learner.state` is `failed` and `notice` says so.",
    parameters=[
        OpenApiParameter("client_id", str, description="Names the turn, where no form does.")
    ],
    request={
        "multipart/form-data": SoundUploadSerializer,
        "audio/*": OpenApiTypes.BINARY,
    },
    responses={201: TutorTurnSerializer, 409: _ENDED},
)
realtime_turns = extend_schema(
    tags=TAGS,
    summary="Keep a turn of a realtime talk",
    description="What one side said while the learner's device talks to a realtime model by itself "
    "(`realtime-token/` with this `session`). Send each turn once it is written down, in order; "
    "sent again under its `client_id` it is the same turn. Nobody answers it here. A turn is kept "
    "although the day is used up: `may_go_on` says when to hang up.",
    request=RealtimeTurnSerializer,
    responses={201: RealtimeTurnKeptSerializer, 409: _ENDED},
)
end = extend_schema(
    tags=TAGS,
    summary="End a talk",
    description="It is stored as a voice conversation with feedback from its turns, once: "
    "`conversation` is its id, null where the learner said nothing.",
    request=None,
    responses={200: TutorSessionSerializer},
)
scenarios = extend_schema(
    tags=TAGS,
    summary="List situations",
    description="The catalogue, the easiest first. `scripted=true`: those that need no language "
    "model.",
    parameters=[ScenarioQuerySerializer],
    responses={200: ScenarioSerializer(many=True)},
    operation_id="conversations_scenarios_list",
)
personas = extend_schema(
    tags=TAGS,
    summary="List partners",
    description="How the partner can be: patience, pushback, speed.",
    responses={200: PersonaSerializer(many=True)},
    operation_id="conversations_personas_list",
)
custom_scenarios = extend_schema_view(
    list=extend_schema(
        tags=TAGS, summary="List situations of one's own", description="Changed last first."
    ),
    create=extend_schema(
        tags=TAGS,
        summary="Make a situation",
        description="Start a talk with its `slug`; a language model plays the partner.",
        parameters=[IDEMPOTENCY_KEY],
        responses={
            201: CustomScenarioSerializer,
            409: error_answer(
                "One has 100 already, or the first request with this key is still running.",
                "too_many",
                "You have 100 situations of your own. Delete one first.",
            ),
            422: KEY_REUSED,
        },
    ),
    retrieve=extend_schema(
        tags=TAGS, summary="Read a situation of one's own", description="One of one's own."
    ),
    update=extend_schema(
        tags=TAGS, summary="Replace a situation", description="What may be left out stays."
    ),
    partial_update=extend_schema(
        tags=TAGS, summary="Change a situation", description="What is left out stays."
    ),
    destroy=extend_schema(
        tags=TAGS, summary="Delete a situation", description="Talks that were had in it stay."
    ),
)
