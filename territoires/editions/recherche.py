"""What the search finds of the map: territoires under the names of all editions, and editions."""

from django.urls import reverse
from django.utils.formats import date_format

from territoires.editions.models import EditionCarte, Territoire
from territoires.recherche.sources import Entree, paragraphes, phrase, trouvable

CENTRE = "perimetre_courant__membres"


@trouvable(
    "territoire",
    Territoire,
    ("territoire d’industrie", "territoires d’industrie"),
    rang=10,
    chemins="identifiant nom presentation elu_nom elu_fonction industriel_nom "
    "industriel_fonction region_pilote__nom perimetre_courant__edition__date "
    "perimetres__nom perimetres__code "
    "perimetres__edition__code perimetre_courant__membres__intercommunalite__nom "
    "perimetre_courant__membres__commune__nom",
)
def territoire(v):
    depuis = v["perimetre_courant__edition__date"]
    editions = sorted(set(v["perimetres__edition__code"]))
    binome = [
        phrase(v[f"{qui}_nom"], v[f"{qui}_fonction"], entre=", ") for qui in ("elu", "industriel")
    ]
    membres = [*v[f"{CENTRE}__intercommunalite__nom"], *v[f"{CENTRE}__commune__nom"]]
    return Entree(
        titre=v["nom"],
        sous_titre=phrase(
            v["region_pilote__nom"], editions and f"Carte de {', '.join(reversed(editions))}"
        ),
        adresse=reverse("territoire", args=[v["identifiant"]]),
        texte=paragraphes(
            v["presentation"],
            binome,
            membres and f"Membres\u202f: {', '.join(sorted(filter(None, membres)))}.",
        ),
        noms=tuple(dict.fromkeys(v["perimetres__nom"])),
        codes=tuple(f"ti-{code}" for code in dict.fromkeys(v["perimetres__code"])),
        poids=depuis.year * 1000 if depuis else 0,  # those of the latest edition first
    )


@trouvable(
    "edition",
    EditionCarte,
    ("édition de la carte", "éditions de la carte"),
    rang=45,
    chemins="code date nombre_annonce occasion source",
)
def edition(v):
    nombre = v["nombre_annonce"]
    quand = date_format(v["date"], "F Y")
    return Entree(
        titre=f"Carte de {quand}" + (f"\u202f: {nombre} territoires" if nombre else ""),
        adresse=reverse("carte", args=[v["code"]]),
        texte=paragraphes(v["occasion"], v["source"]),
    )
