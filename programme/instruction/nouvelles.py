"""Who is told of what is said while a fiche is examined, and in which words."""

from django.db.models import F, Q
from django.urls import reverse

from programme.fiches.nouvelles import (
    agents_de_l_etat,
    agents_des_operateurs,
    agents_du_territoire,
    prevenir,
)
from territoires.agents.models import Agent


def service(agent):
    """In whose name an agent speaks: that of its perimeter."""
    if agent.est_delegation:
        return "Délégation"
    region = "Région " if agent.codes_regions else ""
    return f"{region}{agent.perimetre_en_clair()}"[:200]


def examinateurs(fiche):
    """Those who examine it: in each région who follows it, else all of its agents."""
    regions = list(fiche.regions_concernees())
    presents = Agent.objects.des_regions(regions).order_by()
    # Who left the région follows nothing in it any more.
    suivies = dict(
        fiche.attributions.filter(agent__in=presents, agent__regions=F("region")).values_list(
            "region", "agent"
        )
    )
    autres = [region for region in regions if region.pk not in suivies]
    siens = Q(pk__in=Agent.objects.des_regions(autres).order_by().values("pk"))
    return Agent.objects.filter(siens | Q(pk__in=suivies.values()))


def participants(fiche):
    """All who work on it: its territoire, who examines it, and whoever said something of it."""
    dits = Q(pk__in=fiche.conversation.order_by().values("auteur"))
    dits |= Q(pk__in=fiche.avis_techniques.order_by().values("auteur"))
    dits |= Q(pk__in=fiche.complements.order_by().values("demandee_par"))
    return Agent.objects.filter(
        Q(pk__in=agents_du_territoire(fiche).order_by().values("pk"))
        | Q(pk__in=examinateurs(fiche).order_by().values("pk"))
        | dits,
        is_active=True,
    )


def concernes(fiche):
    """{who they are: agents} of those who work on this fiche, with how to write to them."""
    groupes = {
        "Territoire": agents_du_territoire(fiche),
        "Région": Agent.objects.des_regions(fiche.regions_concernees()),
    }
    if fiche.dernier_envoi_id:
        groupes["État"] = agents_de_l_etat(fiche)
        groupes["Opérateurs"] = agents_des_operateurs(fiche).select_related("partenaire")
    return {nom: lignes for nom, agents in groupes.items() if (lignes := list(agents))}


def dire(agents, fiche, *, sauf, nouvelle, texte, cle, genre):
    """Tell these agents, with the address of the page where it is read and answered."""
    prevenir(
        agents,
        fiche,
        sauf=sauf,
        nouvelle=nouvelle,
        texte=f"Fiche « {fiche.titre} » ({fiche.territoire.nom}).\n\n{texte}\n",
        page=reverse("instruction", args=[fiche.reference]),
        cle=cle,
        genre=genre,
    )
