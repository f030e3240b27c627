"""What was done to a séance besides its own fields: its agenda, its presences, its relevés."""

from programme.comites.models import Avis, PointOrdreDuJour, Presence
from programme.comites.models.seances import intitule
from territoires.historique import VIDE

GESTES = {
    PointOrdreDuJour: {"+": "Point ajouté", "~": "Point déplacé", "-": "Point retiré"},
    Presence: {"+": "Présence notée", "~": "Présence changée", "-": "Présence effacée"},
    Avis: {"+": "Avis noté", "~": "Avis corrigé", "-": "Avis retiré"},
}


def etapes(seance):
    """In the form of `territoires.historique.etapes`."""
    points = PointOrdreDuJour.history.filter(seance=seance).select_related(
        "history_user", "fiche", "demande__perimetre", "modification__fiche"
    )
    presences = Presence.history.filter(seance=seance).select_related("history_user", "membre")
    suite = [_etape(PointOrdreDuJour, p, _objet(p), f"rang {p.ordre}") for p in points]
    suite += [_etape(Presence, p, str(p.membre), p.get_statut_display()) for p in presences]
    suite += _avis(seance)
    for releve in seance.releves.defer("contenu").select_related("etabli_par"):
        geste = "Relevé établi" if releve.numero == 1 else "Relevé rectifié"
        suite.append(
            {
                "qui": releve.etabli_par,
                "quand": releve.etabli_le,
                "geste": geste,
                "raison": releve.motif,
                "changements": [],
            }
        )
    return suite


def _avis(seance):
    """What was noted, corrected and withdrawn; that an avis took effect, its relevé says."""
    avant = {}
    lignes = Avis.history.filter(seance=seance).select_related(
        "history_user", "fiche", "demande__perimetre", "modification__fiche"
    )
    for ligne in lignes.order_by("history_date", "history_id"):
        dit = ligne.get_sens_display() + (f". {ligne.motif}" if ligne.motif else "")
        precedent = avant.get(ligne.id, "")
        avant[ligne.id] = dit
        if ligne.history_type != "~" or dit != precedent:
            yield _etape(Avis, ligne, _objet(ligne), dit, precedent)


def _objet(ligne):
    return intitule(ligne.fiche or ligne.demande or ligne.modification)


def _etape(modele, ligne, objet, valeur, avant=""):
    apres = VIDE if ligne.history_type == "-" else valeur
    avant = valeur if ligne.history_type == "-" else avant
    return {
        "qui": ligne.history_user or "le système",
        "quand": ligne.history_date,
        "geste": GESTES[modele][ligne.history_type],
        "raison": ligne.history_change_reason,
        "changements": [(objet, avant, apres)],
    }
