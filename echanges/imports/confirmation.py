"""The second step of an import, whoever asks for it: write, and keep what it takes to undo."""

from echanges.imports import journal
from echanges.imports.ramassage import parmi_le_neuf
from echanges.models import Import

CHANGEES = (
    "Les données ont changé depuis cet aperçu : rien n’a été écrit. Relisez l’aperçu refait "
    "ci-dessous, puis confirmez."
)
EN_PANNE = (
    "La base de données a fait défaut pendant l’écriture : rien n’a été écrit. Confirmez à nouveau "
    "dans un moment."
)


def confirmer(depot, resource, rapport, progression=iter):
    """The keys of the rows written; in a transaction, on a saved Import. Raises FichierRefuse."""
    with parmi_le_neuf():
        souvenirs = dict(resource.souvenirs(rapport.carnet))
        pks = resource.appliquer(rapport, depot.raison, progression)
        journal.ecrire_fait(depot, resource, rapport, pks, souvenirs)
    depot.noter(rapport)
    depot.clore(Import.Etat.CONFIRME)
    return pks
