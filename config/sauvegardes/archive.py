"""The file of an archive: a ZIP that is written and read as it flows, each member with its hash."""

import hashlib
import json
import zipfile

from django.core.management.base import CommandError

FORMAT = 1
MANIFESTE = "manifeste.json"
MORCEAU = 1 << 20  # bytes
ABIMEE = "Cette archive est abîmée ou incomplète ({}) : rien n’a été touché."


class Ecriture:
    """Members one after the other, none of which is ever whole in memory."""

    def __init__(self, sortie):
        self.sortie = Somme(sortie)
        self.zip = zipfile.ZipFile(self.sortie, "w", allowZip64=True)
        self.sommes = {}

    def membre(self, nom, morceaux, compresser=True):
        """Write these bytes under this name; how many there were."""
        info = zipfile.ZipInfo(nom, date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED if compresser else zipfile.ZIP_STORED
        somme, taille = hashlib.sha256(), 0
        with self.zip.open(info, "w", force_zip64=True) as membre:
            for morceau in morceaux:
                membre.write(morceau)
                somme.update(morceau)
                taille += len(morceau)
        self.sommes[nom] = somme.hexdigest()
        return taille

    def finir(self, manifeste):
        """The manifest comes last, when all is known; the hash of the whole file."""
        contenu = {"format": FORMAT, **manifeste, "sommes": self.sommes}
        self.zip.writestr(MANIFESTE, json.dumps(contenu, ensure_ascii=False, indent=1))
        self.close()
        return self.sortie.somme.hexdigest()

    def close(self):
        self.zip.close()


class Somme:
    """A file that is only written, and its hash; ZIP then writes no header twice."""

    def __init__(self, sortie):
        self.sortie, self.somme = sortie, hashlib.sha256()

    def write(self, octets):
        self.somme.update(octets)
        return self.sortie.write(octets)

    def flush(self):
        self.sortie.flush()


class Lecture:
    """An archive whose every member was found whole. Raises CommandError."""

    def __init__(self, chemin):
        try:
            self.zip = zipfile.ZipFile(chemin)
            self.manifeste = json.loads(self.zip.read(MANIFESTE))
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as erreur:
            raise CommandError(ABIMEE.format(erreur)) from erreur
        if self.manifeste.get("format") != FORMAT:
            raise CommandError("Cette archive est d’un format que cette version ne lit pas.")
        self.verifier()

    def verifier(self):
        """Read it all once before anything is touched."""
        for nom, attendue in self.manifeste["sommes"].items():
            somme = hashlib.sha256()
            try:
                for morceau in self.morceaux(nom):
                    somme.update(morceau)
            except (OSError, KeyError, EOFError, zipfile.BadZipFile, zipfile.zlib.error) as erreur:
                raise CommandError(ABIMEE.format(nom)) from erreur
            if somme.hexdigest() != attendue:
                raise CommandError(ABIMEE.format(nom))

    def morceaux(self, nom):
        with self.zip.open(nom) as membre:
            while morceau := membre.read(MORCEAU):
                yield morceau

    def lignes(self, nom):
        with self.zip.open(nom) as membre:
            for ligne in membre:
                yield ligne.decode("utf-8").rstrip("\n")
