"""The few reads that every answer of the map begins with, compiled to SQL once.

They run at each request, if only to know that nothing changed: building such a query costs
several times what running it does.
"""

from functools import cache as memoire
from hashlib import sha1

from django.db import connection
from django.db.models import Count, Max

from echanges.models import Import
from territoires.models import Contour, EditionCarte, Perimetre, Region, Territoire, Trace

ICI = -20181122  # stands for the primary key of the edition, in a query that waits for it


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


def fiches_publiques():
    """How many public fiches each territoire has, by its identifiant."""
    fiches = Territoire.fiches.rel.related_model.objects.publiques()
    comptes = fiches.order_by("territoire").values_list("territoire__identifiant")
    return comptes.annotate(nombre=Count("pk"))


def annonces():
    """How many times an assemblée announced this edition."""
    return EditionCarte.objects.filter(pk=ICI).values_list(Count("annonces"))


def regions():
    return Region.objects.values_list("pk", "nom")


# Outlines are replaced, never changed in place, but for those of régions, which come by import.
def traces():
    return (
        Trace.objects.filter(perimetre__edition=ICI)
        .values_list("perimetre__edition")
        .annotate(Count("pk"), Max("pk"))
    )


def contours_des_regions():
    return Contour.objects.filter(region__gt="").order_by("region").values_list("region", "pk")


def imports_de_contours():
    imports = Import.objects.filter(ressource="contours").order_by("ressource")
    return imports.values_list("ressource").annotate(Max("decide_le"))


def lire(requete, edition=None):
    """Rows (tuples of plain values) of one of the queries above, for this edition."""
    sql, parametres = _compiler(requete, connection.vendor)
    valeurs = [edition.pk if valeur == ICI else valeur for valeur in parametres]
    with connection.cursor() as curseur:
        curseur.execute(sql, valeurs)
        return curseur.fetchall()


@memoire
def _compiler(requete, vendor):
    return requete().query.sql_with_params()


def repere_des_traces(edition):
    """What names the present state of all that a drawing of this edition is made from."""
    lues = (lire(r, edition) for r in (traces, contours_des_regions, imports_de_contours))
    return "-".join(str(valeur) for rangees in lues for rangee in rangees for valeur in rangee)


def condense(*morceaux):
    """A short text that changes with any of these."""
    return sha1("\n".join(map(str, morceaux)).encode(), usedforsecurity=False).hexdigest()


def etat_de_la_base():
    """A text that is the same only while nothing was written; None when that cannot be known.

    SQLite counts what others committed and what this connection changed; PostgreSQL names the
    transactions that a query would see. Inside a transaction nothing is promised.
    """
    if connection.in_atomic_block:
        return None
    requete = {
        "sqlite": "PRAGMA data_version",
        "postgresql": "SELECT CAST(pg_current_snapshot() AS text)",
    }.get(connection.vendor)
    if requete is None:
        return None
    with connection.cursor() as curseur:
        curseur.execute(requete)
        (vu,) = curseur.fetchone()
    if connection.vendor == "sqlite":
        return f"{id(connection.connection)}-{vu}-{connection.connection.total_changes}"
    return vu
