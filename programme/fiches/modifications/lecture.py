"""A modification as pages and papers read it: before and after, its way, who must act now."""

from dataclasses import asdict

from programme.fiches.chemin import aux_comites
from programme.fiches.instruction import instruction
from programme.fiches.models import Modification
from programme.fiches.modifications import proposition
from territoires.ecrites import ecrite

Etat = Modification.Etat


def avant_apres(modification):
    """[{"quoi", "avant", "apres"}]: as decided when it was, else beside the fiche as it stands."""
    if not modification.est_ouverte:
        lignes = modification.changements.all()
        return [{"quoi": x.quoi, "avant": x.avant, "apres": x.apres} for x in lignes]
    fiche = modification.fiche
    return [asdict(ligne) for ligne in proposition.changements(fiche, modification.propose)]


def prochaine_action(modification):
    """Who must act next and to do what, in a sentence; empty once it is decided."""
    if modification.etat == Etat.TRANSMISE:
        if proposition.empechements(modification.fiche, modification.propose):
            # Money or steps moved since it was sent up: no avis can accept it as it is.
            return (
                "Au territoire : rappeler la modification, la corriger et la transmettre à nouveau."
            )
        regions = instruction().regions_attendues_pour(modification)
        return f"{aux_comites(regions)} : rendre un avis." if regions else ""
    return {
        Etat.BROUILLON: "Au territoire : terminer la modification, puis la transmettre.",
        Etat.AJOURNEE: "Au territoire : corriger la modification, puis la transmettre à nouveau.",
    }.get(modification.etat, "")


def racontees(modifications):
    """These, each with `suite`, who must act next, and while it is open `proposes`."""
    lignes = list(modifications)
    for modification in lignes:
        modification.suite = prochaine_action(modification)
        if modification.est_ouverte:
            modification.proposes = avant_apres(modification)
    return lignes


def publiques(fiche):
    """What was changed of a decided fiche since, the oldest first, with the rows that say it."""
    return _publiques(fiche.pk)


@ecrite
def _publiques(fiche):
    acceptees = Modification.objects.du_public().filter(fiche=fiche)
    return acceptees.prefetch_related("changements")
