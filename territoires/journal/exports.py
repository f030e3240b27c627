"""A file that leaves is told in the journal; a large one is confirmed by who takes it away."""

from territoires.grave import a_confirmer
from territoires.journal.ecriture import Acte, noter

EN_MASSE = 1000  # rows
# Whose rows tell of people, few or many.
PERSONNELS = ("agents", "lignes du journal", "courriels", "demandes d’accès")


def dire(request, titre, rangees, filtre):
    if (rangees > EN_MASSE or titre in PERSONNELS) and (reponse := a_confirmer(request)):
        return reponse
    noter(Acte.EXPORT, request=request, objet=titre, detail=filtre, rangees=rangees)
    return None
