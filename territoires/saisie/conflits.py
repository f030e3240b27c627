"""Two people in one form: what each changed since it was read, and what has to be chosen.

What only the other changed is taken in; what both changed is asked about; nothing typed is lost.
"""

from dataclasses import dataclass

from territoires.saisie.etat import Ligne


@dataclass
class Ecart:
    """One difference to tell: of a field, of a field of a row, or of a whole row (no `nom`)."""

    prefixe: str
    ligne: str
    nom: str
    avant: list | dict | None
    leur: list | dict | None
    mien: list | dict | None
    a_choisir: bool

    @property
    def cle(self):
        return "-".join(filter(None, (self.prefixe, self.ligne, self.nom)))


def rapprocher(lu, present, saisie, choix):
    """Take into `saisie` what only the other changed; return the Ecarts to show.

    `choix` is {key: "mien" | "leur"} for what the page that was read asked about. What is still
    to be chosen goes from page to page in `lu["conflits"]`.
    """
    attente = _appliquer(lu, saisie, choix)
    ecarts = _champs(("", ""), lu["champs"], present["champs"], saisie.champs, attente)
    for prefixe in saisie.lignes:
        avant = lu["lignes"].get(prefixe, {})
        maintenant = present["lignes"].get(prefixe, {})
        ecarts += _presentes(prefixe, avant, maintenant, saisie, attente)
        ecarts += _disparues(prefixe, avant, maintenant, saisie, attente)
    return ecarts


def conflits(ecarts):
    """What a page must remember of the choices that it asks."""
    return {e.cle: {"avant": e.avant, "mien": e.mien} for e in ecarts if e.a_choisir}


def _appliquer(lu, saisie, choix):
    """Do what was chosen; the conflicts that nobody answered."""
    attente = {}
    for cle, conflit in lu["conflits"].items():
        choisi = choix.get(cle)
        if choisi not in ("mien", "leur"):
            attente[cle] = conflit
            continue
        prefixe, _, reste = cle.partition("-")
        if not reste:
            if choisi == "leur":
                saisie.champs[cle] = lu["champs"][cle]
            continue
        pk, _, nom = reste.partition("-")
        if choisi == "mien" and _sans_fichier(saisie.connues(prefixe).get(pk), nom):
            attente[cle] = conflit  # my file has to come once more
            continue
        _appliquer_a_la_ligne(lu["lignes"][prefixe], saisie, prefixe, pk, nom, conflit, choisi)
    return attente


def _appliquer_a_la_ligne(lues, saisie, prefixe, pk, nom, conflit, choisi):
    ligne = saisie.connues(prefixe).get(pk)
    if nom:
        if ligne and choisi == "leur":
            ligne.valeurs[nom] = lues[pk][nom]
            ligne.fichiers.pop(nom, None)
    elif pk not in lues:
        if choisi == "mien":
            saisie.lignes[prefixe].append(Ligne("", conflit["mien"]))
    elif ligne:
        ligne.supprimee = choisi == "mien"


def _sans_fichier(ligne, nom):
    """A browser sends every field of a row, but a file only when one was chosen."""
    return bool(ligne and nom and nom not in ligne.valeurs)


def _champs(ou, avant, maintenant, saisis, attente):
    ecarts = []
    for nom, leur in maintenant.items():
        ecart = Ecart(*ou, nom, avant.get(nom, []), leur, saisis.get(nom, avant.get(nom, [])), True)
        if conflit := attente.get(ecart.cle):
            ecart.avant, ecart.mien = conflit["avant"], saisis.get(nom, conflit["mien"])
        elif ecart.avant == leur:
            continue
        if ecart.mien == leur:
            continue
        if ecart.mien == ecart.avant:
            ecart.a_choisir = False
            saisis[nom] = leur
        ecarts.append(ecart)
    return ecarts


def _presentes(prefixe, avant, maintenant, saisie, attente):
    """Rows that stand in the database: changed or added by the other, kept or deleted by me."""
    ecarts = []
    connues = saisie.connues(prefixe)
    for pk, leur in maintenant.items():
        ligne = connues.get(pk)
        if ligne is None:
            jumelle = next((x for x in saisie.nouvelles(prefixe) if x.est(leur)), None)
            if jumelle:  # sent twice: the row of the first time is this one
                saisie.lignes[prefixe].remove(jumelle)
            else:
                ecarts.append(Ecart(prefixe, pk, "", None, leur, None, False))
            saisie.lignes[prefixe].append(Ligne(pk, dict(leur)))
        elif not ligne.supprimee:
            ou = (prefixe, pk)
            ecarts += _champs(ou, avant.get(pk, {}), leur, ligne.valeurs, attente)
        elif avant.get(pk) != leur or f"{prefixe}-{pk}" in attente:
            ligne.supprimee, ligne.valeurs = False, dict(leur)
            ancienne = attente.get(f"{prefixe}-{pk}", {"avant": avant.get(pk)})["avant"]
            ecarts.append(Ecart(prefixe, pk, "", ancienne, leur, None, True))
    return ecarts


def _disparues(prefixe, avant, maintenant, saisie, attente):
    """Rows that the other deleted, while I read, changed or deleted them."""
    ecarts = []
    for pk, ligne in saisie.connues(prefixe).items():
        if pk in maintenant:
            continue
        saisie.lignes[prefixe].remove(ligne)
        ancienne = avant.get(pk)
        if not ligne.supprimee:
            change = ligne.valeurs != {n: (ancienne or {}).get(n) for n in ligne.valeurs}
            mien = ligne.valeurs if change else None
            ecarts.append(Ecart(prefixe, pk, "", ancienne, None, mien, change))
    for cle, conflit in attente.items():
        debut, _, pk = cle.partition("-")
        if debut == prefixe and pk and "-" not in pk and pk not in maintenant:
            ecarts.append(Ecart(prefixe, pk, "", conflit["avant"], None, conflit["mien"], True))
    return ecarts
