"""Each measure returns (ours, reference), in milliseconds unless it says."""

from django.db import transaction
from import_export.resources import ModelResource
from shapely import union_all
from shapely.geometry import shape
from tablib import Dataset

from echanges.registre import resources
from territoires.editions.composition import calculer
from territoires.editions.models import EditionCarte, Perimetre
from territoires.geographie.models import Commune, Contour
from tests.bench import (
    carte,
    dessins,
    exports,
    formulaires,
    grappe,
    imports,
    pages,
    recherche,
    volume,
)
from tests.bench.chronometre import mediane
from tests.bench.tailles import taille


class CommunesOrdinaires(ModelResource):
    """What the library does when nothing is declared: a look-up and a write for each row."""

    class Meta:
        model = Commune
        import_id_fields = ["code"]
        fields = ["code", "nom", "departement", "population"]


def import_communes():
    """Two thousand communes whose population changed, against a plain import-export resource."""
    colonnes = CommunesOrdinaires.Meta.fields
    donnees = Dataset(headers=colonnes)
    for commune in Commune.objects.order_by("code")[: taille(2000, 50)]:
        habitants = (commune.population or 0) + 1
        donnees.append([commune.code, commune.nom, commune.departement_id, habitants])
    octets = donnees.export("csv").encode()

    def nous():
        resource = resources()["communes"](chargement=True)
        resource.appliquer(resource.analyser(octets, iter), "Mesure", iter)

    def bibliotheque():
        CommunesOrdinaires().import_data(donnees, raise_errors=True)

    return mediane(lambda: _pour_rien(nous), 3), mediane(lambda: _pour_rien(bibliotheque), 3)


def recalcul_des_traces():
    """Régions, population and outline of every périmètre in force (10 s at most), against the bare
    union of all the outlines of intercommunalités."""

    def nous():
        calculer(Perimetre.objects.filter(edition=EditionCarte.objects.en_vigueur()))

    def nue():
        contours = Contour.objects.exclude(intercommunalite=None)
        union_all([shape(geometrie) for geometrie in contours.values_list("geometrie", flat=True)])

    return mediane(nous, 3), mediane(nue, 3)


@transaction.atomic
def _pour_rien(action):
    action()
    transaction.set_rollback(True)


MESURES = {
    **carte.MESURES,
    **pages.MESURES,
    **formulaires.MESURES,
    **dessins.MESURES,
    **imports.MESURES,
    **exports.MESURES,
    **recherche.MESURES,
    "recalcul_des_traces": recalcul_des_traces,
    "import_communes": import_communes,
    **volume.MESURES,
    **grappe.MESURES,
}
