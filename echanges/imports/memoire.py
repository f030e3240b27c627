"""What people said of the columns of a file, found again for files with the same headers."""

from dataclasses import replace

from echanges.imports.correspondances import empreinte_des_entetes
from echanges.models import Correspondance


def retrouver(agent, resource, tableau, choix):
    """This choice with what the agent said of the same headers; as it is when nothing was said."""
    if choix.colonnes or agent is None:
        return choix
    empreintes = {empreinte_des_entetes(c): numero for numero, c in reversed(tableau.tetes)}
    retenues = Correspondance.objects.retenues(agent, resource._meta.nom)
    retenue = retenues.filter(entetes__in=empreintes).order_by("-modifie_le").first()
    if retenue is None:
        return choix
    return replace(choix, colonnes=retenue.colonnes, ligne=empreintes[retenue.entetes])


def retenir(agent, resource, tableau, colonnes, nom="", partage=False):
    """Keep what was said of these headers, and as a profile when it has a name."""
    fait = {
        "auteur": agent,
        "resource": resource._meta.nom,
        "entetes": empreinte_des_entetes(tableau.entetes),
        "colonnes": colonnes,
    }
    Correspondance.objects.retenir(**fait)
    if nom:
        Correspondance.objects.retenir(**fait, nom=nom, partage=partage)
