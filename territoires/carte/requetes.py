"""The few reads that every answer of the map begins with, compiled to SQL once.

They run at each request, if only to know that nothing changed: building such a query costs
several times what running it does.
"""

from functools import cache as memoire
from hashlib import sha1
from threading import local

from django.db import connection, connections
from django.db.models import Count, Max

from territoires.conservation import etat_de_la_base
from territoires.editions.models import (
    Filiation,
    MembrePerimetre,
    Perimetre,
    Trace,
)
from territoires.geographie.models import Commune, Contour, Intercommunalite, Region
from territoires.replique import base_lue

ICI = -20181122  # stands for the primary key of the edition, in a query that waits for it
_releves = local()  # {query and edition: (state of the database, stamp)}; see `relever`


def perimetres():
    rangees = Perimetre.objects.filter(edition=ICI).order_by("recherche", "pk")
    return rangees.values_list(
        "pk",
        "code",
        "nom",
        "recherche",
        "population",
        "territoire__identifiant",
        "territoire__region_pilote",
    )


def regions_des_perimetres():
    liens = Perimetre.regions.through.objects.filter(perimetre__edition=ICI)
    return liens.order_by("region__recherche").values_list("perimetre", "region")


def regions():
    return Region.objects.values_list("pk", "nom")


# Outlines of périmètres are replaced, never changed in place.
def traces():
    return (
        Trace.objects.filter(perimetre__edition=ICI)
        .values_list("perimetre__edition")
        .annotate(Count("pk"), Max("pk"))
    )


def contours_des_regions():
    contours = Contour.objects.filter(region__gt="").order_by("region")
    return contours.values_list("region", "region__nom", "geometrie")


def membres():
    membres = MembrePerimetre.objects.filter(edition=ICI).order_by("pk")
    return membres.values_list("perimetre", "intercommunalite", "commune")


def filiations():
    liens = Filiation.objects.filter(nouveau__edition=ICI).order_by("pk")
    return liens.values_list("ancien", "nouveau", "confirmee_le", "refusee_le")


def communes():
    lues = Commune.objects.order_by("pk")
    return lues.values_list("pk", "nom", "population", "departement", "intercommunalite", "ept")


def successions():
    liens = Intercommunalite.successeurs.through.objects.order_by("pk")
    return liens.values_list(
        "from_intercommunalite", "to_intercommunalite", "from_intercommunalite__dissoute_le"
    )


def lire(requete, edition=None):
    """Rows (tuples of plain values) of one of the queries above, for this edition."""
    sql, parametres = _compiler(requete, connection.vendor)
    valeurs = [edition.pk if valeur == ICI else valeur for valeur in parametres]
    with connections[base_lue()].cursor() as curseur:
        curseur.execute(sql, valeurs)
        return curseur.fetchall()


@memoire
def _compiler(requete, vendor):
    return requete().query.sql_with_params()


def relever(requete, edition=None):
    """The stamp of a query too long to be read each time: while nothing is written, it stands."""
    etat, nom = etat_de_la_base(), f"{requete.__name__} {edition.pk if edition else ''}"
    lu, empreinte = vars(_releves).get(nom, (None, None))
    if etat is None or etat != lu:
        empreinte = condense(lire(requete, edition))
        setattr(_releves, nom, (etat, empreinte))
    return empreinte


def repere_des_traces(edition):
    """What names the present state of all that a drawing of this edition is made from."""
    lues = [valeur for rangee in lire(traces, edition) for valeur in rangee]
    return "-".join(map(str, [*lues, relever(contours_des_regions)]))


def repere_de_comparaison(avant, apres, lues):
    """The same for the comparison of two editions, and for the map of what moved.

    `lues` is the stamp of their `perimetres` and `regions_des_perimetres`, which who asks has read.
    """
    return condense(
        lues,
        relever(membres, avant),
        relever(membres, apres),
        lire(filiations, apres),
        repere_des_traces(avant),
        relever(communes),
        relever(successions),
    )


def condense(*morceaux):
    """A short text that changes with any of these."""
    return sha1("\n".join(map(str, morceaux)).encode(), usedforsecurity=False).hexdigest()
