"""Who may ask what of talks with the tutor, speech, pronunciation and vocabulary."""

from tests.access_rules import OWNER, SIGNED_IN

LEARNING: dict[str, str] = {}

_TALKS = {
    "": SIGNED_IN,
    "<pk>/": OWNER,
    "<pk>/messages/": OWNER,
    "<pk>/messages/<number>/audio/": OWNER,
    "<pk>/text/": OWNER,
    "<pk>/audio/": OWNER,
    "<pk>/realtime-turns/": OWNER,
    "<pk>/end/": OWNER,
}
for _prefix in ("api/v1/conversations/sessions/", "conversations/sessions/"):
    LEARNING |= {f"{_prefix}{call}": who for call, who in _TALKS.items()}
LEARNING |= {
    "api/v1/conversations/scenarios/": SIGNED_IN,
    "api/v1/conversations/personas/": SIGNED_IN,
    "api/v1/conversations/realtime-token/": SIGNED_IN,
    "api/v1/conversations/translate/": SIGNED_IN,
    "api/v1/conversations/custom-scenarios/": SIGNED_IN,
    "api/v1/conversations/custom-scenarios/<pk>/": OWNER,
}

LEARNING |= {
    "pronunciation/": SIGNED_IN,
    "pronunciation/take/": SIGNED_IN,
    "pronunciation/<int:pk>/": OWNER,
    "pronunciation/<int:pk>/delete/": OWNER,
    "pronunciation/<int:pk>/model/": OWNER,
    "pronunciation/assess/": SIGNED_IN,
    "api/v1/pronunciation/assess/": SIGNED_IN,
    "api/v1/pronunciation/attempts/": SIGNED_IN,
    "api/v1/pronunciation/attempts/<pk>/": OWNER,
    "api/v1/pronunciation/attempts/<pk>/audio/": OWNER,
}

for _prefix in ("api/v1/speech/", "speech/"):
    LEARNING |= {
        f"{_prefix}{call}": SIGNED_IN
        for call in ("transcribe/", "synthesize/", "synthesize/stream/", "voices/")
    }

LEARNING |= {
    "vocabulary/": SIGNED_IN,
    "vocabulary/new/": SIGNED_IN,
    "vocabulary/review/": SIGNED_IN,
    "vocabulary/review/undo/": SIGNED_IN,
    "vocabulary/statistics/": SIGNED_IN,
    "vocabulary/settings/": SIGNED_IN,
    "vocabulary/import/": SIGNED_IN,
    "vocabulary/export.csv": SIGNED_IN,
    "vocabulary/export.txt": SIGNED_IN,
    "vocabulary/<int:pk>/": OWNER,
    "vocabulary/<int:pk>/delete/": OWNER,
    "vocabulary/<int:pk>/audio/": OWNER,
    "api/v1/vocabulary/": SIGNED_IN,
    "api/v1/vocabulary/due/": SIGNED_IN,
    "api/v1/vocabulary/look-up/": SIGNED_IN,
    "api/v1/vocabulary/stats/": SIGNED_IN,
    "api/v1/vocabulary/settings/": SIGNED_IN,
    "api/v1/vocabulary/import/": SIGNED_IN,
    "api/v1/vocabulary/export.csv/": SIGNED_IN,
    "api/v1/vocabulary/export.txt/": SIGNED_IN,
    "api/v1/vocabulary/<pk>/": OWNER,
    "api/v1/vocabulary/<pk>/review/": OWNER,
    "api/v1/vocabulary/<pk>/undo/": OWNER,
    "api/v1/vocabulary/<pk>/audio/": OWNER,
}
