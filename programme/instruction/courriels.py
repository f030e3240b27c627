"""Messages about the examination of a fiche, judged when they leave."""

from programme.courriels.juges import inscrire
from programme.fiches.courriels import AILLEURS
from programme.fiches.models import FicheAction
from programme.instruction.models import AvisTechnique, DemandeComplement, Message


def _lisible(modele, cle, agent):
    return modele.objects.for_user(agent).select_related("fiche").filter(pk=cle).first()


def avis_perime(courriel, cle):
    """Why this technical avis is no news for this agent any more; empty when it is."""
    pk, _, rang = cle.partition(":")
    avis = _lisible(AvisTechnique, pk, courriel.agent)
    if avis is None:
        return AILLEURS
    if str(avis.history.count()) != rang:
        return "cet avis technique a été corrigé depuis"
    change = avis.fiche.etat != FicheAction.Etat.TRANSMISE
    return f"la fiche est « {avis.fiche.get_etat_display()} »" if change else ""


def complement_perime(courriel, cle):
    """Why this request is not to be answered by this agent any more; empty when it is."""
    demande = _lisible(DemandeComplement, cle, courriel.agent)
    if demande is None:
        return AILLEURS
    return "" if demande.est_ouverte else f"cette demande {demande.situation}"


def reponse_perimee(courriel, cle):
    """Why this answer is no news for this agent any more; empty when it is."""
    return "" if _lisible(DemandeComplement, cle, courriel.agent) else AILLEURS


def message_perime(courriel, cle):
    """Why this message is not for this agent any more; empty when it is."""
    return "" if _lisible(Message, cle, courriel.agent) else AILLEURS


inscrire(
    avistechnique=avis_perime,
    complement=complement_perime,
    complementrepondu=reponse_perimee,
    message=message_perime,
)
