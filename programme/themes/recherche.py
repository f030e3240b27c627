"""What the search finds of the themes."""

from django.urls import reverse

from programme.themes.models import Theme
from territoires.recherche.sources import Entree, paragraphes, trouvable


@trouvable("theme", Theme, ("thème", "thèmes"), rang=45, chemins="identifiant nom description mots")
def theme(v):
    return Entree(
        titre=v["nom"],
        adresse=reverse("theme", args=[v["identifiant"]]),
        texte=paragraphes(v["description"], v["mots"].splitlines()),
        poids=20_000,
    )
