"""The second step of an import, whoever asks for it: write, and keep what it takes to undo."""

from echanges import journal
from echanges.models import Import


def confirmer(depot, ressource, rapport, progression=iter):
    """To be called in a transaction, on a saved Import. Raises FichierRefuse."""
    souvenirs = dict(ressource.souvenirs(rapport.carnet))
    pks = ressource.appliquer(rapport, depot.raison, progression)
    journal.ecrire_fait(depot, ressource, rapport, pks, souvenirs)
    depot.noter(rapport)
    depot.clore(Import.Etat.CONFIRME)
