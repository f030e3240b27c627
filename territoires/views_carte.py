"""The map of one published edition, drawn by the server, and what moved between two."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.views.generic import View

from territoires.comparaison import Comparaison, Mouvement
from territoires.dessin.carte import TEINTES, dessin_de_region, dessin_du_pays
from territoires.models import Commune, EditionCarte, Region

# One tint a kind of change; the name of the change stands in each title and in the table.
TEINTES_DES_MOUVEMENTS = {
    Mouvement.ENTRE: "b",
    Mouvement.AGRANDI: "a",
    Mouvement.REDUIT: "d",
    Mouvement.REMANIE: "d",
    Mouvement.FUSIONNE: "c",
    Mouvement.SCINDE: "c",
}


class PageCarte(View):
    """`?region=75` shows one région, on the map and in the table alike."""

    def get(self, request, code=None):
        editions = EditionCarte.objects.publiees()
        edition = editions.filter(code=code).first() if code else editions.en_vigueur()
        contexte = {"edition": edition, "editions": editions, "code": code}
        if code and not edition:
            return render(request, "territoires/edition_inconnue.html", contexte, status=404)
        contexte["toutes_les_regions"] = regions = list(Region.objects.all())
        contexte["region"] = next((r for r in regions if r.pk == request.GET.get("region")), None)
        for region in regions:
            region.teinte = TEINTES.get(region.pk, "a")
        if edition and edition.composition_connue:
            if contexte["region"]:
                contexte["carte"] = dessin_de_region(edition, contexte["region"])
            else:
                contexte["carte"] = dessin_du_pays(edition)
        return render(request, "territoires/carte.html", contexte)


class PageComparaison(View):
    """`/carte/2020-10...2023-11/`; the same as CSV with `?format=csv`."""

    def get(self, request, avant, apres):
        editions = EditionCarte.objects.publiees()
        codes = {edition.code: edition for edition in editions}
        inconnu = next((code for code in (avant, apres) if code not in codes), None)
        if inconnu:
            contexte = {"editions": editions, "code": inconnu}
            return render(request, "territoires/edition_inconnue.html", contexte, status=404)
        contexte = {"avant": codes[avant], "apres": codes[apres], "editions": editions}
        if codes[avant].composition_connue and codes[apres].composition_connue:
            comparaison = Comparaison(codes[avant], codes[apres])
            if request.GET.get("format") == "csv":
                return _en_csv(comparaison)
            contexte |= {"comparaison": comparaison, "carte": _carte_des_mouvements(comparaison)}
            contexte["communes"] = _noms_des_communes(comparaison)
        return render(request, "territoires/comparaison.html", contexte)


def _carte_des_mouvements(comparaison):
    carte = dessin_du_pays(comparaison.apres)
    mouvements = {p.pk: ligne for ligne in comparaison.lignes for p in ligne.nouveaux}
    for perimetre in carte["formes"]:
        ligne = mouvements[perimetre.pk]
        perimetre.teinte = TEINTES_DES_MOUVEMENTS.get(ligne.mouvement, "e")
        perimetre.nom = f"{perimetre.nom} – {ligne.libelle}"
    return carte


def _noms_des_communes(comparaison):
    codes = {code for ligne in comparaison.lignes for code in [*ligne.entrees, *ligne.sorties]}
    return {c.pk: str(c) for c in Commune.objects.filter(pk__in=codes)}


def _en_csv(comparaison):
    """One row a commune that moved, one row a territoire where none did."""
    nom = f"comparaison-{comparaison.avant.code}-{comparaison.apres.code}.csv"
    reponse = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )
    reponse.write("\ufeff")
    ecrivain = csv.writer(reponse, delimiter=";")
    ecrivain.writerow(["mouvement", "avant", "apres", "lien", "commune", "sens"])
    for ligne in comparaison.lignes:
        tete = [
            ligne.libelle,
            ", ".join(p.nom for p in ligne.anciens),
            ", ".join(p.nom for p in ligne.nouveaux),
            "confirmé" if ligne.confirmee else "proposé",
        ]
        communes = [(code, "entrée") for code in ligne.entrees]
        communes += [(code, "sortie") for code in ligne.sorties]
        for code, sens in communes or [("", "")]:
            ecrivain.writerow([*tete, code, sens])
    return reponse
