"""The brochure of a territoire, in one click."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from programme import documents
from programme.brochure.contenu import brochure
from territoires.champs import minuit
from territoires.editions.models import Territoire


def telecharger(request, identifiant):
    """What anybody may read of it today, as a PDF: the same bytes all day for the same data."""
    publics = Territoire.objects.du_public().select_related(
        "region_pilote", "perimetre_courant__edition"
    )
    territoire = get_object_or_404(publics, identifiant=identifiant)
    donnees, images = brochure(territoire, request.build_absolute_uri)
    quand = minuit(timezone.localdate())
    octets = documents.pdf("programme/brochure/brochure.typ", donnees, quand, images)
    nom = f"territoire-d-industrie-{territoire.identifiant}.pdf"
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nom}"'},
    )
