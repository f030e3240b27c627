"""The one search of the site: a page, and what is proposed while one types."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from territoires.recherche.extraits import Reperage
from territoires.recherche.moteur import PAR_PAGE, PLAFOND, chercher, proposer
from territoires.recherche.sources import declarees, precision_de, source

LA_PLUS_LOINTAINE = PLAFOND // PAR_PAGE


class Recherche(TemplateView):
    template_name = "territoires/recherche/recherche.html"

    def get_context_data(self, **kwargs):
        texte = self.request.GET.get("q", "")
        genre = source(self.request.GET.get("genre", ""))
        trouves = chercher(texte, genre=genre.genre if genre else None, page=self._page())
        groupes = [self._groupe(g, resultats, trouves) for g, resultats in trouves.groupes.items()]
        return super().get_context_data(
            texte=self._lu(trouves),
            trouves=trouves,
            groupes=groupes,
            genre=genre,
            total=sum(trouves.nombres.values()),
            page_obj=self._pagination(trouves) if genre and groupes else None,
            parametres=urlencode({"q": texte, "genre": genre.genre}) if genre else "",
            **kwargs,
        )

    def _lu(self, trouves):
        """What was typed; the name of the place instead of its code of the Insee."""
        if trouves.demande.est_un_code and trouves.resultats:
            return trouves.resultats[0].titre
        return trouves.demande.texte

    def _page(self):
        page = self.request.GET.get("page", "1")
        return (
            min(max(int(page), 1), LA_PLUS_LOINTAINE) if page.isdecimal() and len(page) < 6 else 1
        )

    def _pagination(self, trouves):
        nombre = next(iter(trouves.nombres.values()), 0)
        return Paginator(range(nombre), PAR_PAGE).get_page(self._page())

    def _groupe(self, genre, resultats, trouves):
        reperage, precision = Reperage(trouves.demande), precision_de(genre)
        contextes = precision.contextes([r.cle for r in resultats]) if precision else {}
        lignes = [
            {
                "adresse": resultat.adresse,
                "titre": reperage.marquer(resultat.titre),
                "sous_titre": reperage.marquer(resultat.sous_titre),
                "extrait": reperage.extrait(resultat.texte),
                "precision": contextes.get(resultat.cle),
            }
            for resultat in resultats
        ]
        # Places of many names that resemble: the very one, then the others under a heading.
        exacts = sum(resultat.rang == 0 for resultat in resultats) if genre == "commune" else 0
        return {
            "genre": genre,
            "nom": source(genre).nom[resultats[0].nombre > 1],
            "nombre": resultats[0].nombre,
            "plafonne": resultats[0].nombre >= PLAFOND,
            "reste": resultats[0].nombre - len(resultats),
            "gabarit": precision.gabarit if precision else "",
            "resultats": lignes,
            "listes": [("", lignes[:exacts]), ("Noms proches", lignes[exacts:])]
            if exacts
            else [("", lignes)],
        }


@require_safe
def propositions(request):
    """What begins as typed: [{"genre", "titre", "detail", "adresse"}]."""
    noms = {declaree.genre: declaree.nom[0] for declaree in declarees()}
    trouvees = [
        {"genre": noms[genre], "titre": titre, "detail": detail, "adresse": adresse}
        for genre, titre, detail, adresse in proposer(request.GET.get("q", ""))
    ]
    return JsonResponse(
        {"propositions": trouvees}, headers={"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}
    )
