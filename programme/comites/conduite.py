"""What is done with a séance: compose its agenda, note who is there, close it, correct its relevé.

Each act checks the right and the state under the lock of the séance, and raises SeanceRefusee
with a French reason when it cannot be done.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from programme.comites import decisions, demandes, modifications, releve
from programme.comites.models import (
    DemandePerimetre,
    PointOrdreDuJour,
    Presence,
    Releve,
    Seance,
)
from programme.comites.models.seances import OBJETS, par_genre
from programme.comites.ordre_du_jour import en_attente
from programme.fiches.models import FicheAction, Modification


class SeanceRefusee(ValidationError):
    """The séance does not allow this; the message says why, in French, to the person."""


@transaction.atomic
def composer(seance, *, agent, cles, vu):
    """Make the agenda these objects, in this order; `vu` is the agenda that the person read.

    Keys are those of `PointOrdreDuJour.cle`. A point already answered stays.
    """
    seance = _verrouiller(seance, agent)
    cles = list(dict.fromkeys(cles))
    anciens = {point.cle: point for point in seance.points.all()}
    if list(anciens) != list(vu):
        raise SeanceRefusee(
            "L’ordre du jour a changé pendant que vous le composiez. Rien n’a été remplacé : "
            "relisez-le ci-dessous, puis enregistrez de nouveau."
        )
    _garder_les_points_rendus(seance, anciens, cles)
    attendent = en_attente(seance)
    arrivees = seance.compose_le is None or _depuis(seance.compose_le, *attendent)
    if cles == list(anciens) and not arrivees:
        return seance  # nothing was moved, nothing more was left out
    admis = _admis(attendent, [cle for cle in cles if cle not in anciens])
    for cle, point in anciens.items():
        if cle not in cles:
            point.delete()
    for ordre, cle in enumerate(cles, start=1):
        if cle not in anciens:
            complement = bool(anciens) and not _y_fut(seance, **admis[cle])
            PointOrdreDuJour.objects.create(
                seance=seance, ordre=ordre, complement=complement, **admis[cle]
            )
        elif anciens[cle].ordre != ordre:
            anciens[cle].ordre = ordre
            anciens[cle].save()
    seance.compose_le = timezone.now()
    seance.save(update_fields=["compose_le"])
    if (jumelle := seance.jumelle) and not jumelle.est_close:
        _accorder(jumelle, [cle for cle in cles if cle not in anciens], set(anciens) - set(cles))
    return seance


def _depuis(instant, fiches, requetes, modifications):
    """Something of what waits arrived since."""
    transmises = {"dernier_envoi__le__gte": instant}
    return (
        fiches.filter(**transmises).exists()
        or requetes.filter(deposee_le__gte=instant).exists()
        or modifications.filter(**transmises).exists()
    )


@transaction.atomic
def reunir(seance):
    """Give two séances that were just joined one agenda, of what concerns both and still waits."""
    jumelle = seance.jumelle
    if jumelle is None or seance.est_close or jumelle.est_close:
        return
    for celle_ci, autre in ((seance, jumelle), (jumelle, seance)):
        _accorder(celle_ci, [point.cle for point in autre.points.all()], set())


def _accorder(jumelle, ajoutees, retirees):
    """Do in the séance held with this one what was just done here, where it concerns both."""
    siens = {point.cle: point for point in jumelle.points.all()}
    notes = {avis.cle for avis in jumelle.avis.all()}
    for cle in retirees & set(siens) - notes:
        siens[cle].delete()
    attendent = dict(zip(OBJETS, en_attente(jumelle), strict=True))
    for cle in ajoutees:
        genre, _, pk = cle.partition("-")
        if cle not in siens and attendent[genre].filter(pk=pk).exists():
            PointOrdreDuJour.objects.create(
                seance=jumelle,
                ordre=jumelle.points.count() + 1,
                complement=bool(siens),
                **{f"{genre}_id": pk},
            )


def _y_fut(seance, **objet):
    """It was on the agenda from the first: taken off and put back, it is not an addition."""
    anciens = PointOrdreDuJour.history.filter(seance=seance, complement=False, **objet)
    return anciens.exists()


def _garder_les_points_rendus(seance, anciens, cles):
    for avis in seance.avis.all():
        if avis.cle in anciens and avis.cle not in cles:
            raise SeanceRefusee(
                f"« {anciens[avis.cle].intitule} » a reçu un avis dans cette séance : ce point "
                "reste, sauf à retirer d’abord cet avis."
            )


def _admis(attendent, cles):
    """{key: field of the point}; refused when one of them waits no longer."""
    lues = par_genre(cles)
    admis = {
        f"{genre}-{pk}": {f"{genre}_id": pk}
        for genre, lignes in zip(OBJETS, attendent, strict=True)
        for pk in lignes.filter(pk__in=lues[genre]).values_list("pk", flat=True)
    }
    if set(cles) - set(admis):
        raise SeanceRefusee(
            "Une des lignes choisies n’attend plus l’avis de ce comité : rappelée par son "
            "territoire, ou déjà décidée. Relisez la liste ci-dessous."
        )
    return admis


@transaction.atomic
def noter_presences(seance, *, agent, statuts):
    """Write who is there: {member: status, or "" for neither present nor excused}."""
    seance = _verrouiller(seance, agent)
    _noter(seance, statuts)
    return seance


def _noter(seance, statuts):
    anciennes = {presence.membre_id: presence for presence in seance.presences.all()}
    for membre, statut in statuts.items():
        ancienne = anciennes.get(membre.pk)
        if not statut:
            if ancienne:
                ancienne.delete()
            continue
        presence = ancienne or Presence(seance=seance, membre=membre)
        if presence.statut != statut or not ancienne:
            presence.statut = statut
            presence.full_clean()
            presence.save()


@transaction.atomic
def clore(seance, *, agent):
    """Close the séance: its avis take effect in the order of the agenda, its relevé says it."""
    seance = _verrouiller(seance, agent)
    if seance.date > timezone.localdate():
        raise SeanceRefusee("Cette séance n’a pas encore eu lieu : elle ne peut pas être close.")
    le = timezone.now()
    for avis in _avis_a_appliquer(seance):
        if avis.fiche_id:
            decisions.prendre_effet(avis, agent=agent, le=le)
        elif avis.modification_id:
            modifications.prendre_effet(avis, agent=agent, le=le)
        else:
            demandes.prendre_effet(avis, le=le)
    seance.close_le, seance.close_par = le, agent
    seance.save()
    return etablir(seance, agent, releve.contenu(seance))


def _avis_a_appliquer(seance):
    """In the order of the agenda, what was off it last; their fiches are held, always in the
    same order: two séances that close at once wait for each other."""
    rangs = {point.cle: point.ordre for point in seance.points.all()}
    avis = list(seance.avis.filter(effet_le=None).select_related("seance__comite__region"))
    modifiees = Modification.objects.filter(pk__in=[un.modification_id for un in avis])
    cles = {un.fiche_id for un in avis} | set(modifiees.values_list("fiche", flat=True))
    fiches = FicheAction.objects.filter(pk__in=cles - {None})
    list(fiches.order_by("pk").select_for_update())
    demandes_liees = DemandePerimetre.objects.filter(pk__in=[un.demande_id for un in avis])
    list(demandes_liees.order_by("pk").select_for_update())
    dernier = len(rangs) + 1
    return sorted(avis, key=lambda un: (rangs.get(un.cle, dernier), un.pk))


@transaction.atomic
def rectifier(seance, *, agent, motif, lieu, statuts, precision=""):
    """Correct a closed séance: the next relevé says why and what changed; the others stay."""
    seance = _verrouiller(seance, agent, close=True)
    if not motif.strip():
        raise SeanceRefusee("Dites ce que vous rectifiez, et pourquoi.")
    dernier = seance.releves.last()
    seance.lieu = "" if seance.est_ecrite else lieu
    seance.save()
    _noter(seance, statuts)
    nouveau = releve.rectifie(seance, dernier.contenu, precision.strip())
    if not nouveau["rectifications"]:
        raise SeanceRefusee("Rien ne change : il n’y a rien à rectifier.")
    return etablir(seance, agent, nouveau, motif.strip(), dernier.numero + 1)


def etablir(seance, agent, contenu, motif="", numero=1):
    return Releve.objects.create(
        seance=seance,
        numero=numero,
        motif=motif,
        contenu=contenu,
        etabli_le=timezone.now(),
        etabli_par=agent,
    )


def _verrouiller(seance, agent, close=False):
    """The séance as it stands, held until the end; refused without the right."""
    seance = (
        Seance.objects.select_for_update(of=("self",))
        .select_related("comite__region")
        .get(pk=seance.pk)
    )
    if not agent.has_perm("programme.change_seance", seance):
        raise PermissionDenied("Cette séance est celle d’un autre comité.")
    if seance.est_close and not close:
        raise SeanceRefusee(
            "Cette séance est close : son relevé de décisions est établi. "
            "Une erreur se corrige par « Rectifier le relevé »."
        )
    if close and not seance.est_close:
        raise SeanceRefusee("Cette séance n’est pas close : corrigez-la directement.")
    return seance
