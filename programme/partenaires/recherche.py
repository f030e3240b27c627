"""What the search finds of the partenaires: themselves, their offers, conventions, engagements."""

from django.urls import reverse
from django.utils.text import capfirst

from programme.ecritures import euros, jour
from programme.partenaires.models import (
    Convention,
    DocumentConvention,
    Engagement,
    OffreDeService,
    Partenaire,
)
from territoires.recherche.sources import Entree, paragraphes, phrase, sujets, trouvable


def _page(v, chemin=""):
    return reverse("partenaire", args=[v[f"{chemin}identifiant"]])


@trouvable(
    "partenaire",
    Partenaire,
    ("partenaire", "partenaires"),
    rang=60,
    chemins="identifiant nom nature presentation",
)
def partenaire(v):
    nature = Partenaire.Nature(v["nature"]).label
    return Entree(v["nom"], _page(v), capfirst(nature), paragraphes(v["presentation"]), poids=5000)


@trouvable(
    "offre",
    OffreDeService,
    ("offre de service", "offres de service"),
    rang=62,
    chemins="intitule description beneficiaires axes__nom partenaire__nom partenaire__identifiant",
)
def offre(v):
    return Entree(
        titre=v["intitule"],
        adresse=_page(v, "partenaire__"),
        sous_titre=phrase(v["partenaire__nom"], ", ".join(dict.fromkeys(v["axes__nom"]))),
        texte=paragraphes(v["description"], v["beneficiaires"]),
    )


@trouvable(
    "convention",
    Convention,
    ("convention", "conventions"),
    rang=64,
    chemins="reference objet description lieu signee_le partenaire__nom "
    "signataires__organisation signataires__personne signataires__fonction "
    "avenants__objet avenants__changements",
)
def convention(v):
    signataires = zip(
        v["signataires__personne"],
        v["signataires__fonction"],
        v["signataires__organisation"],
        strict=True,
    )
    return Entree(
        titre=v["objet"],
        adresse=reverse("convention", args=[v["reference"]]),
        sous_titre=phrase(
            v["partenaire__nom"], v["signee_le"] and f"signée le {jour(v['signee_le'])}", v["lieu"]
        ),
        texte=paragraphes(
            v["description"],
            [phrase(*signataire, entre=", ") for signataire in signataires],
            v["avenants__objet"],
            v["avenants__changements"],
        ),
        codes=(v["reference"],),
        sujets=sujets(convention=v["reference"]),
    )


@trouvable(
    "engagement",
    Engagement,
    ("engagement", "engagements"),
    rang=66,
    chemins="numero intitule montant nouvelle convention__objet convention__reference "
    "convention__partenaire__nom",
)
def engagement(v):
    return Entree(
        titre=v["intitule"],
        adresse=reverse("engagement", args=[v["convention__reference"], v["numero"]]),
        sous_titre=phrase(v["convention__partenaire__nom"], euros(v["montant"])),
        texte=paragraphes(v["convention__objet"], v["nouvelle"]),
    )


@trouvable(
    "document_convention",
    DocumentConvention,
    ("document d’une convention", "documents des conventions"),
    rang=92,
    chemins="titre convention__objet convention__reference",
)
def document(v):
    page = reverse("convention", args=[v["convention__reference"]])
    return Entree(v["titre"], page, v["convention__objet"])
