"""What the search finds of the pages and of the news."""

from django.urls import reverse

from evenements.editorial.balisage import en_clair
from evenements.editorial.models import Actualite, PageEditoriale
from programme.ecritures import jour
from territoires.recherche.sources import Entree, paragraphes, sujets, trouvable


@trouvable(
    "page",
    PageEditoriale,
    ("page du programme", "pages du programme"),
    rang=60,
    chemins="identifiant titre chapo texte",
)
def page(v):
    return Entree(
        titre=v["titre"],
        adresse=reverse("page-editoriale", args=[v["identifiant"]]),
        texte=paragraphes(v["chapo"], en_clair(v["texte"]).splitlines()),
    )


@trouvable(
    "actualite",
    Actualite,
    ("actualité", "actualités"),
    rang=80,
    chemins="identifiant titre chapo texte le themes__nom themes__identifiant "
    "territoires__identifiant fiches__reference conventions__reference assemblees__identifiant",
)
def actualite(v):
    return Entree(
        titre=v["titre"],
        adresse=reverse("actualite", args=[v["identifiant"]]),
        sous_titre=jour(v["le"]),
        texte=paragraphes(v["chapo"], en_clair(v["texte"]).splitlines(), v["themes__nom"]),
        sujets=sujets(
            theme=v["themes__identifiant"],
            territoire=v["territoires__identifiant"],
            fiche=v["fiches__reference"],
            convention=v["conventions__reference"],
            assemblee=v["assemblees__identifiant"],
        ),
    )
