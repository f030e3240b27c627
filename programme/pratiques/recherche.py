"""What the search finds of the bonnes pratiques."""

from django.urls import reverse

from programme.pratiques.models import BonnePratique
from territoires.recherche.sources import Entree, paragraphes, phrase, sujets, trouvable


@trouvable(
    "pratique",
    BonnePratique,
    ("bonne pratique", "bonnes pratiques"),
    rang=56,
    chemins="identifiant titre resume mise_en_oeuvre cout territoire__nom axe__nom themes__nom "
    "territoire__identifiant themes__identifiant "
    "fiche__reference fiches_liees__reference",
)
def pratique(v):
    return Entree(
        titre=v["titre"],
        adresse=reverse("bonne-pratique", args=[v["identifiant"]]),
        sous_titre=phrase(v["territoire__nom"], v["axe__nom"], *v["themes__nom"]),
        texte=paragraphes(v["resume"], v["mise_en_oeuvre"], v["cout"]),
        sujets=sujets(
            theme=v["themes__identifiant"],
            territoire=v["territoire__identifiant"],
            fiche=[v["fiche__reference"], *v["fiches_liees__reference"]],
        ),
    )
