"""What a request to adapt a périmètre would change, computed and never written.

The map before and after, the inhabitants, the régions touched, the fiches and contrats concerned,
the conflicts with neighbours and who must deliberate: for who composes the request, for the comité
that judges it and for the délégation that applies it.
"""

from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Q

from programme.comites.cartes import cartes
from programme.comites.models import DemandePerimetre, MouvementDemande
from programme.fiches.models import FicheAction
from territoires.editions.models import EditionCarte, MembrePerimetre, Perimetre
from territoires.geographie.models import Commune, Intercommunalite, Region

Sens = MouvementDemande.Sens
AUTRES = (DemandePerimetre.Etat.DEPOSEE, DemandePerimetre.Etat.ACCEPTEE)
# What the rooms above tie to a territoire: (perimetre) -> [(title, sentences)].
_suites = []


def suites(fonction):
    """Let a room above say what else a change of this périmètre touches."""
    _suites.append(fonction)
    return fonction


@dataclass(frozen=True)
class Etat:
    """A composition: how many members, how many inhabitants, in which régions (by name)."""

    membres: int
    habitants: int
    regions: list


@dataclass
class Simulation:
    perimetre: Perimetre
    edition: EditionCarte
    ajouts: list
    retraits: list
    avant: Etat
    apres: Etat
    cartes: object = None
    alertes: list = field(default_factory=list)
    conflits: list = field(default_factory=list)
    fiches: list = field(default_factory=list)
    deliberent: list = field(default_factory=list)
    autres: list = field(default_factory=list)

    @property
    def ecart(self):
        return self.apres.habitants - self.avant.habitants

    @property
    def entrees(self):
        return [r for r in self.apres.regions if r not in self.avant.regions]

    @property
    def sorties(self):
        return [r for r in self.avant.regions if r not in self.apres.regions]


def simuler_la_demande(demande, *, fiches, edition=None):
    """The Simulation of a request that is written; `fiches` are those that its reader may read."""
    mouvements = list(demande.mouvements.all())
    ajouts, retraits = (
        [m.intercommunalite or m.commune for m in mouvements if m.sens == sens] for sens in Sens
    )
    options = {"fiches": fiches, "edition": edition, "demande": demande}
    return simuler(demande.perimetre, ajouts, retraits, **options)


def simuler(perimetre, ajouts, retraits, *, fiches, edition=None, demande=None):
    """The Simulation of these moves in the last edition, or in this one."""
    edition = edition or EditionCarte.objects.composees().first()
    ici = _dans(edition, perimetre)
    membres = [m.intercommunalite or m.commune for m in _membres(ici)]
    restent = [membre for membre in membres if membre not in retraits]
    apres = [*restent, *(membre for membre in ajouts if membre not in restent)]
    simulation = Simulation(ici, ici.edition, ajouts, retraits, _etat(membres), _etat(apres))
    simulation.cartes = cartes(ici, ajouts, retraits)
    simulation.alertes = list(_alertes(perimetre, ici, edition))
    simulation.conflits = [
        *_sans_effet(membres, ajouts, retraits, apres),
        *_deja_ailleurs(ici, ajouts),
        *_autres_demandes(demande, ajouts, retraits),
    ]
    simulation.fiches = _fiches(ici, fiches, retraits)
    simulation.deliberent = list(_deliberent(simulation))
    simulation.autres = list(chain.from_iterable(suite(ici) for suite in _suites))
    return simulation


def _dans(edition, perimetre):
    """The périmètre of this territoire in that edition; its own when it is not there."""
    if edition is None or perimetre.edition_id == edition.pk:
        return perimetre
    la = Perimetre.objects.filter(edition=edition, territoire=perimetre.territoire_id)
    return la.select_related("edition", "territoire").first() or perimetre


def _alertes(demande_sur, ici, edition):
    if edition is None or demande_sur.edition_id == edition.pk:
        return
    suite = (
        f"Ce qui suit est lu dans l’{edition}."
        if ici.edition_id == edition.pk
        else f"« {demande_sur.nom} » n’est plus sur la carte de l’{edition}."
    )
    if demande_sur.edition.date < edition.date:
        yield f"La demande porte sur l’{demande_sur.edition}, qui n’est plus la dernière. {suite}"


def _membres(perimetre):
    return perimetre.membres.select_related("intercommunalite", "commune")


def _etat(membres):
    communes = {
        pk: (region, population or 0)
        for pk, region, population in _communes(membres).values_list(
            "pk", "departement__region", "population"
        )
    }
    codes = {region for region, _ in communes.values()}
    habitants = sum(population for _, population in communes.values())
    for membre in membres:
        if isinstance(membre, Intercommunalite) and membre.dissoute_le:
            # It has lost its communes: its own figure counts.
            codes.add(membre.departement.region_id)
            habitants += membre.population or 0
    regions = Region.objects.filter(pk__in=codes).values_list("nom", flat=True)
    return Etat(len(membres), habitants, list(regions))


def _communes(membres):
    sirens = [m.pk for m in membres if isinstance(m, Intercommunalite)]
    codes = [m.pk for m in membres if isinstance(m, Commune)]
    return Commune.objects.filter(
        Q(pk__in=codes) | Q(intercommunalite__in=sirens) | Q(ept__in=sirens)
    )


def _sans_effet(membres, ajouts, retraits, apres):
    """What the moves say and cannot do."""
    for membre in ajouts:
        if membre in membres and membre not in retraits:
            yield f"{membre} y est déjà : l’ajouter ne change rien."
        if membre in retraits:
            yield f"{membre} est à la fois à ajouter et à retirer."
        if getattr(membre, "dissoute_le", None):
            yield f"{membre} est dissoute depuis le {membre.dissoute_le:%d/%m/%Y}."
    for membre in retraits:
        if membre not in membres:
            yield f"{membre} n’y est pas : il n’y a rien à retirer."
    if not apres:
        yield "Il ne resterait aucun membre : un territoire en a au moins un."


def _deja_ailleurs(ici, ajouts):
    """What comes in and stands in a neighbour, whole or by one of its communes."""
    communes = list(_communes(ajouts).values_list("pk", "nom", "intercommunalite", "ept"))
    sirens = {m.pk for m in ajouts if isinstance(m, Intercommunalite)}
    porteurs = sirens | {siren for commune in communes for siren in commune[2:] if siren}
    places = (
        MembrePerimetre.objects.filter(edition=ici.edition_id)
        .exclude(perimetre__territoire=ici.territoire_id)
        .filter(Q(intercommunalite__in=porteurs) | Q(commune__in=[c[0] for c in communes]))
        .select_related("perimetre", "intercommunalite", "commune")
        .order_by("perimetre__recherche", "pk")
    )
    for place in places:
        tenu, voisin = place.intercommunalite or place.commune, place.perimetre.nom
        if tenu in ajouts:
            yield f"{tenu} est dans « {voisin} » : la demande le lui prendrait."
        elif place.commune_id:
            yield f"{tenu}, qui viendrait avec ce qui entre, est déjà dans « {voisin} »."
        else:
            yield f"{tenu}, dont une commune entrerait, est tout entière dans « {voisin} »."


def _autres_demandes(demande, ajouts, retraits):
    """Another request, still open, that moves the same member."""
    deplaces = [*ajouts, *retraits]
    autres = MouvementDemande.objects.filter(
        Q(intercommunalite__in=[m.pk for m in deplaces if isinstance(m, Intercommunalite)])
        | Q(commune__in=[m.pk for m in deplaces if isinstance(m, Commune)]),
        demande__etat__in=AUTRES,
        demande__appliquee_le=None,
    )
    if demande is not None and demande.pk:
        autres = autres.exclude(demande=demande.pk)
    autres = autres.select_related("demande__perimetre", "intercommunalite", "commune")
    for autre in autres.order_by("demande__reference", "pk"):
        demandee = autre.demande
        yield (
            f"Une autre demande, {demandee.reference} ({demandee.get_etat_display()}), pour "
            f"« {demandee.perimetre.nom} », veut aussi {autre}."
        )


def _fiches(ici, fiches, retraits):
    """[(fiche, why)] that name what would leave, or that have nobody left."""
    sirens = [m.pk for m in retraits if isinstance(m, Intercommunalite)]
    if not sirens:
        return []
    siennes = fiches.filter(territoire=ici.territoire_id, intercommunalites__in=sirens)
    siennes = siennes.exclude(etat__in=(FicheAction.Etat.REFUSEE, FicheAction.Etat.ABANDONNEE))
    siennes = siennes.order_by("titre", "pk").distinct().prefetch_related("intercommunalites")
    return [
        (
            fiche,
            "associe "
            + ", ".join(str(i) for i in fiche.intercommunalites.all() if i.pk in sirens)
            + ", qui partirait",
        )
        for fiche in siennes
    ]


def _deliberent(simulation):
    """Assemblies whose vote or avis the change calls for."""
    for verbe, membres in (("entre", simulation.ajouts), ("part", simulation.retraits)):
        for membre in membres:
            conseil = (
                "Le conseil communautaire"
                if isinstance(membre, Intercommunalite)
                else "Le conseil municipal"
            )
            yield f"{conseil} : {membre}, qui {verbe}"
            if isinstance(membre, Commune) and membre.intercommunalite_id:
                yield f"Le conseil communautaire : {membre.intercommunalite}, dont {membre} {verbe}"
    regions = dict.fromkeys([*simulation.avant.regions, *simulation.apres.regions])
    for region in regions:
        yield f"Le comité de pilotage régional : {region}"
