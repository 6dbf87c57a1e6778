"""Sharing: what one shares and with whom, and the pages on which others read it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from contract.ids import whole_number
from contract.ranges import serve_stored
from practice import share_selectors
from practice.models import PracticeSession, PracticeShare, Sequence, SequenceShare
from practice.share_addresses import address_of
from practice.views.sequences import keep_copy
from sharing import gate, services
from sharing.forms import LinkForm, ShareForm
from sharing.models import Share
from sharing.selectors import is_for, owner_of, share_at
from speech_sessions.presentation.headlines import headlines
from speech_sessions.presentation.wording import when
from speech_sessions.selectors import report_document
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
@never_cache
def overview(request: SignedInRequest) -> HttpResponse:
    """Everything one shares, and what others share with one."""
    sessions, sequences = share_selectors.given_by(request.user)
    shares = [_entry(share, "practice:session_shares") for share in sessions]
    shares += [_entry(share, "practice:sequence_shares") for share in sequences]
    received = share_selectors.received_by(request.user)
    context = {
        "shares": shares,
        "received": [(share, address_of(share)) for share in received],
    }
    return render(request, "sharing/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def session_shares(request: SignedInRequest, pk: int) -> HttpResponse:
    """Share a practice session, and see who opened it."""
    sessions = PracticeSession.objects.filter(user=request.user)
    session = get_object_or_404(sessions.select_related("sequence", "question"), pk=pk)
    form = ShareForm(PracticeShare.Part.choices, request.POST or None)
    return _manage(request, session, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def sequence_shares(request: SignedInRequest, pk: int) -> HttpResponse:
    """Share a sequence by link, and see who opened it."""
    sequence = get_object_or_404(share_selectors.own_sequences(request.user), pk=pk)
    return _manage(request, sequence, LinkForm(request.POST or None))


def _manage(
    request: SignedInRequest, subject: PracticeSession | Sequence, form: LinkForm
) -> HttpResponse:
    status = 200
    if "revoke" in request.POST:
        wanted = whole_number(request.POST["revoke"])
        services.revoke(subject.shares.filter(pk=wanted))
        messages.success(request, _("This share has ended: it opens to nobody any more."))
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        try:
            services.share(subject, request.user, form.recipient_email, form.terms)
        except services.NotConfirmed as refusal:
            form.add_error(None, str(refusal))
        except services.NobodyThere as refusal:
            form.add_error("email", str(refusal))
        except services.TooMany as refusal:
            form.add_error(None, str(refusal))
            status = 429
        else:
            messages.success(request, _("Shared. You can end it here at any time."))
            return redirect(request.path)
    context = {
        "subject": subject,
        "is_sequence": isinstance(subject, Sequence),
        "form": form,
        "shares": [(share, address_of(share)) for share in share_selectors.shares_of(subject)],
    }
    return render(request, "sharing/manage.html", context, status=status)


@gate.quiet
@require_http_methods(["GET", "HEAD", "POST"])
def shared_session(request: HttpRequest, share: str) -> HttpResponseBase:
    """A practice session that somebody shares; asks for the password where there is one."""
    found = _readable(request, PracticeShare, share)
    if isinstance(found, HttpResponseBase):
        return found
    asked = gate.ask_password(request, found)
    if asked is not None:
        return asked
    if request.method == "POST":
        return redirect(request.path)
    services.note_opening(found, _viewer(request), owner_of(found))
    shown = share_selectors.shown_in(found)
    document = report_document(shown.measured) if shown.measured else None
    context = {
        "share": found,
        "session": found.subject,
        "by": _name_of(found),
        "shown": shown,
        "headlines": headlines(document, lambda _name: (), {}) if document else [],
    }
    return render(request, "sharing/session.html", context)


@gate.quiet
@require_safe
def shared_recording(request: HttpRequest, share: str) -> HttpResponseBase:
    """The recording of a shared session, by Range, where it was chosen to be shared."""
    found = _readable(request, PracticeShare, share)
    if isinstance(found, HttpResponseBase):
        return found
    recording = share_selectors.shown_in(found).heard
    if recording is None or not gate.is_unlocked(request, found):
        raise Http404
    return serve_stored(
        request,
        recording.audio_file,
        content_type=recording.audio_type,
        file_name=_("Practice"),
        attachment=False,
    )


@gate.quiet
@require_safe
@login_required
def shared_sequence(request: SignedInRequest, share: str) -> HttpResponseBase:
    """A sequence that somebody shares by link, to read and to copy."""
    found = share_at(SequenceShare, share)
    if found is None:
        raise Http404
    services.note_opening(found, request.user, owner_of(found))
    context = {"share": found, "sequence": found.subject, "by": _name_of(found)}
    return render(request, "sharing/sequence.html", context)


@gate.quiet
@require_POST
@login_required
def copy_shared_sequence(request: SignedInRequest, share: str) -> HttpResponseBase:
    """A copy of a shared sequence, open in the editor."""
    found = share_at(SequenceShare, share)
    if found is None:
        raise Http404
    return keep_copy(request, found.subject)


def _readable(
    request: HttpRequest, model: type[PracticeShare], token: str
) -> PracticeShare | HttpResponse:
    """The share, for whom it is for; the way to sign in for a visitor; else it is not there."""
    found = share_at(model, token)
    viewer = _viewer(request)
    if found is None or (viewer is not None and not is_for(found, viewer)):
        raise Http404
    if not is_for(found, viewer):
        return redirect_to_login(request.get_full_path())
    return found


def _entry(share: PracticeShare | SequenceShare, page: str) -> dict[str, Any]:
    subject = share.subject
    return {
        "title": subject.title if isinstance(subject, Sequence) else _what(subject),
        "share": share,
        "address": address_of(share),
        "is_sequence": isinstance(subject, Sequence),
        "page": reverse(page, args=[subject.pk]),
    }


def _what(session: PracticeSession) -> str:
    return f"{session.sequence or session.get_kind_display()} · {when(session.started_at)}"


def _name_of(share: Share) -> str:
    """What viewers are told of the owner: their name, never their address."""
    return owner_of(share).name or _("Somebody")


def _viewer(request: HttpRequest) -> User | None:
    return cast("User", request.user) if request.user.is_authenticated else None
