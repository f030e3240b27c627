"""What the search finds of the map: its editions."""

from django.urls import reverse

from territoires.editions.models import EditionCarte
from territoires.nombres import du_mois
from territoires.recherche.sources import Entree, paragraphes, trouvable


@trouvable(
    "edition",
    EditionCarte,
    ("édition de la carte", "éditions de la carte"),
    rang=45,
    chemins="code date nombre_annonce occasion source",
)
def edition(v):
    nombre = v["nombre_annonce"]
    return Entree(
        titre=f"Carte {du_mois(v['date'])}" + (f"\u202f: {nombre} territoires" if nombre else ""),
        adresse=reverse("carte", args=[v["code"]]),
        texte=paragraphes(v["occasion"], v["source"]),
    )
