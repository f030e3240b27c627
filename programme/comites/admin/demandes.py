"""A request to adapt a périmètre: composed and simulated, then applied to an edition."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from programme.comites import demandes
from programme.comites.models import DemandePerimetre, MouvementDemande
from programme.comites.simulation import simuler, simuler_la_demande
from programme.fiches.models import FicheAction
from territoires.editions.models import EditionCarte
from territoires.formulaires import FormulaireIntact


class AppliquerForm(forms.Form):
    edition = forms.ModelChoiceField(
        EditionCarte.objects.en_preparation().exclude(perimetres=None).distinct(),
        label="Édition en préparation",
        empty_label=None,
        help_text="Les régions, la population et le tracé des territoires touchés sont recalculés.",
    )


class DemandeForm(FormulaireIntact):
    simulee = False  # what is typed is shown on the map, and nothing is saved

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if champ := self.fields.get("perimetre"):  # not for those who only read
            champ.error_messages["invalid_choice"] = (
                "Ce périmètre n’est plus celui de la dernière édition de la carte : choisissez-le "
                "de nouveau. Rien de ce que vous avez saisi n’est perdu."
            )
            champ.choices = self._proposes

    def _proposes(self):
        """Those of the map in force, and the one that is written; others are refused in words."""
        champ, derniere = self.fields["perimetre"], EditionCarte.objects.en_vigueur()
        proposes = champ.queryset
        if derniere:
            proposes = proposes.filter(Q(edition=derniere) | Q(pk=self.instance.perimetre_id))
        return [("", champ.empty_label), *((p.pk, champ.label_from_instance(p)) for p in proposes)]

    def clean_perimetre(self):
        """A request is about the map in force: what left it has no périmètre to adapt."""
        perimetre, derniere = self.cleaned_data["perimetre"], EditionCarte.objects.en_vigueur()
        if derniere and perimetre.edition_id != derniere.pk:
            raise ValidationError(
                f"Ce périmètre est celui de l’{perimetre.edition}, et la dernière est "
                f"l’{derniere} : « {perimetre.nom} » n’y figure plus."
            )
        return perimetre

    def is_valid(self):
        return super().is_valid() and not self.simulee


def simulation(request, contexte, demande):
    """Of what is typed when that was asked, of what is written otherwise; None without a move."""
    fiches = FicheAction.objects.for_user(request.user)
    if "_simuler" not in request.POST:
        ecrite = demande is not None and demande.mouvements.exists()
        return simuler_la_demande(demande, fiches=fiches) if ecrite else None
    formulaire = contexte["adminform"].form
    perimetre = getattr(formulaire, "cleaned_data", {}).get("perimetre")
    perimetre = perimetre or (demande.perimetre if demande else None)
    (lignes,) = [groupe.formset for groupe in contexte["inline_admin_formsets"]]
    lignes.is_valid()  # what is wrong in a line is told at its place
    mouvements = [ligne.cleaned_data for ligne in lignes.lignes() if not ligne.errors]
    ajouts, retraits = (
        [m.get("intercommunalite") or m.get("commune") for m in mouvements if m.get("sens") == sens]
        for sens in MouvementDemande.Sens
    )
    ajouts, retraits = (list(filter(None, membres)) for membres in (ajouts, retraits))
    if perimetre is None or not (ajouts or retraits):
        return None
    return simuler(perimetre, ajouts, retraits, fiches=fiches, demande=demande)


def visee(formulaire):
    """The edition that the form of the application is about to change; None when there is none."""
    if formulaire.is_bound and formulaire.is_valid():
        return formulaire.cleaned_data["edition"]
    return formulaire.fields["edition"].queryset.first()


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
        "simulation": simuler_la_demande(
            demande, fiches=FicheAction.objects.for_user(request.user), edition=visee(formulaire)
        ),
        "possible": peut_appliquer(demande, request.user),
        "editions": formulaire.fields["edition"].queryset,
        "ajouts": demandes.membres_de(demande, MouvementDemande.Sens.AJOUT),
        "retraits": demandes.membres_de(demande, MouvementDemande.Sens.RETRAIT),
    }
    return TemplateResponse(request, "admin/programme/demandeperimetre/appliquer.html", contexte)
