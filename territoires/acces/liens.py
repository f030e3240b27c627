"""From what a provider says to an agent of ours: by its key, or by a verified e-mail."""

from django.db import transaction

from territoires.acces.models import DemandeAcces, IdentiteLiee
from territoires.agents.models import Agent


@transaction.atomic
def agent_de(identite):
    """The active agent of this identity; tied at the first time by a verified e-mail alone."""
    liee = IdentiteLiee.objects.filter(emetteur=identite.emetteur, sub=identite.sub).first()
    if liee is not None:
        return liee.agent if liee.agent.is_active else None
    if not identite.verifie or not identite.courriel:
        return None
    agents = list(Agent.objects.filter(email__iexact=identite.courriel)[:2])
    if len(agents) != 1 or not agents[0].is_active:
        return None
    DemandeAcces.objects.filter(courriel__iexact=identite.courriel).delete()  # it was answered
    IdentiteLiee.objects.create(agent=agents[0], emetteur=identite.emetteur, sub=identite.sub)
    return agents[0]


def demander(identite):
    """What the délégation will read; None when nothing says that the e-mail is this person's."""
    if not identite.verifie or not identite.courriel:
        return None
    if Agent.objects.filter(email__iexact=identite.courriel).exists():
        return None  # a closed account, or two of one e-mail: asking again opens neither
    demande, _ = DemandeAcces.objects.update_or_create(
        courriel=identite.courriel.lower(),
        defaults={"prenom": identite.prenom, "nom": identite.nom, "siret": identite.siret},
    )
    return demande
