"""« Ma commune est-elle en Territoire d’industrie ? »: what the search answers for a place."""

from django.urls import reverse

from territoires.editions.models import EditionCarte, Territoire
from territoires.geographie.models import Commune, Localite
from territoires.liens.models import LienProgramme
from territoires.nombres import du_mois
from territoires.portraits.appartenances import joindre_perimetres, perimetres_de
from territoires.recherche.sources import Entree, paragraphes, phrase, precision, trouvable

CENTRE = "perimetre_courant__membres"
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


@trouvable(
    "territoire",
    Territoire,
    ("territoire d’industrie", "territoires d’industrie"),
    rang=10,
    chemins="identifiant nom presentation mandats__nom mandats__fonction "
    "liens__genre liens__nom "
    "region_pilote__nom perimetre_courant__edition__date "
    "perimetres__nom perimetres__code "
    "perimetres__edition__date perimetre_courant__membres__intercommunalite__nom "
    "perimetre_courant__membres__commune__nom",
)
def territoire(v):
    depuis = v["perimetre_courant__edition__date"]
    editions = sorted(set(v["perimetres__edition__date"]), reverse=True)
    noms = zip(v["mandats__nom"], v["mandats__fonction"], strict=True)
    porteurs = [phrase(*porteur, entre=", ") for porteur in dict.fromkeys(noms)]
    autres = zip(v["liens__genre"], v["liens__nom"], strict=True)
    liens = [f"{LienProgramme.Genre(genre).label} : {nom}" for genre, nom in autres]
    membres = [*v[f"{CENTRE}__intercommunalite__nom"], *v[f"{CENTRE}__commune__nom"]]
    return Entree(
        titre=v["nom"],
        sous_titre=phrase(
            v["region_pilote__nom"], editions and f"Carte {', '.join(map(du_mois, editions))}"
        ),
        adresse=reverse("territoire", args=[v["identifiant"]]),
        texte=paragraphes(
            v["presentation"],
            porteurs,
            liens,
            membres and f"Membres\u202f: {', '.join(sorted(filter(None, membres)))}.",
        ),
        noms=tuple(dict.fromkeys(v["perimetres__nom"])),
        codes=tuple(f"ti-{code}" for code in dict.fromkeys(v["perimetres__code"])),
        poids=depuis.year * 1000 if depuis else 0,  # those of the latest edition first
    )
