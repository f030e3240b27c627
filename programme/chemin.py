"""The way up of a fiche as a page shows it: who held it, for how long, who acts next."""

from dataclasses import dataclass, field

from django.utils import timezone

from programme.models import FicheAction

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
    tache: str = field(init=False)

    def __post_init__(self):
        self.tache = TACHE[self.code]


def niveaux(fiche, passages):
    """The three levels with the days spent at each; `passages` from the oldest."""
    regions = ", ".join(region.nom for region in fiche.regions_concernees())
    rangs = {
        TERRITOIRE: Niveau(TERRITOIRE, f"Territoire : {fiche.territoire.nom}"),
        REGION: Niveau(REGION, f"Région : {regions or 'non déterminée'}"),
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
    return list(rangs.values())


def _jours(depart, fin):
    """Calendar days in Paris: sent up on Monday, decided on Tuesday, is one day."""
    return max((timezone.localdate(fin) - timezone.localdate(depart)).days, 0)


def prochaine_action(fiche, attendues):
    """Who must act next and to do what, in a sentence."""
    noms = ", ".join(region.nom for region in attendues)
    comites = "au comité de pilotage de" if len(attendues) == 1 else "aux comités de pilotage de"
    return {
        Etat.BROUILLON: "Au territoire : compléter la fiche, puis la transmettre.",
        Etat.AJOURNEE: "Au territoire : répondre aux remarques, puis transmettre à nouveau.",
        Etat.TRANSMISE: f"{comites.capitalize()} {noms} : rendre un avis.",
        Etat.VALIDEE: "Au territoire : engager l’action.",
        Etat.ENGAGEE: "Au territoire : mener l’action à son terme et mesurer ses résultats.",
    }.get(fiche.etat, "")
