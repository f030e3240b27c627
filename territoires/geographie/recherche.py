"""What the search finds of the geography, under all its names."""

import re

from django.urls import reverse
from django.utils.text import capfirst

from echanges.textes import sans_accents
from territoires.geographie.models import (
    Commune,
    Intercommunalite,
    Localite,
    NatureIntercommunalite,
    NatureLocalite,
    Region,
)
from territoires.recherche.demande import cle_insee
from territoires.recherche.mots import MOT, VIDES
from territoires.recherche.sources import Entree, phrase, trouvable

# How the official list writes the nature of an intercommunalité before its name.
SIGLE = re.compile(r"^(CC|CA|CU|EPT|Métropole|Eurométropole)\b\s*", re.I)
LIAISON = re.compile(r"^(?:(?:de la|de l|du|des|de|d|le|la|les|l)(?:[’'\s]))+", re.I)
ARRONDISSEMENT = re.compile(r"(.+?) (\d+)(?:er|e|ème) Arrondissement", re.I)


def adresse_de_recherche(code):
    """Of the commune or place that has this code of the Insee."""
    return f"{reverse('recherche')}?q=INSEE%20{code}"


@trouvable(
    "commune",
    Commune,
    ("commune", "communes"),
    rang=20,
    chemins="code nom population departement__nom departement__code codes_postaux__code",
)
def commune(v):
    postaux = v["codes_postaux__code"]
    return Entree(
        titre=v["nom"],
        sous_titre=phrase(
            f"{v['departement__nom']} ({v['departement__code']})", ", ".join(postaux)
        ),
        adresse=adresse_de_recherche(v["code"]),
        codes=(cle_insee(v["code"]), *postaux),
        poids=v["population"] or 0,
    )


@trouvable(
    "localite",
    Localite,
    ("autre lieu", "autres lieux"),
    rang=21,
    chemins="code nature nom collectivite codes_postaux commune__nom commune__code "
    "commune__departement__code commune__population",
)
def localite(v):
    """None for the part of a commune that bears its very name and code: it is that commune."""
    ici = v["commune__nom"]
    if v["nom"] and (v["nom"], v["code"]) == (ici, v["commune__code"]):
        return None
    nature = NatureLocalite(v["nature"])
    dite = capfirst(nature.label)
    ou = f"{ici} ({v['commune__departement__code']})" if ici else v["collectivite"]
    postaux = v["codes_postaux"].split()
    return Entree(
        titre=v["nom"] or f"Ancien code {v['code']}",
        sous_titre=phrase(
            f"{dite}\u202f: {ou}" if ici else f"Commune\u202f: {ou}", ", ".join(postaux)
        ),
        adresse=adresse_de_recherche(v["code"]),
        noms=_arrondissement(v["nom"]),
        codes=(*postaux, *(() if v["code"] == v["commune__code"] else (cle_insee(v["code"]),))),
        # Beside a commune of the same name, that one comes first.
        poids=(v["commune__population"] or 0) // 10,
    )


def _arrondissement(nom):
    """« Marseille 1er », « Marseille 1 », « Marseille 1e »."""
    trouve = ARRONDISSEMENT.fullmatch(nom)
    if not trouve:
        return ()
    ville, numero = trouve.groups()
    return tuple(
        f"{ville} {numero}{suite}" for suite in ("", "er" if numero == "1" else "e", "ème")
    )


@trouvable(
    "intercommunalite",
    Intercommunalite,
    ("intercommunalité", "intercommunalités"),
    rang=30,
    chemins="siren nom nature population dissoute_le departement__nom",
)
def intercommunalite(v):
    nature = NatureIntercommunalite(v["nature"]).label
    reste = SIGLE.sub("", v["nom"])
    court = LIAISON.sub("", reste)
    fin = v["dissoute_le"]
    return Entree(
        titre=v["nom"],
        sous_titre=phrase(
            capfirst(nature),
            v["departement__nom"],
            fin and f"dissoute le {fin:%d/%m/%Y}",
        ),
        adresse=reverse("intercommunalite", args=[v["siren"]]),
        noms=tuple(dict.fromkeys([f"{nature} {reste}", reste, court, f"agglo {court}"])),
        codes=(v["siren"], *_sigle(v["nom"])),
        poids=(v["population"] or 0) // (20 if fin else 2),
    )


def _sigle(nom):
    """« CAPBP » of « CA Pau Béarn Pyrénées », unless the official name says its own."""
    if "(" in nom:
        return ()
    nature, *mots = [mot for mot in MOT.findall(nom) if sans_accents(mot).lower() not in VIDES]
    debut = nature if nature.isupper() else nature[0]
    sigle = sans_accents(debut + "".join(mot[0] for mot in mots))
    return (sigle.upper(),) if len(sigle) > 2 else ()


@trouvable("region", Region, ("région", "régions"), rang=40, chemins="code nom")
def region(v):
    return Entree(v["nom"], reverse("region", args=[v["code"]]), "Région", poids=3_000_000)
