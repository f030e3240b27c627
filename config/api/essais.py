"""The page of the API: what it gives, and a form to ask it, without any script."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

from config.api.filtres import filtres_de
from config.api.tables import Table
from config.jeux_de_donnees import JEUX


class Essayer(TemplateView):
    template_name = "api/api.html"

    def get_context_data(self, nom="fiches", **kwargs):
        if nom not in JEUX:
            raise Http404("Cette table n’existe pas.")
        filtres = filtres_de(nom)(None, None, request=self.request)
        return super().get_context_data(
            nom=nom,
            table=Table(nom),
            tables=JEUX,
            formulaire=filtres.form,
            adresse=reverse(f"api-{nom}"),
            adresse_complete=self.request.build_absolute_uri(reverse(f"api-{nom}")),
            par_minute=settings.API_PAR_MINUTE,
            par_minute_avec_cle=settings.API_PAR_MINUTE_AVEC_CLE,
            **kwargs,
        )
