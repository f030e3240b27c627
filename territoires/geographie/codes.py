"""A list of SIREN and INSEE codes, pasted or uploaded: the members it names, or what is wrong."""

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.expressions import RawSQL

from echanges.erreurs import FichierRefuse
from echanges.lecture import classeurs, decodage
from echanges.lecture.tableau import IMAGES_ET_AUTRES
from territoires.champs import cle_de_recherche, siren_valide, valider_code_commune
from territoires.geographie.models import Commune, Intercommunalite

ESPACE = "[ \u00a0\u202f]"
# A SIREN that a spreadsheet wrote as 2,0001E+08 is one piece: its digits are lost.
CODE = re.compile(r"\d[.,]\d+E\+\d+|[^\s,;|]+", re.IGNORECASE)
SIREN_GROUPE = re.compile(rf"(?<!\d)(\d{{3}}){ESPACE}(\d{{3}}){ESPACE}(\d{{3}})(?!\d)")
MOTS_D_ENTETE = {"siren", "insee", "codgeo", "membre", "membres"}
ENTETES = {"code", "codes", "code epci", "code commune"}
LIGNES, COLONNES = 40_000, 50  # more than there are communes
ELEMENTS = {
    "postgresql": "SELECT json_array_elements_text(%s::json)",
    "sqlite": "SELECT value FROM json_each(%s)",
}
MONTRES = 100  # codes named in one sentence

MAL_ECRIT = (
    "Ce ne sont pas des codes (neuf chiffres pour un SIREN, cinq caractères pour un code Insee). "
    "Dans une liste de plusieurs colonnes, écrivez « siren » ou « insee » en tête de celle des "
    "codes"
)
ARRONDI = "Le tableur a arrondi ces SIREN : mettez leur colonne au format texte et recopiez-les"
SIRET = "Ce sont des SIRET : gardez leurs neuf premiers chiffres"
MAL_RECOPIE = "Ces SIREN sont mal recopiés, leur clé de contrôle est fausse"
INCONNU = "Aucune intercommunalité ni commune connue ne porte ces codes"
DOUBLE = "Ces codes figurent plusieurs fois dans la liste"


@dataclass
class Liste:
    """`membres` in the order of the list; `refus` are {reason: codes as they were written}."""

    membres: list = field(default_factory=list)
    refus: dict = field(default_factory=lambda: defaultdict(list))

    @property
    def phrases(self):
        return [f"{raison} : {_enumerer(codes)}." for raison, codes in self.refus.items()]


def lire_codes(*textes):
    """Recognise the SIREN and INSEE codes of texts, whatever stands between them.

    A SIREN may be grouped by three digits; a code of four digits is a commune of the first nine
    départements whose leading zero a spreadsheet ate.
    """
    liste, vus = Liste(), {}
    for brut in (brut for texte in textes for brut in _bruts(texte)):
        brut = brut.strip("\"'«»\ufeff")
        code = brut.upper().zfill(5) if re.fullmatch(r"\d{4}", brut) else brut.upper()
        if code in vus and brut not in liste.refus[DOUBLE]:
            liste.refus[DOUBLE].append(brut)
        elif code:
            vus[code] = brut
    connus = Intercommunalite.objects.in_bulk([c for c in vus if siren_valide(c)])
    connus |= Commune.objects.in_bulk([c for c in vus if len(c) == 5])
    for code, brut in vus.items():
        if code in connus:
            liste.membres.append(connus[code])
        else:
            liste.refus[_raison(code)].append(brut)
    liste.refus = {raison: codes for raison, codes in liste.refus.items() if codes}
    return liste


def lire_fichier(contenu):
    """The text of a file of codes (text, CSV, XLSX, ODS), one row a line. ValidationError."""
    try:
        for debut, nature in IMAGES_ET_AUTRES.items():
            if contenu.startswith(debut):
                raise FichierRefuse(f"Ce fichier n’est pas une liste de codes : c’est {nature}.")
        if contenu.startswith(b"PK"):
            feuille = classeurs.lire(contenu, LIGNES, COLONNES)
            return "\n".join("\t".join(cellules).strip() for _, cellules in feuille.lignes())
        codec, _, _ = decodage.reconnaitre(contenu)
        return decodage.ouvrir(contenu, codec).read()
    except FichierRefuse as erreur:
        raise ValidationError(str(erreur)) from erreur


def _bruts(texte):
    """Pieces of a text that should be codes: all of them, or those of the columns of codes."""
    lignes = [ligne for ligne in texte.splitlines() if ligne.strip()]
    separateur, rangs = _colonnes(lignes[0]) if lignes else ("", [])
    if rangs:
        try:
            rangees = list(csv.reader(lignes[1:], delimiter=separateur))
        except csv.Error as erreur:
            raise ValidationError("Un guillemet ouvert n’est sans doute pas refermé.") from erreur
        lignes = [c for cellules in rangees for r, c in enumerate(cellules) if r in rangs]
    for ligne in lignes:
        yield from CODE.findall(SIREN_GROUPE.sub(r"\1\2\3", ligne))


def _colonnes(entete):
    """(separator, ranks of the columns that the header says hold codes)."""
    separateur = max(";\t,|", key=entete.count)
    cles = [cle_de_recherche(cellule) for cellule in entete.split(separateur)]
    return separateur, [r for r, cle in enumerate(cles) if cle in ENTETES or _nomme(cle)]


def _nomme(cle):
    return MOTS_D_ENTETE & set(cle.split()) and not re.search(r"\d", cle)


def _raison(code):
    if re.fullmatch(r"\d[.,]\d+E\+\d+", code):
        return ARRONDI
    if re.fullmatch(r"\d{14}", code):
        return SIRET
    if re.fullmatch(r"\d{9}", code):
        return INCONNU if siren_valide(code) else MAL_RECOPIE
    try:
        valider_code_commune(code)
    except ValidationError:
        return MAL_ECRIT
    return INCONNU


def _enumerer(codes):
    suite = f" et {len(codes) - MONTRES} autres" if len(codes) > MONTRES else ""
    return ", ".join(codes[:MONTRES]) + suite


def de_la_liste(codes):
    """For `…__in=` thousands of codes: as one value, where each would be checked and written."""
    return RawSQL(ELEMENTS[connection.vendor], [json.dumps(sorted(codes))])
