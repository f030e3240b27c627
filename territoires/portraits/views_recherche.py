"""« Ma commune est-elle en Territoire d’industrie ? »"""

from django.views.generic import TemplateView

from territoires.editions.models import EditionCarte, Territoire
from territoires.geographie.models import Intercommunalite
from territoires.geographie.recherche import LIMITE, chercher_communes
from territoires.portraits.appartenances import joindre_perimetres, perimetres_de


class Recherche(TemplateView):
    template_name = "territoires/portraits/recherche.html"

    def get_context_data(self, **kwargs):
        texte = self.request.GET.get("q", "").replace("\x00", "").strip()[:100]
        trouvees, edition = chercher_communes(texte), EditionCarte.objects.en_vigueur()
        joindre_perimetres(trouvees.communes)
        territoires = intercommunalites = []
        if texte:
            territoires = Territoire.objects.en_vigueur().chercher(texte)[:LIMITE]
            intercommunalites = Intercommunalite.objects.chercher(texte)[:LIMITE]
        return super().get_context_data(
            texte=texte,
            reponses=[self._reponse(commune, edition) for commune in trouvees.communes],
            voisines=trouvees.voisines,
            approchees=trouvees.approchees,
            territoires=territoires,
            intercommunalites=intercommunalites,
            edition=edition,
            **kwargs,
        )

    def _reponse(self, commune, edition):
        perimetres = perimetres_de(commune)
        return {
            "commune": commune,
            "actuels": [p for p in perimetres if p.edition == edition],
            "a_venir": [p for p in perimetres if p.edition.est_annoncee],
            "anciens": [
                p for p in perimetres if p.edition != edition and not p.edition.est_annoncee
            ],
        }
