"""What waits for those who write the fiches: agents of an intercommunalité."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from config.a_faire.attente import TERRITOIRE, Attente, Ligne, jour
from programme.fiches.bilans import a_dresser
from programme.fiches.models import FicheAction, Modification, Passage, PassageModification
from programme.instruction.models import ATTENDU, DemandeComplement

Etat = FicheAction.Etat


def page(fiche, nom="change"):
    return reverse(f"admin:programme_ficheaction_{nom}", args=[fiche.pk])


def pas(fiche, action):
    return reverse("admin:programme_ficheaction_parcours", args=[fiche.pk, action])


def page_de_la_modification(modification):
    cles = [modification.fiche_id, modification.pk]
    return reverse("admin:programme_ficheaction_modification", args=cles)


def depuis_son_etat(fiches):
    """With `depuis`: when each took the state it is in, and `dernier_motif`: why."""
    passages = Passage.objects.filter(fiche=OuterRef("pk")).order_by("-le", "-pk")
    return (
        fiches.annotate(
            depuis=Coalesce(Subquery(passages.values("le")[:1]), "created_at"),
            dernier_motif=Subquery(passages.values("motif")[:1]),
        )
        .select_related("territoire", "axe")
        .order_by("depuis", "pk")
    )


def fiches_en(user, *etats):
    return depuis_son_etat(FicheAction.objects.for_user(user).filter(etat__in=etats))


def _dire_brouillons(fiches, user):
    lignes = []
    for fiche in fiches:
        manques = ", ".join(libelle for _, libelle, _ in fiche.manques())
        detail = f"Il manque : {manques}." if manques else "Prête à transmettre."
        adresse = page(fiche) if manques else pas(fiche, Passage.Action.TRANSMETTRE)
        geste = "Compléter" if manques else "Transmettre"
        lignes.append(Ligne(fiche.titre, adresse, geste, detail, jour(fiche.depuis), page(fiche)))
    return lignes


def _dire_retours(fiches, user):
    return [
        Ligne(f.titre, page(f), "Corriger", f.dernier_motif or "", jour(f.depuis)) for f in fiches
    ]


def _dire_validees(fiches, user):
    return [
        Ligne(f.titre, pas(f, Passage.Action.ENGAGER), "Engager", "", jour(f.depuis), page(f))
        for f in fiches
    ]


def _finies(user):
    """Under way, although the day on which they were to end is past."""
    return fiches_en(user, Etat.ENGAGEE).filter(date_fin__lt=timezone.localdate())


def _dire_finies(fiches, user):
    return [
        Ligne(
            f.titre,
            pas(f, Passage.Action.REALISER),
            "Dresser le bilan",
            f"Devait finir le {f.date_fin:%d/%m/%Y}.",
            f.date_fin,
            page(f),
        )
        for f in fiches
    ]


def _dire_bilans(fiches, user):
    return [
        Ligne(f.titre, page(f, "bilan"), "Dresser le bilan", "", jour(f.depuis), page(f))
        for f in fiches
    ]


def modifications_en(user, *etats):
    """With `depuis` and `dernier_motif`, as of a fiche."""
    passages = PassageModification.objects.filter(modification=OuterRef("pk"))
    passages = passages.order_by("-le", "-pk")
    return (
        Modification.objects.for_user(user)
        .filter(etat__in=etats)
        .annotate(
            depuis=Coalesce(Subquery(passages.values("le")[:1]), "created_at"),
            dernier_motif=Subquery(passages.values("motif")[:1]),
        )
        .select_related("fiche")
        .order_by("depuis", "pk")
    )


def _dire_modifications(modifications, user):
    return [
        Ligne(
            m.titre,
            page_de_la_modification(m),
            "Corriger" if m.etat == Modification.Etat.AJOURNEE else "Terminer",
            m.dernier_motif or "",
            jour(m.depuis),
        )
        for m in modifications
    ]


def _complements(user):
    lignes = DemandeComplement.objects.for_user(user).ouvertes().select_related("fiche")
    return lignes.order_by("demandee_le", "pk")


def _dire_complements(demandes, user):
    return [
        Ligne(
            d.fiche.titre,
            reverse("complement", args=[d.fiche.reference, d.numero]),
            "Répondre",
            f"{d.service}"
            + (f", réponse attendue le {d.attendue_le:%d/%m/%Y}." if d.attendue_le else "."),
            jour(d.demandee_le),
            page(d.fiche),
        )
        for d in demandes
    ]


ATTENTES = [
    Attente(
        "complements",
        "Compléments demandés sur vos fiches",
        (TERRITOIRE,),
        DemandeComplement,
        (ATTENDU,),
        _complements,
        _dire_complements,
    ),
    Attente(
        "fiches-revenues",
        "Fiches revenues du comité",
        (TERRITOIRE,),
        FicheAction,
        (Etat.AJOURNEE,),
        lambda user: fiches_en(user, Etat.AJOURNEE),
        _dire_retours,
    ),
    Attente(
        "modifications-a-terminer",
        "Modifications à terminer ou revenues du comité",
        (TERRITOIRE,),
        Modification,
        Modification.ETATS_MODIFIABLES,
        lambda user: modifications_en(user, *Modification.ETATS_MODIFIABLES),
        _dire_modifications,
    ),
    Attente(
        "fiches-a-engager",
        "Fiches validées à engager",
        (TERRITOIRE,),
        FicheAction,
        (Etat.VALIDEE,),
        lambda user: fiches_en(user, Etat.VALIDEE),
        _dire_validees,
    ),
    Attente(
        "brouillons",
        "Brouillons à terminer",
        (TERRITOIRE,),
        FicheAction,
        (Etat.BROUILLON,),
        lambda user: fiches_en(user, Etat.BROUILLON),
        _dire_brouillons,
    ),
    Attente(
        "actions-arrivees-a-terme",
        "Actions arrivées à terme",
        (TERRITOIRE,),
        FicheAction,
        (Etat.ENGAGEE,),
        _finies,
        _dire_finies,
    ),
    Attente(
        "bilans",
        "Bilans à dresser",
        (TERRITOIRE,),
        FicheAction,
        (Etat.REALISEE,),
        lambda user: a_dresser(fiches_en(user, Etat.REALISEE)),
        _dire_bilans,
    ),
]
