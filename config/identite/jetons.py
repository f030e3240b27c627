"""What the demonstration's provider of identity signs, without keeping anything: any process reads
back what another gave."""

import hashlib
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core import signing
from jwt.algorithms import ECAlgorithm

CODE, ACCES = "identite-code", "identite-acces"  # salts
DUREE = 60  # seconds
NOM_DE_LA_CLE = "demonstration"
ORDRE = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256: FIPS 186-4


def _cle():
    """The same for all processes: it comes from the secret of the site."""
    condense = hashlib.sha512(f"identite {settings.SECRET_KEY}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(condense) % (ORDRE - 1) + 1, ec.SECP256R1())


def cles_publiques():
    publique = ECAlgorithm.to_jwk(_cle().public_key(), as_dict=True)
    return {"keys": [publique | {"kid": NOM_DE_LA_CLE, "use": "sig", "alg": "ES256"}]}


def signer(**dit):
    """A JSON Web Token for our site, of this minute."""
    dit |= {"iss": settings.OIDC_SERVEUR, "aud": settings.OIDC_CLIENT, "exp": time.time() + DUREE}
    return jwt.encode(dit, _cle(), algorithm="ES256", headers={"kid": NOM_DE_LA_CLE})


def donner(sel, valeur):
    return signing.dumps(valeur, salt=sel)


def lire(sel, jeton):
    """What was given under this salt less than a minute ago. Raises signing.BadSignature."""
    return signing.loads(jeton, salt=sel, max_age=DUREE)
