"""The page that rectifies an avis once its séance is closed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from programme.comites import rectifications
from programme.comites.admin.avis import AvisForm, ouvrir_pour_l_avis, par_champ, saisie
from programme.comites.models import Avis, PointOrdreDuJour
from programme.comites.models.seances import OBJETS
from territoires.administration import contexte_de_ligne


class RectificationAvisForm(AvisForm):
    """Another avis, filled with the one that it rectifies, and why."""

    raison = forms.CharField(
        label="Ce que vous rectifiez, et pourquoi",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        error_messages={"required": "Dites ce que vous rectifiez, et pourquoi."},
    )

    def __init__(self, *args, avis, **kwargs):
        objets = {nom: getattr(avis, nom) for nom in OBJETS}
        point = PointOrdreDuJour(seance=avis.seance, **objets)
        point.avis = None
        self.avis = avis
        super().__init__(*args, point=point, initial=saisie(avis), **kwargs)

    def _passage(self):
        return self.avis.envoi_id

    def rectifier(self, agent):
        donnees = self.cleaned_data
        return rectifications.rectifier(
            self.avis,
            agent=agent,
            sens=donnees["sens"],
            motif=donnees["motif"],
            raison=donnees["raison"],
            remarques=self.remarques(),
        )


def rectifier(admin, request, pk, avis):
    """Show the avis in effect, then record the one that rectifies it and what follows."""
    seance = ouvrir_pour_l_avis(admin, request, pk)
    rendus = Avis.objects.en_effet().filter(seance=seance)
    avis = get_object_or_404(rendus.select_related(*OBJETS, "rendu_par"), pk=avis)
    avis.seance = seance
    formulaire = RectificationAvisForm(request.POST or None, avis=avis)
    if request.method == "POST" and formulaire.is_valid():
        try:
            _, suite = formulaire.rectifier(request.user)
        except ValidationError as erreur:
            formulaire.add_error(None, erreur.messages)
        else:
            fait = f"L’avis rectificatif est rendu, et le relevé rectifié. {suite}"
            admin.message_user(request, fait, messages.SUCCESS)
            return redirect("admin:programme_seance_releve", seance.pk)
    page = contexte_de_ligne(
        admin,
        request,
        seance,
        "Rectifier un avis",
        avis=avis,
        formulaire=formulaire,
        remarques=par_champ(formulaire.point, formulaire),
    )
    return TemplateResponse(request, "admin/programme/seance/rectifier.html", page)
