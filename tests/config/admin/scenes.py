"""Rows as their life would leave them, for who must act upon them."""

import datetime

from django.db import models
from django.utils import timezone

from echanges.models import Import
from programme.comites.models import DemandePerimetre
from programme.fiches import parcours
from programme.fiches.models import FicheAction, Modification
from tests import factories as f

UN_JOUR = datetime.timedelta(days=1)
HIER, DEMAIN = timezone.localdate() - UN_JOUR, timezone.localdate() + UN_JOUR


def fiche_en(etat, ici, **champs):
    """A fiche as its parcours would leave it."""
    fiche = f.fiche_complete(ici["territoire"], **champs)
    if etat != FicheAction.Etat.BROUILLON:
        parcours.transmettre(fiche, agent=f.agent_delegation())
        models.QuerySet(FicheAction).filter(pk=fiche.pk).update(etat=etat)
    fiche.refresh_from_db()
    return fiche


def modification_en(etat, ici):
    fiche = fiche_en(FicheAction.Etat.ENGAGEE, ici)  # of which nothing else is waited for
    modification = f.ModificationFactory(fiche=fiche, etat=etat)
    envoi = f.PassageModificationFactory(modification=modification, apres="transmise")
    if etat != Modification.Etat.BROUILLON:
        Modification.objects.filter(pk=modification.pk).update(dernier_envoi=envoi)
    return modification


def depot(etat, agents):
    decide = timezone.now() if etat in ("confirme", "annule") else None
    annule = timezone.now() if etat == "annule" else None
    return Import.objects.create(
        auteur=agents["délégation"],
        resource="fiches",
        nom_du_fichier="fiches.csv",
        etat=etat,
        decide_le=decide,
        annule_le=annule,
    )


def ligne_sans_reponse(ici):
    """What an opérateur was asked for long ago."""
    fiche = fiche_en(FicheAction.Etat.ENGAGEE, ici)
    ligne = f.FinancementFactory(fiche=fiche, partenaire=ici["partenaire"])
    f.MouvementFinancierFactory(financement=ligne, nature="demande", le=HIER - 90 * UN_JOUR)
    return ligne


def seance_du(jour, ici, avis=False, points=False):
    seance = f.SeanceFactory(comite=ici["comitedepilotage"], date=jour)
    demande = DemandePerimetre.objects.filter(perimetre__territoire=ici["territoire"]).first()
    if points:
        f.PointOrdreDuJourFactory(seance=seance, demande=demande)
    if avis:
        f.AvisFactory(seance=seance, demande=demande)
    return seance


def seance_qui_attend(cle, ici):
    """One of those that wait in this way, each on a day of its own."""
    return {
        "seances-a-clore": lambda: seance_du(HIER, ici, avis=True),
        "seances-a-tenir": lambda: seance_du(HIER - UN_JOUR, ici, points=True),
        "seances-passees": lambda: seance_du(HIER - 2 * UN_JOUR, ici),
        "seances-a-preparer": lambda: seance_du(DEMAIN, ici),
    }[cle]()
