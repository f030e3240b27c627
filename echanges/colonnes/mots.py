"""Headers compared by what their words mean: « lib_com » and « Nom de la commune » are one."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from echanges.textes import sans_accents

# Words of one meaning stand under the first of them.
SENS = (
    "nom lib libelle libgeo nomcom nccenr intitule denomination designation titre name label",
    "code cod codgeo codegeo codecom depcom id ident identifiant num numero no reference ref",
    "montant mnt somme amount",
    "cout budget",
    "departement dep dept dpt",
    "region reg",
    "population pop pmun ptot habitants",
    "commune com ville municipalite",
    "intercommunalite epci interco gfp",
    "date dt",
    "debut deb demarrage commencement lancement",
    "fin echeance achevement",
    "courriel mail email mel",
    "telephone tel",
    "postal postaux cp",
    "financeur attribuant bailleur cofinanceur financement",
    "ouvrage porteur beneficiaire pilote",
    "contact referent interlocuteur",
    "description descriptif",
    "objectif but finalite",
    "partenaire",
    "statut etat situation",
)
CANONIQUES = {mot: groupe.split()[0] for groupe in SENS for mot in groupe.split()}
# What many headers say besides, and that tells no column from another.
NEUTRES = {"d", "de", "des", "du", "l", "la", "le", "les", "et", "en", "a", "au", "aux", "un"}
NEUTRES |= {"une", "pour", "par", "sur", "dans", "of", "the", "insee", "geo", "geographique"}
NEUTRES |= {"officiel", "complet", "entier", "fr", "euro", "euros", "eur", "ht", "ttc", "total"}
NEUTRES |= {"totale", "municipale", "legale"}
MORCEAUX = re.compile(r"[A-Z]+(?![a-zà-ÿ])|[A-ZÀ-Ý]?[a-zà-ÿœ]+|[A-Z]+")
LONGUEUR_D_UN_MOT_SUR = 5  # letters; shorter, one slip makes another word


@lru_cache(maxsize=4096)
def sens(texte):
    """What the words of this header say, as a set; years and units do not count."""
    mots = {_radical(sans_accents(mot)) for mot in MORCEAUX.findall(texte)}
    return frozenset(CANONIQUES.get(mot, mot) for mot in mots if mot not in NEUTRES)


def _radical(mot):
    """This word in the singular."""
    if mot in CANONIQUES or mot in NEUTRES:
        return mot
    if len(mot) > 4 and mot.endswith("aux") and f"{mot[:-3]}al" in CANONIQUES:
        return f"{mot[:-3]}al"
    return mot[:-1] if len(mot) > 3 and mot[-1] in "sx" else mot


def a_une_faute_pres(un, autre):
    """The same words but for one slip of the hand."""
    un, autre = sans_accents(un), sans_accents(autre)
    if min(len(un), len(autre)) < LONGUEUR_D_UN_MOT_SUR:
        return sorted(un) == sorted(autre) and OSA.distance(un, autre) == 1
    return OSA.distance(un, autre) <= 1
