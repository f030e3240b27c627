"""What the search finds of the fiches: each public text of theirs and of their rows."""

from django.db.models import CharField, EmailField, TextField, URLField
from django.urls import reverse

from programme.ecritures import jour
from programme.fiches import champs
from programme.fiches.models import FicheAction, ObstacleNational
from territoires.recherche.sources import Entree, paragraphes, phrase, sujets, trouvable

# Said apart, in the title and the line below it.
A_PART = {"reference", "titre", "etat"}
LIGNES = {
    "etapes": champs.ETAPE,
    "indicateurs": champs.INDICATEUR,
    "financements": champs.FINANCEMENT,
    "nouvelles": champs.NOUVELLE,
    "bilan": champs.BILAN,
}


def _textes(modele, declares):
    """The names of its public fields that people write words in."""
    for nom in champs.noms(declares, champs.PUBLIC):
        champ = modele._meta.get_field(nom)
        ecrit = isinstance(champ, CharField | TextField) and not champ.choices
        if ecrit and not isinstance(champ, EmailField | URLField):
            yield nom


PROPRES = [nom for nom in _textes(FicheAction, champs.FICHE) if nom not in A_PART]
DES_LIGNES = [
    f"{relation}__{nom}"
    for relation, declares in LIGNES.items()
    for nom in _textes(FicheAction._meta.get_field(relation).related_model, declares)
]
VOISINS = ["partenaires__nom", "intercommunalites__nom", "themes__nom"]


@trouvable(
    "fiche",
    FicheAction,
    ("fiche action", "fiches actions"),
    rang=50,
    chemins=" ".join(
        [
            "reference titre etat territoire__nom axe__nom territoire__identifiant",
            "themes__identifiant",
            *PROPRES,
            *DES_LIGNES,
            *VOISINS,
        ]
    ),
)
def fiche(v):
    return Entree(
        titre=v["titre"],
        adresse=reverse("fiche", args=[v["reference"]]),
        sous_titre=phrase(
            v["territoire__nom"], v["axe__nom"], FicheAction.Etat(v["etat"]).label, v["reference"]
        ),
        texte=paragraphes(*(v[chemin] for chemin in (*PROPRES, *DES_LIGNES, *VOISINS))),
        codes=(v["reference"],),
        sujets=sujets(
            fiche=v["reference"],
            fiche_citee=v["reference"],  # by a page that lists it, and of which it is no subject
            theme=v["themes__identifiant"],
            territoire=v["territoire__identifiant"],
        ),
    )


@trouvable(
    "obstacle",
    ObstacleNational,
    ("obstacle du registre national", "obstacles du registre national"),
    rang=55,
    chemins="reference regle resume simplification reponse etat_du",
)
def obstacle(v):
    return Entree(
        titre=v["regle"],
        adresse=f"{reverse('registre-obstacles')}#{v['reference']}",
        sous_titre=phrase(v["reference"], v["etat_du"] and f"au {jour(v['etat_du'])}"),
        texte=paragraphes(v["resume"], v["simplification"], v["reponse"]),
        codes=(v["reference"],),
    )
