"""« Ma commune est-elle en Territoire d’industrie ? »"""

from django.db.models import Q
from django.views.generic import TemplateView

from territoires.models import EditionCarte, Perimetre, Territoire
from territoires.recherche import LIMITE, communes_trouvees


class Recherche(TemplateView):
    template_name = "territoires/recherche.html"

    def get_context_data(self, **kwargs):
        texte = self.request.GET.get("q", "").replace("\x00", "").strip()[:100]
        en_vigueur = EditionCarte.objects.en_vigueur()
        reponses = []
        for commune in communes_trouvees(texte):
            perimetres = perimetres_de(commune)
            actuels = [p for p in perimetres if p.edition_id == en_vigueur.pk] if en_vigueur else []
            reponses.append((commune, actuels, perimetres))
        territoires = Territoire.objects.publies().chercher(texte)[:LIMITE] if texte else []
        return super().get_context_data(
            texte=texte, reponses=reponses, territoires=territoires, **kwargs
        )


def perimetres_de(commune):
    """The published périmètres that hold this commune, latest first."""
    sirens = [siren for siren in (commune.intercommunalite_id, commune.ept_id) if siren]
    return list(
        Perimetre.objects.publies()
        .filter(Q(membres__commune=commune) | Q(membres__intercommunalite__in=sirens))
        .select_related("edition", "territoire")
        .order_by("-edition__date")
        .distinct()
    )
