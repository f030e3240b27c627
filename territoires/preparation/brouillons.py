"""Preparing an edition of the map: copy the one in force, move members, see what conflicts."""

from django.core.exceptions import ValidationError
from django.db import transaction
from shapely import STRtree, intersection
from shapely.geometry import shape
from simple_history.utils import bulk_create_with_history

from territoires.editions.composition import calculer
from territoires.editions.models import APRES, EditionCarte, MembrePerimetre, Perimetre, Trace
from territoires.geographie.models import Commune, Contour, Intercommunalite

RECOUVREMENT_ADMIS = 1e-8  # square degrees, about 100 m²: coordinates are rounded


def verrouiller(edition):
    """Lock an edition in preparation; ValidationError once its composition is public."""
    if EditionCarte.objects.select_for_update().get(pk=edition.pk).est_figee:
        raise ValidationError("Cette édition est publiée : elle ne change plus.")


@transaction.atomic
def copier(source, brouillon):
    """Fill an edition in preparation with the périmètres of another: same codes, names, members.

    Raises ValidationError when the edition is published, already filled, or not more recent.
    """
    verrouiller(brouillon)
    if brouillon.perimetres.exists():
        raise ValidationError("Cette édition contient déjà des territoires.")
    if brouillon.date <= source.date:
        raise ValidationError({"date": APRES.format(source, source.date)})
    anciens = list(source.perimetres.select_related("trace").prefetch_related("regions", "membres"))
    copies = [
        Perimetre(
            edition=brouillon,
            territoire_id=ancien.territoire_id,
            code=ancien.code,
            nom=ancien.nom,
            population=ancien.population,
        )
        for ancien in anciens
    ]
    bulk_create_with_history(copies, Perimetre)
    paires = list(zip(anciens, copies, strict=True))
    _copier_deductions(paires)
    membres = [
        MembrePerimetre(
            perimetre=copie,
            edition=brouillon,
            intercommunalite_id=membre.intercommunalite_id,
            commune_id=membre.commune_id,
        )
        for ancien, copie in paires
        for membre in ancien.membres.all()
    ]
    bulk_create_with_history(membres, MembrePerimetre)


def _copier_deductions(paires):
    """Régions and outline: the same members give the same, no need to compute them again."""
    Lien = Perimetre.regions.through
    Lien.objects.bulk_create(
        Lien(perimetre=copie, region=region)
        for ancien, copie in paires
        for region in ancien.regions.all()
    )
    Trace.objects.bulk_create(
        Trace(perimetre=copie, geometrie=ancien.trace.geometrie)
        for ancien, copie in paires
        if hasattr(ancien, "trace")
    )


@transaction.atomic
def deplacer(perimetre, membres):
    """Move these members into a périmètre, out of any other of its edition.

    Returns [(member, périmètre it left or None)] of those that were not there yet.
    """
    verrouiller(perimetre.edition)
    venus = []
    for membre in membres:
        ligne = _place(perimetre.edition, membre) or MembrePerimetre(**_cible(membre))
        if ligne.perimetre_id != perimetre.pk:
            venus.append((membre, ligne.perimetre if ligne.pk else None))
            ligne.perimetre = perimetre
            ligne.save()
    calculer({perimetre, *(quitte for _, quitte in venus if quitte)})
    return venus


@transaction.atomic
def retirer(edition, membres, perimetre=None):
    """Take these members out of the edition, or only out of `perimetre`.

    Returns [(member, périmètre it left)] of those that were there.
    """
    verrouiller(edition)
    partis = []
    for membre in membres:
        ligne = _place(edition, membre)
        if ligne and perimetre in (None, ligne.perimetre):
            partis.append((membre, ligne.perimetre))
            ligne.delete()
    calculer({quitte for _, quitte in partis})
    return partis


def _cible(membre):
    champ = "intercommunalite" if isinstance(membre, Intercommunalite) else "commune"
    return {champ: membre}


def _place(edition, membre):
    lignes = MembrePerimetre.objects.filter(edition=edition, **_cible(membre))
    return lignes.select_related("perimetre").first()


def conflits(edition):
    """What a person must look at before publishing, as French sentences.

    A member in two périmètres is already refused by the database; here come the overlaps
    through communes, the empty périmètres and the dissolved members.
    """
    chevauchements = list(_chevauchements(edition))
    return [
        *_nombre(edition),
        *_vides(edition),
        *_dissoutes(edition),
        *chevauchements,
        *_sans_contour(edition),
        # A commune held twice is drawn twice: that has been said.
        *([] if chevauchements else _recouvrements(edition)),
    ]


def _nombre(edition):
    annonce, saisis = edition.nombre_annonce, edition.perimetres.count()
    if not saisis:
        yield "Aucun territoire n’est encore saisi : cette édition n’a pas de carte."
    if annonce and annonce != saisis:
        yield f"{annonce} territoires ont été annoncés, cette édition en a {saisis}."


def _vides(edition):
    for perimetre in edition.perimetres.filter(membres=None):
        yield f"« {perimetre.nom} » n’a aucun membre."


def _dissoutes(edition):
    membres = edition.membres.filter(intercommunalite__dissoute_le__lte=edition.date)
    for membre in membres.select_related("intercommunalite", "perimetre"):
        dissoute = membre.intercommunalite
        yield (
            f"{dissoute.nom}, dans « {membre.perimetre.nom} », "
            f"est dissoute depuis le {dissoute.dissoute_le:%d/%m/%Y}."
        )


def _chevauchements(edition):
    """Communes held twice: by themselves and through their intercommunalité or their EPT."""
    voies = ("membres", "intercommunalite__membres", "ept__membres")
    vues = {}
    for voie in voies:
        lignes = Commune.objects.filter(**{f"{voie}__edition": edition}).values_list(
            "nom", "pk", f"{voie}__perimetre__nom"
        )
        for nom, code, perimetre in lignes:
            ailleurs = vues.setdefault(code, perimetre)
            if ailleurs != perimetre:
                yield f"{nom} ({code}) est à la fois dans « {ailleurs} » et dans « {perimetre} »."


def _sans_contour(edition):
    """Members that the map cannot draw: nobody gave their outline."""
    for cible in ("intercommunalite", "commune"):
        traces = Contour.objects.exclude(**{cible: None}).values(cible)
        membres = edition.membres.exclude(**{cible: None}).exclude(**{f"{cible}__in": traces})
        for membre in membres.select_related(cible, "perimetre"):
            yield (
                f"{membre}, dans « {membre.perimetre.nom} », n’a pas de contour : "
                "il ne sera pas dessiné."
            )


def _recouvrements(edition):
    """Territoires drawn one over the other: an outline does not follow its neighbours' borders."""
    traces = Trace.objects.filter(perimetre__edition=edition).select_related("perimetre")
    traces = list(traces.order_by("perimetre__recherche", "pk"))
    formes = [shape(trace.geometrie) for trace in traces]
    if not formes:
        return
    paires = STRtree(formes).query(formes, predicate="intersects").T.tolist()
    for un, autre in paires:
        if un < autre and intersection(formes[un], formes[autre]).area > RECOUVREMENT_ADMIS:
            yield (
                f"Les tracés de « {traces[un].perimetre.nom} » et de "
                f"« {traces[autre].perimetre.nom} » se recouvrent : le contour d’un de leurs "
                "membres ne suit pas les limites de ses voisins."
            )
