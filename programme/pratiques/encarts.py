"""What the bonnes pratiques say on the pages of the territoires and of the fiches."""

from programme.pratiques.models import BonnePratique
from programme.themes.comptes import compter
from territoires.ecrites import ecrite
from territoires.encarts import encart

compter(BonnePratique.objects.du_public, "bonne pratique", "bonnes pratiques", rang=20)


@encart("theme", "programme/pratiques/_du_theme.html", rang=20)
def pratiques_du_theme(theme, request):
    return {"pratiques": _publiques_du_theme(theme.pk)}


@ecrite
def _publiques_du_theme(theme):
    return BonnePratique.objects.du_public().filter(themes=theme)


@encart("territoire", "programme/pratiques/_du_territoire.html", rang=30)
def pratiques_du_territoire(territoire, request):
    return {"pratiques": _publiques_du_territoire(territoire.pk)}


@ecrite
def _publiques_du_territoire(territoire):
    return BonnePratique.objects.du_public().filter(territoire=territoire)


@encart("territoire-au", "programme/pratiques/_du_territoire.html", rang=30)
def pratiques_de_ce_jour(lecture, request):
    publiques = lecture.territoire.bonnes_pratiques.du_public()
    return {"pratiques": publiques.filter(publiee_le__lt=lecture.fin)}


@encart("fiche", "programme/pratiques/_de_la_fiche.html", rang=30)
def pratiques_de_la_fiche(fiche, request):
    return {"pratiques": _publiques_de_la_fiche(fiche.pk)}


@ecrite
def _publiques_de_la_fiche(fiche):
    return BonnePratique.objects.du_public().filter(fiche=fiche)
