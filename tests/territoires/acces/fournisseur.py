"""A small OpenID Connect provider on the loopback: it signs what a test gives it, as ProConnect."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
AUTRE_CLE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT, SECRET = "territoires", "secret-du-client"


class Fournisseur(ThreadingHTTPServer):
    """`personne` is what it says of who comes; `fautes` changes its signed answers."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Reponses)
        self.adresse = f"http://127.0.0.1:{self.server_port}"
        self.personne, self.codes = {}, {}
        self.cle, self.fautes = CLE, {}

    def signer(self, **dit):
        dit = {"iss": self.adresse, "aud": CLIENT, "exp": time.time() + 60, **dit, **self.fautes}
        return jwt.encode(dit, self.cle, algorithm="RS256", headers={"kid": "une"})


class Reponses(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def _json(self, valeur, statut=200):
        self._rendre(json.dumps(valeur), "application/json", statut)

    def _rendre(self, texte, genre, statut=200):
        self.send_response(statut)
        self.send_header("Content-Type", genre)
        self.end_headers()
        self.wfile.write(texte.encode())

    def do_GET(self):
        serveur, lieu = self.server, urlsplit(self.path)
        demande = {nom: v[0] for nom, v in parse_qs(lieu.query).items()}
        if lieu.path == "/.well-known/openid-configuration":
            noms = ("authorization", "token", "userinfo")
            lieux = {f"{nom}_endpoint": f"{serveur.adresse}/{nom}" for nom in noms}
            self._json(lieux | {"issuer": serveur.adresse, "jwks_uri": f"{serveur.adresse}/cles"})
        elif lieu.path == "/cles":
            publique = jwt.algorithms.RSAAlgorithm.to_jwk(CLE.public_key(), as_dict=True)
            self._json({"keys": [publique | {"kid": "une", "use": "sig", "alg": "RS256"}]})
        elif lieu.path == "/authorization":
            serveur.codes["un-code"] = demande
            retour = urlencode({"code": "un-code", "state": demande["state"]})
            self.send_response(302)
            self.send_header("Location", f"{demande['redirect_uri']}?{retour}")
            self.end_headers()
        elif self.headers["Authorization"] == "Bearer un-acces":
            self._rendre(serveur.signer(**serveur.personne), "application/jwt")
        else:
            self._json({}, 401)

    def do_POST(self):
        longueur = int(self.headers["Content-Length"])
        envoi = {nom: v[0] for nom, v in parse_qs(self.rfile.read(longueur).decode()).items()}
        demande = self.server.codes.pop(envoi.get("code"), None)
        defi = hashlib.sha256(envoi["code_verifier"].encode()).digest()
        juste = (
            demande is not None
            and (envoi["client_id"], envoi["client_secret"]) == (CLIENT, SECRET)
            and base64.urlsafe_b64encode(defi).rstrip(b"=").decode() == demande["code_challenge"]
        )
        if not juste:
            self._json({"error": "invalid_grant"}, 400)
            return
        preuve = self.server.signer(sub=self.server.personne["sub"], nonce=demande["nonce"])
        self._json({"access_token": "un-acces", "id_token": preuve, "token_type": "Bearer"})


@contextmanager
def fournisseur():
    serveur = Fournisseur()
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    try:
        yield serveur
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
