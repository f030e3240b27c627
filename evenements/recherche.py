"""What the search finds of the assemblées: what was said, by whom, and the documents."""

from django.urls import reverse

from evenements.models import Assemblee, Document, Intervenant
from programme.ecritures import jour
from territoires.recherche.sources import Entree, paragraphes, phrase, sujets, trouvable

PAROLES = "sequences__interventions"


@trouvable(
    "assemblee",
    Assemblee,
    ("assemblée", "assemblées"),
    rang=70,
    chemins="identifiant titre date_debut ville lieu organisateurs resume sequences__titre "
    "sequences__compte_rendu sequences__dit_ensemble sequences__difficultes "
    "sequences__annonces__texte "
    "sequences__interventions__resume sequences__interventions__citation "
    "sequences__themes__identifiant documents__themes__identifiant conventions__reference "
    "sequences__interventions__territoire__identifiant",
)
def assemblee(v):
    return Entree(
        titre=v["titre"],
        adresse=reverse("assemblee", args=[v["identifiant"]]),
        sous_titre=phrase(v["ville"], jour(v["date_debut"])),
        texte=paragraphes(
            v["resume"],
            v["lieu"],
            v["organisateurs"],
            v["sequences__titre"],
            v["sequences__compte_rendu"],
            v["sequences__dit_ensemble"],
            v["sequences__difficultes"],
            v[f"{PAROLES}__resume"],
            v[f"{PAROLES}__citation"],
            v["sequences__annonces__texte"],
        ),
        sujets=sujets(
            assemblee=v["identifiant"],
            convention=v["conventions__reference"],
            territoire=v[f"{PAROLES}__territoire__identifiant"],
            theme=[*v["sequences__themes__identifiant"], *v["documents__themes__identifiant"]],
        ),
    )


@trouvable(
    "personne",
    Intervenant,
    ("personne", "personnes"),
    rang=35,
    chemins="identifiant prenom nom autres_noms__nom interventions__role "
    "interventions__organisation interventions__resume interventions__citation "
    "interventions__sequence__assemblee__titre interventions__sequence__dit_ensemble",
)
def personne(v):
    roles = zip(v["interventions__role"], v["interventions__organisation"], strict=True)
    return Entree(
        titre=f"{v['prenom']} {v['nom']}".strip(),
        adresse=reverse("intervenant", args=[v["identifiant"]]),
        sous_titre=phrase(*dict.fromkeys(phrase(*role, entre=", ") for role in roles)),
        texte=paragraphes(
            v["interventions__resume"],
            v["interventions__citation"],
            v["interventions__sequence__dit_ensemble"],
            list(dict.fromkeys(v["interventions__sequence__assemblee__titre"])),
        ),
        noms=(f"{v['nom']} {v['prenom']}", *v["autres_noms__nom"]),
        poids=10_000,
    )


@trouvable(
    "document",
    Document,
    ("document", "documents"),
    rang=90,
    chemins="titre auteurs date assemblee__titre assemblee__identifiant",
)
def document(v):
    return Entree(
        titre=v["titre"],
        adresse=reverse("assemblee", args=[v["assemblee__identifiant"]]),
        sous_titre=phrase(v["assemblee__titre"], jour(v["date"])),
        texte=paragraphes(v["auteurs"]),
    )
