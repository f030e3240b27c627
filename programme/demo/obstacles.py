"""What becomes of the obstacles that the stories meet, the national register, and some news."""

from django.utils import timezone

from programme.demo import MARQUE
from programme.demo.horloge import il_y_a, jour
from programme.fiches.models import FicheAction, Nouvelle, Obstacle, ObstacleNational
from programme.fiches.obstacles import grouper, lever, repondre

# (begins like this, the rule in a line, what the délégation says, where it stands)
REGISTRE = [
    (
        "L’étude d’impact",
        "Étude d’impact et dossier sur l’eau instruits l’un après l’autre",
        "Une instruction commune est à l’essai dans deux régions.",
        "en_cours",
    ),
    (
        "Les inventaires",
        "Inventaires écologiques valables deux ans seulement",
        "",
        "examen",
    ),
]
NOUVELLES = [
    (40, "Les travaux commencent", "Le chantier est ouvert pour dix mois.", True),
    (15, "Le calendrier est serré", "Point à faire avec la région avant l’été.", False),
]


def raconter_les_suites(delegation):
    with il_y_a(60):
        for debut, regle, reponse, etat in REGISTRE:
            _inscrire(debut, delegation, regle=regle, reponse=reponse, etat=etat)
    repondu = Obstacle.objects.filter(nationale__etat="en_cours").order_by("pk").first()
    if repondu:
        with il_y_a(30):
            texte = f"Vos deux dossiers sont désormais instruits ensemble {MARQUE}."
            repondre(repondu, texte=texte, agent=delegation)
        with il_y_a(5):
            lever(repondu, le=jour(6), agent=delegation)
    engagees = FicheAction.objects.filter(etat=FicheAction.Etat.ENGAGEE).order_by("pk")
    for fiche in engagees.select_related("created_by"):
        for jours, titre, texte, publique in NOUVELLES:
            with il_y_a(jours):
                Nouvelle.objects.create(
                    fiche=fiche,
                    le=jour(jours),
                    titre=f"{titre} {MARQUE}",
                    texte=texte,
                    publique=publique,
                    auteur=fiche.created_by,
                )


def _inscrire(debut, delegation, *, regle, **champs):
    siens = list(Obstacle.objects.filter(regle__startswith=debut).select_related("fiche"))
    publiable = any(obstacle.fiche.est_du_public for obstacle in siens)
    entree = ObstacleNational.objects.create(
        regle=f"{regle} {MARQUE}",
        resume="Les entreprises attendent, ou s’installent ailleurs.",
        simplification=siens[0].simplification if siens else "",
        etat_du=jour(60),
        publiee_le=timezone.now() if publiable else None,
        publiee_par=delegation if publiable else None,
        **champs,
    )
    grouper(siens, entree, agent=delegation)
