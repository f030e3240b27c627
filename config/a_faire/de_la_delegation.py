"""What waits for the délégation: the map, the conventions, the register, what is to publish."""

from django.contrib import admin
from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from config.a_faire.attente import DELEGATION, REGION, Attente, Ligne, jour, premiere_trace
from echanges.imports.depots import listes_par_resource
from echanges.models import Import
from evenements.models import Actualite, Assemblee, PageEditoriale
from programme.comites.models import Avis, DemandePerimetre
from programme.contrats.models import Contrat
from programme.courriels.models import Courriel
from programme.fiches.models import ObstacleNational
from programme.partenaires.models import Convention, Engagement
from programme.partenaires.models.conventions import PREAVIS
from programme.pratiques.models import BonnePratique
from territoires.editions.models import EditionCarte

# What no field of theirs says in one word.
NON_PUBLIEE, ECHEC, RETENU, A_RACONTER = "non publiée", "en échec", "retenu", "à raconter"


def _page(objet, nom="change"):
    opts = objet._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{nom}", args=[objet.pk])


def _dire(geste, *, page="change", detail=lambda objet: "", depuis=lambda objet: objet.depuis):
    """One Ligne a row, named as the row is."""

    def dire(lignes, user):
        return [
            Ligne(str(un), _page(un, page), geste, detail(un), jour(depuis(un))) for un in lignes
        ]

    return dire


def _a_publier(modele):
    """Not public yet; since the day it was first written."""
    lignes = modele.objects.exclude(pk__in=modele.objects.du_public().order_by().values("pk"))
    return lignes.annotate(depuis=premiere_trace(modele)).order_by("depuis", "pk")


def _imports(user):
    return Import.objects.en_attente(user).defer("contenu").order_by("cree_le", "pk")


def _dire_imports(depots, user):
    """Each leads to its preview, that the list of what it brings in keeps."""
    listes = listes_par_resource(admin.site)
    return [
        Ligne(
            depot.nom_du_fichier,
            reverse(listes[depot.resource].adresse("apercu"), args=[depot.pk]),
            "Relire et confirmer",
            f"{capfirst(listes[depot.resource].opts.verbose_name_plural)}.",
            jour(depot.cree_le),
        )
        for depot in depots
    ]


def _demandes(user):
    acceptees = DemandePerimetre.objects.for_user(user).filter(
        etat=DemandePerimetre.Etat.ACCEPTEE, appliquee_a=None
    )
    derniers = Avis.objects.filter(demande=OuterRef("pk")).order_by("-effet_le")
    acceptees = acceptees.annotate(depuis=Subquery(derniers.values("effet_le")[:1]))
    return acceptees.select_related("perimetre").order_by("depuis", "pk")


def _engagements(user):
    suivis = Engagement.objects.a_suivre(timezone.localdate())
    suivis = suivis.select_related("convention__partenaire")
    return suivis.order_by(F("echeance").asc(nulls_last=True), "convention", "numero")


def _dire_engagements(engagements, user):
    """Each leads to its convention, since the day of its alert: its deadline or its notice."""
    aujourdhui = timezone.localdate()
    lignes = []
    for un in engagements:
        genre, date, _ = un.raisons(aujourdhui)[0]
        lignes.append(
            Ligne(
                un.intitule,
                f"{_page(un.convention)}#engagements-group",
                "Dire où il en est",
                f"{un.convention.partenaire} : {' '.join(un.alertes(aujourdhui))}",
                date - PREAVIS if genre == "echeance" else date,
            )
        )
    return lignes


def _nationaux(user):
    """Under examination, or not published yet."""
    lignes = ObstacleNational.objects.for_user(user)
    ouverts = lignes.filter(publiee_le=None) | lignes.filter(etat=ObstacleNational.Etat.EXAMEN)
    trace = premiere_trace(ObstacleNational)
    return ouverts.annotate(depuis=Coalesce(Cast("etat_du", DateTimeField()), trace)).order_by(
        "depuis", "pk"
    )


def _assemblees_a_raconter(user):
    """Public and over, and nothing tells what was said."""
    finies = Assemblee.objects.du_public().filter(date_fin__lt=timezone.localdate(), resume="")
    return finies.annotate(depuis=F("date_fin")).order_by("date_fin", "pk")


def _contrats(user):
    """Begun, and nobody has said that they are signed."""
    lignes = Contrat.objects.for_user(user).filter(etat=Contrat.Etat.PREPARATION)
    lignes = lignes.annotate(depuis=premiere_trace(Contrat)).select_related("territoire")
    return lignes.order_by("depuis", "pk")


def _echecs(user):
    lignes = Courriel.objects.for_user(user).a_regarder().select_related("agent")
    return lignes.annotate(depuis=F("ecrit_le")).order_by("ecrit_le", "pk")


def _retenus(user):
    lignes = Courriel.objects.for_user(user).retenus().select_related("agent")
    return lignes.annotate(depuis=F("retenu_le")).order_by("retenu_le", "pk")


def _attente(cle, titre, modele, etats, lignes, dire):
    return Attente(cle, titre, (DELEGATION,), modele, etats, lignes, dire)


def _a_relire(cle, titre, modele):
    """What is drafted, with the page that shows it as it will be read and publishes it."""
    publier = _dire("Relire et publier", page="publier")
    return _attente(cle, titre, modele, (NON_PUBLIEE,), lambda user: _a_publier(modele), publier)


ATTENTES = [
    _attente(
        "imports", "Imports à confirmer", Import, (Import.Etat.APERCU,), _imports, _dire_imports
    ),
    _attente(
        "demandes-a-appliquer",
        "Demandes de périmètre acceptées, à appliquer",
        DemandePerimetre,
        (DemandePerimetre.Etat.ACCEPTEE,),
        _demandes,
        _dire("Appliquer", page="appliquer"),
    ),
    _attente(
        "engagements",
        "Engagements à suivre",
        Engagement,
        (Engagement.Etat.ANNONCE, Engagement.Etat.EN_COURS),
        _engagements,
        _dire_engagements,
    ),
    _attente(
        "editions",
        "Éditions de la carte en préparation",
        EditionCarte,
        (NON_PUBLIEE,),
        lambda user: _a_publier(EditionCarte),
        _dire("Préparer", detail=lambda edition: f"Prend effet le {edition.date:%d/%m/%Y}."),
    ),
    _attente(
        "conventions",
        "Conventions à publier",
        Convention,
        (NON_PUBLIEE,),
        lambda user: _a_publier(Convention).select_related("partenaire"),
        _dire(
            "Relire et publier",
            page="publier",
            detail=lambda convention: f"{convention.partenaire}.",
            depuis=lambda convention: convention.signee_le or convention.depuis,
        ),
    ),
    Attente(
        "contrats",
        "Contrats à signer",
        (REGION, DELEGATION),
        Contrat,
        (Contrat.Etat.PREPARATION,),
        _contrats,
        _dire("Dire s’il est signé"),
    ),
    _a_relire("assemblees", "Assemblées à publier", Assemblee),
    _attente(
        "assemblees-a-raconter",
        "Assemblées à raconter",
        Assemblee,
        (A_RACONTER,),
        _assemblees_a_raconter,
        _dire("Écrire le résumé"),
    ),
    _a_relire("bonnes-pratiques", "Bonnes pratiques à publier", BonnePratique),
    _a_relire("pages-du-programme", "Pages du programme à publier", PageEditoriale),
    _a_relire("actualites", "Actualités à publier", Actualite),
    _attente(
        "registre",
        "Registre national\u00a0: à examiner ou à publier",
        ObstacleNational,
        (ObstacleNational.Etat.EXAMEN, NON_PUBLIEE),
        _nationaux,
        _dire("Relire", detail=lambda un: f"{capfirst(un.get_etat_display())}."),
    ),
    _attente(
        "courriels-en-echec",
        "Courriels qui ne partent pas",
        Courriel,
        (ECHEC,),
        _echecs,
        _dire("Regarder", detail=lambda un: f"{un.derniere_erreur}"),
    ),
    _attente(
        "courriels-retenus",
        "Courriels retenus",
        Courriel,
        (RETENU,),
        _retenus,
        _dire("Regarder", detail=lambda un: capfirst(f"{un.retenu_parce_que}.")),
    ),
]
