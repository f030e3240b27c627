"""What falls due for an agent: one list, of which reminders, digest and calendar are made."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from programme.comites.instruction import fiches_en_attente
from programme.comites.models import DemandePerimetre, PointOrdreDuJour, Seance
from programme.contrats.models import Contrat
from programme.fiches.models import FicheAction
from programme.instruction.models import DemandeComplement
from programme.instruction.nouvelles import service
from programme.partenaires.models import Engagement
from programme.rappels.models import Delais
from territoires.agents.models import Agent
from territoires.champs import minuit
from territoires.editions.models import EditionCarte, Territoire
from territoires.geographie.models import Region
from territoires.mandats.models import Mandat

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
    return minuit(jour + datetime.timedelta(days=1))


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


def _en_comite(agent, debut, fin):
    """The days on which a comité examines what this agent reads; of the agenda, nothing else."""
    fiches = FicheAction.objects.for_user(agent).montees().order_by().values("pk")
    siens = Q(fiche__in=fiches) | Q(modification__fiche__in=fiches)
    if agent.ecrit_pour_un_territoire:
        siens |= Q(demande__in=DemandePerimetre.objects.for_user(agent).order_by().values("pk"))
    points = PointOrdreDuJour.objects.filter(siens, seance__date__range=(debut, fin))
    lus = {}
    for point in points.select_related(
        "seance__comite__region", "fiche", "modification__fiche", "demande__perimetre"
    ).order_by("seance__date", "seance__pk", "ordre", "pk"):
        lus.setdefault(point.seance, []).append(point)
    return [_examen(seance, siens) for seance, siens in lus.items()]


def _examen(seance, points):
    """Where several are examined the address is that of their list."""
    fiches = [point.fiche or (point.modification and point.modification.fiche) for point in points]
    titres = [
        f.titre if f else p.demande.perimetre.nom for f, p in zip(fiches, points, strict=True)
    ]
    if len(points) > 1:
        adresse = reverse("admin:programme_ficheaction_changelist")
    elif fiches[0]:
        adresse = reverse("instruction", args=[fiches[0].reference])
    else:
        adresse = reverse("admin:programme_demandeperimetre_change", args=[points[0].demande_id])
    return Echeance(
        f"comite-{seance.pk}",
        f"{capfirst(seance.get_genre_display())} du comité, {seance.comite.region.nom}",
        seance.date,
        f"Examine : {', '.join(titres)}",
        adresse,
    )


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
    return _en_vain(_complements(agent), fin)


def _complements_a_rendre(agent, debut, fin):
    return _attendus(_complements(agent), debut, fin)


def _complements_attendus(agent, debut, fin):
    return _attendus(_complements_demandes(agent), debut, fin, demande_par_lui=True)


def _complements_attendus_en_vain(agent, debut, fin):
    return _en_vain(_complements_demandes(agent), fin, demande_par_lui=True)


def _complements(agent):
    """Those that wait for an answer, among what this agent reads."""
    return DemandeComplement.objects.for_user(agent).ouvertes().select_related("fiche__territoire")


def _complements_demandes(agent):
    """What this agent's own service asked for."""
    return _complements(agent).filter(service=service(agent))


def _attendus(lignes, debut, fin, **pour_qui):
    lignes = lignes.filter(attendue_le__range=(debut, fin))
    return [_complement(demande, demande.attendue_le, **pour_qui) for demande in lignes]


def _en_vain(lignes, fin, **pour_qui):
    lignes = lignes.filter(demandee_le__lt=_veille(fin))
    return [_complement(demande, _jour(demande.demandee_le), **pour_qui) for demande in lignes]


def _complement(demande, le, demande_par_lui=False):
    """The territoire is led to its answer, who asked to the page of the fiche."""
    adresse = reverse("complement", args=[demande.fiche.reference, demande.numero])
    if demande_par_lui:
        adresse = f"{reverse('instruction', args=[demande.fiche.reference])}#complements"
    return Echeance(
        f"complement-{demande.pk}",
        f"{demande} : {demande.fiche.titre}",
        le,
        demande.fiche.territoire.nom if demande_par_lui else demande.service,
        adresse,
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


def _mandats(agent, debut, fin):
    """Of what one person holds at a time, and nobody is said to take up."""
    lignes = Mandat.objects.for_user(agent).filter(fin__range=(debut, fin))
    return [
        Echeance(
            f"mandat-{un.pk}",
            str(un),
            un.fin,
            un.territoire.nom,
            reverse("admin:territoires_mandat_change", args=[un.pk]),
        )
        for un in lignes.sans_suite().select_related("territoire").order_by("fin", "pk")
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
        "en-comite",
        "Passages en comité",
        (TERRITOIRE, ETAT, OPERATEUR),
        "seance",
        _en_comite,
    ),
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
        "complements-attendus",
        "Compléments attendus",
        (REGION, ETAT),
        "echeance",
        _complements_attendus,
    ),
    Genre(
        "complements-en-vain",
        "Vos demandes de complément sans réponse",
        (REGION, ETAT),
        "complement",
        _complements_attendus_en_vain,
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
    Genre("mandats", "Mandats qui se terminent", (TERRITOIRE, REGION), "echeance", _mandats),
    Genre(
        "contrats",
        "Contrats qui se terminent",
        (TERRITOIRE, REGION, ETAT, DELEGATION),
        "echeance",
        _contrats,
    ),
    Genre("editions", "Éditions de la carte à venir", TOUS, "echeance", _editions),
]
