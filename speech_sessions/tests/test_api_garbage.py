"""Whatever is sent, the answer is the contract's: never a crash, errors in the one shape."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speech_sessions.models import SpeechSession

BASE = "/api/v1/speech-sessions/"
FIELDS = [
    *("title", "date", "duration", "filler_count", "pacing_analysis", "status", "kind"),
    *("language", "tags", "audio_file", "transcription", "confidence_score", "analysis", "user"),
    *("ids", "action", "tag", "__class__", "", "🎤"),
]
QUERIES = [
    *("status", "kind", "language", "date_after", "date_before", "search", "ordering"),
    *("updated_after", "page", "page_size", "fields", "user", "from", "to", "bucket"),
    *("start", "end", "format", "type", "download"),
]
CALLS = ["", "analytics/", "bulk_update/", "1/", "{pk}/"] + [
    f"{{pk}}/{call}/" for call in ("report", "events", "peaks", "audio", "clip", "analyze")
]

ODD_TEXTS = [
    *("", " ", "\x00", "null", "NaN", "-0", "1e999", "9" * 400, "٣", "\ud800", "../../x", "%00"),
    *("2026-02-30", "0000-00-00", "10000-01-01", "2026-11-05T25:00", "2026-11-05T10:00+99:99"),
]
HEADERS = [
    *("Accept", "Accept-Language", "Authorization", "Content-Length", "Content-Type", "Cookie"),
    *("Idempotency-Key", "If-Modified-Since", "If-None-Match", "If-Range", "Origin", "Range"),
]


def sendable(text: str) -> str:
    """`text` as an address or a form can carry it."""
    return text.encode("utf-8", "replace").decode()


texts = st.text(max_size=20) | st.sampled_from(ODD_TEXTS)
numbers = st.integers() | st.floats() | st.sampled_from([2**31, 2**63, -(2**63) - 1, 10**400])
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
bodies = st.dictionaries(st.sampled_from(FIELDS), values, max_size=6) | values
queries = st.dictionaries(
    st.sampled_from(QUERIES),
    texts.map(sendable),
    max_size=4,
)

fast = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def assert_contract(response) -> None:
    assert response.status_code < 500, response.content
    if response.status_code >= 400 and response.content:
        body = response.json()
        assert set(body) == {"detail", "type", "errors"}
        assert body["errors"], body
        assert all(set(error) == {"code", "detail", "attr"} for error in body["errors"])
    if response.streaming:
        b"".join(response.streaming_content)


@pytest.fixture
def session(alice) -> SpeechSession:
    return SpeechSession.objects.create(user=alice, duration=60)


@fast
@given(
    method=st.sampled_from(["post", "put", "patch", "delete"]),
    call=st.sampled_from(CALLS),
    body=bodies,
)
def test_any_json_is_answered(alices_phone, session, method, call, body):
    sent = json.dumps(body).encode()
    address = BASE + call.format(pk=session.pk)
    assert_contract(getattr(alices_phone, method)(address, sent, content_type="application/json"))


@fast
@given(
    method=st.sampled_from(["get", "head", "options"]), call=st.sampled_from(CALLS), query=queries
)
def test_any_query_is_answered(alices_phone, session, method, call, query):
    address = BASE + call.format(pk=session.pk)
    assert_contract(getattr(alices_phone, method)(address, query))


@fast
@given(
    fields=st.dictionaries(
        st.sampled_from(FIELDS[:14]),
        texts.map(sendable),
        max_size=6,
    ),
    content=st.binary(max_size=64),
    name=st.text(st.characters(exclude_characters="/\\."), min_size=1, max_size=30).map(sendable),
)
def test_any_form_is_answered(alices_phone, fields, content, name):
    file = SimpleUploadedFile(name, content)
    form = {**fields, "audio_file": file}
    assert_contract(alices_phone.post(BASE, form, format="multipart"))


@fast
@given(
    body=st.binary(max_size=200),
    content_type=st.sampled_from(
        ["application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
    ),
)
def test_any_bytes_are_answered(alices_phone, body, content_type):
    assert_contract(alices_phone.post(BASE, body, content_type=content_type))


@fast
@given(
    name=st.sampled_from(HEADERS),
    value=st.text(st.characters(max_codepoint=255), max_size=40),
)
def test_any_header_is_answered(alices_phone, session, name, value):
    headers = {"Idempotency-Key": "x", name: value}
    assert_contract(alices_phone.get(f"{BASE}{session.pk}/", headers=headers))
    if name not in {"Content-Length"}:
        assert_contract(alices_phone.post(BASE, {"duration": 60}, headers=headers))
