"""One decided fiche whose cost and calendar change: asked for, judged by its régions, accepted."""

from decimal import Decimal

from django.utils import timezone

from programme.comites import modifications
from programme.demo import MARQUE
from programme.demo.horloge import il_y_a, jour
from programme.demo.seances import seance_du
from programme.fiches.modifications import parcours
from programme.fiches.modifications.proposition import en_clair

PREPARATION = 10  # days between the sending up and the séance


def modifier(fiche, *, auteur, instructeur, jours):
    """Its whole way, up to a séance of so many days ago; `instructeur` gives that of a région."""
    propose = {
        "champs": {
            "cout_total": en_clair(fiche.cout_total * Decimal("1.12")),
            "date_fin": en_clair(jour(-400)),
        }
    }
    with il_y_a(jours + PREPARATION):
        modification = parcours.ouvrir(
            fiche,
            agent=auteur,
            motif=f"Les entreprises consultées ont remis des prix plus hauts {MARQUE}.",
            propose=propose,
        )
        modification = parcours.transmettre(modification, agent=auteur)
    for region in modification.regions_concernees():
        agent = instructeur(region)
        seance = seance_du(region, jours)
        with il_y_a(jours):
            avis = modifications.rendre_avis(
                modification, seance=seance, sens="favorable", agent=agent
            )
            # Its séance is closed once every story is told; what it decides follows now.
            modifications.prendre_effet(avis, agent=agent, le=timezone.now())
