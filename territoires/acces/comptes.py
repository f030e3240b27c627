"""Who is meant by what is typed: a user name or an e-mail, in any case."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q

from territoires.agents.models import Agent


def compte_de(texte):
    """The only account of this user name, or else of this e-mail; None when it is not sure."""
    texte = texte.strip()
    if not texte or "\x00" in texte:
        return None
    agents = list(Agent.objects.filter(Q(username__iexact=texte) | Q(email__iexact=texte))[:20])
    for choisis in (
        [a for a in agents if a.username == texte],
        [a for a in agents if a.username.lower() == texte.lower()],
        [a for a in agents if a.is_active],
    ):
        if len(choisis) == 1:
            return choisis[0]
    return None


class ParNomOuCourriel(ModelBackend):
    """One look for the account and one hash of the password, known or not."""

    def authenticate(self, request, username=None, password=None, **autres):
        if not username or password is None:
            return None
        agent = compte_de(username)
        if agent is None or not agent.has_usable_password():
            Agent().set_password(password)
            return None
        if agent.check_password(password) and self.user_can_authenticate(agent):
            return agent
        return None

    def has_perm(self, user_obj, perm, obj=None):
        return False  # rights are named rules, never boxes
