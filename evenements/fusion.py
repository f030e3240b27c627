"""One person entered under two spellings becomes one again, without losing a word."""

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from evenements.models import Annonce, AutreNom, Intervenant, Intervention

FUSION = "Fusion de deux intervenants"


@transaction.atomic
def fusionner(garde, *, doublons):
    """Give `garde` all that these doublons said and announced; counts the interventions.

    Each intervention keeps its own text, role and organisation; a first name that only a
    doublon held is kept. The spelling and the address of each doublon stay, and lead to `garde`.
    Raises ValueError when `garde` stands among its doublons.
    """
    doublons = list(Intervenant.objects.select_for_update().filter(pk__in=doublons))
    if garde in doublons:
        raise ValueError("On ne fusionne pas un intervenant avec lui-même.")
    deplacees = _donner(Intervention, doublons, garde)
    if prenom := _prenom_donne(garde, doublons):
        garde.prenom = prenom
        garde.save()
    _donner(AutreNom, doublons, garde)
    for annonce in Annonce.objects.filter(ensemble__in=doublons).distinct():
        annonce.ensemble.add(garde)
    anciens = [AutreNom(identifiant=d.identifiant, intervenant=garde, nom=str(d)) for d in doublons]
    Intervenant.objects.filter(pk__in=[d.pk for d in doublons]).delete()
    bulk_create_with_history(anciens, AutreNom)
    return deplacees


def suites(garde, doublons):
    """What `fusionner` will do, a sentence each; nothing is written."""
    paroles = Intervention.objects.filter(intervenant__in=doublons).count()
    annonces = Annonce.objects.filter(ensemble__in=doublons).distinct().count()
    phrases = [
        f"{doublon} ({doublon.identifiant}) disparaît de la liste ; cette orthographe et son "
        f"adresse mènent désormais à {garde}."
        for doublon in doublons
    ]
    phrases.append(_reprend(garde, paroles, "intervention", "avec son texte et son rôle"))
    if annonces:
        phrases.append(_reprend(garde, annonces, "annonce", "où d’autres restent nommés"))
    if prenom := _prenom_donne(garde, doublons):
        phrases.append(f"Le prénom qui lui manquait devient « {prenom} ».")
    return phrases


def _prenom_donne(garde, doublons):
    """The first name that `garde` lacks and one of these has, or nothing."""
    return "" if garde.prenom else next((d.prenom for d in doublons if d.prenom), "")


def _reprend(garde, nombre, nom, comment):
    if not nombre:
        return f"Aucune {nom} ne change de main."
    noms = f"{nombre} {nom}{'s' if nombre > 1 else ''}"
    return f"{garde} reprend {noms}, {'chacune ' if nombre > 1 else ''}{comment}."


def _donner(modele, doublons, garde):
    """Give `garde` the rows of these doublons, and tell it in their history; returns how many."""
    lignes = list(modele.objects.filter(intervenant__in=doublons))
    for ligne in lignes:
        ligne.intervenant = garde
    bulk_update_with_history(lignes, modele, ["intervenant"], default_change_reason=FUSION)
    return len(lignes)
