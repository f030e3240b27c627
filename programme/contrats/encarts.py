"""What the contrats say on the pages of the territoires and of the fiches."""

from django.utils import timezone

from programme.contrats.lignee import lignee
from programme.contrats.models import Contrat
from territoires.ecrites import ecrite
from territoires.encarts import encart


@encart("territoire", "programme/contrats/_du_territoire.html", rang=20)
def contrats_du_territoire(territoire, request):
    contrats = _publics_des_territoires(lignee(territoire))
    return {"contrats": contrats, "territoire": territoire}


@ecrite
def _publics_des_territoires(territoires):
    contrats = Contrat.objects.du_public().filter(territoire__in=territoires)
    return contrats.select_related("territoire")


@encart("territoire-au", "programme/contrats/_du_territoire.html", rang=20)
@encart("territoire-au-limites", "programme/contrats/_limites_au.html", rang=20)
def contrats_de_ce_jour(lecture, request):
    """Those signed by then, read once; one over since, nobody knows when, is said to be so."""
    if not hasattr(lecture, "contrats_lus"):
        signes = Contrat.objects.signes_au(lecture.le)
        signes = signes.filter(territoire__in=lignee(lecture.territoire))
        contrats = list(signes.select_related("territoire"))
        finis = [contrat for contrat in contrats if contrat.etat == Contrat.Etat.TERMINE]
        en_cours = [contrat for contrat in finis if not contrat.est_termine_au(lecture.le)]
        for contrat in en_cours:
            contrat.etat = Contrat.Etat.SIGNE
        sans_fin = [contrat for contrat in en_cours if not contrat.fin]
        aucun = "Aucun contrat enregistré n’était signé ce jour-là."
        lus = {"contrats": contrats, "sans_fin": sans_fin, "aucun": aucun}
        lecture.contrats_lus = lus | {"territoire": lecture.territoire}
    return lecture.contrats_lus


@encart("fiche", "programme/contrats/_de_la_fiche.html", rang=20)
def contrats_de_la_fiche(fiche, request):
    return {"contrats": _publics_de_la_fiche(fiche.pk)}


@ecrite
def _publics_de_la_fiche(fiche):
    return Contrat.objects.du_public().filter(fiches=fiche).select_related("territoire")


@encart("mandats", "programme/contrats/_du_comite.html", rang=10)
def comite_local(territoire, request):
    """Under which name its local comité works: comité de suivi once a contrat is signed."""
    contrats = Contrat.objects.signes_au(timezone.localdate()).de_la_lignee(territoire)
    return {"contrat": contrats.filter(type=Contrat.Type.CONTRAT).order_by("signe_le").first()}
