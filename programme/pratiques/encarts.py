"""What the bonnes pratiques say on the pages of the territoires and of the fiches."""

from territoires.encarts import encart


@encart("territoire", "programme/pratiques/_du_territoire.html", rang=30)
def pratiques_du_territoire(territoire, request):
    return {"pratiques": territoire.bonnes_pratiques.du_public()}


@encart("fiche", "programme/pratiques/_de_la_fiche.html", rang=30)
def pratiques_de_la_fiche(fiche, request):
    return {"pratiques": fiche.bonnes_pratiques.du_public()}
