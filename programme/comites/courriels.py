"""Messages about requests to adapt a périmètre, judged when they leave."""

from programme.comites.models import DemandePerimetre
from programme.courriels.juges import inscrire


def demande_perimee(courriel, cle):
    """Why this news of a request is none for this agent any more; empty when it is."""
    pk, _, etat = cle.partition(":")
    demande = DemandePerimetre.objects.for_user(courriel.agent).filter(pk=pk).first()
    if demande is None:
        return "cette demande n’est plus de son périmètre"
    if demande.etat != etat:
        return f"cette demande est « {demande.get_etat_display()} »"
    a_faire = courriel.genre == courriel.Genre.ACTION and demande.appliquee_le
    return "cette demande est déjà appliquée" if a_faire else ""


inscrire(demande=demande_perimee)
