"""What falls due for an agent: one list, of which reminders, digest and calendar are made."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from programme.comites.instruction import fiches_en_attente
from programme.comites.models import Seance
from programme.contrats.models import Contrat
from programme.fiches.models import FicheAction
from programme.instruction.models import DemandeComplement
from programme.partenaires.models import Engagement
from programme.rappels.models import Delais
from territoires.agents.models import Agent
from territoires.editions.models import EditionCarte, Territoire
from territoires.geographie.models import Region

TERRITOIRE, REGION, DELEGATION = (
    Agent.Niveau.INTERCOMMUNALITE,
    Agent.Niveau.REGION,
    Agent.Niveau.DELEGATION,
)
ETAT, OPERATEUR = Agent.Niveau.ETAT, Agent.Niveau.OPERATEUR
TOUS = (TERRITOIRE, REGION, ETAT, OPERATEUR, DELEGATION)
PASSE = datetime.timedelta(days=60)  # how far back a calendar goes
AVENIR = datetime.timedelta(days=400)


@dataclass(frozen=True)
class Echeance:
    """One thing that falls due, or that waits since that day; `cle` tells it from all others."""

    cle: str
    titre: str
    le: datetime.date
    detail: str
    adresse: str


@dataclass(frozen=True)
class Genre:
    """`tirer(agent, debut, fin)` gives its Echeances dated within these days.

    `depuis` counts back from today, for what waits; otherwise the days to come are counted.
    """

    cle: str
    titre: str
    pour: tuple
    delai: str
    tirer: Callable
    depuis: bool = False


def delais_de(agent):
    """The delays of the régions for which the agent works, the shortest of each."""
    if agent.codes_regions:
        return Delais.de(agent.codes_regions)
    if agent.sirens or agent.aire_de_l_etat:
        siens = Territoire.objects.suivis_par(agent).order_by()
        regions = Region.objects.filter(perimetres__in=siens.values("perimetre_courant"))
        return Delais.de(list(regions.order_by().distinct().values_list("pk", flat=True)))
    return Delais.de([])


def rappels(agent, aujourdhui):
    """[(Genre, [Echeance])] of what this agent is to be reminded of today."""
    if not agent.a_un_perimetre:
        return []
    delais, groupes = delais_de(agent), []
    for genre in (un for un in GENRES if agent.niveau in un.pour):
        duree = datetime.timedelta(days=getattr(delais, genre.delai))
        if genre.depuis:
            bornes = datetime.date(2018, 1, 1), aujourdhui - duree
        else:
            bornes = aujourdhui, aujourdhui + duree
        if lignes := genre.tirer(agent, *bornes):
            groupes.append((genre, lignes))
    return groupes


def agenda(agent, aujourdhui):
    """[Echeance] of the calendar of this agent: dated days, whatever the delays."""
    return [
        echeance
        for genre in GENRES
        if agent.niveau in genre.pour and not genre.depuis
        for echeance in genre.tirer(agent, aujourdhui - PASSE, aujourdhui + AVENIR)
    ]


def _jour(instant):
    return timezone.localdate(instant)


def _veille(jour):
    """The end of this day, as a moment."""
    minuit = datetime.datetime.combine(jour + datetime.timedelta(days=1), datetime.time.min)
    return timezone.make_aware(minuit)


def _seances(agent, debut, fin):
    lignes = Seance.objects.for_user(agent).filter(date__range=(debut, fin))
    return [
        Echeance(
            f"seance-{une.pk}",
            str(une),
            une.date,
            une.lieu,
            reverse("admin:programme_seance_change", args=[une.pk]),
        )
        for une in lignes.select_related("comite__region").order_by("date", "pk")
    ]


def _fiches_en_attente(agent, debut, fin):
    regions = Region.objects.filter(pk__in=agent.codes_regions)
    lignes = fiches_en_attente(regions).filter(dernier_envoi__le__lt=_veille(fin))
    return [
        Echeance(
            f"attente-{fiche.pk}",
            fiche.titre,
            _jour(fiche.dernier_envoi.le),
            fiche.territoire.nom,
            reverse("instruction", args=[fiche.reference]),
        )
        for fiche in lignes.select_related("territoire", "dernier_envoi").order_by(
            "dernier_envoi__le", "pk"
        )
    ]


def _complements_sans_reponse(agent, debut, fin):
    lignes = DemandeComplement.objects.for_user(agent).ouvertes()
    lignes = lignes.filter(demandee_le__lt=_veille(fin))
    return [_complement(d, _jour(d.demandee_le)) for d in lignes.select_related("fiche")]


def _complements_a_rendre(agent, debut, fin):
    lignes = DemandeComplement.objects.for_user(agent).ouvertes()
    lignes = lignes.filter(attendue_le__range=(debut, fin)).select_related("fiche")
    return [_complement(demande, demande.attendue_le) for demande in lignes]


def _complement(demande, le):
    cles = [demande.fiche.reference, demande.numero]
    return Echeance(
        f"complement-{demande.pk}",
        f"{demande} : {demande.fiche.titre}",
        le,
        demande.service,
        reverse("complement", args=cles),
    )


def _fiches_silencieuses(agent, debut, fin):
    lignes = FicheAction.objects.for_user(agent).suivies().filter(updated_at__lt=_veille(fin))
    return [
        Echeance(
            f"silence-{fiche.pk}",
            fiche.titre,
            _jour(fiche.updated_at),
            fiche.territoire.nom,
            reverse("admin:programme_ficheaction_suivi", args=[fiche.pk]),
        )
        for fiche in lignes.select_related("territoire").order_by("updated_at", "pk")
    ]


def _engagements(agent, debut, fin):
    lignes = Engagement.objects.ouverts().filter(echeance__range=(debut, fin))
    if agent.opere_pour:
        lignes = lignes.filter(convention__partenaire=agent.opere_pour)
    return [
        Echeance(
            f"engagement-{un.pk}",
            un.intitule,
            un.echeance,
            str(un.convention),
            reverse("admin:programme_convention_engagement", args=[un.convention_id, un.pk]),
        )
        for un in lignes.select_related("convention__partenaire").order_by("echeance", "pk")
    ]


def _contrats(agent, debut, fin):
    lignes = Contrat.objects.for_user(agent).filter(
        fin__range=(debut, fin), etat=Contrat.Etat.SIGNE
    )
    return [
        Echeance(
            f"contrat-{un.pk}",
            str(un),
            un.fin,
            un.territoire.nom,
            reverse("admin:programme_contrat_change", args=[un.pk]),
        )
        for un in lignes.select_related("territoire").order_by("fin", "pk")
    ]


def _editions(agent, debut, fin):
    debut = max(debut, timezone.localdate())
    lignes = EditionCarte.objects.du_public().filter(date__range=(debut, fin))
    return [
        Echeance(
            f"edition-{une.pk}",
            str(une),
            une.date,
            "prend effet ce jour-là",
            une.get_absolute_url(),
        )
        for une in lignes.order_by("date")
    ]


GENRES = [
    Genre("seances", "Séances à venir", (REGION, DELEGATION), "seance", _seances),
    Genre(
        "complements",
        "Compléments à rendre",
        (TERRITOIRE,),
        "echeance",
        _complements_a_rendre,
    ),
    Genre(
        "complements-sans-reponse",
        "Compléments sans réponse",
        (TERRITOIRE,),
        "complement",
        _complements_sans_reponse,
        depuis=True,
    ),
    Genre(
        "fiches-en-attente",
        "Fiches qui attendent votre comité",
        (REGION,),
        "attente",
        _fiches_en_attente,
        depuis=True,
    ),
    Genre(
        "fiches-sans-nouvelle",
        "Fiches sans nouvelle",
        (TERRITOIRE,),
        "silence",
        _fiches_silencieuses,
        depuis=True,
    ),
    Genre(
        "engagements",
        "Engagements qui arrivent à échéance",
        (OPERATEUR, DELEGATION),
        "echeance",
        _engagements,
    ),
    Genre(
        "contrats",
        "Contrats qui se terminent",
        (TERRITOIRE, REGION, ETAT, DELEGATION),
        "echeance",
        _contrats,
    ),
    Genre("editions", "Éditions de la carte à venir", TOUS, "echeance", _editions),
]
