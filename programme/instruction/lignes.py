"""The tables of a fiche in a request for a complement: named whole, or line by line.

A line is described by what names it in its table, never by its key in the database, so that files
say it: {"table": …, "cle": [values], "libelle": how it reads}.
"""

import hashlib

from programme.fiches import champs
from programme.fiches.models import FicheAction

TABLES = {
    "financements": ("financeur", "statut"),
    "etapes": ("ordre",),
    "indicateurs": ("libelle",),
    "obstacles": ("ordre",),
}
DU_SUIVI = ("faite", "faite_le")  # noted from the decision on


def modele(table):
    return FicheAction._meta.get_field(table).related_model


def libelle(table):
    return str(modele(table)._meta.verbose_name_plural)


def colonnes(table):
    """What the territoire writes of a line before the decision."""
    declares = champs.PAR_MODELE[modele(table)._meta.model_name]
    return [n for n in champs.noms(declares, par=champs.Par.TERRITOIRE) if n not in DU_SUIVI]


def decrire(table, ligne):
    statut = f" ({ligne.get_statut_display()})" if table == "financements" else ""
    cle = [getattr(ligne, nom) for nom in TABLES[table]]
    return {"table": table, "cle": cle, "libelle": f"{ligne}{statut}"}


def a_choisir(fiche):
    """{what tells it on a page: description} of every line of its tables, in their order."""
    return {
        f"{table}-{ligne.pk}": decrire(table, ligne)
        for table in TABLES
        for ligne in getattr(fiche, table).all()
    }


def sont_bien_dites(lignes):
    """These are descriptions of lines."""
    return isinstance(lignes, list) and all(
        isinstance(une, dict)
        and une.keys() == {"table", "cle", "libelle"}
        and une["table"] in TABLES
        and isinstance(une["cle"], list)
        and len(une["cle"]) == len(TABLES[une["table"]])
        for une in lignes
    )


def nommees(demande):
    """{table: its lines that the answer may change, None for all of them, new ones included}."""
    tables = {nom: None for nom in demande.noms if nom in TABLES}
    for ligne in demande.lignes:
        if tables.setdefault(ligne["table"], []) is not None:
            tables[ligne["table"]].append(ligne["cle"])
    return tables


def choisir(table, lignes, cles):
    """Among these lines of a table, the keys in the database of those that are named."""
    voulues = [tuple(cle) for cle in cles]
    return [
        ligne.pk
        for ligne in lignes
        if tuple(getattr(ligne, nom) for nom in TABLES[table]) in voulues
    ]


def empreinte(fiche, tables):
    """A few letters that change with what these tables say."""
    lues = [
        list(getattr(fiche, table).order_by("pk").values_list("pk", *colonnes(table)))
        for table in sorted(tables)
    ]
    return hashlib.sha256(repr(lues).encode()).hexdigest()[:16] if lues else ""
