"""What can be made of a fiche besides its steps: a copy, a paper, a bonne pratique."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from echanges.textes import en_cle
from programme import documents
from programme.fiches.duplication import dupliquer
from programme.fiches.impression import fiche_imprimee
from territoires.administration import contexte_de_ligne
from territoires.editions.models import Territoire


def outils(request, fiche):
    """[(button, address)] of what this person may make of this fiche."""
    liens = [("Imprimer (PDF)", reverse("admin:programme_ficheaction_pdf", args=[fiche.pk]))]
    if fiche.est_du_public:
        liens.insert(
            0, ("Suivre l’action", reverse("admin:programme_ficheaction_suivi", args=[fiche.pk]))
        )
    if fiche.dernier_envoi_id:
        liens.append(("Instruction", reverse("instruction", args=[fiche.reference])))
    if request.user.has_perm("programme.add_ficheaction"):
        liens.append(
            ("Dupliquer", reverse("admin:programme_ficheaction_dupliquer", args=[fiche.pk]))
        )
    if fiche.est_du_public and request.user.has_perm("programme.add_bonnepratique"):
        ajout = reverse("admin:programme_bonnepratique_add")
        liens.append(("En faire une bonne pratique", f"{ajout}?depuis={fiche.pk}"))
    return liens


def vue_pdf(admin, request, pk):
    """The fiche on paper, its contact included: for those who work on it."""
    fiche = get_object_or_404(
        admin.get_queryset(request).select_related("territoire", "axe"), pk=pk
    )
    octets = documents.pdf(
        "programme/fiches/fiche.typ", fiche_imprimee(fiche), timezone.localtime(fiche.updated_at)
    )
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="fiche-{fiche.reference}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def vue_dupliquer(admin, request, pk):
    """Choose for which territoire, then make the copy and say what is in it."""
    fiche = get_object_or_404(admin.get_queryset(request).select_related("territoire"), pk=pk)
    if not admin.has_add_permission(request):
        raise PermissionDenied
    territoires = Territoire.objects.en_vigueur().du_perimetre(request.user).order_by("nom")
    erreurs = []
    if request.method == "POST":
        territoire = territoires.filter(pk=en_cle(request.POST.get("territoire"))).first()
        if territoire:
            copie = dupliquer(fiche, territoire=territoire, agent=request.user)
            admin.message_user(
                request,
                "Voici la copie, en brouillon. Sont repris les textes, les dates, le coût, le plan "
                "de financement (tout redevient demandé), les étapes, les indicateurs sans leurs "
                "mesures et le contact. Ne le sont pas les avis, les remarques, les pièces jointes "
                "et l’avancement.",
                messages.SUCCESS,
            )
            return redirect("admin:programme_ficheaction_change", copie.pk)
        erreurs = ["Choisissez l’un de vos territoires."]
    contexte = contexte_de_ligne(
        admin,
        request,
        fiche,
        "Dupliquer",
        consequence="Un nouveau brouillon est créé\u202f; la fiche d’origine ne change pas.",
        territoires=territoires,
        erreurs=erreurs,
        bouton="Dupliquer",
    )
    return TemplateResponse(request, "admin/programme/ficheaction/dupliquer.html", contexte)
