"""The home page: the only one that needs every app."""

from django.utils import timezone
from django.views.generic import TemplateView

from evenements.models import Assemblee
from programme.models import FicheAction
from territoires.models import EditionCarte, Territoire


class Accueil(TemplateView):
    template_name = "accueil.html"

    def get_context_data(self, **kwargs):
        edition = EditionCarte.objects.en_vigueur()
        assemblees = Assemblee.objects.publiques()
        return super().get_context_data(
            edition=edition,
            nombre_territoires=Territoire.objects.filter(
                perimetre_courant__edition=edition
            ).count(),
            nombre_fiches=FicheAction.objects.publiques().count(),
            prochaine=assemblees.filter(date_debut__gte=timezone.localdate())
            .order_by("date_debut")
            .first(),
            derniere=assemblees.filter(date_debut__lt=timezone.localdate())
            .order_by("-date_debut")
            .first(),
            **kwargs,
        )
