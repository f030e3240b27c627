"""The home page: the only one that needs every app."""

from django.utils import timezone
from django.views.generic import TemplateView

from evenements.models import Assemblee
from programme.fiches.models import FicheAction, Passage
from programme.partenaires.models import Convention
from territoires.carte.composee import CarteComposee
from territoires.carte.filtre import FiltreCarte
from territoires.carte.tableau import CarteLue


class Accueil(TemplateView):
    template_name = "accueil.html"

    def get_context_data(self, **kwargs):
        lue = CarteLue()
        assemblees = Assemblee.objects.du_public()
        aujourdhui = timezone.localdate()
        return super().get_context_data(
            edition=lue.edition,
            carte=CarteComposee(lue, FiltreCarte({}, lue)) if lue.edition else None,
            chiffres=[
                ("carte-en-vigueur", len(lue.lignes), "territoires"),
                ("fiches", FicheAction.objects.du_public().count(), "fiches actions publiques"),
                ("conventions", Convention.objects.du_public().count(), "conventions signées"),
            ],
            decisions=Passage.objects.du_public()
            .filter(apres__in=FicheAction.ETATS_PUBLICS)
            .select_related("fiche__territoire")
            .order_by("-le", "-pk")[:5],
            prochaine=assemblees.filter(date_debut__gte=aujourdhui).order_by("date_debut").first(),
            derniere=assemblees.filter(date_debut__lt=aujourdhui).first(),
            **kwargs,
        )
