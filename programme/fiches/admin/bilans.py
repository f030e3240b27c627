"""The page of the bilan: what was planned in sight, and with « Réaliser » the end of the action."""

from copy import copy

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from programme.fiches import bilans, parcours
from programme.fiches.admin.forms import MontantEcrit
from programme.fiches.champs import Par
from programme.fiches.models import Bilan, FicheAction, Passage
from territoires.administration import contexte_de_ligne, ouvrir_ligne
from territoires.formulaires import FormulaireIntact

REALISER = Passage.Action.REALISER


def _ecrit(champ, **options):
    if champ.name == "etabli_le":
        options["widget"] = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    elif champ.name == "cout_final":
        options["form_class"] = MontantEcrit
    else:
        options["widget"] = forms.Textarea({"rows": 6, "cols": 80})
    return champ.formfield(**options)


class BilanForm(FormulaireIntact):
    vu = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Bilan
        fields = bilans.DITS
        formfield_callback = _ecrit


def vue_bilan(admin, request, pk):
    """Write the bilan, or correct it."""
    return _page(admin, request, pk, Par.SUIVI, termine=False)


def vue_realiser(admin, request, pk):
    """Write the bilan and say that the action is done, both or neither."""
    return _page(admin, request, pk, "programme.faire_avancer", termine=True)


def _page(admin, request, pk, droit, *, termine):
    fiches = admin.get_queryset(request).select_related("territoire__perimetre_courant")
    fiche = ouvrir_ligne(request, fiches, pk, droit, "Ce bilan n’est pas à dresser par vous.")
    if fiche.etat not in bilans.ETATS:
        raise Http404
    termine = termine and fiche.etat == FicheAction.Etat.ENGAGEE
    bilan = Bilan.objects.filter(fiche=fiche).first()
    formulaire = _formulaire(fiche, bilan, request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            _enregistrer(fiche, formulaire, request.user, termine)
        except ValidationError as erreur:
            _refuser(formulaire, erreur, fiche)
        else:
            fait = (
                "le bilan est dressé et l’action est réalisée." if termine else "c’est enregistré."
            )
            admin.message_user(request, f"Bilan : {fait}", messages.SUCCESS)
            return redirect("admin:programme_ficheaction_change", fiche.pk)
    page = contexte_de_ligne(
        admin,
        request,
        fiche,
        "Réaliser" if termine else "Bilan",
        form=formulaire,
        termine=termine,
        prevu=bilans.prevu_et_realise(fiche, bilan),
        destinataires=parcours.destinataires(fiche, REALISER) if termine else [],
        bouton="Réaliser" if termine else "Enregistrer",
    )
    return TemplateResponse(request, "admin/programme/ficheaction/bilan.html", page)


def _formulaire(fiche, bilan, donnees):
    initial = {"vu": bilans.lu(bilan), "version": fiche.version}
    if bilan is None:
        initial |= {"cout_final": fiche.cout_total, "etabli_le": timezone.localdate()}
    return BilanForm(donnees, instance=copy(bilan), initial=initial)


@transaction.atomic
def _enregistrer(fiche, formulaire, agent, termine):
    dits = {nom: formulaire.cleaned_data[nom] for nom in bilans.DITS}
    if termine:
        version = FicheAction.objects.select_for_update().get(pk=fiche.pk).version
        if formulaire.cleaned_data["version"] != version:
            raise parcours.TransitionRefusee(
                "La fiche a changé depuis que vous avez ouvert cette page : relisez-la, puis "
                "confirmez de nouveau si cela convient encore."
            )
    bilans.dresser(fiche, agent=agent, vu=formulaire.cleaned_data["vu"], **dits)
    if termine:
        parcours.realiser(fiche, agent=agent)


def _refuser(formulaire, erreur, fiche):
    """Each sentence at its place; sending once more is judged from what now stands."""
    for nom, phrases in getattr(erreur, "error_dict", {None: erreur}).items():
        formulaire.add_error(nom if nom in formulaire.fields else None, phrases)
    formulaire.data = formulaire.data.copy()
    formulaire.data["vu"] = bilans.lu(Bilan.objects.filter(fiche=fiche).first())
    formulaire.data["version"] = FicheAction.objects.get(pk=fiche.pk).version


def outil(request, fiche):
    """[(button, address)] of the bilan for who follows the fiche."""
    ouvert = fiche.etat in bilans.ETATS and request.user.has_perm(Par.SUIVI, fiche)
    adresse = reverse("admin:programme_ficheaction_bilan", args=[fiche.pk])
    return [("Bilan", adresse)] if ouvert else []


def pages(admin):
    vue = admin.admin_site.admin_view
    return [
        path(
            "<int:pk>/bilan/",
            vue(lambda request, pk: vue_bilan(admin, request, pk)),
            name="programme_ficheaction_bilan",
        )
    ]
