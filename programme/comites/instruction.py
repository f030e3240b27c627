"""Which comité a fiche or a request waits for: one rule, said to the database and of loaded rows.

A fiche sent up, or a request, waits for each région that it touches and that has not answered;
to put a request off is no answer, and a fiche that comes back is examined afresh. An avis answers
once it is in effect: the closing of its séance is what counts, and what the others are told.
"""

from django.db.models import Exists, OuterRef

from programme.comites.models import Avis, DemandePerimetre, RemarqueAvis
from programme.fiches.instruction import AvisRendu, Instruction, Remarque
from programme.fiches.models import FicheAction
from territoires.geographie.models import Region

EXAMINES = (FicheAction.Etat.TRANSMISE, DemandePerimetre.Etat.DEPOSEE)


def fiches_en_attente(regions):
    """Fiches that wait for one of these régions."""
    reponses = Avis.objects.en_effet().filter(
        passage=OuterRef(OuterRef("dernier_envoi")), seance__comite__region=OuterRef("pk")
    )
    touchees = regions.filter(perimetres=OuterRef("territoire__perimetre_courant"))
    attendues = touchees.filter(~Exists(reponses)).order_by()
    return FicheAction.objects.filter(Exists(attendues), etat=FicheAction.Etat.TRANSMISE)


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
    demande = isinstance(objet, DemandePerimetre)
    return [
        region
        for region, avis in reponses
        if avis is None or (demande and avis.sens == Avis.Sens.AJOURNE)
    ]


def par_region(objet, avis):
    """[(région, the last that it said among these avis, or None)], régions by name."""
    fiche = isinstance(objet, FicheAction)
    regions = objet.regions_concernees() if fiche else objet.perimetre.regions.all()
    donnes = {un.region.pk: un for un in avis}
    return [(region, donnes.get(region.pk)) for region in regions]


def avis_presents(objet):
    """The avis that count for this fiche or request, the oldest first."""
    avis = objet.avis.en_vigueur().select_related("seance__comite__region")
    avis = avis.order_by("effet_le", "pk")
    return avis.filter(passage=objet.dernier_envoi_id) if isinstance(objet, FicheAction) else avis


class ParLesComites(Instruction):
    """What the comités say of a fiche to its pages."""

    def tous_les_avis(self, fiche):
        return _rendus(fiche.avis.prefetch_related("remarques"), avec_remarques=True)

    def avis_en_cours(self, fiche):
        if not fiche.dernier_envoi_id:
            return []
        return _rendus(fiche.avis.filter(passage=fiche.dernier_envoi_id))

    def regions_attendues(self, fiche, avis):
        return regions_attendues(fiche, avis)

    def remarques(self, fiche):
        avis = fiche.avis.en_vigueur().filter(passage=fiche.dernier_envoi_id)
        lignes = RemarqueAvis.objects.filter(avis__in=avis.order_by().values("pk")).select_related(
            "avis__seance__comite__region"
        )
        return [_remarque(ligne, ligne.avis) for ligne in lignes]

    def repondre(self, fiche, reponses):
        lignes = RemarqueAvis.objects.filter(avis__fiche=fiche)
        for pk, texte in reponses.items():
            lignes.filter(pk=pk).update(reponse=texte)

    def sans_accord(self, fiches):
        accords = Avis.objects.en_effet().filter(
            fiche=OuterRef("pk"), passage=OuterRef("dernier_envoi"), sens=Avis.Sens.FAVORABLE
        )
        return fiches.filter(~Exists(accords))

    def a_instruire(self, fiches, user):
        regions = Region.objects.all()
        if not user.est_delegation:
            regions = regions.filter(pk__in=user.codes_regions)
        return fiches.filter(pk__in=fiches_en_attente(regions).order_by().values("pk"))


def _rendus(avis, avec_remarques=False):
    """Those in effect, the latest first, each knowing whether another rectified it since."""
    lignes = avis.en_effet().select_related("seance__comite__region")
    rectifies, rendus = set(), []
    for un in lignes.order_by("-effet_le", "-pk"):
        remarques = un.remarques.all() if avec_remarques else ()
        rendus.append(_rendu(un, (un.seance_id, un.passage_id) in rectifies, remarques))
        if un.rectification:
            rectifies.add((un.seance_id, un.passage_id))
    return rendus


def _rendu(avis, rectifie, remarques):
    return AvisRendu(
        region=avis.region,
        sens=avis.get_sens_display(),
        motif=avis.motif,
        seance=avis.seance.date,
        effet_le=avis.effet_le,
        envoi=avis.passage_id,
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
