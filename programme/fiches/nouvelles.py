"""How agents are told of a fiche: written in the transaction of what it tells, sent afterwards."""

from django.conf import settings
from django.db.models import Q

from programme.courriels.models import Courriel
from programme.partenaires.models import Partenaire
from territoires.agents.models import Agent
from territoires.editions.models.portee import departements_de


def agents_du_territoire(fiche):
    """Agents of the intercommunalités of the fiche's territoire; nobody once it left the map."""
    perimetre = fiche.territoire.perimetre_courant
    sirens = perimetre.sirens_concernes() if perimetre else ()
    return Agent.objects.des_intercommunalites(sirens)


def agents_de_l_etat(fiche):
    """Those of the services of the État whose area the fiche's territoire touches."""
    perimetre = fiche.territoire.perimetre_courant
    if perimetre is None:
        return Agent.objects.none()
    return Agent.objects.de_l_etat(
        regions=perimetre.regions.all(), departements=departements_de(perimetre).order_by()
    )


def agents_des_operateurs(fiche):
    """Those of the partenaires that the fiche names, or that hold a line of its money."""
    lignes = fiche.financements.exclude(partenaire=None).order_by().values("partenaire")
    nommes = fiche.partenaires.order_by().values("pk")
    siens = Partenaire.objects.filter(Q(pk__in=nommes) | Q(pk__in=lignes)).order_by()
    return Agent.objects.des_partenaires(siens.values("pk"))


def agents_qui_suivent(fiche):
    """Those of its territoire and of its régions: all that work on it once it is decided."""
    regions = Agent.objects.des_regions(fiche.regions_concernees())
    siens = agents_du_territoire(fiche)
    return Agent.objects.filter(
        Q(pk__in=siens.order_by().values("pk")) | Q(pk__in=regions.order_by().values("pk"))
    )


def prevenir(agents, fiche, *, sauf, nouvelle, texte, page, cle, genre):
    """One message to each of these agents but the one who did it; the same `cle` tells once."""
    return Courriel.objects.prevenir(
        agents.exclude(pk=sauf.pk),
        objet=f"Fiche {fiche.reference} : {nouvelle}",
        corps=f"{texte}\n{settings.ADRESSE_DU_SITE}{page}\n",
        cle=cle,
        genre=genre,
    )
