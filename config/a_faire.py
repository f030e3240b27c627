"""The home page of the admin: what waits for this person, each line a link to its list."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from echanges.models import Import
from programme.comites.models import Seance
from programme.courriels.models import Courriel
from programme.fiches.bilans import a_dresser
from programme.fiches.instruction import instruction
from programme.fiches.models import FicheAction, Modification, Obstacle
from programme.partenaires.models import Convention, Engagement
from territoires.editions.models import EditionCarte, Territoire

FICHES = "admin:programme_ficheaction_changelist"
Etat = FicheAction.Etat


@dataclass(frozen=True)
class Ligne:
    texte: str
    adresse: str
    detail: str = ""


def a_faire(user):
    """[(heading, lines, address of the guide)] for this agent; empty without a perimeter."""
    if user.est_delegation:
        return _delegation(user)
    if user.codes_regions:
        return _region(user)
    return _intercommunalite(user) if user.sirens else []


def _liste(nom, recherche=""):
    return reverse(nom) + (f"?{recherche}" if recherche else "")


def _page(fiche):
    return reverse("admin:programme_ficheaction_change", args=[fiche.pk])


def _page_de_la_modification(modification):
    cles = [modification.fiche_id, modification.pk]
    return reverse("admin:programme_ficheaction_modification", args=cles)


def _intercommunalite(user):
    fiches = list(
        FicheAction.objects.for_user(user)
        .filter(etat__in=[Etat.BROUILLON, Etat.AJOURNEE, Etat.TRANSMISE])
        .select_related("dernier_envoi", "axe")
        .prefetch_related("passages")[:60]
    )
    brouillons, retours, comites = [], [], []
    for fiche in fiches:
        if fiche.etat == Etat.BROUILLON:
            manques = ", ".join(libelle for _, libelle, _ in fiche.manques())
            detail = f"Il manque : {manques}." if manques else "Prête à transmettre."
            brouillons.append(Ligne(fiche.titre, _page(fiche), detail))
        elif fiche.etat == Etat.AJOURNEE:
            motifs = [p.motif for p in fiche.passages.all() if p.action == "ajourner"]
            retours.append(Ligne(fiche.titre, _page(fiche), motifs[-1] if motifs else ""))
        else:
            depuis = fiche.dernier_envoi.le
            detail = f"Transmise le {timezone.localtime(depuis):%d/%m/%Y}."
            comites.append(Ligne(fiche.titre, _page(fiche), detail))
    return [
        ("Modifications à terminer ou revenues du comité", _modifications(user)),
        ("Bilans à dresser", _bilans(user)),
        ("Fiches revenues du comité", retours),
        ("Brouillons à terminer", brouillons),
        ("Fiches au comité", comites),
    ]


def _modifications(user):
    """Those that their territoire holds, with why they came back."""
    siennes = Modification.objects.for_user(user).filter(etat__in=Modification.ETATS_MODIFIABLES)
    lignes = siennes.select_related("fiche").prefetch_related("passages").order_by("pk")
    return [
        Ligne(
            modification.titre,
            _page_de_la_modification(modification),
            next((p.motif for p in reversed(modification.passages.all()) if p.motif), ""),
        )
        for modification in lignes[:30]
    ]


def _bilans(user):
    """Actions of this perimeter that are done and say nothing of what they came to."""
    fiches = a_dresser(FicheAction.objects.for_user(user)).order_by("pk")
    return [
        Ligne(
            fiche.titre,
            reverse("admin:programme_ficheaction_bilan", args=[fiche.pk]),
            fiche.territoire.nom,
        )
        for fiche in fiches.select_related("territoire")[:30]
    ]


def _region(user):
    aujourdhui = timezone.localdate()
    seances = Seance.objects.for_user(user).select_related("comite__region").order_by("date")
    a_clore = seances.filter(date__lte=aujourdhui, close_le=None).exclude(avis=None).distinct()
    return [
        ("Fiches à instruire", _fiches_a_instruire(user)),
        ("Modifications de fiches à instruire", _modifications_a_instruire(user)),
        ("Bilans à dresser", _bilans(user)),
        (
            "Séances à clore : leurs avis n’ont pas encore pris effet",
            _seances(a_clore[:10], "clore"),
        ),
        ("Prochaines séances", _seances(seances.filter(date__gte=aujourdhui)[:5], "avis")),
        ("Obstacles sans réponse", _obstacles(user)),
        ("Territoires sans contrat", _sans_contrat(user)),
    ]


def _fiches_a_instruire(user):
    fiches = instruction().a_instruire(FicheAction.objects.all(), user)
    return [
        Ligne(fiche.titre, _page(fiche), fiche.territoire.nom)
        for fiche in fiches.select_related("territoire")[:30]
    ]


def _modifications_a_instruire(user):
    a_juger = instruction().modifications_a_instruire(user).order_by("dernier_envoi__le", "pk")
    return [
        Ligne(m.titre, _page_de_la_modification(m), m.territoire.nom)
        for m in a_juger.select_related("fiche__territoire")[:30]
    ]


def _seances(seances, page):
    """Each a link to this page of it."""
    return [
        Ligne(str(seance), reverse(f"admin:programme_seance_{page}", args=[seance.pk]))
        for seance in seances
    ]


def _sans_contrat(user):
    territoires = Territoire.objects.en_vigueur().du_perimetre(user).filter(contrats=None)
    return [
        Ligne(t.nom, reverse("admin:territoires_territoire_change", args=[t.pk]))
        for t in territoires[:30]
    ]


def _obstacles(user):
    """Those that wait for an answer, the oldest first; their list tells of the others."""
    attendus = Obstacle.objects.for_user(user).sans_reponse().select_related("fiche__territoire")
    return [
        Ligne(
            str(obstacle),
            f"{reverse('obstacle', args=[obstacle.fiche.reference])}#obstacle-{obstacle.ordre}",
            obstacle.fiche.territoire.nom
            + (f", signalé le {obstacle.signale_le:%d/%m/%Y}." if obstacle.signale_le else ""),
        )
        for obstacle in attendus.order_by("signale_le", "pk")[:10]
    ]


def _engagements():
    """Those that fall due, are late or silent; their page tells of the others."""
    aujourdhui = timezone.localdate()
    suivis = Engagement.objects.a_suivre(aujourdhui).select_related("convention__partenaire")
    return [
        Ligne(
            engagement.intitule,
            reverse("admin:programme_convention_change", args=[engagement.convention_id]),
            f"{engagement.convention.partenaire} : {' '.join(engagement.alertes(aujourdhui))}",
        )
        for engagement in suivis.order_by("echeance", "convention", "numero")[:10]
    ]


def _courriels():
    """How many were given up or kept back, each a link to their list."""
    messages, liste = Courriel.objects.order_by(), "admin:programme_courriel_changelist"
    cas = (
        ("En échec, à regarder", messages.abandonnes().count(), "echec"),
        ("Retenus : ils n’avaient plus d’objet", messages.retenus().count(), "retenu"),
    )
    return [Ligne(f"{dit} : {n}", _liste(liste, f"situation={cle}")) for dit, n, cle in cas if n]


def _etats():
    comptes = dict(FicheAction.objects.order_by().values_list("etat").annotate(nombre=Count("pk")))
    return [
        Ligne(f"{libelle} : {comptes[etat]}", _liste(FICHES, f"etat__exact={etat}"))
        for etat, libelle in Etat.choices
        if comptes.get(etat)
    ]


def _manques():
    territoires = "admin:territoires_territoire_changelist"
    manques = [
        (
            "Territoires en vigueur dont le binôme n’est pas complet",
            Territoire.objects.en_vigueur().filter(Q(elu_nom="") | Q(industriel_nom="")).count(),
            _liste(territoires, "carte=vigueur&binome=incomplet"),
        ),
        (
            "Fiches réalisées sans bilan",
            a_dresser(FicheAction.objects.all()).count(),
            _liste(FICHES, "cas=sans-bilan"),
        ),
        (
            "Éditions dont la composition n’est pas connue",
            EditionCarte.objects.filter(composition_connue=False).count(),
            _liste("admin:territoires_editioncarte_changelist", "composition_connue__exact=0"),
        ),
        (
            "Conventions sans engagement saisi",
            Convention.objects.filter(engagements=None).count(),
            _liste("admin:programme_convention_changelist", "engagements=sans"),
        ),
    ]
    return [Ligne(f"{t} : {n}", adresse) for t, n, adresse in manques if n]


def _delegation(user):
    imports = Import.objects.defer("contenu")[:5]
    return [
        ("Fiches actions par état", _etats()),
        ("Obstacles sans réponse", _obstacles(user)),
        ("Engagements à suivre", _engagements()),
        ("Courriels qui ne partent pas", _courriels()),
        ("Données manquantes", _manques()),
        (
            "Derniers imports",
            [Ligne(str(i), reverse("admin:echanges_import_change", args=[i.pk])) for i in imports],
        ),
    ]
