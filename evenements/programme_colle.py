"""A programme pasted as text becomes séquences: day, time and title, room, who speaks.

Nothing is written here and nothing is guessed: a line that is none of these is told with its
number and the reason.
"""

import datetime
import re
from dataclasses import dataclass, field

from evenements.models import MATIN, SOIR, Sequence

MOIS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
JOURS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
SANS_ACCENT = str.maketrans("éèêûàô", "eeeuao")

HEURE = r"(\d{1,2})\s*[hH:]\s*(\d{2})?(?!\d)"
CRENEAU = re.compile(
    rf"(?:de\s+)?{HEURE}(?:\s*(?:-|–|—|à|→|\t)\s*{HEURE})?\s*[:|,\t–—-]?\s*(?P<reste>.*)", re.I
)
EN_LETTRES = re.compile(
    rf"(?:({'|'.join(JOURS)})\s+)?(\d{{1,2}})(?:er)?\s+(\w+)(?:\s+(\d{{4}}))?\s*:?", re.I
)
EN_CHIFFRES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\s*:?|(\d{4})-(\d{2})-(\d{2})\s*:?")
MOMENT = re.compile(r"(matin|matinée|après-midi|journée)\s*(?:[:|–—-]\s*(?P<titre>.+))?", re.I)
PAROLE = re.compile(r"(?:[-–—•*·]\s*|(?:avec|intervenant(?:e|s|es)?)\s*:\s*)(?P<noms>.+)", re.I)
NUMEROTEE = re.compile(r"atelier\s+(?:n[°ᵒo]\s*)?\w{1,2}\s*[:.–—-]\s*\S.*", re.I)
SALLE = re.compile(
    r"\s*[([]\s*((?:salle|amphi|auditorium|espace|hall|studio)\b[^)\]]*)[)\]]$", re.I
)
CIVILITE = re.compile(r"(?:M\.|Mme|MM\.|Mmes|Monsieur|Madame)\s+")
TYPES = [
    (r"table[s]? rondes?", Sequence.Type.TABLE_RONDE),
    (r"ateliers?", Sequence.Type.ATELIER),
    (r"signatures?", Sequence.Type.SIGNATURE),
    (r"annonces?|publication|présentation de la carte", Sequence.Type.ANNONCE),
    (r"allocutions?|discours|ouverture|clôture|mot d", Sequence.Type.ALLOCUTION),
]
INCONNUE = (
    "ce n’est ni un jour, ni une heure suivie d’un titre, ni un intervenant précédé d’un tiret."
)


@dataclass
class Parole:
    nom: str
    fonction: str = ""
    organisation: str = ""

    @property
    def prenom_et_nom(self):
        """Family names in capitals are told apart; else the first word is the first name."""
        mots = self.nom.split()
        famille = [mot for mot in mots if len(mot) > 1 and mot.isupper()]
        if famille and len(famille) < len(mots):
            prenoms = [mot for mot in mots if mot not in famille]
            return " ".join(prenoms), " ".join(mot.title() for mot in famille)
        return (mots[0], " ".join(mots[1:])) if len(mots) > 1 else ("", self.nom)


@dataclass
class Lue:
    """A séquence as it was read, with the number of its line."""

    ligne: int
    sequence: Sequence
    paroles: list = field(default_factory=list)


@dataclass(frozen=True)
class Refus:
    ligne: int
    texte: str
    raison: str


class Illisible(ValueError):
    """Why a line cannot be read, in a sentence."""


def lire(texte, assemblee):
    """([Lue], [Refus]) of this text, for the days of this assemblée."""
    lecture = Lecture(assemblee)
    for numero, ligne in enumerate(texte.splitlines(), start=1):
        if ligne.strip():
            try:
                lecture.prendre(numero, ligne.strip())
            except Illisible as raison:
                lecture.refus.append(Refus(numero, ligne.strip(), str(raison)))
    return lecture.lues, sorted(lecture.refus, key=lambda refus: refus.ligne)


class Lecture:
    def __init__(self, assemblee):
        self.assemblee = assemblee
        self.jour = assemblee.date_debut
        self.lues, self.refus = [], []
        self.suite = None  # the séquence that the next speakers belong to

    def prendre(self, numero, ligne):
        if jour := _jour(ligne, self.assemblee):
            self.jour, self.suite = jour, None
        elif trouve := PAROLE.fullmatch(ligne):
            self._paroles(trouve["noms"])
        elif trouve := CRENEAU.fullmatch(ligne):
            self._ajouter(numero, *_heures(trouve), trouve["reste"])
        elif (trouve := MOMENT.fullmatch(ligne)) and trouve["titre"]:
            self._ajouter(numero, None, None, trouve["titre"], _moment(trouve[1]))
        elif not trouve and NUMEROTEE.fullmatch(ligne) and self.suite:
            self._a_cote(numero, ligne)
        elif not trouve:
            raise Illisible(INCONNUE)

    def _ajouter(self, numero, debut, fin, reste, moment=""):
        self.suite = None
        titre, salle, noms = _colonnes(reste)
        if not titre:
            raise Illisible("il manque un titre après l’heure.")
        if len(titre) > 200:
            raise Illisible("ce titre dépasse 200 caractères.")
        sequence = Sequence(titre=titre, type=_type(titre), jour=self.jour, moment=moment)
        sequence.debut, sequence.fin, sequence.salle = debut, fin, salle[:100]
        for lue in self.lues:
            if sequence.chevauche(lue.sequence):
                raise Illisible(
                    f"la salle « {salle} » est déjà prise à cette heure, à la ligne {lue.ligne}."
                )
        self.suite = Lue(numero, sequence)
        self.lues.append(self.suite)
        if noms:
            self._paroles(noms)

    def _a_cote(self, numero, ligne):
        """« Atelier 2 : … » under an hour takes place at that hour, beside the others."""
        precedente = self.suite.sequence
        if "parall" in precedente.titre.lower() and not self.suite.paroles:
            self.lues.remove(self.suite)  # a heading over those that follow
        debut, fin, moment = precedente.debut, precedente.fin, precedente.moment
        self._ajouter(numero, debut, fin, ligne, moment)

    def _paroles(self, noms):
        if self.suite is None:
            raise Illisible("cet intervenant vient avant toute séquence.")
        self.suite.paroles += [lire_parole(nom) for nom in noms.split(";") if nom.strip()]


def lire_parole(texte):
    """« Prénom Nom, fonction, organisation » as a Parole; raises Illisible."""
    nom, *reste = (morceau.strip() for morceau in texte.split(","))
    nom = CIVILITE.sub("", nom)
    if not nom or re.search(r"\d", nom) or len(nom) > 150:
        raise Illisible(f"« {nom or texte.strip()} » n’est pas le nom d’une personne.")
    fonction, organisation = next(iter(reste), ""), ", ".join(reste[1:])
    if max(len(fonction), len(organisation)) > 200:
        raise Illisible("la fonction ou l’organisation dépasse 200 caractères.")
    return Parole(nom, fonction, organisation)


def _colonnes(reste):
    """(title, room, speakers): the columns of a pasted table, or a room in brackets."""
    titre, *autres = (morceau.strip() for morceau in re.split(r"\t+|\s\|\s", reste))
    salle, noms = [*autres, "", ""][:2]
    if not salle and (trouve := SALLE.search(titre)):
        titre, salle = titre[: trouve.start()], trouve[1]
    return titre.strip(), salle, noms


def _heures(trouve):
    heures = [_heure(trouve[rang], trouve[rang + 1]) for rang in (1, 3) if trouve[rang] is not None]
    debut, fin = [*heures, None][:2]
    if fin and fin < debut and not (debut >= SOIR and fin <= MATIN):
        raise Illisible(f"la fin ({fin:%H:%M}) précède le début ({debut:%H:%M}).")
    return debut, fin


def _heure(heures, minutes):
    try:
        return datetime.time(int(heures), int(minutes or 0))
    except ValueError as erreur:
        raise Illisible(f"« {heures}:{minutes or '00'} » n’est pas une heure.") from erreur


def _moment(mot):
    debut = mot.lower()[:2]
    moments = Sequence.Moment
    return {"ma": moments.MATIN, "ap": moments.APRES_MIDI, "jo": moments.JOURNEE}[debut]


def _type(titre):
    for motif, genre in TYPES:
        if re.search(rf"\b(?:{motif})", titre, re.I):
            return genre
    return Sequence.Type.AUTRE


def _jour(ligne, assemblee):
    """The day that this line announces, one of the assemblée; None when it announces none."""
    if trouve := EN_CHIFFRES.fullmatch(ligne):
        jour, mois, annee = trouve.groups()[:3] if trouve[1] else trouve.groups()[5:2:-1]
        semaine = None
    elif trouve := EN_LETTRES.fullmatch(ligne):
        semaine, jour, nom, annee = trouve.groups()
        noms = [m.translate(SANS_ACCENT) for m in MOIS]
        if nom.lower().translate(SANS_ACCENT) not in noms:
            return None
        mois = noms.index(nom.lower().translate(SANS_ACCENT)) + 1
    else:
        return None
    try:
        date = datetime.date(int(annee or assemblee.date_debut.year), int(mois), int(jour))
    except ValueError as erreur:
        raise Illisible("cette date n’existe pas.") from erreur
    if semaine and JOURS[date.weekday()] != semaine.lower():
        raise Illisible(f"le {date:%d/%m/%Y} est un {JOURS[date.weekday()]}.")
    if not assemblee.date_debut <= date <= assemblee.date_fin:
        raise Illisible(f"l’assemblée a lieu {assemblee.en_jours()}.")
    return date
