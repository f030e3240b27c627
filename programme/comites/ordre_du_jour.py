"""What waits for a comité, and the agenda of a séance as its screens and documents read it."""

from django.db.models import F, Prefetch, Q
from django.utils import timezone

from programme.comites.instruction import (
    demandes_en_attente,
    encore_attendues,
    fiches_en_attente,
    modifications_en_attente,
    par_region,
)
from programme.comites.models import Avis, DemandePerimetre, PointOrdreDuJour
from programme.comites.models.seances import OBJETS
from programme.ecritures import jour
from programme.fiches.models import FicheAction, Modification
from territoires.geographie.models import Region


def en_attente(seance):
    """(fiches, demandes, modifications) that wait for this comité and are not on this agenda.

    The oldest sending first. What another of its séances holds an avis on waits for its closing.
    """
    region = Region.objects.filter(pk=seance.comite.region_id)
    points = PointOrdreDuJour.objects.filter(seance=seance)
    notes = Avis.objects.provisoires().filter(seance__comite=seance.comite_id).order_by()
    fiches = fiches_en_attente(region).order_by("dernier_envoi__le", "pk")
    demandes = demandes_en_attente(region).order_by("deposee_le", "pk")
    modifications = modifications_en_attente(region).order_by("dernier_envoi__le", "pk")
    return (
        fiches.exclude(pk__in=points.exclude(fiche=None).values("fiche")).exclude(
            dernier_envoi__in=notes.exclude(passage=None).values("passage")
        ),
        demandes.exclude(pk__in=points.exclude(demande=None).values("demande")).exclude(
            pk__in=notes.exclude(demande=None).values("demande")
        ),
        modifications.exclude(
            pk__in=points.exclude(modification=None).values("modification")
        ).exclude(
            dernier_envoi__in=notes.exclude(envoi_modification=None).values("envoi_modification")
        ),
    )


def trop_ancienne(seance, fiches, modifications=()):
    """What to say of a séance dated before the sending up of these (keys); empty otherwise."""
    tard = {"dernier_envoi__le__date__gt": seance.date}
    lues = FicheAction.objects.filter(pk__in=fiches, **tard).select_related("dernier_envoi")
    siennes = Modification.objects.filter(pk__in=modifications, **tard)
    siennes = siennes.select_related("dernier_envoi", "fiche").order_by("fiche__titre", "pk")
    tardives = [
        f"« {un.titre} », transmise le {jour(timezone.localtime(un.dernier_envoi.le))}"
        for un in (*lues.order_by("titre", "pk"), *siennes)
    ]
    if not tardives:
        return ""
    quand = jour(seance.date)
    return f"Cette séance est du {quand}, avant la transmission de : {' ; '.join(tardives)}."


def ensemble(seance):
    """The séances that sit together, in an order that is the same for both."""
    jumelle = seance.jumelle
    return sorted([seance, jumelle], key=lambda une: une.pk) if jumelle else [seance]


def points_communs(seance):
    """The points of a séance and of the one held with it, each object once, numbered as one."""
    tous = {}
    for une in ensemble(seance):
        for point in points(seance if une == seance else une):
            deja = tous.setdefault(point.cle, point)
            if point.seance == seance and deja is not point:
                point.complement = deja.complement and point.complement
                tous[point.cle] = point
    for numero, point in enumerate(tous.values(), start=1):
        point.numero = numero
    return list(tous.values())


def avec_leurs_avis(lignes, territoire, seance):
    """Fiches or demandes with their régions and the avis given, in a fixed number of queries.

    Those in effect, and all that was noted in this séance and in the one held with it.
    """
    avis = (
        Avis.objects.filter(Q(effet_le__isnull=False) | Q(seance__in=ensemble(seance)))
        .select_related("seance__comite__region", "rendu_par", "passage", "envoi_modification")
        .prefetch_related("remarques")
        .order_by(F("effet_le").asc(nulls_last=True), "rendu_le", "pk")
    )
    return lignes.prefetch_related(f"{territoire}__regions", Prefetch("avis", queryset=avis))


def fiches_detaillees(fiches, seance):
    fiches = fiches.select_related(
        "axe__phase", "dernier_envoi", "territoire__perimetre_courant__edition"
    )
    fiches = fiches.prefetch_related("avis_techniques", "complements")
    return avec_leurs_avis(fiches, "territoire__perimetre_courant", seance)


def avis_techniques(fiche):
    """What the services said of the last sending up, of rows that are already loaded."""
    return [un for un in fiche.avis_techniques.all() if un.envoi_id == fiche.dernier_envoi_id]


def complements(fiche):
    """What was asked of the last sending up and not withdrawn, of rows that are already loaded."""
    envoi = fiche.dernier_envoi_id
    return [c for c in fiche.complements.all() if c.envoi_id == envoi and not c.retiree_le]


def demandes_detaillees(demandes, seance):
    return avec_leurs_avis(demandes.select_related("perimetre__territoire"), "perimetre", seance)


def modifications_detaillees(modifications, seance):
    modifications = modifications.select_related(
        "dernier_envoi", "fiche__axe__phase", "fiche__territoire__perimetre_courant__edition"
    ).prefetch_related("fiche__financements", "fiche__etapes")
    return avec_leurs_avis(modifications, "fiche__territoire__perimetre_courant", seance)


def points(seance):
    """The agenda in its order, each point with its object and what every région said of it.

    Sets on each point `numero`, `avis` (of this séance, or None), `caduc` (noted in it before
    the fiche was called back, or None), `attendu` (the object waits for this comité), `attend`
    (it may still answer here), `regions` ([(région, its avis or None)]) and `voisin` (what the
    comité that sits with this one noted, or None). What was answered
    without being on the agenda comes last, as a point that is not saved.
    """
    lignes = _avec_les_avis_hors_ordre(seance, list(seance.points.all()))
    fiches = fiches_detaillees(_choisis(FicheAction, lignes, "fiche_id"), seance).in_bulk()
    demandes = demandes_detaillees(
        _choisis(DemandePerimetre, lignes, "demande_id"), seance
    ).in_bulk()
    modifications = modifications_detaillees(
        _choisis(Modification, lignes, "modification_id"), seance
    ).in_bulk()
    for numero, point in enumerate(lignes, start=1):
        point.numero, point.seance = numero, seance
        if point.fiche_id:
            point.fiche = fiches[point.fiche_id]
        elif point.demande_id:
            point.demande = demandes[point.demande_id]
        else:
            point.modification = modifications[point.modification_id]
        _situer(point, seance)
        point.voisin = next((avis for avis in _notes(point.objet, seance)), None)
    return lignes


def _notes(objet, seance):
    """What was noted elsewhere and is not in effect: only a séance held with this one is read."""
    for avis in objet.avis.all():
        envoi = getattr(objet, "dernier_envoi_id", None)
        if avis.seance_id != seance.pk and not avis.effet_le and avis.envoi_id == envoi:
            yield avis


def _situer(point, seance):
    attendues = encore_attendues(point.objet, avis_par_region(point.objet))
    point.attendu = seance.comite.region in attendues
    point.avis, point.caduc = _de_la_seance(point.objet, seance)
    point.attend = not point.avis and point.attendu
    point.regions = avis_par_region(point.objet, point.avis)


def _de_la_seance(objet, seance):
    """(the avis that this séance gave, the one that a recall voided since it noted it)."""
    siens = [avis for avis in objet.avis.all() if avis.seance_id == seance.pk]
    siens.sort(key=lambda avis: (bool(avis.effet_le), avis.rectification, avis.pk))
    if seance.est_close or not hasattr(objet, "dernier_envoi_id"):
        return (siens or [None])[-1], None
    presents = [avis for avis in siens if avis.envoi_id == objet.dernier_envoi_id]
    caducs = [avis for avis in siens if avis not in presents]
    return (presents or [None])[-1], (caducs or [None])[-1]


def _avec_les_avis_hors_ordre(seance, lignes):
    cles = [f"{nom}_id" for nom in OBJETS]
    inscrits = {tuple(getattr(point, cle) for cle in cles) for point in lignes}
    for objet in seance.avis.order_by("pk").values_list(*cles):
        if objet not in inscrits:
            inscrits.add(objet)
            lignes.append(PointOrdreDuJour(**dict(zip(cles, objet, strict=True))))
    return lignes


def _choisis(modele, lignes, cle):
    return modele.objects.filter(pk__in=[getattr(point, cle) for point in lignes])


def avis_par_region(objet, note=None):
    """`par_region` of an object read with its avis; `note` is what one séance said of it.

    Of what is sent up: on the sending up that this séance answered, else on the last one.
    """
    avis = [un for un in objet.avis.all() if un.effet_le]
    avis += [note] if note and not note.effet_le else []
    if hasattr(objet, "dernier_envoi_id"):
        envoi = note.envoi_id if note else objet.dernier_envoi_id
        avis = [un for un in avis if un.envoi_id == envoi]
    return par_region(objet, avis)
