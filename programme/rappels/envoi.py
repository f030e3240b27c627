"""The reminders of the day and the digest of Monday, put among the messages that wait.

Called each day, from a terminal or by a schedule; called twice, it tells nothing twice.
"""

import datetime
import hashlib

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from programme.courriels.models import Courriel, PreferenceCourriel, RythmeRappels
from programme.ecritures import jour
from programme.rappels.echeances import rappels
from territoires.agents.models import Agent

PAR_GENRE = 5  # lines of one kind in the digest: it is read in a minute
RATTRAPAGE = 1  # days after Monday on which a digest that did not leave still does


@transaction.atomic
def rappeler(aujourdhui=None):
    """Write the reminders and digests of this day: (reminders, digests) written."""
    aujourdhui = aujourdhui or timezone.localdate()
    choix = dict(PreferenceCourriel.objects.values_list("agent", "rappels"))
    un_a_un = recueils = 0
    agents = Agent.objects.filter(is_active=True).exclude(niveau="").exclude(email="")
    for agent in agents.order_by("pk"):
        rythme = choix.get(agent.pk, RythmeRappels.LUNDI)
        if rythme == RythmeRappels.AUCUN:
            continue
        groupes = rappels(agent, aujourdhui)
        if rythme == RythmeRappels.CHAQUE_JOUR:
            un_a_un += _un_a_un(agent, groupes)
        if groupes and aujourdhui.weekday() <= RATTRAPAGE:
            recueils += _recapituler(agent, groupes, aujourdhui)
    return un_a_un, recueils


def cle_du_rappel(echeance):
    return f"rappel-{echeance.cle}:{echeance.le}"


def perimetre(agent):
    """A few letters that change with what the agent works for: a digest is of one perimeter."""
    dit = f"{agent.niveau} {agent.perimetre_en_clair()}"
    return hashlib.sha256(dit.encode()).hexdigest()[:8]


def cle_du_recapitulatif(agent, aujourdhui):
    lundi = aujourdhui - datetime.timedelta(days=aujourdhui.weekday())
    return f"recapitulatif-{lundi}:{perimetre(agent)}"


def _un_a_un(agent, groupes):
    """One message a thing, told once; how many were new."""
    nouveaux = 0
    for genre, lignes in groupes:
        for echeance in lignes:
            nouveaux += _ecrire(
                agent,
                cle_du_rappel(echeance),
                f"Rappel : {genre.titre.lower()}, {echeance.titre}",
                f"{genre.titre} : {echeance.titre}.\n{echeance.detail}\n"
                f"{'Depuis le' if genre.depuis else 'Le'} {jour(echeance.le)}.\n\n"
                f"{settings.ADRESSE_DU_SITE}{echeance.adresse}\n",
            )
    return nouveaux


def _recapituler(agent, groupes, aujourdhui):
    contexte = {
        "agent": agent,
        "aujourdhui": aujourdhui,
        "site": settings.ADRESSE_DU_SITE,
        "groupes": [
            {
                "genre": genre,
                "lignes": lignes[:PAR_GENRE],
                "nombre": len(lignes),
                "autres": len(lignes[PAR_GENRE:]),
            }
            for genre, lignes in groupes
        ],
    }
    nombre = sum(len(lignes) for _, lignes in groupes)
    return _ecrire(
        agent,
        cle_du_recapitulatif(agent, aujourdhui),
        f"Votre semaine : {nombre} échéance{'s' if nombre > 1 else ''}",
        render_to_string("programme/rappels/recapitulatif.txt", contexte),
        render_to_string("programme/rappels/recapitulatif.html", contexte),
    )


def _ecrire(agent, cle, objet, corps, html=""):
    """Whether it was new: the same key is told once to each person."""
    if Courriel.objects.filter(agent=agent, cle=cle).exists():
        return False
    Courriel.objects.create(
        agent=agent,
        cle=cle,
        objet=objet[:200],
        corps=corps,
        corps_html=html,
        genre=Courriel.Genre.RAPPEL,
    )
    return True
