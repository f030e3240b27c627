"""Messages about a fiche, judged when they leave: what was recalled or is over tells nothing."""

from programme.courriels.juges import inscrire
from programme.courriels.models import Courriel
from programme.fiches.instruction import instruction
from programme.fiches.models import (
    Bilan,
    FicheAction,
    Modification,
    MouvementFinancier,
    Nouvelle,
    Obstacle,
    Passage,
    PassageModification,
    Reponse,
    ReportEtape,
)
from territoires.editions.models import Territoire

AILLEURS = "cette fiche n’est plus de son périmètre"


def passage_perime(courriel, cle):
    """Why this step of a fiche is no news for this agent any more; empty when it is."""
    passage = Passage.objects.select_related("fiche__territoire").filter(pk=cle).first()
    if passage is None:
        return "cette fiche a été supprimée"
    fiche = passage.fiche
    if fiche.passages.filter(pk__gt=passage.pk).exists():
        return f"la fiche a changé depuis : elle est « {fiche.get_etat_display()} »"
    if not _le_regarde(passage, courriel.agent):
        return AILLEURS
    if courriel.genre == Courriel.Genre.ACTION and _avis_rendu(fiche, courriel.agent):
        return "le comité de sa région a déjà rendu son avis"
    return ""


def modification_perimee(courriel, cle):
    """Why this step of a modification is no news for this agent any more; empty when it is."""
    passage = PassageModification.objects.select_related("modification__fiche").filter(pk=cle)
    passage = passage.first()
    if passage is None:
        return "cette modification a été supprimée"
    modification = passage.modification
    if not _la_sienne(modification.fiche, courriel.agent):
        return AILLEURS
    if modification.passages.filter(pk__gt=passage.pk).exists():
        return f"la modification a changé depuis : elle est « {modification.get_etat_display()} »"
    agent = courriel.agent
    if courriel.genre == Courriel.Genre.ACTION and _modification_jugee(modification, agent):
        return "le comité de sa région a déjà rendu son avis"
    return ""


def _modification_jugee(modification, agent):
    """It waits for other régions than those of this agent."""
    if modification.etat != Modification.Etat.TRANSMISE or not agent.codes_regions:
        return False
    attendues = instruction().regions_attendues_pour(modification)
    return agent.codes_regions.isdisjoint(region.pk for region in attendues)


def reponse_perimee(courriel, cle):
    """Why this answer to an obstacle is no news for this agent any more; empty when it is."""
    reponse = Reponse.objects.select_related("obstacle__fiche").filter(pk=cle).first()
    if reponse is None:
        return "cette réponse a été retirée"
    if not _la_sienne(reponse.obstacle.fiche, courriel.agent):
        return AILLEURS
    if Reponse.objects.filter(obstacle=reponse.obstacle, pk__gt=reponse.pk).exists():
        return "une autre réponse a suivi"
    return ""


def levee_perimee(courriel, cle):
    """Why this lifting of an obstacle is no news for this agent any more; empty when it is."""
    pk, _, le = cle.partition(":")
    obstacle = Obstacle.objects.select_related("fiche").filter(pk=pk).first()
    if obstacle is None or str(obstacle.leve_le) != le:
        return "cet obstacle n’est plus dit levé ce jour-là"
    return "" if _la_sienne(obstacle.fiche, courriel.agent) else AILLEURS


def nouvelle_perimee(courriel, cle):
    """Why this is no news for this agent any more; empty when it is."""
    nouvelle = Nouvelle.objects.select_related("fiche").filter(pk=cle).first()
    if nouvelle is None:
        return "cette nouvelle a été retirée"
    return "" if _la_sienne(nouvelle.fiche, courriel.agent) else AILLEURS


def mouvement_perime(courriel, cle):
    """Why this move of money is no news for this agent any more; empty when it is."""
    mouvement = MouvementFinancier.objects.select_related("financement__fiche").filter(pk=cle)
    return _suivi_perime(courriel, mouvement.valables().first(), "financement")


def report_perime(courriel, cle):
    """Why this new date of a step is no news for this agent any more; empty when it is."""
    reports = ReportEtape.objects.select_related("etape__fiche").filter(pk=cle)
    return _suivi_perime(courriel, reports.first(), "etape")


def bilan_perime(courriel, cle):
    """Why this bilan is no news for this agent any more; empty when it is."""
    bilan = Bilan.objects.select_related("fiche").filter(pk=cle).first()
    if bilan is None:
        return "ce bilan a été retiré"
    return "" if _la_sienne(bilan.fiche, courriel.agent) else AILLEURS


def _suivi_perime(courriel, ligne, parent):
    if ligne is None:
        return "ce suivi a été annulé"
    return "" if _la_sienne(getattr(ligne, parent).fiche, courriel.agent) else AILLEURS


def _le_regarde(passage, agent):
    """A région is told that a fiche was called back, though it does not read it any more."""
    fiche = passage.fiche
    if passage.action == Passage.Action.RAPPELER and agent.codes_regions:
        siens = Territoire.objects.du_perimetre(agent)
        return siens.filter(pk=fiche.territoire_id).exists()
    return _la_sienne(fiche, agent)


def _la_sienne(fiche, agent):
    return FicheAction.objects.for_user(agent).filter(pk=fiche.pk).exists()


def _avis_rendu(fiche, agent):
    """A fiche waits for other régions than those of this agent."""
    if fiche.etat != FicheAction.Etat.TRANSMISE or not agent.codes_regions:
        return False
    attendues = instruction().regions_attendues(fiche, instruction().avis_en_cours(fiche))
    return agent.codes_regions.isdisjoint(region.pk for region in attendues)


def partage_perime(courriel, cle):
    """Why this sharing of a brouillon is no news for this agent any more; empty when it is."""
    pk, _, le = cle.partition(":")
    fiche = FicheAction.objects.filter(pk=pk).first()
    if fiche is None:
        return "cette fiche a été supprimée"
    if fiche.partagee_le is None or fiche.partagee_le.isoformat() != le:
        return "ce brouillon n’est plus partagé"
    return "" if _la_sienne(fiche, courriel.agent) else AILLEURS


inscrire(
    partage=partage_perime,
    passage=passage_perime,
    modification=modification_perimee,
    bilan=bilan_perime,
    reponse=reponse_perimee,
    levee=levee_perimee,
    nouvelle=nouvelle_perimee,
    mouvement=mouvement_perime,
    report=report_perime,
)
