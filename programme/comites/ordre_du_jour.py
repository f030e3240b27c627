"""What waits for a comité, and the agenda of a séance as its screens and documents read it."""

from django.db.models import Prefetch

from programme.comites.instruction import (
    demandes_en_attente,
    encore_attendues,
    fiches_en_attente,
    par_region,
)
from programme.comites.models import Avis, DemandePerimetre, PointOrdreDuJour
from programme.fiches.models import FicheAction
from territoires.geographie.models import Region


def en_attente(seance):
    """(fiches, demandes) that wait for this comité and are on no agenda of this séance.

    The oldest sending first.
    """
    region = Region.objects.filter(pk=seance.comite.region_id)
    points = PointOrdreDuJour.objects.filter(seance=seance)
    fiches = fiches_en_attente(region).order_by("dernier_envoi__le", "pk")
    demandes = demandes_en_attente(region).order_by("deposee_le", "pk")
    return (
        fiches.exclude(pk__in=points.exclude(fiche=None).values("fiche")),
        demandes.exclude(pk__in=points.exclude(demande=None).values("demande")),
    )


def avec_leurs_avis(lignes, territoire):
    """Fiches or demandes with their régions and the avis given, in a fixed number of queries."""
    avis = (
        Avis.objects.select_related("seance__comite__region", "rendu_par")
        .prefetch_related("remarques")
        .order_by("rendu_le", "pk")
    )
    return lignes.prefetch_related(f"{territoire}__regions", Prefetch("avis", queryset=avis))


def fiches_detaillees(fiches):
    fiches = fiches.select_related(
        "axe__phase", "dernier_envoi", "territoire__perimetre_courant__edition"
    )
    return avec_leurs_avis(fiches, "territoire__perimetre_courant")


def demandes_detaillees(demandes):
    return avec_leurs_avis(demandes.select_related("perimetre__territoire"), "perimetre")


def points(seance):
    """The agenda in its order, each point with its object and what every région said of it.

    Sets on each point `numero`, `avis` (of this séance, or None), `attend` (this comité may
    still answer) and `regions` ([(région, its avis or None)]). What was answered without being
    on the agenda comes last, as a point that is not saved.
    """
    lignes = _avec_les_avis_hors_ordre(seance, list(seance.points.all()))
    fiches = fiches_detaillees(_choisis(FicheAction, lignes, "fiche_id")).in_bulk()
    demandes = demandes_detaillees(_choisis(DemandePerimetre, lignes, "demande_id")).in_bulk()
    for numero, point in enumerate(lignes, start=1):
        point.numero, point.seance = numero, seance
        if point.fiche_id:
            point.fiche = fiches[point.fiche_id]
        else:
            point.demande = demandes[point.demande_id]
        point.regions = avis_par_region(point.objet)
        point.avis = next((a for a in point.objet.avis.all() if a.seance_id == seance.pk), None)
        attendues = encore_attendues(point.objet, point.regions)
        point.attend = not point.avis and seance.comite.region in attendues
    return lignes


def _avec_les_avis_hors_ordre(seance, lignes):
    inscrits = {(point.fiche_id, point.demande_id) for point in lignes}
    for objet in seance.avis.order_by("pk").values_list("fiche_id", "demande_id"):
        if objet not in inscrits:
            fiche, demande = objet
            lignes.append(PointOrdreDuJour(fiche_id=fiche, demande_id=demande))
    return lignes


def _choisis(modele, lignes, cle):
    return modele.objects.filter(pk__in=[getattr(point, cle) for point in lignes])


def avis_par_region(objet):
    """`par_region` of an object read with its avis."""
    avis = objet.avis.all()
    if isinstance(objet, FicheAction):
        avis = [un for un in avis if un.passage_id == objet.dernier_envoi_id]
    return par_region(objet, avis)
