"""An anonymised copy of the base, in the form of an archive: it restores like any other.

The base is only read, at one instant: no mistake of an operator anonymises what serves. A file has
another name and says nothing; those of the bin stay behind.
"""

from django.contrib.auth.hashers import make_password

from config.personnes.brouillage import FICHIER, Brouillage
from config.personnes.champs import PERSONNELS, VIDEES, regles
from config.sauvegardes.sauvegarde import FICHIERS, sauvegarder
from territoires.champs import CleDeRecherche


class Anonyme:
    """What `sauvegarder` reads instead of the rows as they are."""

    def __init__(self, mot_de_passe=""):
        pose = make_password(mot_de_passe or None)  # without one, nobody signs in
        personnels = {nom for siens in PERSONNELS.values() for nom in siens}
        self.brouillage = Brouillage(pose, personnels)

    def lignes(self, table):
        if table.nom in VIDEES:
            return iter(())
        rangs = {nom: rang for rang, nom in enumerate(table.attributs)}
        gestes = [
            (rangs[nom], getattr(self.brouillage, genre))
            for nom, genre in regles(table.modele).items()
        ]
        cles = [
            (rangs[champ.attname], champ)
            for champ in table.champs
            if isinstance(champ, CleDeRecherche)
        ]

        def changer(rangee):
            rangee = list(rangee)
            for rang, geste in gestes:
                if rangee[rang] is not None:
                    rangee[rang] = geste(rangee[rang])
            for rang, champ in cles if gestes else ():
                ligne = table.modele(**dict(zip(table.attributs, rangee, strict=True)))
                rangee[rang] = champ.pre_save(ligne, add=False)
            return rangee

        return table.lignes(changer)

    def jetes(self):
        return set()

    def garder(self, ecriture, nom):
        ecriture.membre(f"{FICHIERS}{nom}", [FICHIER])
        return True


def anonymiser(sortie, mot_de_passe=""):
    """Write the copy to this binary file: its manifest, and the hash of it all."""
    return sauvegarder(sortie, Anonyme(mot_de_passe))
