"""What follows from the avis of a séance: said before its closing, and kept in its relevé."""

from programme.comites import decisions, demandes, modifications
from programme.comites.instruction import encore_attendues
from programme.comites.models import Avis

Sens = Avis.Sens


def suite(point):
    """What the closing does with this point of `ordre_du_jour.points`, in a sentence."""
    avis = point.avis
    if avis is None:
        if point.caduc:
            avant = _regle(point).sans_objet(point.caduc, point.attendu)
            return f"Point sans avis. {avant}"
        return "Point sans avis."
    if not avis.effet_le and (raison := sans_objet(point)):
        return raison
    if point.modification_id:
        return _d_une_modification(point)
    return _d_une_fiche(point) if point.fiche_id else _d_une_demande(point)


def sans_objet(point):
    """Why the avis noted on this point will have no effect; empty when it will have one."""
    return _regle(point).sans_objet(point.avis, point.attendu)


def _regle(point):
    if point.modification_id:
        return modifications
    return decisions if point.fiche_id else demandes


def _d_une_fiche(point):
    sens = {avis.sens for _, avis in point.regions if avis}
    if Sens.DEFAVORABLE in sens:
        return "La fiche est refusée."
    if Sens.AJOURNE in sens:
        remarques = len(point.avis.remarques.all())
        accord = "s" if remarques > 1 else ""
        avec = f" avec {remarques} remarque{accord}" if remarques else ""
        return f"La fiche revient au territoire{avec} : il peut la corriger et la retransmettre."
    return _attente(point) or "La fiche est validée."


def _d_une_modification(point):
    sens = {avis.sens for _, avis in point.regions if avis}
    if Sens.DEFAVORABLE in sens:
        return "La modification est refusée : la fiche reste comme elle est."
    if Sens.AJOURNE in sens:
        return "La modification revient au territoire : il peut la corriger et la retransmettre."
    return _attente(point) or "La modification est acceptée : la fiche change, avec sa date."


def _d_une_demande(point):
    sens = [avis.sens if avis else "" for _, avis in point.regions]
    if Sens.DEFAVORABLE in sens:
        return "La demande est refusée."
    if point.avis.sens == Sens.AJOURNE:
        return "La demande sera examinée de nouveau."
    return _attente(point) or "La demande est acceptée."


def _attente(point):
    if not point.demande_id:
        attendues = [region for region, avis in point.regions if avis is None]
    else:
        attendues = encore_attendues(point.objet, point.regions)
    noms = ", ".join(region.nom for region in attendues)
    return f"La décision attend encore l’avis de : {noms}." if noms else ""
