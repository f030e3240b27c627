"""Which comité a fiche, its modification or a request waits for: one rule, said to the database and
of loaded rows.

What is sent up waits for each région that it touches and that has not answered; to put a request
off is no answer, and a fiche that comes back is examined afresh. An avis answers once it is in
effect: the closing of its séance is what counts, and what the others are told.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from programme.comites.models import Avis, DemandePerimetre, RemarqueAvis, Seance
from programme.comites.regards import comparer
from programme.fiches.instruction import AvisRendu, Instruction, Remarque
from programme.fiches.models import FicheAction, Modification
from territoires.ecrites import ecrite
from territoires.geographie.models import Region

EXAMINES = (FicheAction.Etat.TRANSMISE, DemandePerimetre.Etat.DEPOSEE)


def attend_avis(regions):
    """Of a fiche: it waits for one of these régions. Asked of each row, so that one may suffice."""
    reponses = Avis.objects.en_effet().filter(
        passage=OuterRef(OuterRef("dernier_envoi")), seance__comite__region=OuterRef("pk")
    )
    touchees = regions.filter(perimetres=OuterRef("territoire__perimetre_courant"))
    attendues = touchees.filter(~Exists(reponses)).order_by()
    return Q(Exists(attendues), etat=FicheAction.Etat.TRANSMISE)


def fiches_en_attente(regions):
    """Fiches that wait for one of these régions."""
    return FicheAction.objects.filter(attend_avis(regions))


def modifications_en_attente(regions):
    """Modifications that wait for one of these régions, of fiches that can still change."""
    reponses = Avis.objects.en_effet().filter(
        envoi_modification=OuterRef(OuterRef("dernier_envoi")),
        seance__comite__region=OuterRef("pk"),
    )
    touchees = regions.filter(perimetres=OuterRef("fiche__territoire__perimetre_courant"))
    attendues = touchees.filter(~Exists(reponses)).order_by()
    return Modification.objects.filter(
        Exists(attendues),
        etat=Modification.Etat.TRANSMISE,
        fiche__etat__in=FicheAction.ETATS_SUIVIS,
    )


def demandes_en_attente(regions):
    """Requests that wait for one of these régions."""
    reponses = (
        Avis.objects.en_vigueur()
        .filter(demande=OuterRef(OuterRef("pk")), seance__comite__region=OuterRef("pk"))
        .exclude(sens=Avis.Sens.AJOURNE)
    )
    touchees = regions.filter(perimetres=OuterRef("perimetre"))
    attendues = touchees.filter(~Exists(reponses)).order_by()
    return DemandePerimetre.objects.filter(Exists(attendues), etat=DemandePerimetre.Etat.DEPOSEE)


def regions_attendues(objet, avis=None):
    """The régions that this fiche or request waits for; `avis` are its present ones, if loaded."""
    if objet.etat not in EXAMINES:
        return []
    avis = avis_presents(objet) if avis is None else avis
    return encore_attendues(objet, par_region(objet, avis))


def encore_attendues(objet, reponses):
    """The same, of what `par_region` says."""
    if objet.etat not in EXAMINES:
        return []
    if isinstance(objet, Modification) and not objet.fiche.est_suivie:
        return []
    demande = isinstance(objet, DemandePerimetre)
    return [
        region
        for region, avis in reponses
        if avis is None or (demande and avis.sens == Avis.Sens.AJOURNE)
    ]


def par_region(objet, avis):
    """[(région, the last that it said among these avis, or None)], régions by name."""
    demande = isinstance(objet, DemandePerimetre)
    regions = objet.perimetre.regions.all() if demande else objet.regions_concernees()
    donnes = {un.region.pk: un for un in avis}
    return [(region, donnes.get(region.pk)) for region in regions]


def avis_presents(objet):
    """The avis that count for this fiche or request, the oldest first."""
    avis = objet.avis.en_vigueur().select_related("seance__comite__region")
    avis = avis.order_by("effet_le", "pk")
    if isinstance(objet, Modification):
        return avis.filter(envoi_modification=objet.dernier_envoi_id)
    return avis.filter(passage=objet.dernier_envoi_id) if isinstance(objet, FicheAction) else avis


class ParLesComites(Instruction):
    """What the comités say of a fiche to its pages."""

    def tous_les_avis(self, fiche):
        return _rendus(fiche.avis.prefetch_related("remarques"), avec_remarques=True)

    def avis_en_cours(self, fiche, *, avec_remarques=False):
        if not fiche.dernier_envoi_id:
            return []
        if not avec_remarques:
            return _dits(_avis_de_l_envoi(fiche.pk, fiche.dernier_envoi_id))
        avis = fiche.avis.filter(passage=fiche.dernier_envoi_id)
        return _rendus(avis.prefetch_related("remarques"), avec_remarques=True)

    def regions_attendues(self, fiche, avis):
        return regions_attendues(fiche, avis)

    def seance_passee(self, fiche, region):
        """Once an avis is noted, or the day of an open séance that has it is over."""
        seances = Seance.objects.filter(comite__region=region)
        rendus = Q(avis__passage=fiche.dernier_envoi_id)
        inscrite = Q(points__fiche=fiche, close_le=None, date__lt=timezone.localdate())
        dates = seances.filter(rendus | inscrite).order_by("-date")
        return dates.values_list("date", flat=True).first()

    def regards(self, fiche, avis):
        """Of avis in effect alone: what is noted in an open séance is told to nobody else."""
        if not fiche.dernier_envoi_id or len(fiche.regions_concernees()) < 2:
            return None
        return comparer(par_region(fiche, reversed(avis)), fiche.dernier_envoi.le)

    def repondre(self, fiche, reponses):
        lignes = RemarqueAvis.objects.filter(avis__fiche=fiche)
        for pk, texte in reponses.items():
            lignes.filter(pk=pk).update(reponse=texte)

    def sans_accord(self, fiches):
        accords = Avis.objects.en_effet().filter(
            fiche=OuterRef("pk"), passage=OuterRef("dernier_envoi"), sens=Avis.Sens.FAVORABLE
        )
        return fiches.filter(~Exists(accords))

    def a_instruire(self, user):
        return attend_avis(_regions_de(user))

    def avis_sur_la_modification(self, modification):
        return _rendus(modification.avis.all())

    def regions_attendues_pour(self, modification):
        return regions_attendues(modification)

    def modifications_a_instruire(self, user):
        return modifications_en_attente(_regions_de(user))


def _regions_de(user):
    regions = Region.objects.all()
    return regions if user.est_delegation else regions.filter(pk__in=user.codes_regions)


@ecrite
def _avis_de_l_envoi(fiche, envoi):
    return _des_derniers(Avis.objects.filter(fiche=fiche, passage=envoi))


def _des_derniers(avis):
    """Those in effect, the latest first."""
    lignes = avis.en_effet().select_related("seance__comite__region")
    return lignes.order_by("-effet_le", "-pk")


def _rendus(avis, avec_remarques=False):
    return _dits(_des_derniers(avis), avec_remarques)


def _dits(lignes, avec_remarques=False):
    """These, the latest first, each knowing whether another rectified it since."""
    rectifies, rendus = set(), []
    for un in lignes:
        remarques = un.remarques.all() if avec_remarques else ()
        rendus.append(rendu(un, (un.seance_id, un.envoi_id) in rectifies, remarques))
        if un.rectification:
            rectifies.add((un.seance_id, un.envoi_id))
    return rendus


def rendu(avis, rectifie, remarques):
    """This avis as the pages of a fiche read it."""
    return AvisRendu(
        region=avis.region,
        sens=avis.get_sens_display(),
        motif=avis.motif,
        seance=avis.seance.date,
        effet_le=avis.effet_le,
        envoi=avis.envoi_id,
        raison=avis.raison,
        rectifie=rectifie,
        remarques=[_remarque(ligne, avis) for ligne in remarques],
    )


def _remarque(ligne, avis):
    return Remarque(
        pk=ligne.pk,
        champ=ligne.champ,
        libelle=ligne.libelle,
        region=avis.region,
        texte=ligne.texte,
        reponse=ligne.reponse,
    )
