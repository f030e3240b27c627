"""Imports of fiches on PostgreSQL, beside a plain django-import-export resource.

The measures run in processes of their own: their memory is that of the import alone.
"""

import csv
import io
import random
import time

from tests.bench.postgresql import memoire, mesurer
from tests.bench.tailles import taille

FICHES, FICHES_DE_REFERENCE = taille(100_000, 200), taille(5_000, 50)
FICHES_A_L_ECRAN = taille(10_000, 100)
SECONDES_A_L_ECRAN = 5
MEGAOCTETS = 300
COMMUNES = taille(35_000, 100)
RAPPORT_DU_CLASSEUR = 1.5
COLONNES = "reference titre territoire axe contexte objectifs description resultats_attendus"
COLONNES += " maitre_ouvrage intercommunalites date_debut date_fin cout_total contact_nom"
COLONNES = [*COLONNES.split(), "contact_courriel"]
PHRASE = (
    "Créer une école de production pour former les soudeurs dont l’industrie locale a besoin, "
    "avec les lycées et les entreprises. "
)


# --- Called by `make bench` --------------------------------------------------------------------


def import_apercu():
    """Rows previewed a second, of 100,000 fiches, all validations and the preview kept."""
    mesures = _mesures()
    return mesures["apercu"], mesures["apercu_reference"], "lignes/s"


def import_ecriture():
    """Rows written a second, history and what it takes to undo included."""
    mesures = _mesures()
    return mesures["ecriture"], mesures["ecriture_reference"], "lignes/s"


def import_memoire():
    """What previewing and writing 100,000 fiches take above the idle process; at most 300 MB."""
    return _mesures()["memoire"], MEGAOCTETS, "Mo"


def import_ecran():
    """Upload and preview page of 10,000 fiches; at most 5 seconds."""
    return 1000 * _mesures()["ecran"], 1000 * SECONDES_A_L_ECRAN, "ms"


def import_classeur():
    """Preview of a workbook of 35,000 rows beside the CSV of the same rows; at most 1.5 times."""
    mesures = _mesures()
    return 1000 * mesures["classeur"], 1000 * RAPPORT_DU_CLASSEUR * mesures["csv"], "ms"


def _mesures():
    return mesurer(__name__, "preparer", "chronometrer", "comparer")


# --- In the processes that measure -------------------------------------------------------------


def preparer(dossier):
    from programme.partenaires.models import Axe
    from territoires.editions.models import Territoire
    from territoires.geographie.models import Intercommunalite

    hasard = random.Random(1)
    cles = (
        list(Territoire.objects.en_vigueur().values_list("identifiant", flat=True)),
        list(Axe.objects.values_list("code", flat=True)),
        list(Intercommunalite.objects.values_list("pk", flat=True)),
    )
    for nombre in (FICHES, FICHES_DE_REFERENCE, FICHES_A_L_ECRAN):
        with (dossier / f"{nombre}.csv").open("w", encoding="utf-8", newline="") as fichier:
            ecrivain = csv.writer(fichier)
            ecrivain.writerow(COLONNES)
            ecrivain.writerows(_fiche(rang, hasard, *cles) for rang in range(nombre))


def _fiche(rang, hasard, territoires, axes, sirens):
    return [
        f"FA-{rang:08d}",
        f"Fiche {rang} – école de production",
        hasard.choice(territoires),
        hasard.choice(axes),
        f"{rang} {PHRASE}",
        PHRASE,
        PHRASE,
        f"{rang % 97} personnes formées",
        f"CC du Pays {rang % 500}",
        hasard.choice(sirens) if rang % 3 == 0 else "",
        "2024-02-01",
        "2026-12-31",
        f"{hasard.randrange(10**6)}.50",
        f"Camille {rang}",
        f"c{rang}@exemple.fr",
    ]


def chronometrer(dossier):
    """Ours: a preview that is kept, then the confirmation, which reads everything again."""
    from django.db import transaction

    from echanges.imports import journal
    from echanges.imports.confirmation import confirmer
    from echanges.models import Import
    from echanges.registre import resources

    au_repos = memoire()
    contenu = (dossier / f"{FICHES}.csv").read_bytes()
    depot = Import(resource="fiches", nom_du_fichier="fiches.csv")
    debut = time.perf_counter()
    depot.fichier = contenu
    rapport = resources()["fiches"]().analyser(depot.fichier)
    depot.noter(rapport)
    with transaction.atomic():
        depot.save()
        journal.ecrire_apercu(depot, rapport)
    apercu = time.perf_counter() - debut
    del rapport, contenu
    debut = time.perf_counter()
    with transaction.atomic():
        resource = resources()["fiches"]()
        confirmer(depot, resource, resource.analyser(depot.fichier))
    ecriture = time.perf_counter() - debut
    return {
        "apercu": FICHES / apercu,
        "ecriture": FICHES / ecriture,
        "memoire": memoire(sommet=True) - au_repos,
        **_classeur(),
        "ecran": _a_l_ecran((dossier / f"{FICHES_A_L_ECRAN}.csv").read_bytes()),
    }


def _classeur():
    """Seconds to preview the same rows as CSV and as XLSX."""
    from echanges.dialectes import FORMATS
    from echanges.registre import resources
    from territoires.geographie.models import Commune

    codes = list(Commune.objects.order_by("pk").values_list("pk", flat=True)[:COMMUNES])
    communes = Commune.objects.filter(pk__in=codes)
    durees = {}
    for nom, dialecte in (("csv", "machine"), ("classeur", "xlsx")):
        contenu = b"".join(resources()["communes"]().exporter(communes, FORMATS[dialecte]))
        debut = time.perf_counter()
        resources()["communes"]().analyser(contenu)
        durees[nom] = time.perf_counter() - debut
    return durees


def _a_l_ecran(contenu):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from territoires.agents.models import Agent

    agent = Agent.objects.create(username="mesure", niveau="delegation", is_staff=True)
    client = Client(SERVER_NAME="localhost")
    client.force_login(agent)
    fichier = SimpleUploadedFile("fiches.csv", contenu.replace(b"FA-", b"FB-"))
    debut = time.perf_counter()
    reponse = client.post(
        "/admin/programme/ficheaction/importer/",
        {"resource": "fiches", "fichier": fichier},
        follow=True,
    )
    duree = time.perf_counter() - debut
    assert "Confirmer l’import" in reponse.content.decode()
    return duree


def comparer(dossier):
    """The reference: the library as it comes, on the same columns, its options untouched."""
    from django.db import transaction
    from import_export import fields, widgets
    from import_export.resources import ModelResource
    from tablib import Dataset

    from programme.fiches.models import FicheAction
    from programme.partenaires.models import Axe
    from territoires.editions.models import Territoire

    class Ordinaire(ModelResource):
        territoire = fields.Field(
            "territoire", "territoire", widgets.ForeignKeyWidget(Territoire, "identifiant")
        )
        axe = fields.Field("axe", "axe", widgets.ForeignKeyWidget(Axe, "code"))

        class Meta:
            model = FicheAction
            import_id_fields = ["reference"]
            fields = COLONNES

    texte = (dossier / f"{FICHES_DE_REFERENCE}.csv").read_text(encoding="utf-8")
    texte = texte.replace("FA-", "FC-")
    durees = {}
    for nom, essai in (("apercu", True), ("ecriture", False)):
        debut = time.perf_counter()
        with transaction.atomic():
            donnees = Dataset().load(io.StringIO(texte), format="csv")
            Ordinaire().import_data(donnees, dry_run=essai, raise_errors=True)
        durees[f"{nom}_reference"] = FICHES_DE_REFERENCE / (time.perf_counter() - debut)
    return durees


MESURES = {
    mesure.__name__: mesure
    for mesure in (import_apercu, import_ecriture, import_memoire, import_ecran, import_classeur)
}
