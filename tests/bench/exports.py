"""Exports of fiches on PostgreSQL, beside a plain django-import-export resource and COPY.

The measures run in processes of their own: their memory is that of the export alone.
"""

import random
import time
from itertools import islice

from tests.bench.imports import PHRASE
from tests.bench.postgresql import memoire, mesurer
from tests.bench.tailles import taille

FICHES, FICHES_DE_REFERENCE, LOT = taille(100_000, 200), taille(5_000, 50), 5_000
MEGAOCTETS, MILLISECONDES = 50, 1000
COPIE = "COPY (SELECT {} FROM programme_ficheaction ORDER BY reference) TO STDOUT (FORMAT csv)"


# --- Called by `make bench` --------------------------------------------------------------------


def export_fiches():
    """Rows a second of the CSV of 100,000 fiches, all columns; at least 25 times the reference."""
    return _mesures()["machine"], _mesures()["ordinaire"], "lignes/s"


def export_copy():
    """The same, against PostgreSQL's COPY of the same columns; at least a tenth of it."""
    return _mesures()["machine"], _mesures()["copy"], "lignes/s"


def export_xlsx():
    """Rows a second of the XLSX of 100,000 fiches, against a plain resource's CSV."""
    return _mesures()["xlsx"], _mesures()["ordinaire"], "lignes/s"


def export_ods():
    """Rows a second of the ODS of 100,000 fiches, against a plain resource's CSV."""
    return _mesures()["ods"], _mesures()["ordinaire"], "lignes/s"


def export_memoire():
    """What exports in every dialect take above the idle process; at most 50 MB."""
    return _mesures()["memoire"], MEGAOCTETS, "Mo"


def export_premier_octet():
    """Until the first byte of any of them; at most a second."""
    return _mesures()["premier_octet"], MILLISECONDES, "ms"


def _mesures():
    return mesurer(__name__, "preparer", "exporter", "comparer")


# --- In the processes that measure -------------------------------------------------------------


def preparer(dossier):
    from django.db import connection

    from programme.fiches.models import FicheAction
    from territoires.geographie.models import Intercommunalite

    fiches = _fiches()
    while lot := list(islice(fiches, LOT)):
        FicheAction.objects.bulk_create(lot)
    sirens = list(Intercommunalite.objects.values_list("pk", flat=True))
    lien = FicheAction.intercommunalites.through
    pks = list(FicheAction.objects.order_by("pk").values_list("pk", flat=True))
    lien.objects.bulk_create(
        (lien(ficheaction_id=pk, intercommunalite_id=sirens[pk % len(sirens)]) for pk in pks),
        batch_size=LOT,
    )
    with connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")


def _fiches():
    from programme.fiches.models import FicheAction
    from programme.partenaires.models import Axe
    from territoires.editions.models import Territoire

    hasard = random.Random(1)
    territoires = list(Territoire.objects.values_list("pk", flat=True))
    axes = list(Axe.objects.values_list("pk", flat=True))
    for rang in range(FICHES):
        yield FicheAction(
            reference=f"FA-{rang:08d}",
            titre=f"Fiche {rang} – école de production",
            territoire_id=hasard.choice(territoires),
            axe_id=hasard.choice(axes),
            contexte=f"{rang} {PHRASE}",
            objectifs=PHRASE,
            description=PHRASE,
            resultats_attendus=f"{rang % 97} personnes formées",
            maitre_ouvrage=f"CC du Pays {rang % 500}",
            date_debut="2024-02-01",
            date_fin="2026-12-31",
            cout_total=f"{hasard.randrange(10**6)}.50",
            contact_nom=f"Camille {rang}",
            contact_courriel=f"c{rang}@exemple.fr",
        )


def exporter(dossier):
    from django.db import connection

    from echanges.dialectes import FORMATS
    from echanges.registre import resources

    connection.ensure_connection()
    resource, au_repos, sortie = resources()["fiches"](), memoire(), {"premier_octet": 0}
    for nom in ("machine", "excel", "xlsx", "ods"):
        debut, premier = time.perf_counter(), None
        for morceau in resource.exporter(dialecte=FORMATS[nom]):
            if morceau and premier is None:
                premier = 1000 * (time.perf_counter() - debut)
        sortie[nom] = FICHES / (time.perf_counter() - debut)
        sortie["premier_octet"] = max(sortie["premier_octet"], premier)
    return sortie | {"memoire": memoire(sommet=True) - au_repos}


def comparer(dossier):
    """The references: the library as it comes, and PostgreSQL alone."""
    from django.db import connection
    from import_export.resources import ModelResource

    from echanges.registre import resources
    from programme.fiches.models import FicheAction

    colonnes = resources()["fiches"]._meta.fields

    class Ordinaire(ModelResource):
        class Meta:
            model = FicheAction
            fields = colonnes

    debut = time.perf_counter()
    dernieres = FicheAction.objects.order_by("reference")[:FICHES_DE_REFERENCE]
    assert Ordinaire().export(dernieres).csv
    ordinaire = FICHES_DE_REFERENCE / (time.perf_counter() - debut)
    champs = (champ for champ in FicheAction._meta.fields if champ.name in colonnes)
    requete = COPIE.format(", ".join(champ.column for champ in champs))
    debut = time.perf_counter()
    with connection.cursor() as curseur, curseur.connection.cursor().copy(requete) as copie:
        assert sum(len(morceau) for morceau in copie)
    return {"ordinaire": ordinaire, "copy": FICHES / (time.perf_counter() - debut)}


MESURES = {
    mesure.__name__: mesure
    for mesure in (
        export_fiches,
        export_copy,
        export_xlsx,
        export_ods,
        export_memoire,
        export_premier_octet,
    )
}
