"""Which column of ours each column of a file is: as a person says, else as it is guessed."""

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice

from echanges.colonnes.colonne import Relation
from echanges.colonnes.mots import a_une_faute_pres, sens
from echanges.colonnes.valeurs import Choix, Code, Date, Entier, Nombre, Texte
from echanges.erreurs import FichierRefuse, Illisible, Remarque
from echanges.lecture.tableau import COLONNE_DES_ERREURS, cle_d_entete, sans_nom

EXEMPLES = 3  # values shown of each column
SONDEES = 50  # rows that tell what a column holds
LONGUEUR_D_UN_RANG = 5  # digits; what is longer may well be a reference
PART_SURE = 0.9  # of the values, for a column to be recognised by them alone
CHOISIE, EXACTE, SYNONYME, MOTS, CONTENU = 5, 4, 3, 2, 1
RAISONS = {
    CHOISIE: "votre choix",
    EXACTE: "même nom",
    SYNONYME: "autre nom connu",
    MOTS: "d’après les mots",
    CONTENU: "d’après les valeurs",
}
RIEN_DE_LA_TABLE = (
    "Aucune colonne de ce fichier n’est de cette table. Dites ce que sont ses colonnes, ou donnez "
    "un autre fichier. Colonnes admises\u202f: {}."
)
SANS_CLE = "aucune colonne « {} » : chaque ligne est nouvelle, et reçoit la sienne."
TYPEES = (Date, Entier, Nombre, Choix)


@dataclass
class Proposition:
    """One column of the file; `cible` is our header, empty when the column is left out."""

    rang: int
    cle: str
    entete: str
    cible: str = ""
    niveau: int = 0
    valeurs: list = field(default_factory=list)
    refus: str = ""  # why the same name was not taken
    masquee: bool = False  # in the workbook: its author may have forgotten it

    @property
    def raison(self):
        return RAISONS.get(self.niveau, "")

    @property
    def exemples(self):
        return list(dict.fromkeys(v[:60] for v in self.valeurs))[:EXEMPLES]

    @property
    def nom(self):
        return self.entete or f"(colonne {self.rang + 1}, sans en-tête)"

    @property
    def sure(self):
        """Nothing is left to a person: the name says it, or there is nothing to read."""
        muette = not self.entete and not self.valeurs
        return self.niveau >= EXACTE or muette or self.cle == COLONNE_DES_ERREURS


def entetes_connus(resource):
    """{header as it is compared: header}: the names of the columns, then their labels."""
    connus = {cle_d_entete(nom): nom for nom in resource.entetes()}
    for colonne in resource.colonnes:
        champ = getattr(colonne, "champ", None)
        if champ is not None and len(colonne.entetes) == 1:
            connus.setdefault(cle_d_entete(str(champ.verbose_name)), colonne.nom)
    return connus


def autres_noms(resource):
    """{header as it is compared: header}: what others are known to call our columns."""
    return {
        cle_d_entete(autre): nom
        for nom, autres in resource._meta.synonymes.items()
        for autre in autres
    }


def entetes_cherches(resource, choix):
    """Every header that tells the row of headers from the others."""
    choisis = [cle for cle, cible in choix.colonnes.items() if cible]
    return [*entetes_connus(resource), *autres_noms(resource), *choisis]


def empreinte_des_entetes(cellules):
    """The same for files with the same headers, whatever their rows."""
    cles = [cle_d_entete(cellule) for cellule in cellules]
    while cles and not cles[-1]:
        cles.pop()
    return sha256("\n".join(cles).encode()).hexdigest()


def proposer(resource, tableau, choisies=None):
    """[Proposition], one a column of the file, in its order."""
    propositions = [
        Proposition(rang, cle, entete, masquee=rang in tableau.masquees)
        for rang, (cle, entete) in enumerate(zip(tableau.cles, tableau.entetes, strict=True))
    ]
    prises = _prendre_les_choisies(resource, propositions, choisies or {})
    libres = [p for p in propositions if not p.niveau]
    _prendre_par_nom(libres, prises, entetes_connus(resource), EXACTE)
    if all(p.niveau or (p.cle == COLONNE_DES_ERREURS) for p in propositions):
        return propositions
    _lire_des_valeurs(tableau, propositions)
    libres = [p for p in propositions if not p.niveau and p.cle != COLONNE_DES_ERREURS]
    _prendre_par_nom(libres, prises, autres_noms(resource), SYNONYME)
    libres = [p for p in libres if not p.niveau and not p.refus]
    _prendre_par_mots(resource, libres, prises)
    if any(not p.niveau and p.valeurs for p in libres):
        _prendre_par_contenu(resource, [p for p in libres if not p.niveau], prises)
    return propositions


def _prendre_les_choisies(resource, propositions, choisies):
    prises, admises = set(), set(resource.entetes())
    for proposition in propositions:
        cible = choisies.get(proposition.cle)
        if cible is None or (cible and cible not in admises):
            continue
        proposition.cible, proposition.niveau = cible, CHOISIE
        prises |= {cible} if cible else set()
    return prises


def _prendre_par_nom(propositions, prises, noms, niveau):
    for proposition in propositions:
        cible = noms.get(proposition.cle.partition("#")[0]) if proposition.entete else None
        if cible is None:
            continue
        if cible in prises:
            if niveau == EXACTE:
                proposition.refus = cible
            continue
        proposition.cible, proposition.niveau = cible, niveau
        prises.add(cible)


def _lire_des_valeurs(tableau, propositions):
    for _, cellules in islice(tableau.lignes, SONDEES):
        for proposition in propositions:
            if proposition.rang < len(cellules) and (v := cellules[proposition.rang].strip()):
                proposition.valeurs.append(v)


def remplir_les_exemples(tableau, propositions):
    """Sample values for a page, of files whose names alone said all."""
    if not any(p.valeurs for p in propositions):
        _lire_des_valeurs(tableau, propositions)


# --- By the words, then by the values -------------------------------------------------------------


def _cibles(resource):
    """[(header, column, [what its names mean])] of the columns that a file may fill."""
    objet = sens(str(resource.modele._meta.verbose_name)) | sens(resource._meta.nom)
    cibles = []
    for colonne in resource.colonnes:
        if colonne.nom in resource._meta.lecture_seule:
            continue
        for entete in colonne.entetes:
            noms = [entete, *resource._meta.synonymes.get(entete, ())]
            champ = getattr(colonne, "champ", None)
            if champ is not None and len(colonne.entetes) == 1:
                noms.append(str(champ.verbose_name))
            sens_connus = {_propre(sens(nom), objet, colonne) for nom in noms} - {frozenset()}
            cibles.append((entete, colonne, sens_connus))
    return objet, cibles


def _propre(mots, objet, colonne):
    """What is said besides the object itself; a key or a name of another object is that object."""
    reste = mots - objet or mots
    if isinstance(colonne, Relation) and len(colonne.entetes) == 1:
        reste = reste - {"code", "nom"} or reste
    return reste


def _prendre_par_mots(resource, libres, prises):
    objet, cibles = _cibles(resource)
    entetes = Counter(filter(None, (p.entete for p in libres)))  # of equal ones, none is known
    candidats = []
    for proposition in libres:
        mots = sens(proposition.entete) if entetes[proposition.entete] == 1 else frozenset()
        for entete, colonne, connus in cibles:
            if entete in prises or not mots:
                continue
            meme = _propre(mots, objet, colonne) in connus or (
                mots <= objet and _est_l_objet(colonne, proposition.valeurs)
            )
            faute = a_une_faute_pres(proposition.entete.replace(" ", "_"), entete)
            if _compte_les_lignes(colonne, proposition.valeurs):
                continue
            if (meme or faute) and _plausible(colonne, proposition.valeurs):
                precis = len(mots & frozenset(("code",))) if colonne.cle else 0
                candidats.append((-precis, proposition.rang, entete, proposition))
    _attribuer(sorted(candidats, key=lambda c: c[:3]), prises, MOTS)


def _est_l_objet(colonne, valeurs):
    """Under the name of the objects themselves stand their codes, or else their names."""
    if colonne.cle and isinstance(getattr(colonne, "valeur", None), Code):
        return bool(valeurs)
    return colonne.nom in ("nom", "titre", "intitule")


def _attribuer(candidats, prises, niveau):
    """One column each, and each once; what could be two things is left to the person."""
    for *_, entete, proposition in candidats:
        if entete in prises or proposition.niveau:
            continue
        proposition.cible, proposition.niveau = entete, niveau
        prises.add(entete)


def _compte_les_lignes(colonne, valeurs):
    """« N° » over 1, 2, 3… numbers the rows of a file, where our key is a reference of words."""
    if not colonne.cle or not isinstance(getattr(colonne, "valeur", None), Texte) or not valeurs:
        return False
    entiers = [re.sub(r"[.,]0+$", "", v) for v in valeurs]
    return all(v.isdecimal() and len(v) < LONGUEUR_D_UN_RANG for v in entiers)


def _plausible(colonne, valeurs):
    """Half at least of what the file holds can be read so; a text or a name may be anything."""
    if not valeurs or not isinstance(getattr(colonne, "valeur", None), (*TYPEES, Code)):
        return True
    if colonne.est_liste:
        colonne.preparer()
    return sum(_se_lit(colonne, v) for v in valeurs) * 2 >= len(valeurs)


def _se_lit(colonne, texte):
    try:
        colonne.lire((texte,))
    except Illisible:
        return False
    return True


def _prendre_par_contenu(resource, libres, prises):
    _, cibles = _cibles(resource)
    candidats = []
    for entete, colonne, _ in cibles:
        if entete in prises or len(colonne.entetes) != 1 or colonne.est_liste:
            continue
        candidats += [
            (p.rang, entete, p) for p in libres if p.valeurs and _est_surement(colonne, p.valeurs)
        ]
    # A column whose values would do for two of ours, or the reverse, says nothing.
    par_rang = Counter(rang for rang, _, _ in candidats)
    par_cible = Counter(entete for _, entete, _ in candidats)
    seuls = [c for c in candidats if par_rang[c[0]] == 1 and par_cible[c[1]] == 1]
    _attribuer(seuls, prises, CONTENU)


def _est_surement(colonne, valeurs):
    if isinstance(colonne, Relation):
        if not isinstance(colonne.valeurs[0], Code):
            return False
        colonne.preparer()
        bonnes = sum(colonne.cles.connait(v) for v in valeurs)
    elif colonne.cle and isinstance(colonne.valeur, Code):
        bonnes = sum(_porte_une_cle(colonne, v) for v in valeurs)
    else:
        return False
    return bonnes >= PART_SURE * len(valeurs)


def _porte_une_cle(colonne, texte):
    """This code is right and, its last digit changed, no longer is: chance does not do that."""
    if not texte.strip() or not _se_lit(colonne, texte):
        return False
    code = colonne.valeur.clean(texte)
    if not code[-1:].isdecimal():
        return False
    return not any(_se_lit(colonne, code[:-1] + c) for c in "0123456789" if c != code[-1])


# --- What is read ---------------------------------------------------------------------------------


def manquantes(resource, cibles):
    """Columns without which no row can be told from another, or a new one cannot be made."""
    if sans_cle(resource, cibles):
        return []
    return [nom for nom in resource._meta.import_id_fields if nom not in cibles]


def sans_cle(resource, cibles):
    """Whether every row is a new one, that is given its key: the file says none."""
    options = resource._meta
    if resource.chargement or not options.cle_facultative or not any(cibles):
        return False
    return options.import_id_fields[0] not in cibles


def tout_est_clair(resource, tableau, choix):
    """Whether every column is known by its name, or was said: nothing is left to ask."""
    propositions = proposer(resource, tableau, choix.colonnes)
    if not all(p.entete for p in propositions):
        remplir_les_exemples(tableau, propositions)
    cibles = {p.cible for p in propositions}
    return all(p.sure for p in propositions) and not manquantes(resource, cibles)


def reconnaitre(resource, tableau, choix):
    """({header of the resource: its rank in the file}, columns to read, Remarques).

    Raises FichierRefuse.
    """
    propositions = proposer(resource, tableau, choix.colonnes)
    if resource.chargement:
        _refuser_les_inconnues(resource, propositions)
    _refuser_les_doubles(propositions)
    positions = {p.cible: p.rang for p in propositions if p.cible}
    if absentes := manquantes(resource, positions):
        raise FichierRefuse(_ce_qui_manque(absentes, propositions))
    colonnes = [
        colonne
        for colonne in resource.colonnes
        if all(e in positions for e in colonne.entetes)
        and (resource.chargement or colonne.nom not in resource._meta.lecture_seule)
    ]
    if not colonnes:
        raise FichierRefuse(RIEN_DE_LA_TABLE.format(", ".join(resource.entetes())))
    remarques = [*_remarques(resource, tableau, propositions)]
    if sans_cle(resource, positions):
        remarques.insert(0, Remarque(None, SANS_CLE.format(resource._meta.import_id_fields[0])))
    return positions, colonnes, remarques


def _ce_qui_manque(absentes, propositions):
    laissees = [f"« {p.entete[:80]} »" for p in propositions if p.entete and not p.cible][:8]
    suite = f" Colonnes du fichier que rien ne désigne : {', '.join(laissees)}." if laissees else ""
    return (
        f"Il manque la colonne qui désigne chaque ligne : {', '.join(absentes)}.{suite} Dites "
        "quelle colonne du fichier elle est, ou ajoutez-la."
    )


def _refuser_les_doubles(propositions):
    vues = {}
    for proposition in propositions:
        cible = proposition.cible or (proposition.refus if not proposition.niveau else "")
        if cible and cible in vues:
            raise FichierRefuse(
                f"Deux colonnes disent la même chose (« {cible} ») : « {vues[cible]} » et "
                f"« {proposition.nom} ». Choisissez celle qui est lue, et ignorez l’autre."
            )
        if cible:
            vues[cible] = proposition.nom


def _refuser_les_inconnues(resource, propositions):
    """The files of a whole base are ours: what they do not spell right is a mistake."""
    inconnues = [p for p in propositions if p.entete and not p.refus and p.niveau < EXACTE]
    inconnues = [p for p in inconnues if p.cle != COLONNE_DES_ERREURS]
    if inconnues:
        noms = ", ".join(f"« {p.entete[:80]} »" for p in inconnues)
        admises = ", ".join(resource.entetes())
        raise FichierRefuse(f"La colonne {noms} est inconnue. Colonnes admises : {admises}.")


def _remarques(resource, tableau, propositions):
    for p in propositions:
        if p.cible and p.niveau < EXACTE:
            phrase = f"la colonne « {p.nom} » est lue comme « {p.cible} » ({p.raison})."
            yield Remarque(None, phrase)
    if masquees := [f"« {p.nom[:80]} »" for p in propositions if p.masquee and p.cible]:
        une = len(masquees) == 1
        accord = "colonne masquée, lue" if une else "colonnes masquées, lues"
        yield Remarque(None, f"{accord} comme les autres\u202f: {', '.join(masquees)}.")
    ignorees = [p for p in propositions if p.entete and not p.cible and not p.sure]
    for p in ignorees:
        if ailleurs := resource._meta.parties.get(cle_d_entete(p.entete)):
            phrase = f"La colonne « {p.entete} » est désormais dans le fichier « {ailleurs} »."
            yield Remarque(None, phrase)
    if ignorees:
        noms = ", ".join(f"« {p.entete[:80]} »" for p in ignorees)
        s = "s" if len(ignorees) > 1 else ""
        yield Remarque(None, f"colonne{s} inconnue{s}, non importée{s} : {noms}.")
    prises = {p.rang for p in propositions if p.cible or p.niveau == CHOISIE}
    for rang, numero, texte in sans_nom(tableau):
        if rang not in prises:
            yield Remarque(
                numero, f"la colonne {rang + 1} n’a pas d’en-tête : « {texte} » n’est pas importé."
            )
