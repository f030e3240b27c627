"""What the fiches say on the map and on the pages of the territoires, régions and partenaires."""

from decimal import Decimal

from django.db.models import Count

from programme.fiches.lecture_datee import fiches_au
from programme.fiches.models import FicheAction, Financement
from programme.fiches.models.plans import Sommes
from programme.partenaires.models import OffreDeService
from programme.themes.comptes import compter
from territoires.carte.comptes import Compte, declarer
from territoires.carte.dessin.couleurs import HORIZONTALES, MONTANTES, POINTS, Nuance
from territoires.ecrites import ecrite
from territoires.encarts import encart

DU_THEME = 12
OFFRES = 3  # shown before the whole list
PALIERS = (
    (0, Nuance("f0", "aucune fiche", "#cacafb", POINTS, "#6a6af4")),
    (1, Nuance("f1", "une fiche", "#9a9af5", MONTANTES, "#000091")),
    (2, Nuance("f2", "deux ou trois fiches", "#6a6af4", HORIZONTALES)),
    (4, Nuance("f4", "quatre fiches ou plus", "#000091")),
)


def fiches_publiques_par_territoire():
    """(identifiant of the territoire, number) of those that have some."""
    fiches = FicheAction.objects.du_public().order_by("territoire")
    return fiches.values_list("territoire__identifiant").annotate(nombre=Count("pk"))


declarer(
    Compte(
        cle="fiches",
        propriete="fiches_publiques",
        requete=fiches_publiques_par_territoire,
        colonne="Fiches",
        filtre="Avec des fiches publiques",
        couleur="fiches publiques",
        sur_la_carte=("fiche publique", "fiches publiques"),
        en_toutes_lettres=("fiche action publique", "fiches actions publiques"),
        paliers=PALIERS,
    )
)


@encart("territoire-chiffres", "programme/fiches/_chiffres_du_territoire.html", rang=10)
def chiffres_du_territoire(territoire, request):
    return fiches_et_argent(territoire)


@encart("territoire", "programme/fiches/_du_territoire.html", rang=10)
def fiches_du_territoire(territoire, request):
    return fiches_et_argent(territoire)


@encart("territoire-au-chiffres", "programme/fiches/_chiffres_du_territoire.html", rang=10)
@encart("territoire-au", "programme/fiches/_du_territoire_au.html", rang=10)
@encart("territoire-au-limites", "programme/fiches/_limites_au.html", rang=10)
def fiches_de_ce_jour(lecture, request):
    return {**fiches_au(lecture), "lecture": lecture}


@encart("territoire-pied", "programme/fiches/_offres.html", rang=10)
def offres_pour_le_territoire(territoire, request):
    fiches = _publiques(territoire)
    offres = OffreDeService.objects.du_public().select_related("partenaire")
    if axes := {fiche.axe_id for fiche in fiches} - {None}:
        offres = offres.pour_les_axes(axes)
    return {"territoire": territoire, "fiches": fiches, "offres": offres[:OFFRES]}


@encart("region-territoires", "programme/fiches/_de_la_region.html", rang=10)
def fiches_de_la_region(region, request):
    return {"region": region}


@encart("partenaire", "programme/fiches/_du_partenaire.html", rang=10)
def fiches_avec_le_partenaire(partenaire, request):
    return {"fiches": _publiques_du_partenaire(partenaire.pk)}


@ecrite
def _publiques_du_partenaire(partenaire):
    fiches = FicheAction.objects.du_public().filter(partenaires=partenaire)
    return fiches.select_related("territoire").only("reference", "titre", "territoire__nom")


@encart("theme", "programme/fiches/_du_theme.html", rang=10)
def fiches_du_theme(theme, request):
    """The latest decided first: more are in the list."""
    return {"theme": theme, "fiches": _publiques_du_theme(theme.pk)}


@ecrite
def _publiques_du_theme(theme):
    fiches = FicheAction.objects.du_public().filter(themes=theme)
    return fiches.select_related("territoire", "axe")[:DU_THEME]


compter(FicheAction.objects.du_public, "fiche action", "fiches actions", rang=10)


def fiches_et_argent(territoire):
    """Its public fiches, and what the plans of those that were not given up come to, read once."""
    fiches = _publiques(territoire)
    if not hasattr(territoire, "argent_des_fiches"):
        menees = [fiche for fiche in fiches if fiche.etat != FicheAction.Etat.ABANDONNEE]
        cout = sum((fiche.cout_total or 0 for fiche in menees), Decimal(0))
        plans = Financement.objects.filter(fiche__in=menees)
        territoire.argent_des_fiches = plans.sommes(cout) if menees else Sommes(cout=cout)
    return {"fiches": fiches, "argent": territoire.argent_des_fiches}


def _publiques(territoire):
    """Read once for a page, whatever asks for them."""
    if not hasattr(territoire, "fiches_publiques"):
        territoire.fiches_publiques = _publiques_du_territoire(territoire.pk)
    return territoire.fiches_publiques


@ecrite
def _publiques_du_territoire(territoire):
    return FicheAction.objects.du_public().filter(territoire=territoire).select_related("axe")
