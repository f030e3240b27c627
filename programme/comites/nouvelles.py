"""Who is told of a request to adapt a périmètre: its comités, its territoire, the délégation."""

from django.conf import settings
from django.urls import reverse

from programme.comites.instruction import avis_presents
from programme.comites.models import DemandePerimetre
from programme.courriels.models import Courriel
from territoires.agents.models import Agent

Genre = Courriel.Genre


def dire_le_depot(demande):
    """The comité of each région that it touches has an avis to give."""
    regions = Agent.objects.des_regions(demande.perimetre.regions.all())
    _dire(regions, demande, f"Motif : {demande.motif}\n\nElle attend l’avis de votre comité.")


def dire_la_decision(demande):
    """Its territoire reads what was decided; the délégation has to apply what was accepted."""
    avis = "\n".join(
        f"- {un.region.nom} : avis {un.get_sens_display()}{f'. {un.motif}' if un.motif else ''}"
        for un in avis_presents(demande)
    )
    sirens = demande.perimetre.sirens_concernes()
    _dire(Agent.objects.des_intercommunalites(sirens), demande, avis, Genre.INFORMATION)
    if demande.etat == DemandePerimetre.Etat.ACCEPTEE:
        texte = f"{avis}\n\nElle est à appliquer à une édition de la carte en préparation."
        _dire(Agent.objects.de_la_delegation(), demande, texte)


def _dire(agents, demande, texte, genre=Genre.ACTION):
    page = reverse("admin:programme_demandeperimetre_change", args=[demande.pk])
    Courriel.objects.prevenir(
        agents,
        objet=f"Demande {demande.reference} : {demande.get_etat_display()}",
        corps=f"Adaptation du périmètre de « {demande.perimetre.nom} ».\n\n{texte}\n"
        f"{settings.ADRESSE_DU_SITE}{page}\n",
        cle=f"demande-{demande.pk}:{demande.etat}",
        genre=genre,
    )
