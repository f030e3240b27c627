"""What was typed and could not be saved: read from what was sent, to be given back.

Nothing here asks the database or the session: it serves when they are away.
"""

import re
import traceback
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst

SEL = "territoires.saisie.adresse"
GARDE = "saisie:"  # prefix of a field kept in the page that asks to sign in
AUTEUR = "saisi_par"
LUE_AU_PLUS = 10 * 1024 * 1024  # bytes read of what was refused for its size
SECRET = re.compile(r"pass(word|wd)|mot_de_passe|secret", re.I)
# What a form says to the server and no person reads.
TECHNIQUE = re.compile(
    r"^(_.*|action|index|select_across|confirme|lu|vu|version|passage|indicateur|next|"
    r"(initial|avant)-.*|.*__prefix__.*|.*-(id|(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|DELETE))$"
)
CLE = re.compile(r"^[a-z_]+(-\d+)?$")  # what a choice is worth
RANG = re.compile(r"^(.+)-(\d+)-(.+)$")


@dataclass
class Saisie:
    """The fields that were sent to an address, by whom if the form said it."""

    adresse: str
    champs: list = field(default_factory=list)  # [(name, text)]
    auteur: str = ""
    fichiers: list = field(default_factory=list)  # names: their content cannot be given back
    secrets: bool = False  # a password was among them: never given back
    coupee: bool = False  # its end could not be read

    @classmethod
    def envoyee(cls, request, erreur=None):
        """What this request sent; read as far as it can be when that reading failed."""
        donnees, noms, coupee = _lire(request, erreur)
        return cls._triee(request.get_full_path(), donnees, fichiers=noms, coupee=coupee)

    @classmethod
    def gardee(cls, donnees):
        """What a page of ours kept; raises BadSignature when the address is not ours."""
        adresse = signing.loads(donnees.get("adresse", ""), salt=SEL)
        champs = [
            (nom.removeprefix(GARDE), texte)
            for nom, textes in donnees.lists()
            if nom.startswith(GARDE)
            for texte in textes
        ]
        return cls._triee(adresse, champs, fichiers=donnees.getlist("fichier"))

    @classmethod
    def _triee(cls, adresse, champs, **autres):
        saisie = cls(adresse, **autres)
        for nom, texte in champs:
            if SECRET.search(nom):
                saisie.secrets = True
            elif nom == AUTEUR:
                saisie.auteur = texte
            elif nom != "csrfmiddlewaretoken":
                saisie.champs.append((nom, texte))
        return saisie

    @property
    def chemin(self):
        """Its address, of this site only."""
        local = url_has_allowed_host_and_scheme(self.adresse, allowed_hosts=None)
        return self.adresse if local and self.adresse.startswith("/") else "/"

    @property
    def signee(self):
        return signing.dumps(self.chemin, salt=SEL)

    def page(self):
        """The view of its address: (function, name, arguments); nothing when there is none."""
        try:
            trouvee = resolve(urlsplit(self.chemin).path)
        except Resolver404:
            return None, "", {}
        return trouvee.func, trouvee.url_name or "", trouvee.kwargs

    def textes(self):
        """[(name, label, text)] of what a person typed."""
        modele = self._modele()
        for nom, texte in self.champs:
            if texte.strip() and not TECHNIQUE.match(nom):
                libelle = _libelle(modele, nom)
                if libelle and (modele or not CLE.match(texte)):
                    yield nom, libelle, f"\n{texte}"  # a textarea swallows its first line break

    def caches(self):
        """[(name, text)] of the rest: ticked boxes, choices, what the form must say."""
        visibles = {nom for nom, _, _ in self.textes()}
        return [(nom, texte) for nom, texte in self.champs if nom not in visibles]

    def _modele(self):
        fonction, _, _ = self.page()
        admin = getattr(fonction, "model_admin", None)
        return admin and admin.model


def _lire(request, erreur):
    """([(name, text)], [name of a file], whether the end is missing)"""
    partie = _avant_l_echec(erreur) if erreur else None
    if partie is None and request.content_type == "application/x-www-form-urlencoded":
        partie = _corps(request) if erreur else None
    if partie is not None:
        return partie, [], True
    try:
        donnees, fichiers = request.POST, request.FILES
    except Exception:  # whatever stops the reading: there is nothing to give back
        return [], [], True
    champs = [(nom, texte) for nom, textes in donnees.lists() for texte in textes]
    noms = [fichier.name for _, groupe in fichiers.lists() for fichier in groupe]
    return champs, noms, False


def _avant_l_echec(erreur):
    """The fields that Django had read when it stopped, the one that was too long included."""
    for cadre, _ in traceback.walk_tb(erreur.__traceback__):
        if cadre.f_code is not MultiPartParser._parse.__code__:
            continue
        lu = cadre.f_locals
        champs = getattr(lu["self"], "_post", QueryDict())
        lus = [(nom, texte) for nom, textes in champs.lists() for texte in textes]
        if isinstance(lu.get("data"), bytes) and lu.get("field_name") not in champs:
            lus.append((lu["field_name"], lu["data"].decode("utf-8", errors="replace")))
        return lus
    return None


def _corps(request):
    """The fields of a body that Django refused for its size or their number."""
    octets = getattr(request, "_body", None)
    try:
        octets = request.read(LUE_AU_PLUS) if octets is None else octets[:LUE_AU_PLUS]
    except OSError:
        return None
    return parse_qsl(octets.decode("utf-8", errors="replace"), keep_blank_values=True)


def _libelle(modele, nom):
    """How a person knows this field; nothing when its value is a choice or the key of a row."""
    trouve = RANG.match(nom)
    if modele is None:
        return capfirst(nom.replace("_", " ").replace("-", " "))
    if not trouve:
        libelle = _du_modele(modele, nom)
        return libelle and capfirst(libelle)
    prefixe, rang, reste = trouve.groups()
    try:
        ligne = modele._meta.get_field(prefixe).related_model
    except FieldDoesNotExist:
        return capfirst(f"{prefixe} {int(rang) + 1}, {reste}".replace("_", " "))
    libelle = _du_modele(ligne, reste)
    return libelle and capfirst(f"{ligne._meta.verbose_name} {int(rang) + 1}, {libelle}")


def _du_modele(modele, nom):
    try:
        champ = modele._meta.get_field(nom)
    except FieldDoesNotExist:
        return capfirst(nom.replace("_", " ").replace("-", " "))
    if champ.is_relation or champ.choices or champ.get_internal_type() == "BooleanField":
        return None
    return str(champ.verbose_name)
