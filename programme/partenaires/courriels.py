"""Messages about an engagement, judged when they leave: what was settled since is not told."""

from django.utils import timezone

from programme.courriels.juges import inscrire
from programme.partenaires.models import Engagement


def engagement_perime(courriel, cle):
    """Why this alert is no news for this agent any more; empty when it is."""
    pk, _, alerte = cle.partition("-")
    if not courriel.agent.est_delegation:
        return "cet agent n’est plus de la délégation"
    aujourdhui = timezone.localdate()
    engagement = Engagement.objects.a_suivre(aujourdhui).filter(pk=pk).first()
    raisons = engagement.raisons(aujourdhui) if engagement else ()
    if alerte not in {f"{genre}-{depuis}" for genre, depuis, _ in raisons}:
        return "cet engagement n’est plus à suivre pour cela"
    return ""


def nouvelle_perimee(courriel, cle):
    """Why this news of an engagement is none for this agent any more; empty when it is."""
    pk, _, rang = cle.partition(":")
    if not courriel.agent.est_delegation:
        return "cet agent n’est plus de la délégation"
    engagement = Engagement.objects.filter(pk=pk).first()
    if engagement is None or str(engagement.history.count()) != rang:
        return "une autre nouvelle a suivi"
    return ""


inscrire(engagement=engagement_perime, engagementdit=nouvelle_perimee)
