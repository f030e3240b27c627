"""What the contrats say on the pages of the territoires and of the fiches."""

from territoires.encarts import encart


@encart("territoire", "programme/contrats/_du_territoire.html", rang=20)
def contrats_du_territoire(territoire, request):
    return {"contrats": territoire.contrats.du_public()}


@encart("fiche", "programme/contrats/_de_la_fiche.html", rang=20)
def contrats_de_la_fiche(fiche, request):
    return {"contrats": fiche.contrats.du_public().select_related("territoire")}
