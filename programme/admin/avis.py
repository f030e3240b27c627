"""The screen of a séance: every fiche and request that waits for this région, on one page."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from programme import demandes, parcours
from programme.models import Avis, DemandePerimetre, FicheAction


class AvisForm(forms.Form):
    sens = forms.ChoiceField(
        label="Avis", choices=[("", "pas d’avis aujourd’hui"), *Avis.Sens.choices], required=False
    )
    motif = forms.CharField(
        label="Motif", widget=forms.Textarea(attrs={"rows": 2, "cols": 60}), required=False
    )
    champ = forms.ChoiceField(label="Remarque sur", required=False)
    remarque = forms.CharField(
        label="Remarque", widget=forms.Textarea(attrs={"rows": 2, "cols": 60}), required=False
    )

    def __init__(self, *args, objet, **kwargs):
        super().__init__(*args, **kwargs)
        self.objet = objet
        champs = FicheAction.champs_de_fond().items()
        self.fields["champ"].choices = [("", "aucun champ"), *champs]
        if isinstance(objet, DemandePerimetre):
            del self.fields["champ"], self.fields["remarque"]

    def clean(self):
        donnees = super().clean()
        if donnees.get("sens") in ("defavorable", "ajourne") and not donnees.get("motif"):
            self.add_error("motif", "Un avis défavorable ou ajourné doit être motivé.")
        if bool(donnees.get("champ")) != bool(donnees.get("remarque")):
            self.add_error("remarque", "Une remarque dit son champ et son texte.")
        return donnees

    def enregistrer(self, seance, agent):
        donnees = self.cleaned_data
        communs = {
            "seance": seance,
            "agent": agent,
            "sens": donnees["sens"],
            "motif": donnees["motif"],
        }
        if isinstance(self.objet, DemandePerimetre):
            return demandes.rendre_avis(self.objet, **communs)
        remarques = [(donnees["champ"], donnees["remarque"])] if donnees["champ"] else []
        return parcours.rendre_avis(self.objet, remarques=remarques, **communs)


def en_attente(seance):
    """(prefix, object) of what waits for the avis of the séance's région."""
    region = seance.comite.region
    fiches = (
        FicheAction.objects.filter(
            etat=FicheAction.Etat.TRANSMISE, territoire__perimetre_courant__regions=region
        )
        .exclude(
            avis__in=Avis.objects.filter(
                seance__comite__region=region,
                passage__in=FicheAction.objects.values("dernier_envoi"),
            )
        )
        .select_related("territoire", "axe__phase")
        .order_by("territoire__nom", "titre")
    )
    demandes_ouvertes = (
        DemandePerimetre.objects.filter(etat="deposee", perimetre__regions=region)
        .exclude(
            avis__in=Avis.objects.filter(seance__comite__region=region).exclude(sens="ajourne")
        )
        .select_related("perimetre")
    )
    return [(f"fiche-{fiche.pk}", fiche) for fiche in fiches] + [
        (f"demande-{demande.pk}", demande) for demande in demandes_ouvertes
    ]


def rendre(admin, request, pk):
    seance = admin.get_queryset(request).select_related("comite__region").filter(pk=pk).first()
    if seance is None:
        raise Http404
    if not request.user.has_perm("programme.rendre_avis", seance):
        raise PermissionDenied
    formulaires = [
        AvisForm(request.POST or None, prefix=prefixe, objet=objet)
        for prefixe, objet in en_attente(seance)
    ]
    if request.method == "POST" and all(f.is_valid() for f in formulaires):
        refus = _enregistrer(admin, request, seance, formulaires)
        if not refus:
            return redirect("admin:programme_seance_change", seance.pk)
    contexte = admin.admin_site.each_context(request) | {
        "title": f"Rendre les avis : {seance}",
        "opts": admin.opts,
        "original": seance,
        "formulaires": formulaires,
    }
    return TemplateResponse(request, "admin/programme/seance/avis.html", contexte)


def _enregistrer(admin, request, seance, formulaires):
    """Record each avis that was given; one refused leaves the others and what was typed."""
    rendus, refus = 0, 0
    for formulaire in formulaires:
        if not formulaire.cleaned_data["sens"]:
            continue
        try:
            formulaire.enregistrer(seance, request.user)
            rendus += 1
        except ValidationError as erreur:
            refus += 1
            formulaire.add_error(None, erreur.messages)
    if rendus:
        mot = "avis enregistré" if rendus == 1 else "avis enregistrés"
        admin.message_user(request, f"{rendus} {mot}.", messages.SUCCESS)
    return refus
