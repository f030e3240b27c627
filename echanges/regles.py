"""The rules that planned rows must keep: locks, constraints, unique keys."""

from django.core.exceptions import ValidationError
from django.db import models

from echanges.contraintes import satisfaite, unicites, verifications


def attributs_uniques(modele):
    return {a for attributs, _ in unicites(modele) for a in attributs}


def juger(ressource, rapport):
    """Refuse in the report the rows that break a rule; they leave its plans."""
    _verifier(ressource, rapport)
    _uniques(ressource, rapport)
    for conflit in ressource.conflits(rapport.plans):
        rapport.refuser(*conflit)
    for nom in ("creations", "modifications"):
        gardes = [p for p in getattr(rapport, nom) if not rapport.refus.keys() & set(p.lignes)]
        setattr(rapport, nom, gardes)


def _verifier(ressource, rapport):
    modele = ressource.modele
    regles = verifications(modele)
    a_clean = modele.clean is not models.Model.clean
    for plan in rapport.plans:
        numero = plan.lignes[0]
        if motif := ressource.verrou(plan.objet, plan):
            rapport.refuser(numero, *motif)
            continue
        for condition, message in regles:
            if satisfaite(condition, plan.objet) is False:
                rapport.refuser(numero, "", "", message)
        if a_clean:
            try:
                plan.objet.clean()
            except ValidationError as erreur:
                rapport.refuser(numero, "", "", " ".join(erreur.messages))


def _uniques(ressource, rapport):
    """Two rows may not share a unique key, in the file or with what the base keeps."""
    modele = ressource.modele
    cle = {c.attribut for c in ressource.cles}
    for attributs, message in unicites(modele):
        if set(attributs) == cle or not rapport.plans:
            continue
        pris = {
            ligne[1:]: ligne[0]
            for ligne in modele._default_manager.order_by().values_list("pk", *attributs)
            if None not in ligne
        }
        for plan in rapport.modifications:
            pris.pop(tuple(plan.avant[a] for a in attributs), None)
        for plan in rapport.plans:
            valeurs = tuple(getattr(plan.objet, a) for a in attributs)
            if None in valeurs:
                continue
            if valeurs in pris:
                rapport.refuser(plan.lignes[0], "", "", message)
            pris[valeurs] = plan.objet.pk
