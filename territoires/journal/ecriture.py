"""One function writes the journal; nothing ever changes what it wrote."""

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured

from territoires.journal.models import LigneDuJournal

Acte = LigneDuJournal.Acte


def adresse_de(request):
    """The network address of who asks, as the proxies tell it; None when nothing does."""
    if request is None:
        return None
    try:
        return get_client_ip(request)
    except ImproperlyConfigured:  # fewer proxies than announced: somebody came around them
        return request.META.get("REMOTE_ADDR") or None


def noter(acte, *, request=None, agent=None, objet="", detail="", rangees=None):
    """Add one line; `agent` is who acts, who is signed in unless said otherwise."""
    if agent is None and request is not None:
        present = getattr(request, "user", None)
        agent = present if getattr(present, "is_authenticated", False) else None
    return LigneDuJournal.objects.create(
        acte=acte,
        agent=agent,
        nom=str(agent or "")[:200],
        adresse=adresse_de(request),
        objet=str(objet)[:300],
        detail=detail,
        rangees=rangees,
    )
