"""Every public page drawn anew, beside an empty view of the same server.

In milliseconds of the server's own time, so that what else the machine does weighs on neither. At
most 12 empty views, 15 for a list with all its filters.
"""

import re
import statistics
from functools import cache
from urllib.parse import urlsplit

from django.urls import resolve, reverse

from config.conservation import CONSERVEES
from programme.comites.models import ComiteDePilotage
from programme.demo.volume import Foule
from territoires.editions.models import EditionCarte
from tests import factories as f
from tests.bench.carte import demander, serveur
from tests.bench.tailles import taille

TOURS = taille(12, 1)
# Kept too, and no page: files, feeds, frames, data of machines.
FICHIERS = re.compile(
    r"(actualites-flux|nouvelles.*|.*calendrier|brochure|donnees-(catalogue|csv|schema)|fichier-.*"
    r"|integrer-.*|plan-du-site.*|robots|security-txt|vignette.*|api-.*|recherche-propositions)"
)
PAGES = sorted(nom for nom in CONSERVEES if not FICHIERS.fullmatch(nom))


def sans_plan():
    """The addresses that the plan of the site does not tell: {name: address}."""
    codes = EditionCarte.objects.composees().order_by("date").values_list("code", flat=True)
    engagement = f.EngagementFactory(convention__publiee=True)
    return {
        "aide-ecran": reverse("aide-ecran", args=["fiche"]),
        "aide-role": reverse("aide-role", args=["region"]),
        "comparaison": reverse("comparaison", args=[codes.first(), codes.last()]),
        "donnees-jeu": reverse("donnees-jeu", args=["fiches"]),
        "engagement": reverse("engagement", args=[engagement.convention.reference, 1]),
        "financements-mobilises": reverse("financements-mobilises"),
        "recherche": reverse("recherche") + "?q=industrie",
    }


def garnir():
    """What the fixtures have none of."""
    for comite in ComiteDePilotage.objects.all():
        f.SeanceFactory(comite=comite)
    Foule(f.agent_delegation()).inventer(taille(200, 10))
    f.ActualiteFactory()
    f.ThemeFactory()
    f.bonne_pratique_publiee()
    f.ContratFactory()


def du_plan(port):
    """{name: address} of one page of each kind that the plan of the site tells."""
    trouvees = {}
    for section in lues(port, "/plan-du-site.xml"):
        for adresse in lues(port, section):
            trouvees.setdefault(resolve(adresse).url_name, adresse)
    return trouvees


def lues(port, adresse):
    plan = demander(port, adresse)[2].decode()
    return [urlsplit(a).path for a in re.findall("<loc>(.+?)</loc>", plan)]


@cache
def mesurer():
    """{page: ms of the server's time}, "vide" among them."""
    garnir()
    with serveur() as port:
        pages = du_plan(port) | sans_plan()
        temps = {nom: [] for nom in pages}
        vides = []
        for tour in range(TOURS + 1):
            vide = temps_de(port, "/vide/") / 2  # the view that tells the time is as empty
            for nom, adresse in pages.items():
                suite = "&" if "?" in adresse else "?"
                duree = temps_de(port, f"{adresse}{suite}mesure={tour}") - vide
                if tour:  # the first one also loads the templates
                    temps[nom].append(duree)
            vides.append(vide)
    return {nom: statistics.median(d) for nom, d in temps.items()} | {
        "vide": statistics.median(vides)
    }


def temps_de(port, adresse):
    """Of this address, and of one view that tells the time."""
    avant = float(demander(port, "/temps/")[2])
    demander(port, adresse)
    return 1000 * (float(demander(port, "/temps/")[2]) - avant)


def contre_vide(page):
    return lambda: (mesurer()[page], mesurer()["vide"])


MESURES = {f"page_{page}_dessinee": contre_vide(page) for page in PAGES}
