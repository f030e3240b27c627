"""What the assemblées say on the pages of what was announced, presented or defended there."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from evenements.editorial.liens import a_lire_aussi
from evenements.models import Actualite, Annonce, Assemblee, Document, Intervention, Sequence
from programme.contrats.lignee import lignee
from programme.themes.comptes import compter
from territoires.carte.requetes import ICI
from territoires.ecrites import ecrite
from territoires.encarts import encart
from territoires.recherche.sources import declarees


def annonces_de_l_edition_lue():
    """One row when this edition of the map is in an annonce, public or not."""
    return Annonce.objects.filter(edition=ICI).order_by().values_list("pk")[:1]


def _annonces(*chemins):
    """Where this object was announced, and by whom; two queries, one when it was not.

    An annonce leads to one thing: that this one is public is all there is to ask of it.
    """

    @ecrite
    def annonces_de(cle):
        ou = Q(**dict.fromkeys(chemins, cle), _connector=Q.OR)
        annonces = Annonce.objects.d_assemblees_publiques().filter(ou).avec_auteurs()
        return annonces.order_by("sequence__assemblee__date_debut", "ordre")

    def contexte(objet, request):
        return {"annonces": annonces_de(objet.pk)} if objet.est_du_public else None

    return contexte


for lieu, chemins, si in (
    ("bonne-pratique", ["bonne_pratique"], None),
    ("contrat", ["contrat"], None),
    ("convention", ["convention_signee", "engagement__convention"], None),
    ("edition", ["edition"], annonces_de_l_edition_lue),
    ("fiche", ["fiche"], None),
):
    encart(lieu, "evenements/_annonces.html", rang=10, si=si)(_annonces(*chemins))


@encart("territoire", "evenements/_interventions_du_territoire.html", rang=40)
def interventions_du_territoire(territoire, request):
    """What was said on its behalf, or of those that it goes on from; one query."""
    return {"interventions": _interventions(lignee(territoire))}


@ecrite
def _interventions(territoires):
    interventions = Intervention.objects.du_public().filter(territoire__in=territoires)
    return interventions.des_plus_recentes()


@encart("territoire-au", "evenements/_interventions_du_territoire.html", rang=40)
def interventions_jusqu_a_ce_jour(lecture, request):
    """What had been said on its behalf by the end of that day; one query."""
    dites = Intervention.objects.du_public().filter(
        territoire__in=lignee(lecture.territoire), sequence__jour__lte=lecture.le
    )
    return {"interventions": dites.des_plus_recentes()}


@encart("territoire-tete", "evenements/_flux_du_territoire.html", rang=10)
def flux_du_territoire(territoire, request):
    return {"territoire": territoire}


@encart("territoire-pied", "evenements/_suivre_le_territoire.html", rang=20)
def suivre_le_territoire(territoire, request):
    return {"territoire": territoire}


@encart("convention-reperes", "evenements/_de_la_convention.html", rang=10)
def assemblees_de_la_convention(convention, request):
    return {"assemblees": _assemblees_publiques(convention.pk)}


@ecrite
def _assemblees_publiques(convention):
    return Assemblee.objects.du_public().filter(conventions=convention)


@encart("edition-publication", "evenements/_de_la_publication.html", rang=10)
def assemblees_de_l_edition(edition, request):
    return {"assemblees": edition.assemblees.all()}


@encart("theme", "evenements/_du_theme.html", rang=30)
def assemblees_du_theme(theme, request):
    return {"sequences": _sequences_du_theme(theme.pk), "documents": _documents_du_theme(theme.pk)}


@ecrite
def _sequences_du_theme(theme):
    sequences = Sequence.objects.du_public().filter(themes=theme).select_related("assemblee")
    return sequences.order_by("-jour", "ordre")


@ecrite
def _documents_du_theme(theme):
    return Document.objects.du_public().filter(themes=theme).select_related("assemblee")


compter(Sequence.objects.du_public, "séquence d’assemblée", "séquences d’assemblées", rang=30)
compter(Document.objects.du_public, "document", "documents", rang=40)


@encart("theme", "evenements/editorial/_du_theme.html", rang=40)
def actualites_du_theme(theme, request):
    return {"actualites": _actualites_du_theme(theme.pk)}


@ecrite
def _actualites_du_theme(theme):
    return Actualite.objects.du_public().filter(themes=theme)


compter(Actualite.objects.du_public, "actualité", "actualités", rang=50)


@encart("a-lire-aussi", "evenements/editorial/_a_lire_aussi.html", rang=10)
def liens_de_la_page(objet, request):
    """What to read besides, and for the délégation where to choose it; two queries."""
    if not getattr(objet, "est_du_public", True):
        return None
    genre = next(s.genre for s in declarees() if s.modele is objet._meta.concrete_model)
    actes = _actes(objet) if request.user.has_perm("evenements.change_lienchoisi") else []
    return {"liens": a_lire_aussi(genre, objet), "actes": actes}


def _actes(objet):
    """[(what is offered, address)] to who chooses the links of this page."""
    page = objet.get_absolute_url()
    return [
        (libelle, f"{reverse(f'admin:evenements_lienchoisi_{vue}')}?{urlencode({champ: page})}")
        for libelle, vue, champ in (
            ("Ajouter un lien", "add", "page"),
            ("Modifier les liens", "changelist", "q"),
        )
    ]
