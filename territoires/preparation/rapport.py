"""The report of `verifier_geographie`: a CSV that a person fills in, and the draft it leads to."""

import csv
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst

from territoires.editions.models import EditionCarte, MembrePerimetre
from territoires.preparation.brouillons import copier, deplacer, retirer
from territoires.preparation.millesime import SANS_EFFET, Ecart, Nature

ENTETE = ["approuve", "nature", "code", "nom", "avant", "apres"]


def ecrire(chemin, ecarts):
    """One row a difference, `approuve` left to a person: « oui » or « non »."""
    with chemin.open("w", encoding="utf-8-sig", newline="") as fichier:
        sortie = csv.writer(fichier, delimiter=";")
        sortie.writerow(ENTETE)
        for ecart in ecarts:
            approuve = "sans effet" if ecart.nature in SANS_EFFET else ""
            ligne = [approuve, ecart.nature, ecart.code, ecart.nom, ecart.avant, ecart.apres]
            sortie.writerow(ligne)


def lire(chemin):
    """The differences approved by « oui »; ValidationError names the row that cannot be read."""
    try:
        with chemin.open(encoding="utf-8-sig", newline="") as fichier:
            lignes = list(csv.reader(fichier, delimiter=";"))
    except (OSError, UnicodeDecodeError, csv.Error) as erreur:
        raise ValidationError(f"Rapport illisible ({chemin}) : {erreur}") from erreur
    if not lignes or lignes[0] != ENTETE:
        raise ValidationError(f"Ce n’est pas un rapport : l’en-tête attendu est {ENTETE}.")
    approuves = []
    for numero, ligne in enumerate(lignes[1:], start=2):
        decision = ligne[0].strip().lower() if ligne else ""
        if len(ligne) != len(ENTETE) or decision not in ("oui", "non", "", "sans effet"):
            raise ValidationError(f"Ligne {numero} : « approuve » vaut oui ou non.")
        if decision == "oui":
            if ligne[1] not in Nature.values:
                raise ValidationError(f"Ligne {numero} : nature inconnue, « {ligne[1]} ».")
            approuves.append(Ecart(Nature(ligne[1]), *ligne[2:]))
    return approuves


def resume(ecarts):
    """French lines: each kind with its count, then each difference."""
    comptes = Counter(ecart.nature for ecart in ecarts)
    for nature in Nature:
        if comptes[nature]:
            yield f"{capfirst(nature.label)} : {comptes[nature]}"
            yield from (f"  {ecart.phrase}" for ecart in ecarts if ecart.nature == nature)


@transaction.atomic
def proposer(code, au, source):
    """A draft edition: the latest published one, where the dissolved give way to their successors.

    Returns (edition, [French sentences]); a successor already elsewhere stays where it is.
    """
    derniere = EditionCarte.objects.composees().first()
    if derniere is None:
        raise ValidationError("Aucune édition n’est en vigueur : rien à reprendre.")
    edition = EditionCarte(code=code, date=au, source=source)
    edition.full_clean()
    edition.save()
    copier(derniere, edition)
    return edition, list(_remplacer(edition))


def _remplacer(edition):
    membres = edition.membres.filter(intercommunalite__dissoute_le__isnull=False)
    for membre in membres.select_related("intercommunalite", "perimetre"):
        dissoute, perimetre = membre.intercommunalite, membre.perimetre
        suites = list(dissoute.successeurs.all())
        pris = set(
            MembrePerimetre.objects.filter(edition=edition, intercommunalite__in=suites)
            .exclude(perimetre=perimetre)
            .values_list("intercommunalite", flat=True)
        )
        libres = [suite for suite in suites if suite.pk not in pris]
        retirer(edition, [dissoute])
        deplacer(perimetre, libres)
        noms = ", ".join(suite.nom for suite in libres) or "personne"
        yield f"{perimetre.nom} : {dissoute.nom} laisse la place à {noms}."
        for suite in suites:
            if suite.pk in pris:
                yield f"{perimetre.nom} : {suite.nom} est déjà dans un autre territoire."
