"""Who asks, and how often."""

from django.conf import settings
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.throttling import BaseThrottle

from config.api.limites import compteur
from territoires.acces import cles
from territoires.journal.ecriture import adresse_de

MOT = b"bearer"


class ParCle(BaseAuthentication):
    """`Authorization: Bearer ti_…`: the key of an agent, who may read what its files give it."""

    def authenticate(self, request):
        mots = get_authorization_header(request).split()
        if not mots:
            return None
        if len(mots) != 2 or mots[0].lower() != MOT:
            raise exceptions.AuthenticationFailed("Écrivez « Authorization: Bearer » et la clé.")
        try:
            cle = cles.trouver(mots[1].decode("ascii", "replace"))
        except cles.CleRefusee as refus:
            raise exceptions.AuthenticationFailed(str(refus)) from refus
        return cle.agent, cle

    def authenticate_header(self, request):
        return 'Bearer realm="api"'


class SansFormat(BaseContentNegotiation):
    """JSON, whatever is asked: there is nothing else."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class Limite(BaseThrottle):
    """So many requests a minute, by key, or else by network address."""

    def allow_request(self, request, view):
        if request.auth:
            qui, limite = f"api-cle-{request.auth.pk}", settings.API_PAR_MINUTE_AVEC_CLE
        else:
            qui, limite = f"api-adresse-{adresse_de(request)}", settings.API_PAR_MINUTE
        self.attente = compteur.attente(qui, limite)
        return not self.attente

    def wait(self):
        return self.attente
