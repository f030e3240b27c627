"""What waits for the comités: agents of a région convene, hold and close their séances."""

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from config.a_faire.attente import (
    DELEGATION,
    REGION,
    Attente,
    Ligne,
    jour,
    premiere_trace,
)
from config.a_faire.du_territoire import page, page_de_la_modification
from programme.comites.instruction import (
    demandes_en_attente,
    fiches_en_attente,
    modifications_en_attente,
)
from programme.comites.models import (
    Avis,
    ComiteDePilotage,
    DemandePerimetre,
    PointOrdreDuJour,
    Seance,
)
from programme.fiches.models import FicheAction, Modification, Obstacle
from territoires.geographie.models import Region

POINTS = PointOrdreDuJour.objects.filter(seance=OuterRef("pk"))
OUVERTE = "ouverte"  # a séance has no state written: it is open until its closing
ATTENDU = "attendu"  # nor has an obstacle: neither answered nor lifted


def _regions(user):
    return Region.objects.filter(pk__in=user.codes_regions)


def page_de_la_seance(seance, nom):
    return reverse(f"admin:programme_seance_{nom}", args=[seance.pk])


# What is said of each: (its name, where it comes from, since when, the page where it is read).
def _lire_fiche(fiche):
    return fiche.titre, fiche.territoire.nom, fiche.dernier_envoi.le, page(fiche)


def _lire_modification(une):
    return une.titre, une.territoire.nom, une.dernier_envoi.le, page_de_la_modification(une)


def _lire_demande(une):
    lue = reverse("admin:programme_demandeperimetre_change", args=[une.pk])
    return une.reference, une.perimetre.nom, une.deposee_le, lue


def _ou_va(lignes, champ, user):
    """{row: the open séance of the user that has it}, then the next one to come, or None."""
    ouvertes = Seance.objects.for_user(user).filter(close_le=None)
    points = PointOrdreDuJour.objects.filter(seance__in=ouvertes, **{f"{champ}__in": lignes})
    points = points.select_related("seance").order_by("-seance__date")
    inscrites = {getattr(point, f"{champ}_id"): point.seance for point in points}
    a_venir = ouvertes.filter(date__gte=timezone.localdate()).order_by("date").first()
    return inscrites, a_venir


def _dire_examines(champ, lire):
    """What is to be judged leads to the séance that has it, else to the one that may take it."""

    def dire(lignes, user):
        inscrites, a_venir = _ou_va(lignes, champ, user)
        dites = []
        for ligne in lignes:
            texte, ou, depuis, lue = lire(ligne)
            if seance := inscrites.get(ligne.pk):
                venue = seance.date <= timezone.localdate()
                geste = "Rendre l’avis" if venue else "Préparer l’avis"
                adresse = page_de_la_seance(seance, "avis" if venue else "dossier")
                ou = f"{ou}, à l’ordre du jour du {seance.date:%d/%m/%Y}."
            elif a_venir:
                geste, adresse = "Inscrire", page_de_la_seance(a_venir, "ordre_du_jour")
                ou = f"{ou}, dans aucune séance ; la prochaine est le {a_venir.date:%d/%m/%Y}."
            else:
                geste, adresse = "Convoquer une séance", reverse("admin:programme_seance_add")
                ou = f"{ou}, dans aucune séance."
            dites.append(Ligne(texte, adresse, geste, ou, jour(depuis), lue))
        return dites

    return dire


def _fiches(user):
    attendues = fiches_en_attente(_regions(user)).select_related("territoire", "dernier_envoi")
    return attendues.order_by("dernier_envoi__le", "pk")


def _modifications(user):
    attendues = modifications_en_attente(_regions(user))
    attendues = attendues.select_related("fiche__territoire", "dernier_envoi")
    return attendues.order_by("dernier_envoi__le", "pk")


def _demandes(user):
    attendues = demandes_en_attente(_regions(user)).select_related("perimetre")
    return attendues.order_by("deposee_le", "pk")


def _hors_seance(lignes, champ):
    """Those that no open séance of the comité read around them has on its agenda."""
    points = PointOrdreDuJour.objects.filter(
        **{champ: OuterRef("pk")}, seance__close_le=None, seance__comite=OuterRef(OuterRef("pk"))
    )
    return lignes.filter(~Exists(points))


def _comites_sans_seance(user):
    """Comités for which something waits that no open séance has, and no séance is to come."""
    sa_region = Region.objects.filter(pk=OuterRef(OuterRef("region")))
    fiches = _hors_seance(fiches_en_attente(sa_region), "fiche")
    modifications = _hors_seance(modifications_en_attente(sa_region), "modification")
    demandes = _hors_seance(demandes_en_attente(sa_region), "demande")
    a_venir = Seance.objects.filter(
        comite=OuterRef("pk"), close_le=None, date__gte=timezone.localdate()
    )
    premiers = {
        "une_fiche": fiches.order_by("dernier_envoi__le").values("dernier_envoi__le"),
        "une_modification": modifications.order_by("dernier_envoi__le").values("dernier_envoi__le"),
        "une_demande": demandes.order_by("deposee_le").values("deposee_le"),
    }
    comites = ComiteDePilotage.objects.for_user(user).annotate(
        **{nom: Subquery(lignes[:1]) for nom, lignes in premiers.items()}
    )
    attendus = Q(une_fiche__isnull=False) | Q(une_modification__isnull=False)
    attendus |= Q(une_demande__isnull=False)
    return comites.filter(attendus, ~Exists(a_venir)).select_related("region").order_by("pk")


def _dire_comites(comites, user):
    return [
        Ligne(
            f"Comité de pilotage : {comite.region.nom}",
            f"{reverse('admin:programme_seance_add')}?comite={comite.pk}",
            "Convoquer une séance",
            "Un dossier au moins attend, et aucune séance n’est à venir.",
            jour(min(filter(None, _premiers(comite)))),
        )
        for comite in comites
    ]


def _premiers(comite):
    return comite.une_fiche, comite.une_modification, comite.une_demande


def _seances(user):
    rendus = Avis.objects.filter(seance=OuterRef("pk"))
    ouvertes = Seance.objects.for_user(user).filter(close_le=None)
    return (
        ouvertes.annotate(commencee=Exists(rendus), creee_le=premiere_trace(Seance))
        .select_related("comite__region")
        .order_by("date", "pk")
    )


def _a_preparer(user):
    """To come, and nobody has composed their agenda."""
    a_venir = _seances(user).filter(date__gte=timezone.localdate(), compose_le=None)
    return a_venir.filter(~Exists(POINTS))


def _a_tenir(user):
    """Their day has come, they have an agenda, and no avis is noted."""
    venues = _seances(user).filter(date__lte=timezone.localdate(), commencee=False)
    return venues.filter(Exists(POINTS))


def _passees(user):
    """Their day is past, nothing stands on their agenda and no avis is noted: held or not?"""
    passees = _seances(user).filter(date__lt=timezone.localdate(), commencee=False)
    return passees.filter(~Exists(POINTS))


def _a_clore(user):
    """Their day has come and they noted an avis, that has no effect before the closing."""
    return _seances(user).filter(date__lte=timezone.localdate(), commencee=True)


def _dire_seances(geste, nom, detail, depuis):
    def dire(seances, user):
        return [
            Ligne(str(une), page_de_la_seance(une, nom), geste, detail, jour(depuis(une)))
            for une in seances
        ]

    return dire


def _obstacles(user):
    attendus = Obstacle.objects.for_user(user).sans_reponse().select_related("fiche__territoire")
    return attendus.order_by(F("signale_le").asc(nulls_last=True), "pk")


def _dire_obstacles(obstacles, user):
    return [
        Ligne(
            Truncator(obstacle.regle).words(25, truncate="…"),
            f"{reverse('obstacle', args=[obstacle.fiche.reference])}#obstacle-{obstacle.ordre}",
            "Répondre",
            f"{obstacle.fiche.territoire.nom}, « {obstacle.fiche.titre} ».",
            obstacle.signale_le,
        )
        for obstacle in obstacles
    ]


ATTENTES = [
    Attente(
        "seances-a-clore",
        "Séances à clore",
        (REGION,),
        Seance,
        (OUVERTE,),
        _a_clore,
        _dire_seances(
            "Clore", "clore", "Ses avis n’ont pas encore pris effet.", lambda seance: seance.date
        ),
    ),
    Attente(
        "seances-a-tenir",
        "Séances à tenir",
        (REGION,),
        Seance,
        (OUVERTE,),
        _a_tenir,
        _dire_seances(
            "Rendre les avis", "avis", "Aucun avis n’y est noté.", lambda seance: seance.date
        ),
    ),
    Attente(
        "seances-passees",
        "Séances passées, à clore ou à reporter",
        (REGION,),
        Seance,
        (OUVERTE,),
        _passees,
        _dire_seances(
            "Clore ou reporter",
            "change",
            "Sa date est passée et son ordre du jour est vide.",
            lambda seance: seance.date,
        ),
    ),
    Attente(
        "seances-a-preparer",
        "Séances à préparer",
        (REGION,),
        Seance,
        (OUVERTE,),
        _a_preparer,
        _dire_seances(
            "Composer l’ordre du jour",
            "ordre_du_jour",
            "Son ordre du jour n’est pas composé.",
            lambda seance: seance.creee_le,
        ),
    ),
    Attente(
        "seances-a-convoquer",
        "Séances à convoquer",
        (REGION,),
        Seance,
        (),
        _comites_sans_seance,
        _dire_comites,
    ),
    Attente(
        "fiches-a-instruire",
        "Fiches à instruire",
        (REGION,),
        FicheAction,
        (FicheAction.Etat.TRANSMISE,),
        _fiches,
        _dire_examines("fiche", _lire_fiche),
    ),
    Attente(
        "modifications-a-instruire",
        "Modifications de fiches à instruire",
        (REGION,),
        Modification,
        (Modification.Etat.TRANSMISE,),
        _modifications,
        _dire_examines(
            "modification",
            _lire_modification,
        ),
    ),
    Attente(
        "demandes-a-examiner",
        "Demandes d’adaptation de périmètre à examiner",
        (REGION,),
        DemandePerimetre,
        (DemandePerimetre.Etat.DEPOSEE,),
        _demandes,
        _dire_examines("demande", _lire_demande),
    ),
    Attente(
        "obstacles",
        "Obstacles sans réponse",
        (REGION, DELEGATION),
        Obstacle,
        (ATTENDU,),
        _obstacles,
        _dire_obstacles,
    ),
]
