"""Open data of what the rest refers to: geography, editions, the programme, the comités."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Jeu:
    """One file: the public rows (`du_public`) of the resource of that name, in these columns.

    Left out on purpose: contacts, who did what, and what names rows that may not be public.
    """

    titre: str
    contenu: str
    colonnes: tuple


DE_REFERENCE = {
    "regions": Jeu("Régions", "Code Insee et nom.", colonnes=("code", "nom")),
    "departements": Jeu(
        "Départements", "Code Insee, nom, région.", colonnes=("code", "nom", "region")
    ),
    "intercommunalites": Jeu(
        "Intercommunalités",
        "SIREN, nom, nature, population ; celles qui sont dissoutes, avec leurs successeurs.",
        colonnes=(
            *("siren", "nom", "nature", "departement", "population"),
            *("dissoute_le", "successeurs"),
        ),
    ),
    "communes": Jeu(
        "Communes",
        "Code Insee, nom, intercommunalité, population, codes postaux.",
        colonnes=(
            *("code", "nom", "departement", "intercommunalite", "ept", "population"),
            "codes_postaux",
        ),
    ),
    "localites": Jeu(
        "Communes déléguées, associées et anciennes",
        "Les noms d’avant ou d’outre-mer, et la commune où chacun se trouve.",
        colonnes=("code", "nature", "nom", "commune", "collectivite", "codes_postaux"),
    ),
    "editions": Jeu(
        "Éditions de la carte",
        "Date, nombre de territoires annoncé, occasion, source.",
        colonnes=(
            *("code", "date", "precision", "nombre_annonce", "occasion", "source"),
            *("composition_connue", "publiee_le"),
        ),
    ),
    "filiations": Jeu(
        "Filiations des territoires",
        "Ce que chacun est devenu d’une édition à l’autre, une fois confirmé.",
        colonnes=(
            *("ancien_edition", "ancien_code", "nouveau_edition", "nouveau_code"),
            *("nature", "source", "confirmee_le"),
        ),
    ),
    "phases": Jeu(
        "Phases du programme", "Numéro, nom, dates.", colonnes=("numero", "nom", "debut", "fin")
    ),
    "axes": Jeu("Axes du programme", "Ceux de chaque phase.", ("code", "phase", "nom", "ordre")),
    "dates_cles": Jeu(
        "Dates clés du programme",
        "Les chiffres annoncés, chacun à sa date et avec sa source.",
        colonnes=("code", "le", "precision", "chiffre", "texte", "source"),
    ),
    "partenaires": Jeu(
        "Partenaires",
        "Nom, nature, présentation, site, SIRET.",
        colonnes=("identifiant", "nom", "nature", "presentation", "site", "siret"),
    ),
    "comites": Jeu(
        "Comités de pilotage régionaux",
        "Présentation, source, quorum.",
        colonnes=("region", "presentation", "source", "quorum"),
    ),
    "membres_comites": Jeu(
        "Membres des comités",
        "Nom, qualité, organisation, dates du mandat.",
        colonnes=("comite", "nom", "qualite", "fonction", "organisation", "debut", "fin"),
    ),
    "seances": Jeu(
        "Séances des comités",
        "Date, genre et lieu ; ce qui s’y dit n’est pas publié.",
        colonnes=("comite", "date", "genre", "lieu"),
    ),
}
