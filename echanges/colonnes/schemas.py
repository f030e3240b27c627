"""What each column of a file is: for people (templates, help pages) and for machines.

The machine's words are those of Frictionless Table Schema; both come from the same declarations.
"""

from dataclasses import dataclass

from django.db import models

from echanges.colonnes.colonne import champ_au_bout
from echanges.colonnes.valeurs import (
    Choix,
    Code,
    Date,
    Entier,
    Heure,
    Instant,
    Json,
    Nombre,
    OuiNon,
)
from echanges.dialectes import MACHINE
from echanges.registre import resources

FORMATS = (
    (Instant, "date JJ/MM/AAAA, suivie au besoin de l’heure HH:MM"),
    (Date, "date JJ/MM/AAAA ou AAAA-MM-JJ"),
    (Heure, "heure HH:MM"),
    (Entier, "nombre entier"),
    (Nombre, "nombre, décimales après une virgule ou un point"),
    (OuiNon, "oui ou non"),
    (Choix, "une des valeurs admises"),
    (Json, "objet JSON ; pour un contour, GeoJSON (longitude, latitude)"),
    (Code, "code officiel, zéros de tête compris"),
)
EXEMPLES = (
    (Instant, "15/03/2026 14:30"),
    (Date, "15/03/2026"),
    (Heure, "14:30"),
    (Entier, "12"),
    (Nombre, "1250,50"),
    (OuiNon, "oui"),
    (Json, '{"type":"Polygon","coordinates":[[[4.8,46.7],[4.9,46.7],[4.9,46.8],[4.8,46.7]]]}'),
)
EXEMPLES_PAR_CHAMP = (
    (models.EmailField, "prenom.nom@exemple.fr"),
    (models.URLField, "https://www.exemple.fr/"),
    (models.SlugField, "exemple-1"),
)
# Moments are written in Paris time, and the day alone at midnight: no type of the norm says that.
TYPES = ((Instant, "string"), (Date, "date"), (Entier, "integer"), (Nombre, "number"))
TYPES += ((OuiNon, "boolean"), (Json, "object"))


@dataclass(frozen=True)
class Description:
    """One header, as a person needs it to fill the column."""

    nom: str
    libelle: str
    format: str
    admises: tuple  # (value, label)
    exemple: str
    obligatoire: str
    aide: str
    requise: bool
    valeur: object


def decrire(resource):
    """[Description] of every header, in the order of the file."""
    trouvees = {}
    for colonne in resource.colonnes:
        for entete, chemin, valeur in colonne.parties():
            description = _decrire(resource, colonne, entete, chemin, valeur)
            deja = trouvees.get(entete)
            if deja is None or (description.requise and not deja.requise):
                trouvees[entete] = description
    return [trouvees[entete] for entete in resource.entetes()]


def _decrire(resource, colonne, entete, chemin, valeur):
    champ = getattr(colonne, "champ", None)
    requise = _est_requise(resource, champ, chemin)
    return Description(
        nom=entete,
        libelle=_libelle(resource, colonne, chemin),
        format=_format(resource, colonne, champ, valeur),
        admises=tuple((str(v), str(nom)) for v, nom in _choix(champ, valeur)),
        exemple=_exemple(resource, colonne, entete, chemin, champ, valeur),
        obligatoire=_obligatoire(resource, entete, requise),
        aide=str(getattr(champ, "help_text", "")),
        requise=requise,
        valeur=valeur,
    )


def _libelle(resource, colonne, chemin):
    champ = getattr(colonne, "champ", None)
    if champ is None:
        return colonne.nom.replace("_", " ")
    libelle = str(champ.verbose_name)
    if chemin and "__" in chemin:
        bout = str(champ_au_bout(resource.modele, chemin).verbose_name)
        if len(colonne.entetes) > 1:
            return f"{bout} ({libelle})"
    return libelle


def _choix(champ, valeur):
    if not isinstance(valeur, Choix) or champ is None:
        return ()
    return [(v, nom) for v, nom in champ.flatchoices if v not in ("", None)]


def _format(resource, colonne, champ, valeur):
    if valeur is None:
        cible = champ.related_model if champ is not None and champ.many_to_many else None
        de = f" ({cible._meta.verbose_name_plural})" if cible else ""
        if resource._meta.une_ligne_par == colonne.nom:
            return "un code par ligne ; les autres cellules se répètent"
        return f"codes ou identifiants connus{de}, séparés par une espace"
    texte = next((f for classe, f in FORMATS if isinstance(valeur, classe)), "texte")
    if champ is not None and champ.is_relation:
        return (
            f"{texte} : désigne un enregistrement connu ({champ.related_model._meta.verbose_name})"
        )
    if texte == "texte" and getattr(champ, "max_length", None):
        return f"texte, {champ.max_length} caractères au plus"
    return texte


def _exemple(resource, colonne, entete, chemin, champ, valeur):
    if entete in resource._meta.exemples:
        return resource._meta.exemples[entete]
    if valeur is None:
        modele = champ.related_model if champ is not None else None
        return _exemple_de_cle(modele) or "exemple-1 exemple-2"
    if "__" in chemin:
        bout = champ_au_bout(resource.modele, chemin)
        if exemple := _exemple_de_cle(bout.model, bout.name):
            return exemple
        champ = bout
    if isinstance(valeur, Choix):
        return next((str(v) for v, _ in _choix(champ, valeur)), "")
    for classes, objet in ((EXEMPLES, valeur), (EXEMPLES_PAR_CHAMP, champ)):
        for classe, exemple in classes:
            if isinstance(objet, classe):
                return exemple
    return "Texte d’exemple"


def _exemple_de_cle(modele, nom=None):
    """The example that the file of this model gives of its own key."""
    for classe in resources().values():
        if classe._meta.model is modele:
            exemples = classe._meta.exemples
            return exemples.get(nom) if nom else next(iter(exemples.values()), None)
    return None


def _est_requise(resource, champ, chemin):
    """Whether a row never goes without: empty cells of this column are refused."""
    if champ is None or champ.many_to_many:
        return False
    bout = champ_au_bout(resource.modele, chemin) if "__" in chemin else champ
    return not any(c.null or c.blank for c in (champ, bout))


def _obligatoire(resource, entete, requise):
    if entete in resource._meta.lecture_seule:
        return "pour information : jamais importée"
    if entete in resource._meta.import_id_fields:
        return "oui, la colonne : elle désigne la ligne" + ("" if requise else " (peut être vide)")
    return "oui, pour créer une ligne" if requise else "non"


def schema(resource, entetes=None, dialecte=MACHINE):
    """Frictionless Table Schema of a CSV of these columns, in this dialect."""
    champs = [
        _champ(description, dialecte)
        for description in decrire(resource)
        if entetes is None or description.nom in entetes
    ]
    cle = [*resource._meta.import_id_fields]
    if resource._meta.une_ligne_par:
        cle.append(resource._meta.une_ligne_par)
    presents = {champ["name"] for champ in champs}
    contenu = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "fields": champs,
        "missingValues": [""],
    }
    if set(cle) <= presents:
        contenu["primaryKey"] = cle
    return contenu


def _champ(description, dialecte):
    valeur = description.valeur
    genre = next((g for classe, g in TYPES if isinstance(valeur, classe)), "string")
    phrases = [description.format, description.aide, f"Exemple : {description.exemple}"]
    champ = {
        "name": description.nom,
        "title": description.libelle[:1].upper() + description.libelle[1:],
        "description": ". ".join(phrase.rstrip(".") for phrase in phrases if phrase) + ".",
        "type": genre,
    }
    if genre == "boolean":
        champ |= {"trueValues": ["oui"], "falseValues": ["non"]}
    if genre == "number":
        champ["decimalChar"] = "," if dialecte.virgule else "."
    if genre == "date":
        champ["format"] = "%d/%m/%Y" if dialecte.virgule else "default"
    contraintes = {"required": True} if description.requise else {}
    if description.admises:
        contraintes["enum"] = [valeur for valeur, _ in description.admises]
    if contraintes:
        champ["constraints"] = contraintes
    return champ
