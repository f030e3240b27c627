"""Applying an accepted request to adapt a périmètre to an edition in preparation."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from programme.comites import demandes
from programme.comites.cartes import cartes
from programme.comites.models import DemandePerimetre, MouvementDemande
from territoires.editions.models import EditionCarte


class AppliquerForm(forms.Form):
    edition = forms.ModelChoiceField(
        EditionCarte.objects.en_preparation().exclude(perimetres=None).distinct(),
        label="Édition en préparation",
        empty_label=None,
        help_text="Les régions, la population et le tracé des territoires touchés sont recalculés.",
    )


def peut_appliquer(demande, user):
    """The délégation, an accepted request, and only once."""
    return (
        user.has_perm("territoires.change_editioncarte")
        and demande.etat == DemandePerimetre.Etat.ACCEPTEE
        and demande.appliquee_a_id is None
    )


def appliquer(admin, request, pk):
    if not request.user.has_perm("territoires.change_editioncarte"):
        raise PermissionDenied
    demande = admin.get_object(request, str(pk))
    if demande is None:
        raise Http404
    formulaire = AppliquerForm(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        edition = formulaire.cleaned_data["edition"]
        try:
            demande = demandes.appliquer(demande, edition=edition, agent=request.user)
        except ValidationError as erreur:
            formulaire.add_error(None, erreur)
        else:
            texte = f"Demande {demande.reference} appliquée à l’{edition}."
            admin.log_change(request, demande, texte)
            admin.log_change(request, edition, texte)
            admin.message_user(request, texte, messages.SUCCESS)
            return redirect("admin:programme_demandeperimetre_change", demande.pk)
    contexte = admin.admin_site.each_context(request) | {
        "title": f"Appliquer la demande {demande.reference}",
        "opts": admin.opts,
        "original": demande,
        "formulaire": formulaire,
        "cartes": cartes(demande),
        "possible": peut_appliquer(demande, request.user),
        "editions": formulaire.fields["edition"].queryset,
        "ajouts": demandes.membres_de(demande, MouvementDemande.Sens.AJOUT),
        "retraits": demandes.membres_de(demande, MouvementDemande.Sens.RETRAIT),
    }
    return TemplateResponse(request, "admin/programme/demandeperimetre/appliquer.html", contexte)
