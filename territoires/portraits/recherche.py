"""« Ma commune est-elle en Territoire d’industrie ? »: what the search answers for a place."""

from territoires.editions.models import EditionCarte
from territoires.geographie.models import Commune, Localite
from territoires.portraits.appartenances import joindre_perimetres, perimetres_de
from territoires.recherche.sources import precision

REPONSE = "territoires/portraits/_reponse.html"


@precision("commune", REPONSE)
def des_communes(cles):
    communes = Commune.objects.in_bulk(cles)
    return _reponses({cle: (commune, None) for cle, commune in communes.items()})


@precision("localite", REPONSE)
def des_localites(cles):
    localites = Localite.objects.select_related("commune").in_bulk([int(cle) for cle in cles])
    return _reponses({str(pk): (lieu.commune, lieu) for pk, lieu in localites.items()})


def _reponses(lieux):
    """{key: what the template says}; overseas, there is no commune of ours."""
    edition = EditionCarte.objects.en_vigueur()
    joindre_perimetres([commune for commune, _ in lieux.values() if commune])
    return {
        cle: {"commune": commune, "localite": localite, "edition": edition}
        | _par_edition(commune, edition)
        for cle, (commune, localite) in lieux.items()
    }


def _par_edition(commune, edition):
    perimetres = perimetres_de(commune) if commune else []
    return {
        "actuels": [p for p in perimetres if p.edition == edition],
        "a_venir": [p for p in perimetres if p.edition.est_annoncee],
        "anciens": [p for p in perimetres if p.edition != edition and not p.edition.est_annoncee],
    }
