"""Every field of a fiche and of its rows, declared once, one line each.

Forms, files, papers, pages, copies and locks are read from here: what is not said of a field does
not happen to it, so that a new one is private until somebody decides otherwise. A field of a model
that has no line here is refused by a test.
"""

from dataclasses import dataclass
from enum import Flag, StrEnum, auto

from django.db.models import BooleanField, DateField, DecimalField, TextField
from django.utils.text import capfirst

from programme.ecritures import euros, jour, nombre


class Usage(Flag):
    FICHIER = auto()  # exported and imported
    REMARQUE = auto()  # the comité may remark upon it
    COPIE = auto()  # « Dupliquer » says it again
    COPIE_SUR_PLACE = auto()  # the same, when the copy is for the same territoire
    DOSSIER = auto()  # in the dossier of a séance, handed to members who are not agents
    AGENTS = auto()  # on the PDF, and among what the page keeps for those who work on the fiche
    PUBLIC = auto()  # on the public page and in the open data


RIEN = Usage(0)


class Par(StrEnum):
    """Who writes a field: the permission on the fiche that it takes; nobody by hand for none."""

    TERRITOIRE = "programme.change_ficheaction"
    SUIVI = "programme.suivre_ficheaction"
    MESURE = "programme.mesurer_ficheaction"
    REPONSE = "programme.repondre_ficheaction"
    DELEGATION = "programme.change_obstaclenational"
    AVANCER = "programme.faire_avancer"
    APPLICATION = ""


@dataclass(frozen=True)
class Champ:
    usages: Usage = RIEN
    section: str = ""  # of the form; outside of it for none
    par: Par = Par.TERRITOIRE
    attendu: str = ""  # why the comité asks for it: without it the fiche does not go up
    a_part: bool = False  # papers and pages have a place of its own for it
    a_cote: bool = False  # on the same line of the form as the field before
    unite: str = ""
    hors_fichier: str = ""  # why no file bears it
    historique: bool = True  # its changes are told
    suivi: bool = False  # those who follow write it too, once the fiche is decided


FICHIER, REMARQUE, COPIE, PUBLIC = Usage.FICHIER, Usage.REMARQUE, Usage.COPIE, Usage.PUBLIC
DOSSIER, AGENTS = Usage.DOSSIER, Usage.AGENTS
INTERNE = FICHIER | REMARQUE | COPIE | DOSSIER | AGENTS  # what the comité reads and nobody else
PROJET = INTERNE | PUBLIC
LIGNE = FICHIER | COPIE | DOSSIER | AGENTS | PUBLIC
JOINTURE = Champ(FICHIER, par=Par.APPLICATION)  # what a row hangs on


def de_l_application(raison, **options):
    return Champ(par=Par.APPLICATION, hors_fichier=raison, **options)


# The sections of the form, in order, with what introduces them.
SECTIONS = {
    "L’action": "",
    "Le projet": "",
    "Avec qui": "",
    "Calendrier et coût": "",
    "Suivi": "",
    "Contact": "Jamais publié : lu par ceux qui travaillent sur la fiche.",
}

FICHE = {
    "reference": Champ(FICHIER | DOSSIER | AGENTS | PUBLIC, par=Par.APPLICATION, a_part=True),
    "titre": Champ(PROJET & ~COPIE, "L’action", a_part=True),
    "territoire": Champ(FICHIER | DOSSIER | AGENTS | PUBLIC, "L’action", a_part=True),
    "axe": Champ(PROJET, "L’action", attendu="il range la fiche dans le programme", a_part=True),
    "contexte": Champ(
        PROJET, "Le projet", attendu="le comité doit comprendre la situation de départ"
    ),
    "objectifs": Champ(PROJET, "Le projet", attendu="l’avis se rend au vu du but poursuivi"),
    "description": Champ(PROJET, "Le projet", attendu="le comité doit savoir ce qui sera fait"),
    "resultats_attendus": Champ(PROJET, "Le projet", attendu="ils serviront à juger du résultat"),
    "maitre_ouvrage": Champ(PROJET, "L’action", attendu="quelqu’un doit répondre de l’action"),
    "maitre_ouvrage_siret": Champ(PROJET & ~REMARQUE, "L’action", suivi=True),
    "themes": Champ(FICHIER | COPIE | PUBLIC, "L’action", a_part=True, suivi=True),
    "intercommunalites": Champ(PROJET & ~COPIE | Usage.COPIE_SUR_PLACE, "Avec qui", a_part=True),
    "partenaires": Champ(PROJET, "Avec qui", a_part=True),
    "date_debut": Champ(
        PROJET, "Calendrier et coût", attendu="les financeurs programment par année", a_part=True
    ),
    "date_fin": Champ(PROJET, "Calendrier et coût", a_part=True, a_cote=True),
    "cout_total": Champ(
        PROJET,
        "Calendrier et coût",
        attendu="le plan de financement se lit en face du coût",
        a_part=True,
        unite="€",
    ),
    "avancement": Champ(FICHIER | PUBLIC, "Suivi", par=Par.MESURE, a_part=True, unite="%"),
    "contact_nom": Champ(FICHIER | COPIE | AGENTS, "Contact", a_part=True, suivi=True),
    "contact_courriel": Champ(FICHIER | COPIE | AGENTS, "Contact", a_part=True, suivi=True),
    "contact_telephone": Champ(FICHIER | COPIE | AGENTS, "Contact", a_part=True, suivi=True),
    "etat": Champ(FICHIER | AGENTS | PUBLIC, par=Par.APPLICATION, a_part=True),
    "partagee_le": Champ(FICHIER, par=Par.APPLICATION),
    "saisie_par": Champ(FICHIER, par=Par.APPLICATION),
    "dernier_envoi": de_l_application("une étape du parcours", historique=False),
    "version": de_l_application("compte les enregistrements", historique=False),
    "created_at": de_l_application("écrit par l’application"),
    "created_by": de_l_application("celui qui importe"),
    "updated_at": de_l_application("écrit par l’application", historique=False),
    "recherche": de_l_application("clé de recherche, calculée à chaque écriture", historique=False),
}
SOMME = de_l_application("somme des mouvements", historique=False)
A_CE_JOUR = Champ(FICHIER | PUBLIC, par=Par.APPLICATION, unite="€", historique=False)
FINANCEMENT = {
    "fiche": JOINTURE,
    "financeur": Champ(LIGNE),
    "partenaire": Champ(FICHIER | COPIE | PUBLIC),
    "montant": Champ(LIGNE),
    "statut": Champ(LIGNE & ~COPIE),
    "ajoutee_le": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "engagement": Champ(FICHIER, par=Par.SUIVI),
    **dict.fromkeys(("demande_depuis", "accorde_depuis"), SOMME),
    **dict.fromkeys(("acquis", "verse", "demande", "refuse"), A_CE_JOUR),
}
ETAPE = {
    "fiche": JOINTURE,
    "ordre": Champ(FICHIER | COPIE),
    "intitule": Champ(LIGNE),
    "debut": Champ(LIGNE),
    "fin": Champ(LIGNE),
    "faite": Champ(FICHIER | AGENTS | PUBLIC),
    "faite_le": Champ(FICHIER | AGENTS | PUBLIC),
    "ajoutee_le": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
}
INDICATEUR = {
    "fiche": JOINTURE,
    "libelle": Champ(LIGNE),
    "unite": Champ(LIGNE),
    "cible": Champ(LIGNE),
    "valeur": Champ(FICHIER | AGENTS | PUBLIC, par=Par.MESURE),
    "mesure_le": Champ(FICHIER | PUBLIC, par=Par.MESURE),
}
MESURE = {
    "indicateur": JOINTURE,
    "mesure_le": Champ(FICHIER | PUBLIC, par=Par.MESURE),
    "valeur": Champ(FICHIER | PUBLIC, par=Par.MESURE),
    "commentaire": Champ(FICHIER, par=Par.MESURE),
    "auteur": Champ(FICHIER, par=Par.APPLICATION),
}
MOUVEMENT = {
    "financement": JOINTURE,
    "nature": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "montant": Champ(FICHIER | PUBLIC, par=Par.SUIVI, unite="€"),
    "le": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "reference": Champ(FICHIER, par=Par.SUIVI),
    "document": Champ(par=Par.SUIVI, hors_fichier="un fichier se dépose sur la page du mouvement"),
    "auteur": Champ(FICHIER, par=Par.APPLICATION),
    "saisi_le": Champ(FICHIER, par=Par.APPLICATION),
    "annule_le": Champ(FICHIER, par=Par.APPLICATION),
    "annule_par": Champ(FICHIER, par=Par.APPLICATION),
    "motif_annulation": Champ(FICHIER, par=Par.SUIVI),
}
REPORT = {
    "etape": JOINTURE,
    "le": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "ancien_debut": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "ancienne_fin": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "debut": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "fin": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "motif": Champ(FICHIER, par=Par.SUIVI),
    "auteur": Champ(FICHIER, par=Par.APPLICATION),
}
RECHERCHE = de_l_application("clé de recherche, calculée à chaque écriture", historique=False)
# Never public: only what the délégation writes of several of them is.
SIGNALE = FICHIER | COPIE | DOSSIER | AGENTS
OBSTACLE = {
    "fiche": JOINTURE,
    "ordre": Champ(FICHIER | COPIE),
    "regle": Champ(SIGNALE),
    "retient": Champ(SIGNALE),
    "emplois": Champ(SIGNALE),
    "montant": Champ(SIGNALE, unite="€"),
    "simplification": Champ(SIGNALE),
    "signale_le": Champ(FICHIER | AGENTS),
    "reponse": Champ(FICHIER | AGENTS, par=Par.REPONSE),
    "repondu_le": Champ(FICHIER | AGENTS, par=Par.APPLICATION),
    "leve_le": Champ(FICHIER | AGENTS, par=Par.REPONSE),
    "nationale": Champ(FICHIER, par=Par.DELEGATION),
    "recherche": RECHERCHE,
}
NATIONAL = FICHIER | PUBLIC
OBSTACLE_NATIONAL = {
    "reference": Champ(NATIONAL, par=Par.APPLICATION),
    "regle": Champ(NATIONAL, par=Par.DELEGATION),
    "resume": Champ(NATIONAL, par=Par.DELEGATION),
    "simplification": Champ(NATIONAL, par=Par.DELEGATION),
    "reponse": Champ(NATIONAL, par=Par.DELEGATION),
    "etat": Champ(NATIONAL, par=Par.DELEGATION),
    "etat_du": Champ(NATIONAL, par=Par.DELEGATION),
    "publiee_le": Champ(NATIONAL, par=Par.APPLICATION),
    "publiee_par": Champ(FICHIER, par=Par.APPLICATION),
    "recherche": RECHERCHE,
}
NOUVELLE = {
    "fiche": JOINTURE,
    "le": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "titre": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "texte": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "publique": Champ(FICHIER, par=Par.SUIVI),
    "auteur": Champ(FICHIER, par=Par.APPLICATION),
}
REPONSE = {
    "obstacle": JOINTURE,
    "le": Champ(FICHIER, par=Par.APPLICATION),
    "texte": Champ(FICHIER, par=Par.REPONSE),
    "auteur": Champ(FICHIER, par=Par.APPLICATION),
}
PASSAGE = {
    "fiche": JOINTURE,
    "le": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "action": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "avant": Champ(FICHIER, par=Par.APPLICATION),
    "apres": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "motif": Champ(FICHIER, par=Par.APPLICATION),
    "auteur": Champ(FICHIER, par=Par.APPLICATION),
}
PIECE = {
    "fiche": Champ(par=Par.APPLICATION, hors_fichier="la pièce elle-même ne voyage pas"),
    "titre": Champ(hors_fichier="va avec sa pièce"),
    "fichier": Champ(hors_fichier="se dépose sur la page de la fiche"),
    "deposee_le": de_l_application("écrit par l’application"),
}
BILAN = {
    "fiche": JOINTURE,
    "cout_final": Champ(FICHIER | PUBLIC, par=Par.SUIVI, unite="€"),
    "resultats": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "enseignements": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "etabli_le": Champ(FICHIER | PUBLIC, par=Par.SUIVI),
    "auteur": Champ(FICHIER, par=Par.APPLICATION),
    "saisi_le": Champ(FICHIER, par=Par.APPLICATION),
}
MODIFICATION = {
    "reference": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "fiche": JOINTURE,
    "numero": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "motif": Champ(FICHIER, par=Par.AVANCER),
    "etat": Champ(FICHIER, par=Par.APPLICATION),
    "decidee_le": Champ(FICHIER | PUBLIC, par=Par.APPLICATION),
    "created_at": Champ(FICHIER, par=Par.APPLICATION),
    "created_by": Champ(FICHIER, par=Par.APPLICATION),
    "propose": Champ(FICHIER, par=Par.AVANCER),
    "avant": Champ(FICHIER, par=Par.APPLICATION),
    "version_ecrite": Champ(FICHIER, par=Par.APPLICATION),
    "dernier_envoi": de_l_application("son dernier passage, qui a son propre fichier"),
    "version": de_l_application("compte les enregistrements"),
}
PASSAGE_MODIFICATION = {
    "modification": JOINTURE,
    **{nom: Champ(FICHIER, par=Par.APPLICATION) for nom in ("le", "action", "avant", "apres")},
    "motif": Champ(FICHIER, par=Par.APPLICATION),
    "auteur": Champ(FICHIER, par=Par.APPLICATION),
}
CHANGEMENT = {
    "modification": JOINTURE,
    **{
        nom: Champ(FICHIER | PUBLIC, par=Par.APPLICATION)
        for nom in ("ordre", "quoi", "avant", "apres")
    },
}
PAR_MODELE = {
    "ficheaction": FICHE,
    "financement": FINANCEMENT,
    "etape": ETAPE,
    "indicateur": INDICATEUR,
    "mesure": MESURE,
    "mouvementfinancier": MOUVEMENT,
    "reportetape": REPORT,
    "obstacle": OBSTACLE,
    "obstaclenational": OBSTACLE_NATIONAL,
    "nouvelle": NOUVELLE,
    "reponse": REPONSE,
    "passage": PASSAGE,
    "piecejointe": PIECE,
    "bilan": BILAN,
    "modification": MODIFICATION,
    "passagemodification": PASSAGE_MODIFICATION,
    "changementmodification": CHANGEMENT,
}
# Rows that a comité may remark upon as a whole: {relation: how it is called}.
LIGNES_REMARQUEES = {
    "financements": "plan de financement",
    "indicateurs": "indicateurs",
    "obstacles": "obstacles",
}


def noms(champs, usages=None, *, par=None):
    """Names of the fields of this use, or written by this one, in the order of the declaration."""
    return [
        nom
        for nom, champ in champs.items()
        if (usages is None or champ.usages & usages) and (par is None or champ.par == par)
    ]


def laisses(champs):
    """{name: why no file bears it}"""
    return {nom: champ.hors_fichier for nom, champ in champs.items() if champ.hors_fichier}


def decides():
    """The fields that the comité decides and that everybody reads: a modification changes them."""
    siens = noms(FICHE, par=Par.TERRITOIRE)
    return [nom for nom in siens if FICHE[nom].usages & REMARQUE and FICHE[nom].usages & PUBLIC]


def sections(ajouts):
    """The fieldsets of the form; `ajouts` are {section: fields that are of the form only}."""
    blocs = []
    for titre, introduction in SECTIONS.items():
        lignes = []
        for nom, champ in FICHE.items():
            if champ.section == titre:
                lignes += [(lignes.pop(), nom)] if champ.a_cote else [nom]
        bloc = {"fields": [*lignes, *ajouts.get(titre, ())]}
        blocs.append((titre, bloc | ({"description": introduction} if introduction else {})))
    return blocs


def ecrire(objet, nom):
    """What a field says, as people write it."""
    valeur, champ = getattr(objet, nom), objet._meta.get_field(nom)
    declare = PAR_MODELE[objet._meta.model_name][nom]
    if valeur is None:
        return ""
    if champ.many_to_many:
        return ", ".join(str(ligne) for ligne in valeur.all())
    if champ.choices:
        return str(getattr(objet, f"get_{nom}_display")())
    if isinstance(champ, BooleanField):
        return "oui" if valeur else "non"
    if isinstance(champ, DateField):
        return jour(valeur)
    if declare.unite == "€":
        return euros(valeur)
    if isinstance(champ, DecimalField):
        valeur = nombre(valeur)
    return f"{valeur}\u00a0{declare.unite}" if declare.unite else str(valeur)


def textes(fiche, usages, *, sauf=RIEN):
    """The long texts of this use that say something: [{"titre", "texte"}]."""
    return [
        {"titre": libelle(fiche, nom), "texte": texte}
        for nom in _generaux(fiche, usages, sauf, long=True)
        if (texte := getattr(fiche, nom).strip())
    ]


def reperes(fiche, usages, *, sauf=RIEN):
    """The short facts of this use that have no place of their own: [{"titre", "texte"}]."""
    return [
        {"titre": libelle(fiche, nom), "texte": ecrire(fiche, nom)}
        for nom in _generaux(fiche, usages, sauf, long=False)
    ]


def textes_des_obstacles(fiche, usages):
    """Each obstacle of the fiche as a titled paragraph: [{"titre", "texte"}]."""
    return [
        {
            "titre": f"Obstacle rencontré{f' ({rang})' if rang > 1 else ''}",
            "texte": "\n".join(
                f"{libelle(obstacle, nom)}\u202f: {texte}"
                for nom in noms(OBSTACLE, usages)
                if (texte := ecrire(obstacle, nom).strip())
            ),
        }
        for rang, obstacle in enumerate(fiche.obstacles.all(), 1)
    ]


def libelle(objet, nom):
    return capfirst(str(objet._meta.get_field(nom).verbose_name))


def _generaux(fiche, usages, sauf, *, long):
    for nom, champ in FICHE.items():
        long_texte = isinstance(fiche._meta.get_field(nom), TextField)
        general = long_texte == long and not champ.a_part
        if general and champ.usages & usages and not champ.usages & sauf:
            yield nom
