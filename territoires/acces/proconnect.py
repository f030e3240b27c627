"""ProConnect, or any OpenID Connect provider: who somebody is, as the provider signed it.

Code flow with PKCE; the id token and the userinfo answer are read only when the provider's keys
signed them for us. Claims of ProConnect: sub, given_name, usual_name, email, uid, siret, idp_id.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

SESSION = "proconnect"
ALGORITHMES = ["RS256", "ES256"]  # never one that our own secret would sign
ATTENTE = 10  # seconds


class Refus(Exception):
    """What the provider said cannot be believed, or did not come."""


@dataclass(frozen=True)
class Identite:
    emetteur: str
    sub: str
    courriel: str
    verifie: bool
    prenom: str
    nom: str
    siret: str


@cache
def configuration(serveur):
    reponse = requests.get(f"{serveur}/.well-known/openid-configuration", timeout=ATTENTE)
    reponse.raise_for_status()
    return reponse.json()


@cache
def _cles(adresse):
    return jwt.PyJWKClient(adresse, timeout=ATTENTE)


def _retour():
    return settings.ADRESSE_DU_SITE + reverse("proconnect-retour")


def defi(verifieur):
    """What is shown of a secret when one leaves, so that it can be told when one is back (PKCE)."""
    condense = hashlib.sha256(verifieur.encode()).digest()
    return base64.urlsafe_b64encode(condense).rstrip(b"=").decode()


def depart(request, suite):
    """The address of the provider; what makes its answer ours is kept in the session."""
    garde = {nom: secrets.token_urlsafe(32) for nom in ("state", "nonce", "verifieur")}
    request.session[SESSION] = garde | {"suite": suite}
    parametres = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT,
        "redirect_uri": _retour(),
        "scope": settings.OIDC_PORTEE,
        "state": garde["state"],
        "nonce": garde["nonce"],
        "code_challenge": defi(garde["verifieur"]),
        "code_challenge_method": "S256",
    }
    autorisation = configuration(settings.OIDC_SERVEUR)["authorization_endpoint"]
    return f"{autorisation}?{urlencode(parametres)}"


def identifier(request):
    """(Identite, where one was going) of the answer in this request. Raises Refus."""
    garde = request.session.pop(SESSION, None)
    recu = request.GET.get("state", "")
    if not garde or not constant_time_compare(garde["state"], recu):
        raise Refus("cette réponse ne suit aucune demande de ce navigateur")
    if "code" not in request.GET:
        raise Refus(request.GET.get("error", "aucun code")[:100])
    try:
        return _lire(request.GET["code"], garde), garde["suite"]
    except (requests.RequestException, jwt.PyJWTError, KeyError, ValueError) as erreur:
        raise Refus(type(erreur).__name__) from erreur


def _lire(code, garde):
    lieux = configuration(settings.OIDC_SERVEUR)
    jetons = requests.post(
        lieux["token_endpoint"],
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _retour(),
            "client_id": settings.OIDC_CLIENT,
            "client_secret": settings.OIDC_SECRET,
            "code_verifier": garde["verifieur"],
        },
        timeout=ATTENTE,
    )
    jetons.raise_for_status()
    jetons = jetons.json()
    preuve = _verifie(lieux, jetons["id_token"])
    if not constant_time_compare(str(preuve.get("nonce", "")), garde["nonce"]):
        raise Refus("la réponse est d’une autre demande")
    reponse = requests.get(
        lieux["userinfo_endpoint"],
        headers={"Authorization": f"Bearer {jetons['access_token']}"},
        timeout=ATTENTE,
    )
    reponse.raise_for_status()
    signee = "jwt" in reponse.headers.get("Content-Type", "")
    dit = _verifie(lieux, reponse.text.strip(), avec_fin=False) if signee else reponse.json()
    if dit["sub"] != preuve["sub"]:
        raise Refus("deux personnes dans une réponse")
    return Identite(
        emetteur=lieux["issuer"],
        sub=dit["sub"],
        courriel=str(dit.get("email", "")).strip(),
        verifie=dit.get("email_verified", settings.OIDC_COURRIEL_VERIFIE) is True,
        prenom=str(dit.get("given_name", ""))[:150],
        nom=str(dit.get("usual_name") or dit.get("family_name") or "")[:150],
        siret="".join(filter(str.isdigit, str(dit.get("siret", ""))))[:14],
    )


def _verifie(lieux, jeton, avec_fin=True):
    """What this token says, once its signature, its issuer and its audience are ours."""
    cle = _cles(lieux["jwks_uri"]).get_signing_key_from_jwt(jeton)
    return jwt.decode(
        jeton,
        cle.key,
        algorithms=ALGORITHMES,
        audience=settings.OIDC_CLIENT,
        issuer=lieux["issuer"],
        options={"require": ["iss", "aud", "exp"] if avec_fin else ["iss", "aud"]},
    )
