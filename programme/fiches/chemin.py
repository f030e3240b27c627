"""The way up of a fiche as a page shows it: who held it, for how long, who acts next."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.text import get_text_list

from programme.fiches.models import FicheAction

Etat = FicheAction.Etat
TERRITOIRE, REGION, DELEGATION = "territoire", "region", "delegation"
NIVEAU = {
    Etat.BROUILLON: TERRITOIRE,
    Etat.AJOURNEE: TERRITOIRE,
    Etat.TRANSMISE: REGION,
    Etat.VALIDEE: DELEGATION,
    Etat.ENGAGEE: DELEGATION,
}
TACHE = {TERRITOIRE: "Rédaction", REGION: "Instruction et avis", DELEGATION: "Suivi de l’action"}


@dataclass
class Niveau:
    code: str
    nom: str
    jours: int | None = None  # None: the fiche has not been there
    en_cours: bool = False
    a_reprendre: bool = False  # the fiche came back down: what was done there is to do again
    regions: list = field(default_factory=list)  # [(région, where its avis stands)]
    tache: str = field(init=False)

    def __post_init__(self):
        self.tache = TACHE[self.code]

    @property
    def situation(self):
        """Where the fiche stands with this level, in words: never the colour alone."""
        if self.en_cours:
            return "En cours"
        if self.a_reprendre:
            return "À reprendre"
        return "Fait" if self.est_fait else "À venir"

    @property
    def duree(self):
        """How long the fiche was there, in words; nothing where it has not been."""
        return "" if self.jours is None else _en_jours(self.jours)

    @property
    def est_fait(self):
        return self.jours is not None and not self.en_cours and not self.a_reprendre


def niveaux(fiche, passages, avis=()):
    """The three levels with the days spent at each.

    `passages` from the oldest; `avis` are the AvisRendu on the last sending up, the latest first.
    """
    regions = fiche.regions_concernees()
    noms = ", ".join(region.nom for region in regions)
    rangs = {
        TERRITOIRE: Niveau(TERRITOIRE, f"Territoire : {fiche.territoire.nom}"),
        REGION: Niveau(REGION, f"Région : {noms or 'non déterminée'}"),
        DELEGATION: Niveau(DELEGATION, "Délégation aux Territoires d’industrie"),
    }
    depart, etat = fiche.created_at, Etat.BROUILLON
    for passage in [*passages, None]:
        niveau = rangs.get(NIVEAU.get(etat))
        if niveau:
            fin = passage.le if passage else timezone.now()
            niveau.jours = (niveau.jours or 0) + _jours(depart, fin)
            niveau.en_cours = passage is None
        if passage:
            depart, etat = passage.le, passage.apres
    rangs[REGION].a_reprendre = rangs[TERRITOIRE].en_cours and rangs[REGION].jours is not None
    if fiche.dernier_envoi_id and fiche.etat != Etat.BROUILLON:
        rendus = {un.region.pk: un for un in reversed(avis)}
        rangs[REGION].regions = [(r.nom, _avis(fiche, rendus.get(r.pk))) for r in regions]
    return list(rangs.values())


def _avis(fiche, avis):
    envoi = fiche.dernier_envoi.le
    if avis:
        return f"avis {avis.sens}, en {_en_jours(_jours(envoi, avis.effet_le))}"
    if fiche.etat == Etat.TRANSMISE:
        return f"attendu depuis {_en_jours(_jours(envoi, timezone.now()))}"
    return "n’a pas eu à se prononcer"


def _en_jours(nombre):
    return f"{nombre} jour{'s' if nombre > 1 else ''}" if nombre else "moins d’un jour"


def _jours(depart, fin):
    """Calendar days in Paris: sent up on Monday, decided on Tuesday, is one day."""
    return max((timezone.localdate(fin) - timezone.localdate(depart)).days, 0)


def aux_comites(regions):
    """« Au comité de pilotage de la région Occitanie », or to those of several."""
    a = "Au comité" if len(regions) == 1 else "Aux comités"
    return f"{a} de pilotage {des_regions(regions)}"


def des_regions(regions):
    """« de la région Occitanie », « des régions Nouvelle-Aquitaine et Occitanie »."""
    noms = get_text_list([region.nom for region in regions], "et")
    return f"{'de la région' if len(regions) == 1 else 'des régions'} {noms}"


def prochaine_action(fiche, attendues):
    """Who must act next and to do what, in a sentence."""
    if fiche.etat == Etat.TRANSMISE:
        return f"{aux_comites(attendues)} : rendre un avis." if attendues else ""
    return {
        Etat.BROUILLON: "Au territoire : compléter la fiche, puis la transmettre.",
        Etat.AJOURNEE: "Au territoire : répondre aux remarques, puis transmettre à nouveau.",
        Etat.VALIDEE: "Au territoire : engager l’action.",
        Etat.ENGAGEE: "Au territoire : mener l’action à son terme et mesurer ses résultats.",
    }.get(fiche.etat, "")
