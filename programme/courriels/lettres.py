"""What became of a letter that lets somebody in, told where one looks for messages."""

from django.utils import timezone

from programme.courriels.models import Courriel
from programme.courriels.refus import marques, raison
from territoires.agents.lettres import DEBUT

OBJET = "Votre accès à Territoires d’industrie"


def suivre(agent, objet, erreur):
    """One that left tells that the address takes again; one that did not, why."""
    adresse = agent.email.lower()
    if erreur is None:
        agent.courriels.filter(refuse_a=adresse).update(refuse_a="")
        return
    dit = {"refuse_le": timezone.now(), **marques(erreur, adresse)}
    noter(agent, f"{DEBUT}{timezone.now():%Y%m%d%H%M%S%f}", raison(erreur), objet=objet, **dit)


def noter(agent, cle, pourquoi, *, objet=OBJET, **marques):
    """A message that was refused, without its text: the link in it lets in. Whether it is new."""
    champs = {"objet": objet[:200], "derniere_erreur": pourquoi[:300], "corps": "", **marques}
    return Courriel.objects.get_or_create(agent=agent, cle=cle, defaults=champs)[1]
