"""What is read of shares."""

from typing import Any, TypeVar

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import Erasure, User
from sharing import links
from sharing.models import Share

ShareType = TypeVar("ShareType", bound=Share)

# So many openings of one share are listed, the newest first; `opened` counts all.
LISTED_OPENINGS = 20


def open_shares(shares: QuerySet[ShareType]) -> QuerySet[ShareType]:
    """Those of `shares` that have not ended."""
    unended = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    return shares.filter(unended, revoked_at=None)


def readable_shares(model: type[ShareType]) -> QuerySet[ShareType]:
    """The open shares of people whose account is in use: not shut, not waiting to be erased."""
    leaving = Erasure.objects.values("user")
    shares = open_shares(model._default_manager.all())  # noqa: SLF001 - Django documents it
    return shares.filter(**{f"{model.OWNER}__is_active": True}).exclude(
        **{f"{model.OWNER}__in": leaving}
    )


def share_at(model: type[ShareType], token: str) -> ShareType | None:
    """The share that the `token` of a link leads to, with its owner; None where nothing is open."""
    key = links.key_of(model, token)
    if key is None:
        return None
    return readable_shares(model).filter(key=key).select_related(model.OWNER).first()


def owner_of(share: Share) -> User:
    """Whose thing is shared."""
    owner: Any = share
    for name in share.OWNER.split("__"):
        owner = getattr(owner, name)
    assert isinstance(owner, User)
    return owner


def is_for(share: Share, user: User | None) -> bool:
    """Whether `user` (None: nobody is signed in) may open it: by link, as recipient, as owner."""
    if share.by_link:
        return True
    return user is not None and user.pk in {share.recipient_id, owner_of(share).pk}


def with_openings(shares: QuerySet[ShareType]) -> QuerySet[ShareType]:
    """`shares` with whom they are for and `newest_openings`. Two queries, however many."""
    openings = shares.model._meta.get_field("openings").related_model  # noqa: SLF001
    newest = openings._default_manager.select_related("viewer")[:LISTED_OPENINGS]  # noqa: SLF001
    lookup = Prefetch("openings", newest, to_attr="newest_openings")
    return shares.select_related("recipient").prefetch_related(lookup)
