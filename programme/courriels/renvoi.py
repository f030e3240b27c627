"""Send again what was kept back or given up, once nothing stands against it any more."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from programme.courriels.juges import perime
from programme.courriels.models import Courriel


@transaction.atomic
def renvoyer(cles, *, agent):
    """Put these messages back among those that wait; the next run judges them once more.

    ([messages that will leave], [(message, why it does not)]). Raises PermissionDenied.
    """
    if not agent.has_perm("programme.renvoyer_courriel"):
        raise PermissionDenied("Les courriels de l’application reviennent à la délégation.")
    lignes = Courriel.objects.select_for_update(of=("self",)).select_related("agent")
    remis, restent = [], []
    for courriel in lignes.filter(pk__in=cles).order_by("pk"):
        if raison := empechement(courriel):
            restent.append((courriel, raison))
            continue
        if courriel.retenu_le:
            # Those with which it was to leave may have left: it is an e-mail of its own now.
            courriel.lot = ""
        if courriel.refuse_le:
            # Its agent has another address, or the délégation knows that this one takes again.
            courriel.lot, courriel.envoye_le = "", None
            _oublier_le_refus(courriel)
        courriel.retenu_le, courriel.retenu_parce_que = None, ""
        courriel.tentatives, courriel.confie_le = 0, None
        courriel.save()
        remis.append(courriel)
    return remis, restent


def empechement(courriel):
    """Why it is not sent again; empty when it is."""
    if courriel.envoye_le and not courriel.refuse_le:
        return "il est déjà envoyé"
    if not (courriel.retenu_le or courriel.refuse_le or courriel.est_abandonne):
        return "il attend déjà son départ"
    if not courriel.corps:  # a letter that lets in, or one whose time is over
        return "son texte n’est pas gardé"
    return perime(courriel)


def _oublier_le_refus(courriel):
    """The address is tried once more: what it refused before holds nothing back any longer."""
    freres = Courriel.objects.filter(agent=courriel.agent_id, refuse_a=courriel.refuse_a)
    freres.exclude(refuse_a="").update(refuse_a="")
    courriel.refuse_le, courriel.refuse_a, courriel.derniere_erreur = None, "", ""
