"""What the search finds of the contrats, once they are signed."""

from django.urls import reverse
from django.utils.text import capfirst

from programme.contrats.models import Contrat
from programme.ecritures import jour
from territoires.recherche.sources import Entree, paragraphes, phrase, sujets, trouvable


@trouvable(
    "contrat",
    Contrat,
    ("contrat", "contrats"),
    rang=58,
    chemins="reference type signe_le lieu territoire__nom signataires__organisation "
    "signataires__personne signataires__role territoire__identifiant "
    "lignes_fiches__fiche__reference",
)
def contrat(v):
    genre = Contrat.Type(v["type"]).label
    signataires = zip(
        v["signataires__personne"],
        v["signataires__role"],
        v["signataires__organisation"],
        strict=True,
    )
    return Entree(
        titre=f"{capfirst(genre)} de {v['territoire__nom']}",
        adresse=reverse("contrat", args=[v["reference"]]),
        sous_titre=phrase(v["signe_le"] and f"signé le {jour(v['signe_le'])}", v["lieu"]),
        texte=paragraphes([phrase(*signataire, entre=", ") for signataire in signataires]),
        codes=(v["reference"],),
        sujets=sujets(
            territoire=v["territoire__identifiant"],
            fiche_citee=v["lignes_fiches__fiche__reference"],
        ),
    )
