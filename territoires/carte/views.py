"""The map of one published edition, drawn by the server, and what moved between two."""

import re
from functools import lru_cache
from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import View

from territoires import encarts
from territoires.carte import requetes
from territoires.carte.composee import CarteComposee
from territoires.carte.dessin.couleurs import Couleur
from territoires.carte.exports import comparaison_en_csv
from territoires.carte.filtre import FiltreCarte
from territoires.carte.reponses import repondre
from territoires.carte.requetes import condense
from territoires.carte.tableau import CarteLue
from territoires.conservation import PAGE
from territoires.editions.comparaison import GARDEES
from territoires.editions.dates import date_de_fichier
from territoires.geographie.codes import de_la_liste
from territoires.geographie.models import Commune


class PageCarte(View):
    """`/carte/` or `/carte/2023-11/`; what `FiltreCarte` reads in the address narrows it."""

    def get(self, request, code=None):
        if demandee := request.GET.get("edition"):
            return _aller_a_l_edition(request, demandee)
        lue = CarteLue(code)
        if code and not lue.edition:
            return edition_inconnue(request, lue.editions, code)
        filtre = FiltreCarte(request.GET, lue)
        contexte = {"edition": lue.edition, "editions": lue.editions, "filtre": filtre}
        contexte["modifiable"] = lue.edition
        contexte["encarts"] = _encarts(lue.edition, request) if lue.edition else ""
        contexte["comparaisons"] = lue.comparaisons if lue.edition else []
        contexte["adresse_du_site"] = request.build_absolute_uri("/").rstrip("/")
        cle, empreinte = f"page-{code or 'en-vigueur'}", lue.empreinte if lue.edition else ""
        if lue.est_connue:
            contexte["carte"] = carte = CarteComposee(lue, filtre)
            cle, empreinte = f"{cle}{carte.suffixe}", carte.empreinte
        return repondre(
            request,
            lambda: render_to_string("territoires/carte/carte.html", contexte, request),
            cle=cle,
            empreinte=condense(empreinte, contexte["encarts"]),
            garder=filtre.est_vide,
        )


def _aller_a_l_edition(request, code):
    """From the list of editions to the address of one, with what else was asked of the map."""
    if not re.fullmatch(r"[-a-zA-Z0-9_]+", code):
        return edition_inconnue(request, CarteLue().editions, code)
    demande = {cle: valeur for cle, valeur in request.GET.items() if valeur and cle != "edition"}
    if demande.get("couleur") == Couleur.REGION:
        del demande["couleur"]  # what is shown without asking keeps the shortest address
    suite = f"?{urlencode(demande)}" if demande else ""
    return redirect(reverse("carte", args=[code]) + suite)


class PageComparaison(View):
    """`/carte/2020-10...2023-11/`; the same as CSV with `?format=csv`."""

    def get(self, request, avant, apres):
        lue = CarteLue(apres)
        codes = {edition.code: edition for edition in lue.editions}
        inconnu = next((code for code in (avant, apres) if code not in codes), None)
        if inconnu:
            return edition_inconnue(request, lue.editions, inconnu)
        editions = (codes[avant], codes[apres])
        contexte = {"avant": codes[avant], "apres": codes[apres], "editions": lue.editions}
        if avant == apres:
            return render(request, "territoires/carte/meme_edition.html", contexte, status=404)
        if codes[avant].date > codes[apres].date:
            return redirect("comparaison", apres, avant)
        empreinte, en_csv = lue.empreinte, request.GET.get("format") == "csv"
        if codes[avant].composition_connue and lue.est_connue:
            filtre = FiltreCarte({"couleur": "changement", "depuis": avant}, lue)
            contexte["carte"] = carte = CarteComposee(lue, filtre)
            empreinte = carte.empreinte
        elif en_csv:
            return render(request, "territoires/carte/comparaison.html", contexte, status=404)

        def produire():
            if en_csv:
                return comparaison_en_csv(carte.comparaison)
            return _comparaison_en_page(request, contexte)

        return repondre(
            request,
            produire,
            cle=f"comparaison-{avant}-{apres}",
            empreinte=empreinte,
            type_mime="text/csv; charset=utf-8" if en_csv else PAGE,
            nom=f"comparaison-{'-'.join(map(date_de_fichier, editions))}.csv" if en_csv else "",
            garder=not request.GET,
        )


def _comparaison_en_page(request, contexte):
    if carte := contexte.get("carte"):
        contexte["comparaison"] = carte.comparaison
        contexte["rangees"] = _rangees(carte.comparaison)
    return render_to_string("territoires/carte/comparaison.html", contexte, request)


def edition_inconnue(request, editions, code):
    contexte = {"editions": editions, "code": code}
    return render(request, "territoires/carte/edition_inconnue.html", contexte, status=404)


def _encarts(edition, request):
    """What the rooms above say of this edition, as it stands on its page."""
    dits = [e for e in encarts.de("edition") if e.si is None or requetes.lire(e.si, edition)]
    return encarts.rendre(dits, edition, request)


@lru_cache(maxsize=GARDEES)
def _rangees(comparaison):
    """The table of this comparison, which is another one once anything moved or took a new name."""
    contexte = {"lignes": comparaison.lignes, "communes": _noms_des_communes(comparaison)}
    return render_to_string("territoires/carte/_lignes_comparees.html", contexte)


def _noms_des_communes(comparaison):
    codes = {code for ligne in comparaison.lignes for code in [*ligne.entrees, *ligne.sorties]}
    lues = Commune.objects.filter(pk__in=de_la_liste(codes))
    lues = lues.values_list("pk", "nom", "departement")
    return {code: Commune.en_clair(nom, departement) for code, nom, departement in lues}
