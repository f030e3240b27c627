"""Write what an analysis found, in one transaction, with history: everything or nothing."""

from django.db import IntegrityError, connection, transaction

from echanges.erreurs import FichierRefuse
from echanges.historisation import historiser
from echanges.imports.cessions import ceder
from echanges.imports.insertion import inserer, remplacer
from echanges.imports.verifications import phrase


def ecrire(resource, rapport, raison, progression=iter):
    """Primary keys of the rows written, in the order of the plans.

    Raises FichierRefuse when rows are refused or when the database says no.
    """
    if rapport.refus:
        nombre = len(rapport.refus)
        refusees = "1 ligne est refusée" if nombre == 1 else f"{nombre} lignes sont refusées"
        raise FichierRefuse(f"{refusees} : rien n’est écrit tant qu’il en reste.")
    if not len(rapport.carnet):
        return []
    try:
        with transaction.atomic():
            pks = ecrire_le_carnet(resource, rapport.carnet, raison, progression)
            verifier_les_liens()
            return pks
    except IntegrityError as erreur:
        raise FichierRefuse(phrase(erreur, resource.modele)) from erreur


def verifier_les_liens():
    """Foreign keys are checked now, while a refusal can still be said in words."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


def ecrire_le_carnet(resource, carnet, raison, progression=iter):
    """Write these plans; to be called in a transaction."""
    modele, agent = resource.modele, resource.agent
    ceder(modele, carnet)
    # What rows give up first: a new row may take it.
    for plans in progression(carnet.lots()):
        remplacer(modele, [plan for plan in plans if not plan.creation])
    pks, crees, changes, listes = [], [], [], {}
    for plans in progression(carnet.lots()):
        nouveaux = [plan for plan in plans if plan.creation]
        for plan, pk in zip(nouveaux, inserer(modele, nouveaux), strict=True):
            plan.pk = pk
        for plan in plans:
            pks.append(plan.pk)
            (crees if plan.creation else changes).append(plan.pk)
            for colonne, avant, apres in plan.listes():
                listes.setdefault(colonne, []).append((plan.pk, avant, apres))
    for colonne, changements in listes.items():
        colonne.enregistrer(changements, agent, raison)
    historiser(modele, crees, "+", agent, raison)
    historiser(modele, changes, "~", agent, raison)
    resource.apres_ecriture(pks, progression)
    return pks
