"""Who must have a second factor, and whether this session was opened with one."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings


def exige(agent):
    """The délégation and who keeps the accounts can do to all what all can do to themselves."""
    return settings.SECOND_FACTEUR_OBLIGATOIRE and (agent.est_delegation or agent.tient_les_comptes)


def doit_en_ajouter(request):
    """Whether this agent must set one up; asked of the session first, which costs no query."""
    agent = request.user
    if not agent.is_authenticated or not exige(agent):
        return False
    if any(trace.get("method") == "mfa" for trace in get_authentication_records(request, agent)):
        return False
    return not is_mfa_enabled(agent)
